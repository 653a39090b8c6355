"""Backups that something else makes, in words, and the lines that let them call."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

from tryggve.domains.backups.selectors.heartbeats import Pulse, WatchedBackup
from tryggve.ui import own_address

_LOOKS: Final[Mapping[Pulse, tuple[str, StrOrPromise]]] = {
    Pulse.IN_TIME: ("good", _("✓ In time")),
    Pulse.AWAITED: ("", _("? Not heard of yet")),
    Pulse.LATE: ("danger", _("✗ Late")),
}


@dataclass(frozen=True, slots=True)
class Told:
    """One of them with its state."""

    one: WatchedBackup
    tone: str
    state: StrOrPromise


@dataclass(frozen=True, slots=True)
class Line:
    """A line to paste, and where."""

    code: str
    where: StrOrPromise
    value: str


def told(one: WatchedBackup, *, now: datetime) -> Told:
    tone, state = _LOOKS[one.pulse(at=now)]
    return Told(one, tone, state)


def lines(secret: str) -> tuple[Line, ...]:
    """The address alone, and as a command of each system, run when the backup went well."""
    address = own_address.link_to("backups:heard", secret)
    return (
        Line("address", _("The address, for a program that calls one by itself"), address),
        Line(
            "windows",
            _(
                "Windows: in Task Scheduler, as a second action after the backup. Program: powershell. Arguments:"
            ),
            f'-NoProfile -Command "Invoke-RestMethod -Method Post -Uri {address}"',
        ),
        Line(
            "unix",
            _("Mac and Linux: at the end of the line that makes the backup, such as in crontab"),
            f"&& curl --fail --silent --show-error --request POST {address}",
        ),
    )
