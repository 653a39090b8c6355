from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tryggve.domains.customers.engine.custom_fields import Custom, Field, with_answers
from tryggve.domains.customers.engine.identity_numbers import (
    IdentityNumber,
    NotANumber,
    parse_number,
    written,
)
from tryggve.domains.customers.engine.sensitive import MOST_NUMBERS, Sensitive
from tryggve.domains.customers.forms import own_fields
from tryggve.domains.customers.selectors.sensitive import LONGEST_REASON
from tryggve.domains.customers.words import identity_numbers as number_words

_LONGEST_NUMBERS = 1000


class Reason(forms.Form):
    """Why somebody opens the sensitive details of a customer."""

    reason = forms.CharField(
        label=gettext_lazy("Why do you need to see them?"),
        max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 2, "autocomplete": "off"}),
        help_text=gettext_lazy(
            "For example: «invoice with tax deduction», «she asked what we keep». Your name, the time and the reason"
            " are kept in the log, encrypted with the customer's key."
        ),
    )


class SensitiveForm(forms.Form):
    """Identity numbers, one on each line, and the firm's own sensitive fields."""

    numbers = forms.CharField(
        label=gettext_lazy("Identity numbers"),
        required=False,
        max_length=_LONGEST_NUMBERS,
        widget=forms.Textarea(attrs={"rows": 2, "autocomplete": "off", "spellcheck": "false"}),
        help_text=gettext_lazy(
            "One on each line, of a person or an organisation. Before a number of another country than your own, write"
            " SE, DK, NO or FI."
        ),
    )
    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(
        self, *args: Any, own: Iterable[Field], country: str, on: date, known: Custom = (), **kwargs: Any
    ) -> None:
        """``known`` are the answers that are kept: one of them may stay, also where it is no choice any more."""
        super().__init__(*args, **kwargs)
        self._own, self._country, self._on, self._known = list(own), country, on, known
        shown = known if not self.is_bound else ()  # what was not opened in this request isn't shown either
        self.fields.update(own_fields.fields_for(self._own, shown))
        for field in self._own:
            self.fields[own_fields.name_of(field)].known = dict(known).get(field.id, "")  # type: ignore[attr-defined]  # an AnswerField

    def clean_numbers(self) -> tuple[IdentityNumber, ...]:
        lines = [line for line in self.cleaned_data["numbers"].splitlines() if line.strip()]
        if len(lines) > MOST_NUMBERS:
            raise forms.ValidationError(_("No more than %(count)d numbers.") % {"count": MOST_NUMBERS})
        found: dict[IdentityNumber, None] = {}
        wrong: list[str] = []
        for place, line in enumerate(lines, start=1):
            try:
                found[parse_number(line, country=self._country, on=self._on)] = None
            except NotANumber as refusal:
                sentence = str(number_words.WRONG[refusal.problem])
                # The number itself is not said again: the line is enough to find it.
                told = _("Line %(line)d: %(sentence)s") % {"line": place, "sentence": sentence}
                wrong.append(told if len(lines) > 1 else sentence)
        if wrong:
            raise forms.ValidationError(wrong)
        return tuple(found)

    def sensitive(self) -> Sensitive:
        """The answers as a document; those to fields that the form doesn't show are kept."""
        answers = {field.id: self.cleaned_data[own_fields.name_of(field)] for field in self._own}
        return Sensitive(self.cleaned_data["numbers"], with_answers(self._known, answers))

    def take_as_seen(self, revision: int) -> None:
        """The person has been told of that revision: sending the same text again replaces it."""
        self.data = {**self.data, "revision": revision}

    @staticmethod
    def initial_from(
        sensitive: Sensitive, revision: int, *, own: Iterable[Field], country: str
    ) -> dict[str, Any]:
        """What the form shows of the opened details."""
        lines = [_typed(number, country) for number in sensitive.numbers]
        answers = own_fields.written(own, sensitive.custom)
        return {"numbers": "\n".join(lines), "revision": revision, **answers}


def _typed(number: IdentityNumber, country: str) -> str:
    """The number so that the form reads it as the same again."""
    text = written(number)
    return text if number.country == country else f"{number.country} {text}"
