from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal

Kind = Literal[
    "se_personal",
    "se_coordination",
    "se_organisation",
    "dk_personal",
    "dk_replacement",
    "dk_organisation",
    "no_personal",
    "no_d",
    "no_help",
    "no_common_help",
    "no_organisation",
    "fi_personal",
    "fi_organisation",
]
Problem = Literal["unknown", "no_such_date", "control", "temporary", "no_century"]

PERSONAL: frozenset[Kind] = frozenset(
    {
        "se_personal",
        "se_coordination",
        "dk_personal",
        "dk_replacement",
        "no_personal",
        "no_d",
        "no_help",
        "no_common_help",
        "fi_personal",
    }
)


@dataclass(frozen=True, slots=True)
class IdentityNumber:
    """A number that has been looked at. ``digits`` is its one form: no hyphen, Swedish people's with the century.

    A Finnish personal number keeps its sign, which tells the century.
    """

    kind: Kind
    digits: str

    @property
    def country(self) -> str:
        return self.kind[:2].upper()


class NotANumber(ValueError):
    """What was typed is no identity number; ``problem`` says why."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem)
        self.problem: Problem = problem


def _with_hyphen(digits: str) -> str:
    return f"{digits[:-4]}-{digits[-4:]}"


def _before_the_last(digits: str) -> str:
    return f"{digits[:-1]}-{digits[-1]}"


def _in_two(digits: str) -> str:
    return f"{digits[:6]} {digits[6:]}"


def _in_threes(digits: str) -> str:
    return f"{digits[:3]} {digits[3:6]} {digits[6:]}"


_WRITTEN: Mapping[Kind, Callable[[str], str]] = {
    "se_personal": _with_hyphen,
    "se_coordination": _with_hyphen,
    "se_organisation": _with_hyphen,
    "dk_personal": _with_hyphen,
    "dk_replacement": _with_hyphen,
    "dk_organisation": str,
    "no_personal": _in_two,
    "no_d": _in_two,
    "no_help": _in_two,
    "no_common_help": _in_two,
    "no_organisation": _in_threes,
    "fi_personal": str,
    "fi_organisation": _before_the_last,
}


def written(number: IdentityNumber) -> str:
    """The number as its country writes it."""
    return _WRITTEN[number.kind](number.digits)
