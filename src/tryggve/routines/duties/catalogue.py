"""What people do again and again, from the files of ``content``: the facts once, the words in each language."""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from tryggve.privacy.retention import Period

FOLDER = Path(__file__).parent / "content"

PERSON_LEFT = "person-left"

_NOTHING = Period()


class Doer(StrEnum):
    """Whose it is, unless the company chose somebody."""

    OWNER = "owner"
    CAPTAIN = "captain"
    EVERYONE = "everyone"


@dataclass(frozen=True, slots=True)
class Duty:
    """Something to do, again and again or each time that something happens.

    ``every`` is None for what only an event calls for, within ``within``. ``also``: other events that call for it
    between, each with the days in which it is to be done. ``for_each_person``: everybody has turns of their own.
    ``first``: how long after its beginning it first comes. ``task``: its number among the captain's six, or 0.
    ``page``: where it is shown step by step, by the name of its address.
    """

    code: str
    controls: tuple[str, ...]
    every: Period | None
    doer: Doer
    minutes: int
    event: str = ""
    within: Period = _NOTHING
    also: Mapping[str, int] = field(default_factory=dict)
    first: Period = _NOTHING
    for_each_person: bool = False
    from_people: int = 1
    task: int = 0
    rows: tuple[int, ...] = ()
    page: str = ""


@dataclass(frozen=True, slots=True)
class Words:
    """What to do, beginning with the verb; why; and how."""

    title: str
    why: str
    how: str


class NoSuchDuty(LookupError):
    """No duty has that code: a fault in the program, or a code of another version."""


@cache
def duties() -> Mapping[str, Duty]:
    """All of them by their codes, in the order in which they first come."""
    told = [_duty(one) for one in _read("duties")["duties"]]
    return MappingProxyType({duty.code: duty for duty in told})


def duty_of(code: str) -> Duty:
    """The one of that code. Raises NoSuchDuty."""
    if code not in duties():
        raise NoSuchDuty(code)
    return duties()[code]


def of_control(control: str) -> Sequence[Duty]:
    """What people do for that control."""
    return [duty for duty in duties().values() if control in duty.controls]


def captains_tasks() -> Sequence[Duty]:
    """The six tasks of a security captain, in their order."""
    return sorted((duty for duty in duties().values() if duty.task), key=lambda duty: duty.task)


@cache
def words(language: str) -> Mapping[str, Words]:
    """By the duty's code. Raises FileNotFoundError for a language without words."""
    return MappingProxyType({code: Words(**told) for code, told in _read(language).items()})


def _duty(told: Mapping[str, Any]) -> Duty:
    every = Period(months=told.get("months", 0), days=told.get("days", 0))
    return Duty(
        code=told["code"],
        controls=tuple(told["controls"]),
        every=None if every == _NOTHING else every,
        doer=Doer(told["role"]),
        minutes=told["minutes"],
        event=told.get("event", ""),
        within=Period(days=told.get("within", 0)),
        also=MappingProxyType(told.get("also", {})),
        first=Period(days=7 * told.get("week", 0)),
        for_each_person=told.get("for_each") == "person",
        from_people=told.get("from_people", 1),
        task=told.get("task", 0),
        rows=tuple(told.get("rows", ())),
        page=told.get("page", ""),
    )


def _read(name: str) -> dict[str, Any]:
    with (FOLDER / f"{name}.toml").open("rb") as file:
        return tomllib.load(file)
