"""Which copies go: of data all but a thinning past, of keys all but the newest few, whatever a clock said."""

from datetime import UTC, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from tryggve.domains.backups.engine import letting_go
from tryggve.domains.backups.engine.letting_go import Kept

NOW = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
STOCKHOLM = ZoneInfo("Europe/Stockholm")
_AGES = st.lists(st.timedeltas(timedelta(days=-400), timedelta(days=400)), max_size=30)


def _aged(*ages: timedelta) -> list[Kept]:
    return [Kept(str(number), NOW - age) for number, age in enumerate(ages)]


def _data(copies: list[Kept]) -> set[str]:
    gone = letting_go.of_data(copies, at=NOW, zone=STOCKHOLM)
    return {one.id for one in copies} - set(gone)


def _keys(copies: list[Kept], newest: str = "0") -> list[str]:
    gone = letting_go.of_keys(copies, newest=newest, at=NOW)
    return [one.id for one in copies if one.id not in gone]


def test_newest_three_key_copies_stay() -> None:
    hours = [timedelta(hours=number) for number in range(5)]
    assert _keys(_aged(*hours)) == ["0", "1", "2"]


def test_key_copy_older_than_14_days_goes_though_there_are_fewer_than_three() -> None:
    assert _keys(_aged(timedelta(), timedelta(days=14, seconds=1))) == ["0"]
    assert _keys(_aged(timedelta(), timedelta(days=14))) == ["0", "1"]


def test_key_copy_from_a_clock_that_ran_ahead_doesnt_pass_for_new() -> None:
    ages = (timedelta(), timedelta(days=-300), timedelta(days=-300), timedelta(days=-300), timedelta(days=1))
    assert _keys(_aged(*ages)) == ["0", "4"]


def test_newest_copy_that_holds_a_lost_key_stays_for_its_fourteen_days() -> None:
    one, other = UUID(int=1), UUID(int=2)
    copies = _aged(*(timedelta(days=number) for number in range(20)))

    def stay(lost: dict[str, list[UUID]]) -> list[str]:
        gone = letting_go.of_keys(copies, newest="0", at=NOW, lost=lost)
        return [one.id for one in copies if one.id not in gone]

    assert stay({"5": [one], "7": [one, other], "9": [other]}) == ["0", "1", "2", "5", "7"]
    assert stay({"2": [one], "7": [one]}) == ["0", "1", "2"]
    assert stay({"15": [one]}) == ["0", "1", "2"]


@given(_AGES)
def test_newest_key_copy_always_stays_and_never_more_than_three(ages: list[timedelta]) -> None:
    stay = _keys(_aged(*ages, timedelta()), newest=str(len(ages)))
    assert str(len(ages)) in stay
    assert len(stay) <= 3


def test_data_of_each_of_fourteen_days_stays_the_last_of_each_day() -> None:
    copies = _aged(*(timedelta(hours=12 * number) for number in range(28)))
    stay = _data(copies)
    days = [one.taken_at.astimezone(STOCKHOLM).date() for one in copies if one.id in stay]
    assert len(days) == len(set(days)) == 14


def test_years_of_daily_copies_thin_out() -> None:
    copies = _aged(*(timedelta(days=number) for number in range(4 * 365)))
    stay = sorted(_data(copies), key=int)
    assert stay[:14] == [str(number) for number in range(14)]
    # 8 Sundays, the ends of 11 months beside this one, and of 2 years beside this one; some are the same days.
    kept = [copies[int(id)].taken_at.astimezone(STOCKHOLM).date() for id in stay]
    assert [day.year for day in kept if (day.month, day.day) == (12, 31)] == [2025, 2024]
    assert len([day for day in kept if (day + timedelta(days=1)).day == 1]) == 11 + 1
    assert len([day for day in kept if day.isoweekday() == 7]) >= 7
    assert len(stay) < 14 + 8 + 12 + 3


def test_days_begin_at_midnight_where_the_company_is() -> None:
    late = Kept("late", datetime(2026, 3, 1, 22, 59, tzinfo=UTC))
    later = Kept("later", datetime(2026, 3, 1, 23, 1, tzinfo=UTC))
    assert _data([late, later]) == {"late", "later"}


def test_copy_from_before_an_upgrade_stays_two_weeks_though_a_later_one_came_that_day() -> None:
    at = NOW - timedelta(days=2)
    before, after = Kept("before", at, is_before_upgrade=True), Kept("after", at + timedelta(hours=1))
    assert _data([before, after]) == {"before", "after"}
    old = NOW - timedelta(days=15)
    many = _aged(*(timedelta(days=number) for number in range(15)))
    assert "old" not in _data(
        [*many, Kept("old", old, is_before_upgrade=True), Kept("x", old + timedelta(hours=1))]
    )


def test_what_a_proof_needs_stays() -> None:
    needed, newer = Kept("needed", NOW - timedelta(hours=2), is_needed=True), Kept("newer", NOW)
    assert _data([needed, newer]) == {"needed", "newer"}


@given(_AGES)
def test_newest_data_always_stays_and_what_went_once_would_go_again(ages: list[timedelta]) -> None:
    copies = _aged(*ages)
    stay = _data(copies)
    assert not copies or max(one.taken_at for one in copies) in {
        one.taken_at for one in copies if one.id in stay
    }
    assert _data([one for one in copies if one.id in stay]) == stay
