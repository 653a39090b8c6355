"""Whether somebody who was erased is gone from the backups: what a search through the copies of keys comes to."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from tryggve.domains.backups.engine.letting_go import OLDEST_KEY_COPY

# A clock may be ahead so much, and an erasure may have begun while a copy was taken.
_BESIDE: Final = timedelta(hours=1)
# A run that was killed leaves it to the next to let go of what is old.
_LEFT_TO_THE_NEXT: Final = timedelta(days=2)


class Outcome(StrEnum):
    """What is known now."""

    PROVEN = "proven"
    PENDING = "pending"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class HeldIn:
    """A copy of the keys that still has the one that was destroyed; ``newest_there`` is the last brought to its place.

    That is when the place last let go of what was old.
    """

    taken_at: datetime
    newest_there: datetime

    @property
    def ages_out_at(self) -> datetime:
        return self.taken_at + OLDEST_KEY_COPY


@dataclass(frozen=True, slots=True)
class Verdict:
    """``until``: when the last copy that has the key is too old to be kept; none where no copy is known to have it."""

    outcome: Outcome
    until: datetime | None = None


def judged(
    *,
    erased_at: datetime,
    at: datetime,
    held: Collection[HeldIn],
    is_all_seen: bool,
    is_key_in_use: bool,
) -> Verdict:
    """What follows from all copies that could be reached.

    ``is_all_seen``: none that there is was left out. ``is_key_in_use``: the key store of today has the key.
    """
    if is_key_in_use or any(_is_wrong(one, erased_at=erased_at, at=at) for one in held):
        return Verdict(Outcome.FAILED)
    if held:
        ends = [one.ages_out_at for one in held if one.taken_at <= at + _BESIDE]
        return Verdict(Outcome.PENDING, max([at, *ends]))
    return Verdict(Outcome.PROVEN) if is_all_seen else Verdict(Outcome.PENDING)


def latest_end(erased_at: datetime) -> datetime:
    """When no copy may have the key any more, if all goes as it should: the last was taken before it was destroyed."""
    return erased_at + OLDEST_KEY_COPY


def _is_wrong(one: HeldIn, *, erased_at: datetime, at: datetime) -> bool:
    """Whether it was taken after the key was destroyed, or its place should have let go of it."""
    if one.taken_at > at + _BESIDE:
        return False  # by a clock that was ahead: the next run lets go of it
    is_overdue = one.ages_out_at + _LEFT_TO_THE_NEXT < min(at, one.newest_there)
    return is_overdue or one.taken_at > erased_at + _BESIDE
