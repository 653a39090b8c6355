"""Which of two copies is the newer one, whatever the clocks said when they were taken: it stands in their tags."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

_HOME: Final = "home="
_LEDGER: Final = "ledger="


@dataclass(frozen=True, slots=True, order=True)
class Standing:
    """``home``: since when its register belonged to the computer that took it; each that takes it over has a later one.

    ``erased``: how many entries its ledger of erasures has, and ``ledger`` the hash of these. 0 and empty for a copy
    that doesn't tell.
    """

    home: int
    erased: int
    taken_at: datetime
    ledger: str = field(compare=False)

    @property
    def state(self) -> str:
        """How its ledger stands, as it is written elsewhere; empty where the copy doesn't tell."""
        return f"{self.erased} {self.ledger}" if self.ledger else ""


def tags(*, home: datetime | None, ledger: str = "") -> list[str]:
    """What a copy is marked with; ``ledger`` as a checkpoint of the audit log states it."""
    marks = [f"{_HOME}{_stamp(home)}"]
    return [*marks, f"{_LEDGER}{ledger.replace(' ', '.')}"] if ledger else marks


def standing(tags: Collection[str], taken_at: datetime) -> Standing:
    """Of the copy with these."""
    erased, _dot, ledger = _told(tags, _LEDGER).partition(".")
    return Standing(_number(_told(tags, _HOME)), _number(erased), taken_at, ledger)


def is_of_later_home(there: Collection[str], ours: Collection[str]) -> bool:
    """Whether the copy with those marks was taken by a computer to which the register went after it had been ours."""
    return _number(_told(there, _HOME)) > _number(_told(ours, _HOME))


def _told(tags: Collection[str], name: str) -> str:
    return next((one.removeprefix(name) for one in sorted(tags) if one.startswith(name)), "")


def _number(told: str) -> int:
    return int(told) if told.isascii() and told.isdecimal() else 0


def _stamp(home: datetime | None) -> int:
    return 0 if home is None else round(home.timestamp() * 1_000_000)
