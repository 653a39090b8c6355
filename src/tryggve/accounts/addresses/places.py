import ipaddress
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final, TypeVar

from tryggve.accounts.addresses import table
from tryggve.lib import folders as folder

HOSTING: Final = "hosting"

_Told = TypeVar("_Told")


@dataclass(frozen=True, slots=True)
class Place:
    """Where an address is: the country (ISO 3166-1 alpha-2), and whether a hosting company has it; None: unknown."""

    country: str | None
    is_hosting: bool | None


@dataclass(frozen=True, slots=True)
class Standing:
    """Which files there are: when each was made or given; None where there is none that can be read."""

    countries: datetime | None
    hosting: datetime | None


NOWHERE: Final = Place(None, None)


def countries_path() -> Path:
    """Where the table of countries lies."""
    return _folder() / "countries"


def hosting_path() -> Path:
    """Where the table of hosting companies' networks lies."""
    return _folder() / "hosting"


def place_of(address: str) -> Place:
    """What the files say of that address; never fails: what can't be read is unknown.

    A few dozen short reads of a file, so it is asked once for a session and network, not at each request.
    """
    try:
        ip = ipaddress.ip_address(address)
    except ValueError:
        return NOWHERE
    ip = getattr(ip, "ipv4_mapped", None) or ip
    if not ip.is_global:  # the firm's own network, or this computer
        return NOWHERE
    hosting = _asked(lambda: table.label_of(hosting_path(), ip))
    return Place(
        country=_asked(lambda: table.label_of(countries_path(), ip)) or None,
        is_hosting=None if hosting is None else hosting == HOSTING,
    )


def standing() -> Standing:
    """What is known on this computer."""
    return Standing(_asked(lambda: _made(countries_path())), _asked(lambda: _made(hosting_path())))


def _made(path: Path) -> datetime:
    return datetime.fromtimestamp(table.head_of(path).made, UTC)


def _asked(ask: Callable[[], _Told]) -> _Told | None:
    try:
        return ask()
    except (OSError, ValueError, OverflowError):
        return None


def _folder() -> Path:
    return folder.current().data / "addresses"
