from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrPromise

from tryggve.domains.customers.engine.comparison.decisions import Choice, Rules, Why
from tryggve.domains.customers.selectors.import_doubles import DoubleShown
from tryggve.domains.customers.words import imports as import_words

_NONE = "-"
_ONE_CARD, _TWO_CARDS = _("undecided: one card"), _("undecided: two cards")
_VERDICTS = [
    ("same", _("the same: one card")),
    ("new", _("two: a card each")),
    ("out", _("leave the row out")),
]


class Doubles(forms.Form):
    """Of each row on the page, whom it is about."""

    def __init__(self, *args: Any, doubles: Sequence[DoubleShown], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.doubles = doubles
        for one in doubles:
            verdicts = [
                (value, label) for value, label in _VERDICTS if value != "same" or one.theirs is not None
            ]
            self.fields[f"row_{one.place}"] = forms.ChoiceField(
                label=_("Decision"),
                choices=[(_NONE, _undecided(one.why)), *verdicts],
                initial=one.verdict or _NONE,
                widget=forms.Select(attrs={"class": "form-select"}),
            )

    @property
    def choices(self) -> dict[int, Choice | None]:
        """What was decided of those rows whose decision changed; None for one that is taken back."""
        chosen = {one: self.cleaned_data[f"row_{one.place}"] for one in self.doubles}
        return {
            one.place: None if verdict == _NONE else one.choice(verdict)
            for one, verdict in chosen.items()
            if verdict != (one.verdict or _NONE)
        }

    def with_bound(self) -> list[tuple[DoubleShown, forms.BoundField]]:
        """Each double with its field."""
        return [(one, self[f"row_{one.place}"]) for one in self.doubles]


class DoubleRules(forms.Form):
    """What becomes of all rows of a kind of which nothing else was decided."""

    def __init__(self, *args: Any, kinds: dict[Why, int], rules: Rules, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._kinds = kinds
        for why, count in kinds.items():
            self.fields[f"rule_{why}"] = forms.ChoiceField(
                label=f"{import_words.DOUBLES[why]} ({count})",
                choices=[(_NONE, _undecided(why)), *_VERDICTS],
                initial=rules.get(why, _NONE),
            )

    @property
    def rules(self) -> Rules:
        """The rules by the kind of double."""
        chosen = {why: self.cleaned_data[f"rule_{why}"] for why in self._kinds}
        return {why: verdict for why, verdict in chosen.items() if verdict != _NONE}


def _undecided(why: Why) -> StrPromise:
    return _ONE_CARD if why == "same_person" else _TWO_CARDS
