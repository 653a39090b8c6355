"""What each of the seven states is called, and how its label looks."""

from dataclasses import dataclass
from typing import Final

from django.utils.translation import pgettext_lazy
from django_stubs_ext import StrOrPromise

from tryggve.controls.engine.standing import State


@dataclass(frozen=True, slots=True)
class Look:
    """The word, the tone of its label, and a mark, so that nobody has to tell colours apart."""

    word: StrOrPromise
    tone: str
    mark: str


LOOKS: Final = {
    State.PROVED: Look(pgettext_lazy("protection", "proven by test"), "good", "✔"),
    State.OBSERVED: Look(pgettext_lazy("protection", "proven"), "good", "✓"),
    State.ATTESTED: Look(pgettext_lazy("protection", "vouched for"), "", "✎"),
    State.STALE: Look(pgettext_lazy("protection", "out of date"), "warning", "↻"),
    State.FAILING: Look(pgettext_lazy("protection", "failing"), "danger", "✕"),
    State.UNKNOWN: Look(pgettext_lazy("protection", "unknown"), "warning", "?"),
    State.NOT_APPLICABLE: Look(pgettext_lazy("protection", "not for us"), "", "–"),
}
BY_NAME: Final = {state.name.lower(): look for state, look in LOOKS.items()}
# What the state of one measuring is called, in the history; "" is one that couldn't be made.
OF_VERDICTS: Final = {
    "PROVED": LOOKS[State.PROVED],
    "OBSERVED": LOOKS[State.OBSERVED],
    "FAILING": LOOKS[State.FAILING],
    "": LOOKS[State.UNKNOWN],
}
