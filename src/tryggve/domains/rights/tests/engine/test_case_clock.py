from datetime import date, timedelta

import pytest

from tryggve.domains.rights.engine.calendars import deadline
from tryggve.domains.rights.engine.case_clock import Clock, Pace, answer_by, reminders_due

TODAY = date(2026, 3, 2)


@pytest.mark.parametrize(
    ("days", "pace"),
    [(8, Pace.CALM), (7, Pace.SOON), (0, Pace.SOON), (-1, Pace.LATE)],
)
def test_clock_tells_how_pressing_it_is(days: int, pace: Pace) -> None:
    clock = Clock(TODAY + timedelta(days=days), TODAY)
    assert (clock.days_left, clock.days_late, clock.pace) == (days, max(0, -days), pace)


@pytest.mark.parametrize(
    ("days", "codes"),
    [
        (8, []),
        (7, ["reminded-7"]),
        (2, ["reminded-7", "reminded-2"]),
        (0, ["reminded-7", "reminded-2"]),
        (-1, ["reminded-7", "reminded-2", "reminded-late"]),
    ],
)
def test_reminders_come_a_week_before_two_days_before_and_when_late(days: int, codes: list[str]) -> None:
    assert reminders_due(Clock(TODAY + timedelta(days=days), TODAY)) == codes


@pytest.mark.parametrize("country", ["SE", "DK"])
def test_country_with_a_calendar_has_its_own_deadline(country: str) -> None:
    assert answer_by(TODAY, country=country) == deadline(TODAY, country=country)


@pytest.mark.parametrize(
    ("received", "due"),
    [
        (date(2026, 3, 2), date(2026, 4, 2)),  # Maundy Thursday, a holiday in Iceland: a day early
        (date(2026, 2, 7), date(2026, 3, 9)),  # 7 March is a Saturday
        (date(2026, 1, 31), date(2026, 3, 2)),  # 28 February is a Saturday
    ],
)
def test_country_without_a_calendar_moves_weekends_alone(received: date, due: date) -> None:
    assert answer_by(received, country="IS").due == due
    assert answer_by(received, country="FI").due == due


def test_extension_without_a_calendar_is_three_months_in_all() -> None:
    found = answer_by(TODAY, country="NO", extended=True)
    assert (found.due, found.rule) == (date(2026, 6, 2), "gdpr-12-3-three-months")
