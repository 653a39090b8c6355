"""How long somebody waits to be erased: long enough to be called off, and not past the day of the answer."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from tryggve.domains.rights.engine import quarantine
from tryggve.domains.rights.engine.calendars import deadline

_HERE = ZoneInfo("Europe/Stockholm")
_DAY = timedelta(days=1)
# Over every change of the clocks and every leap day of these years.
_DATES = st.dates(date(2018, 6, 1), date(2040, 12, 31))
_SECONDS = st.integers(0, 86_399)
_DAYS = st.integers(1, quarantine.MOST_DAYS)


def _moment(day: date, second: int) -> datetime:
    return datetime.combine(day, time.min, tzinfo=UTC) + timedelta(seconds=second)


@given(_DATES, _SECONDS, _DAYS)
def test_it_is_as_many_whole_days_whatever_the_clocks_do(day: date, second: int, days: int) -> None:
    asked = _moment(day, second)
    ends = quarantine.ends_at(asked, days)
    assert (ends - asked) == timedelta(days=days)
    assert (ends.astimezone(_HERE).date() - asked.astimezone(_HERE).date()).days in (days - 1, days, days + 1)


@given(_DATES, _SECONDS, _DAYS, st.integers(0, 60))
def test_who_asked_is_erased_by_the_day_of_the_answer_and_never_within_a_day(
    received: date, second: int, days: int, later: int
) -> None:
    """Put aside so many days after the request came and was written down."""
    known_since = _moment(received, second)
    asked = known_since + timedelta(days=later)
    due = deadline(known_since.astimezone(_HERE).date(), country="SE").due
    answer_by = datetime.combine(due, time.min, tzinfo=_HERE)

    ends = quarantine.ends_in_time(asked, days, known_since=known_since, answer_by=answer_by)

    assert asked + _DAY <= ends <= quarantine.ends_at(asked, days)
    assert ends <= max(answer_by, asked + _DAY)


@given(_DATES, _SECONDS, _DAYS, st.integers(0, 3650))
def test_request_that_is_dated_back_makes_nobody_wait_less(
    day: date, second: int, days: int, earlier: int
) -> None:
    asked = _moment(day, second)
    answer_by = asked - timedelta(days=earlier)
    ends = quarantine.ends_in_time(asked, days, known_since=asked, answer_by=answer_by)
    assert ends == quarantine.ends_at(asked, days)
