"""How many places hold personal data, over time: as DAT-04 found it, since what was removed since leaves no scan."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from django.utils import timezone

from tryggve.controls import selectors as controls
from tryggve.domains.datamap.models import Goal

_CONTROL: Final = "DAT-04"
_DAYS: Final = 365


@dataclass(frozen=True, slots=True)
class Point:
    """The last number of that day."""

    on: date
    places: int


def trend(now_holding: int, *, now: datetime) -> Sequence[Point]:
    """The days on which it was measured within a year, the oldest first, and today. One question."""
    told = controls.told_over_time(_CONTROL, "holding", now=now, days=_DAYS)
    days = {timezone.localdate(at): int(places) for at, places in told}
    days[timezone.localdate(now)] = now_holding
    return [Point(on, places) for on, places in sorted(days.items())]


def goal() -> Goal | None:
    return Goal.objects.first()
