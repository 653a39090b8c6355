from datetime import datetime, timedelta

import pytest

from tryggve.routines import checks, registry

pytestmark = pytest.mark.usefixtures("timetable")

DAILY = timedelta(days=1)


def test_routine_is_listed_with_its_work_and_stays_callable() -> None:
    @registry.routine("routines.count-stars", title="Count the stars", every=DAILY)
    def count_stars(now: datetime) -> None:
        raise NotImplementedError

    listed = registry.Routine("routines.count-stars", "Count the stars", DAILY, count_stars)
    assert dict(registry.routines()) == {"routines.count-stars": listed}


def test_routine_with_a_code_in_use_raises() -> None:
    registry.routine("routines.count-stars", title="Count the stars", every=DAILY)(lambda now: None)

    with pytest.raises(registry.BadRoutine, match="twice"):
        registry.routine("routines.count-stars", title="Count them again", every=DAILY)


@pytest.mark.parametrize(
    "code", ["count-stars", "routines.CountStars", "routines.count_stars", "a.b.c", "a." + "x" * 63]
)
def test_routine_with_a_code_in_another_form_raises(code: str) -> None:
    with pytest.raises(registry.BadRoutine, match="imperative"):
        registry.routine(code, title="Count the stars", every=DAILY)


def test_routine_more_often_than_every_minute_raises() -> None:
    with pytest.raises(registry.BadRoutine, match="wait"):
        registry.routine("routines.count-stars", title="Count the stars", every=timedelta(seconds=59))


def test_check_routine_in_its_own_app_is_no_error() -> None:
    registry.routine("routines.count-stars", title="Count the stars", every=DAILY)(lambda now: None)

    assert checks.routines_begin_with_their_apps_label(None) == []


def test_check_routine_of_another_app_is_an_error() -> None:
    registry.routine("customers.count-stars", title="Count the stars", every=DAILY)(lambda now: None)

    assert [error.id for error in checks.routines_begin_with_their_apps_label(None)] == ["routines.E001"]
