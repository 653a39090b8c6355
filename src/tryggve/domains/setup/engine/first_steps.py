"""The steps of a first start, and which of them comes next."""

from collections.abc import Set
from dataclasses import dataclass
from enum import StrEnum


class Step(StrEnum):
    """One question to somebody who is new."""

    FIRM = "firm"
    PASSWORD = "password"  # noqa: S105 - the name of a step
    FACTOR = "second-factor"
    WEBSITE = "website"
    KIT = "recovery-kit"
    MAIL = "mail"
    CUSTOMERS = "customers"
    LANGUAGE = "language"


# The domain comes early: what is found about it stands there when the other questions are answered.
OF_AN_OWNER = (Step.FIRM, Step.FACTOR, Step.WEBSITE, Step.KIT, Step.MAIL, Step.CUSTOMERS)
# The password was chosen behind the link of the invitation.
OF_A_COLLEAGUE = (Step.PASSWORD, Step.FACTOR, Step.LANGUAGE)
MAY_WAIT = frozenset({Step.WEBSITE, Step.KIT, Step.MAIL, Step.CUSTOMERS})
_HAS_NO_PAGE = frozenset({Step.PASSWORD})


@dataclass(frozen=True, slots=True)
class Way:
    """Somebody's steps, and those of them that are behind: done, or put off."""

    steps: tuple[Step, ...]
    settled: Set[Step]

    @property
    def next(self) -> Step | None:
        """The first that is not behind; None at the end."""
        return next((step for step in self.steps if step not in self.settled), None)

    def number(self, step: Step) -> int:
        """Which one it is, from 1. Raises ValueError for one that isn't among them."""
        return self.steps.index(step) + 1

    def before(self, step: Step) -> Step | None:
        """The one to go back to; None where there is no page to show, or nobody could open it yet."""
        earlier = [one for one in self.steps[: self.number(step) - 1] if one not in _HAS_NO_PAGE]
        return earlier[-1] if earlier and Step.FACTOR in self.settled else None
