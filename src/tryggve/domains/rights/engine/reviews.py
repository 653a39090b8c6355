"""When the company is to look through whom it keeps."""

from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from tryggve.domains.rights.engine.calendars import law_files, months


@dataclass(frozen=True, slots=True)
class Review:
    """The day by which it is due; ``is_due`` from that day on, ``is_late`` once it has passed."""

    due_on: date
    today: date

    @property
    def is_due(self) -> bool:
        return self.today >= self.due_on

    @property
    def is_late(self) -> bool:
        return self.today > self.due_on


def next_review(last: date, *, today: date) -> Review:
    """Half a year after the last one (``content/reviews``). Raises months.TooFarAway."""
    return Review(months.months_after(last, _told()["months"]), today)


@cache
def _told() -> dict[str, Any]:
    [told] = law_files.read("reviews", "eu")["reviews"]
    return dict(told)
