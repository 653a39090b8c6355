"""Restores on another computer, as the log tells of them."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import islice
from typing import Final
from uuid import UUID

from django.utils import timezone

from tryggve.audit.models import Entry
from tryggve.domains.backups import actions

_SHOWN: Final = 10


@dataclass(frozen=True, slots=True)
class RestoredElsewhere:
    """Which pair on which day, and of which day the copy was."""

    pair: UUID
    on: date
    taken_on: date


def restored() -> list[RestoredElsewhere]:
    """The newest first."""
    return list(islice(_all(), _SHOWN))


def is_noted(*, pair: UUID, on: date) -> bool:
    """Whether that restore counts already."""
    return any((one.pair, one.on) == (pair, on) for one in _all())


def _all() -> Iterator[RestoredElsewhere]:
    for entry in Entry.objects.filter(action=actions.RESTORED_ELSEWHERE.code).newest_first():
        on = timezone.localdate(entry.recorded_at) - timedelta(days=entry.facts["days_ago"])
        taken_on = on - timedelta(days=entry.facts["days_old"])
        yield RestoredElsewhere(UUID(entry.facts["pair"]), on, taken_on)
