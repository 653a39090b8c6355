from datetime import datetime, timedelta

import pytest

from tryggve.routines import services
from tryggve.routines.models import Schedule
from tryggve.routines.selectors import schedules
from tryggve.routines.tests.conftest import Clock
from tryggve.routines.tests.timetables import (
    HOUR,
    MINUTE,
    due_times,
    fail,
    need_the_register,
    routine,
    run,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("timetable")]


def test_run_due_runs_each_once_with_the_time(clock: Clock) -> None:
    told: list[datetime] = []
    routine("first", told.append)
    routine("second", told.append)
    services.plan(now=clock.now)

    assert sorted(run(clock)) == ["routines.first", "routines.second"]
    assert told == [clock.now, clock.now]
    assert run(clock) == []


def test_run_due_keeps_its_beat(clock: Clock) -> None:
    routine("hourly")
    services.plan(now=clock.now)
    start = clock.now

    clock.move(7 * MINUTE)
    run(clock)

    assert due_times() == {"routines.hourly": start + HOUR}


def test_run_due_after_ten_missed_intervals_runs_once(clock: Clock) -> None:
    told: list[datetime] = []
    routine("hourly", told.append)
    services.plan(now=clock.now)
    start = clock.now

    clock.move(10 * HOUR + 30 * MINUTE)
    run(clock)
    run(clock)

    assert told == [clock.now]
    assert due_times() == {"routines.hourly": start + 11 * HOUR}


def test_run_due_failing_routine_waits_longer_each_time_up_to_an_hour(clock: Clock) -> None:
    routine("failing", fail, every=timedelta(days=1))
    services.plan(now=clock.now)

    waits = []
    for _ in range(9):
        run(clock)
        due_at = Schedule.objects.get().due_at
        waits.append((due_at - clock.now) // MINUTE)
        clock.now = due_at

    assert waits == [1, 2, 4, 8, 16, 32, 60, 60, 60]


def test_run_due_failing_routine_is_not_run_before_its_wait_is_over(clock: Clock) -> None:
    routine("failing", fail)
    services.plan(now=clock.now)

    assert run(clock) == ["routines.failing"]
    clock.move(MINUTE / 2)
    assert run(clock) == []
    clock.move(MINUTE / 2)
    assert run(clock) == ["routines.failing"]


@pytest.mark.parametrize("error", [LookupError, SystemExit, MemoryError])
def test_run_due_failing_routine_lets_the_others_run(clock: Clock, error: type[BaseException]) -> None:
    def fail(now: datetime) -> None:
        raise error

    routine("a-failing", fail)
    routine("b-working")
    services.plan(now=clock.now)

    assert run(clock) == ["routines.a-failing", "routines.b-working"]
    assert dict(Schedule.objects.values_list("code", "last_outcome")) == {
        "routines.a-failing": "FAILED",
        "routines.b-working": "DONE",
    }


def test_run_due_failing_routine_leaves_class_and_place_and_no_values(
    clock: Clock, caplog: pytest.LogCaptureFixture
) -> None:
    routine("failing", fail)
    services.plan(now=clock.now)

    run(clock)

    row = Schedule.objects.values().get()
    assert (row["fault_kind"], row["fault_place"]) == (
        "builtins.LookupError",
        f"{fail.__module__}:{fail.__code__.co_firstlineno + 1}",
    )
    assert "cilla" not in repr(row) + caplog.text
    assert [record.exc_info for record in caplog.records] == [None]


def test_run_due_success_after_failures_forgets_them(clock: Clock) -> None:
    troubles = [LookupError(), LookupError()]

    def fail_twice(now: datetime) -> None:
        if troubles:
            raise troubles.pop()

    routine("recovering", fail_twice)
    services.plan(now=clock.now)
    for _ in range(3):
        run(clock)
        clock.move(2 * MINUTE)

    row = Schedule.objects.get()
    assert (row.last_outcome, row.failures_in_a_row, row.fault_kind, row.fault_place) == ("DONE", 0, "", "")


def test_run_due_that_outlived_its_lease_leaves_the_new_holder_alone(clock: Clock) -> None:
    def sleep_over(now: datetime) -> None:
        clock.move(services.LEASE)
        services.claim_due(now=clock.now, owner="bo")

    routine("slow", sleep_over)
    services.plan(now=clock.now)

    run(clock)

    row = Schedule.objects.get()
    assert (row.lease_owner, row.lease_until, row.last_ended_at) == ("bo", clock.now + services.LEASE, None)


def test_run_due_when_asked_to_stop_begins_no_other(clock: Clock) -> None:
    ran: list[datetime] = []
    routine("first", ran.append)
    routine("second", ran.append)
    services.plan(now=clock.now)

    services.run_due(now=clock, owner="karin", is_stopped=lambda: bool(ran))

    assert len(ran) == 1


def test_schedules_show_what_fails_first(clock: Clock) -> None:
    routine("a-working")
    routine("b-failing", fail)
    services.plan(now=clock.now)
    run(clock)

    assert [schedule.code for schedule in schedules()] == ["routines.b-failing", "routines.a-working"]


def test_run_due_routine_that_finds_the_register_locked_waits_a_minute_and_counts_no_failure(
    clock: Clock, caplog: pytest.LogCaptureFixture
) -> None:
    routine("locked", need_the_register)
    services.plan(now=clock.now)

    assert run(clock) == ["routines.locked"]

    row = Schedule.objects.get()
    assert (row.due_at, row.failures_in_a_row, row.lease_owner, caplog.text) == (
        clock.now + MINUTE,
        0,
        "",
        "",
    )
