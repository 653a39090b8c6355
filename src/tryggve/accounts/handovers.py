"""What happens to somebody's work and ways in on leaving, and what people then have to see to themselves.

A domain says both when it is loaded, in its ``handovers.py``:

>>> handovers.register("customers.responsible", _("Their customers go to the successor."), hand_customers_over)
>>> handovers.remind("network.wifi", _("Change the Wi-Fi password."), _("Tell it to those who stay."))
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django_stubs_ext import StrOrPromise

from tryggve.accounts.models import User
from tryggve.audit import codes


class BadHandover(ValueError):
    """A handover or a reminder is declared wrongly or twice: a fault in the program, told at start."""


@dataclass(frozen=True, slots=True)
class Leaving:
    """Who leaves, who takes over, by whom (as the log calls them), when."""

    person: User
    successor: User
    actor: str
    at: datetime


Run = Callable[[Leaving], int]
Count = Callable[[User], int]


@dataclass(frozen=True, slots=True)
class Handover:
    """One thing that leaving does; ``title`` is a whole sentence that the page tells beforehand.

    ``run`` does it, in the transaction of leaving, and answers how many were handed over or ended; what it raises
    stops the leaving as a whole. ``count`` says beforehand how many it would be, where somebody wants to know.
    """

    code: str
    title: StrOrPromise
    run: Run
    count: Count | None = None


@dataclass(frozen=True, slots=True)
class Reminder:
    """Something that no program can do: what, and how it is done."""

    code: str
    title: StrOrPromise
    how: StrOrPromise


_handovers: dict[str, Handover] = {}
_reminders: dict[str, Reminder] = {}


def register(code: str, title: StrOrPromise, run: Run, *, count: Count | None = None) -> None:
    """Make known what a leaving does, ``domain.what``; run in the order of loading. Raises BadHandover."""
    _require_new(code, _handovers)
    _handovers[code] = Handover(code, title, run, count)


def remind(code: str, title: StrOrPromise, how: StrOrPromise) -> None:
    """Put something on the list of what is left to do when somebody has left. Raises BadHandover."""
    _require_new(code, _reminders)
    _reminders[code] = Reminder(code, title, how)


def all_handovers() -> Sequence[Handover]:
    """What leaving does, in the order in which it is done."""
    return tuple(_handovers.values())


def handover(code: str) -> Handover | None:
    """The one of that code; None when no domain knows it any more."""
    return _handovers.get(code)


def reminders() -> Sequence[Reminder]:
    """What is left to people, in the order of the list."""
    return tuple(_reminders.values())


def reminder(code: str) -> Reminder | None:
    """The one of that code; None when no domain knows it any more."""
    return _reminders.get(code)


def _require_new(code: str, known: Mapping[str, object]) -> None:
    if not codes.is_code(code) or "." not in code:
        raise BadHandover(f"{code!r} is not written domain.what")
    if code in known:
        raise BadHandover(f"{code} is declared twice")
