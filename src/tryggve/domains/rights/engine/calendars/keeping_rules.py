"""The rules of how long things are kept: those of the law, and usual choices where the law names no time."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any, Literal

from tryggve.domains.rights.engine.calendars import law_files

Unit = Literal["years", "months", "days"]
# What the law does: it demands that something is kept so long, or that it ends then, or leaves it to the company.
Force = Literal["keep", "end", "advice"]
# What of a customer it is counted from, where it is about customers.
Begins = Literal["contact", "assignment-end"]
_UNITS: tuple[Unit, ...] = ("years", "months", "days")
_CHOSEN = "{n}"
_MOST = 100


class UnknownRule(ValueError):
    """There is no rule of that name."""


@dataclass(frozen=True, slots=True)
class Rule:
    """How long, and why. ``unsure`` tells what of it could not be checked; empty when all was.

    ``written_as`` is the code as the files of words have it, ``{n}`` where a number was chosen.
    """

    code: str
    written_as: str
    jurisdiction: str
    checked: date
    source: str
    force: Force
    counted: str
    unit: Unit
    amount: int
    unsure: str = ""
    begins: Begins = "contact"

    @property
    def is_of_books(self) -> bool:
        """Whether it is counted from the end of a fiscal year: it is about single papers, and about nobody's card."""
        return self.counted != "same-date"

    @property
    def months(self) -> int:
        """Years as months."""
        return self.amount * 12 if self.unit == "years" else self.amount


@cache
def rule_called(code: str) -> Rule:
    """The rule with this code, also with a number that isn't offered (1 to 100). Raises UnknownRule."""
    for law, told in _told():
        found = re.fullmatch(re.escape(told["code"]).replace(r"\{n\}", "([1-9][0-9]{0,2})"), code)
        if found and (not found.groups() or int(found[1]) <= _MOST):
            return _rule(law, told, chosen=int(found[1]) if found.groups() else None)
    raise UnknownRule(code)


def offered_rules(country: str = "") -> list[Rule]:
    """The rules to choose among: a country's own and those without a country; all when none is named."""
    return [
        _rule(law, told, chosen=number)
        for law, told in _told()
        if country in {"", law["jurisdiction"]} or law["jurisdiction"] == "EU"
        for number in told.get("offered", [None])
    ]


@cache
def _laws() -> tuple[dict[str, Any], ...]:
    return tuple(law_files.read("retention", name) for name in law_files.names("retention"))


def _told() -> Iterator[tuple[Mapping[str, Any], Mapping[str, Any]]]:
    return ((law, told) for law in _laws() for told in law["rules"])


def _rule(law: Mapping[str, Any], told: Mapping[str, Any], *, chosen: int | None) -> Rule:
    [unit] = [unit for unit in _UNITS if unit in told]
    return Rule(
        code=told["code"].replace(_CHOSEN, str(chosen)),
        written_as=told["code"],
        jurisdiction=law["jurisdiction"],
        checked=law["checked"],
        source=told["source"],
        force=told["force"],
        counted=told.get("counted", "same-date"),
        unit=unit,
        amount=told[unit] if chosen is None else chosen,
        unsure=told.get("unsure", ""),
        begins=told.get("begins", "contact"),
    )
