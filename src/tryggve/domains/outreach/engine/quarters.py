"""The quarters of a year, and by when the word about the last one is due."""

from dataclasses import dataclass
from datetime import date, timedelta

_MONTHS = 3
# So long before its day the first page begins to remind of it.
SOON = timedelta(days=14)


@dataclass(frozen=True, slots=True, order=True)
class Quarter:
    """Three months, from 1 to 4 in a year."""

    year: int
    number: int

    @property
    def code(self) -> str:
        """As it is kept: «2026-Q1»."""
        return f"{self.year}-Q{self.number}"

    @property
    def first(self) -> date:
        return date(self.year, _MONTHS * (self.number - 1) + 1, 1)

    @property
    def last(self) -> date:
        return self.next.first - timedelta(days=1)

    @property
    def next(self) -> "Quarter":
        return Quarter(self.year + self.number // 4, self.number % 4 + 1)

    @property
    def before(self) -> "Quarter":
        return Quarter(self.year, self.number - 1) if self.number > 1 else Quarter(self.year - 1, 4)

    @property
    def due_on(self) -> date:
        """By when customers are told of it: the last day of the month after it."""
        begins = self.next.first
        return date(begins.year, begins.month + 1, 1) - timedelta(days=1)


def quarter_of(day: date) -> Quarter:
    return Quarter(day.year, (day.month - 1) // _MONTHS + 1)
