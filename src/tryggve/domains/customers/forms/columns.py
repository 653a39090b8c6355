from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tryggve.domains.customers.engine.columns.headings import NUMBER, ONCE, Chosen, Column
from tryggve.domains.customers.engine.custom_fields import Field as Question
from tryggve.domains.customers.selectors.import_rows import ColumnShown
from tryggve.domains.customers.words import imports as import_words

_LEFT_OUT = gettext_lazy("Leave out")
_QUESTION = "question:"
_NONE = "-"


class Columns(forms.Form):
    """What each column of a list is."""

    def __init__(
        self, *args: Any, columns: Sequence[ColumnShown], questions: Sequence[Question], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.columns = columns
        self._questions = {f"{_QUESTION}{one.id}": one for one in questions}
        own = [(value, one.name) for value, one in self._questions.items()]
        choices: list[tuple[str, Any]] = [
            (_NONE, _LEFT_OUT),
            *import_words.FIELDS.items(),
            (NUMBER, import_words.ON_THE_CARD["number_tags"]),
        ]
        if own:
            choices.append((_("Fields of our own"), own))
        for one in columns:
            column = one.column
            self.fields[f"column_{column.index}"] = forms.ChoiceField(
                label=column.heading,
                choices=choices,
                initial=_initial(column),
                help_text=" · ".join(one.examples) or _("every cell is empty"),
            )

    def clean(self) -> dict[str, Any]:
        """What a customer has once can stand in one column only: the others would go missing without a word."""
        given = super().clean() or self.cleaned_data
        seen: dict[str, str] = {}
        for name, value in list(given.items()):
            if value in seen and (value in ONCE or value in self._questions):
                self.add_error(
                    name,
                    _("«%(other)s» is that already. Choose one of the two columns, and something else here.")
                    % {"other": self.fields[seen[value]].label},
                )
            seen.setdefault(value, name)
        return given

    @property
    def matched(self) -> Mapping[int, Chosen]:
        """The field of each column by its place."""
        chosen = {one.column.index: self.cleaned_data[f"column_{one.column.index}"] for one in self.columns}
        return {
            index: None if value == _NONE else self._questions.get(value, value)
            for index, value in chosen.items()
        }


def _initial(column: Column) -> str:
    if column.question:
        return f"{_QUESTION}{column.question.id}"
    return column.field or (NUMBER if column.brings_numbers else _NONE)
