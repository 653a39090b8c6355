"""What was said on the command line of a restore."""

from argparse import ArgumentTypeError
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from django.utils import timezone
from django.utils.translation import gettext, gettext_lazy

from tryggve.lib import opened
from tryggve.lib.errors import Refusal

_LONGEST_FILE: Final = 64 * 1024


class NoSuchFile(Refusal):
    sentence = gettext_lazy("The file %(name)s can't be read. Nothing was changed. Name another one.")


class NoRehearsal(Refusal):
    sentence = gettext_lazy(
        "%(option)s belongs to a rehearsal, and --rehearsal wasn't said: this would have been a real restore. Nothing "
        "was changed. Add --rehearsal to try it out, or leave %(option)s out to restore."
    )


@dataclass(frozen=True)
class Wishes:
    """All of it; None or empty for what wasn't."""

    keys_place: str | None
    data_place: str | None
    snapshot: str
    at: datetime | None
    ssh_key: str
    database: str
    folders_to: Path | None
    is_sure: bool
    is_rehearsal: bool

    @classmethod
    def of(cls, options: dict[str, Any]) -> "Wishes":
        return cls(
            keys_place=options["keys_place"],
            data_place=options["data_place"],
            snapshot=options["snapshot"],
            at=options["at"],
            ssh_key=read_file(options["ssh_key"]),
            database=read_file(options["database"]),
            folders_to=options["folders_to"],
            is_sure=options["yes"],
            is_rehearsal=options["rehearsal"],
        )


def require_meant(options: Mapping[str, Any]) -> None:
    """Refuse a real restore to whoever spoke of a rehearsal. Raises NoRehearsal."""
    of_rehearsal = ("on_disk", "keep")
    said = next((name for name in of_rehearsal if options[name]), None)
    if said is not None and not options["rehearsal"]:
        raise NoRehearsal(option=f"--{said.replace('_', '-')}")


def read_file(name: str | None) -> str:
    """What a file holds that was named on the command line. Raises NoSuchFile."""
    try:
        return opened.open_binary(name).read(_LONGEST_FILE).decode() if name else ""
    except (OSError, UnicodeDecodeError):
        raise NoSuchFile(name=name) from None


def day_of(told: str) -> datetime | None:
    """The end of a day, or a moment, as written in ISO 8601. Raises ValueError."""
    if not told:
        return None
    at = datetime.fromisoformat(told)
    if len(told) == len("2026-11-20"):
        at = at.replace(hour=23, minute=59, second=59)
    return at if at.tzinfo else timezone.make_aware(at)


def said_day(told: str) -> datetime | None:
    """The same for an option. Raises ArgumentTypeError."""
    try:
        return day_of(told)
    except ValueError:
        reason = gettext("«%(told)s» is no day; write it as in 2026-11-20")
        raise ArgumentTypeError(reason % {"told": told}) from None
