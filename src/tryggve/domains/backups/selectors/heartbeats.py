"""Backups that something else makes, and whether each was heard of in time."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from pathlib import Path
from typing import Final
from uuid import UUID

from tryggve.accounts import clock
from tryggve.domains.backups.models import Heartbeat
from tryggve.domains.backups.own_folders import sealed_paths

# So long what was removed can be taken back.
UNDO: Final = timedelta(days=30)
# A computer that was off over night is no fault.
GRACE: Final = timedelta(days=1)
# Nor is one that is off from Friday's closing to Monday's opening.
OVER_A_WEEKEND: Final = timedelta(days=3)


class Pulse(StrEnum):
    """How one stands."""

    IN_TIME = "in-time"
    AWAITED = "awaited"
    LATE = "late"


@dataclass(frozen=True, slots=True)
class WatchedBackup:
    """One of them; ``path`` is None for one that calls an address, ``heard_at`` for one that was never heard of."""

    id: UUID
    kind: Heartbeat.Kind
    title: str
    every_days: int
    added_at: datetime
    heard_at: datetime | None
    path: Path | None = field(repr=False)

    def pulse(self, *, at: datetime) -> Pulse:
        """AWAITED for a new one whose time isn't over yet."""
        lasts = max(timedelta(days=self.every_days) + GRACE, OVER_A_WEEKEND)
        if clock.is_within(lasts, self.heard_at, at=at):
            return Pulse.IN_TIME
        is_new = self.heard_at is None and clock.is_within(lasts, self.added_at, at=at)
        return Pulse.AWAITED if is_new else Pulse.LATE


def watched() -> Sequence[WatchedBackup]:
    """All, the first added first. Raises vault.Locked without the service key where folders are watched."""
    return [_told(row) for row in Heartbeat.objects.filter(removed_at=None)]


def removed(*, at: datetime) -> Sequence[WatchedBackup]:
    """Those that can still be taken back. Raises as watched."""
    return [_told(row) for row in Heartbeat.objects.filter(removed_at__gt=at - UNDO)]


def _told(row: Heartbeat) -> WatchedBackup:
    path = sealed_paths.opened(row.path_sealed) if row.path_sealed else None
    return WatchedBackup(
        row.pk, Heartbeat.Kind(row.kind), row.title, row.every_days, row.added_at, row.heard_at, path
    )
