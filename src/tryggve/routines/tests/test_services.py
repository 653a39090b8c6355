from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from tryggve import vault
from tryggve.routines import registry, services
from tryggve.routines.models import Schedule
from tryggve.routines.selectors import schedules
from tryggve.routines.tests.conftest import Clock

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("timetable")]

HOUR = timedelta(hours=1)
MINUTE = timedelta(minutes=1)


def _routine(name: str, work: Callable[[datetime], None] = lambda now: None, every: timedelta = HOUR) -> None:
    registry.routine(f"routines.{name}", title=name, every=every)(work)


def _fail(now: datetime) -> None:
    raise LookupError("cilla@firma.example is unknown")


def _need_the_register(now: datetime) -> None:
    raise vault.NotUnlocked


def _due_times() -> dict[str, datetime]:
    return dict(Schedule.objects.values_list("code", "due_at"))


def _run(clock: Clock) -> list[str]:
    return services.run_due(now=clock, owner="karin")


def test_plan_new_routine_is_due_at_once_and_a_gone_one_leaves(clock: Clock) -> None:
    Schedule.objects.create(code="routines.gone", due_at=clock.now)
    _routine("new")

    services.plan(now=clock.now)

    assert _due_times() == {"routines.new": clock.now}


def test_plan_again_changes_nothing(clock: Clock) -> None:
    _routine("known")
    services.plan(now=clock.now)

    services.plan(now=clock.now + MINUTE)

    assert _due_times() == {"routines.known": clock.now}


def test_plan_routine_due_later_than_its_interval_is_drawn_nearer(clock: Clock) -> None:
    _routine("known")
    Schedule.objects.create(code="routines.known", due_at=clock.now + timedelta(days=400))

    services.plan(now=clock.now)

    assert _due_times() == {"routines.known": clock.now + HOUR}


def test_plan_lease_of_a_clock_that_ran_ahead_is_drawn_nearer(clock: Clock) -> None:
    _routine("known")
    ahead = clock.now + timedelta(days=400)
    Schedule.objects.create(code="routines.known", due_at=clock.now, lease_owner="karin", lease_until=ahead)

    services.plan(now=clock.now)

    assert Schedule.objects.get().lease_until == clock.now + services.LEASE


def test_start_releases_every_lease_and_what_mends_a_crash_is_due(clock: Clock) -> None:
    registry.routine("routines.mend", title="Mend", every=HOUR, at_start=True)(lambda now: None)
    _routine("hourly")
    services.plan(now=clock.now)
    _run(clock)
    services.claim_due(now=clock.now + HOUR, owner="a worker that was killed")

    services.start(now=clock.now + MINUTE)

    assert _due_times() == {"routines.hourly": clock.now + HOUR, "routines.mend": clock.now + MINUTE}
    assert set(Schedule.objects.values_list("lease_owner", "lease_until")) == {("", None)}


def test_start_leaves_what_is_overdue_on_its_beat(clock: Clock) -> None:
    registry.routine("routines.mend", title="Mend", every=HOUR, at_start=True)(lambda now: None)
    services.plan(now=clock.now)

    services.start(now=clock.now + MINUTE)

    assert _due_times() == {"routines.mend": clock.now}


def test_claim_due_before_its_time_is_nothing(clock: Clock) -> None:
    _routine("known")
    services.plan(now=clock.now)

    assert services.claim_due(now=clock.now - MINUTE, owner="karin") is None
    assert services.claim_due(now=clock.now, owner="karin") is not None


def test_claim_due_twice_gives_it_once(clock: Clock) -> None:
    _routine("known")
    services.plan(now=clock.now)

    first = services.claim_due(now=clock.now, owner="karin")
    second = services.claim_due(now=clock.now, owner="bo")

    assert first is not None
    assert first.lease_owner == "karin"
    assert second is None


def test_claim_due_of_a_row_read_before_another_took_it_fails(clock: Clock) -> None:
    _routine("known")
    services.plan(now=clock.now)
    read_by_karin, read_by_bo = Schedule.objects.get(), Schedule.objects.get()

    assert services._take(read_by_karin, now=clock.now, owner="karin") is True
    assert services._take(read_by_bo, now=clock.now, owner="bo") is False
    assert Schedule.objects.get().lease_owner == "karin"


def test_claim_due_after_the_lease_ran_out_gives_it_again(clock: Clock) -> None:
    _routine("known")
    services.plan(now=clock.now)
    services.claim_due(now=clock.now, owner="karin")

    clock.move(services.LEASE - MINUTE)
    assert services.claim_due(now=clock.now, owner="bo") is None
    clock.move(MINUTE)
    assert services.claim_due(now=clock.now, owner="bo") is not None


def test_claim_due_of_a_code_that_this_program_lacks_is_nothing(clock: Clock) -> None:
    Schedule.objects.create(code="routines.of-a-newer-version", due_at=clock.now)

    assert services.claim_due(now=clock.now, owner="karin") is None


def test_release_gives_back_only_its_own(clock: Clock) -> None:
    _routine("first")
    _routine("second")
    services.plan(now=clock.now)
    services.claim_due(now=clock.now, owner="karin")
    services.claim_due(now=clock.now, owner="bo")

    services.release(owner="karin")

    assert sorted(Schedule.objects.values_list("lease_owner", "lease_until")) == [
        ("", None),
        ("bo", clock.now + services.LEASE),
    ]


def test_run_due_runs_each_once_with_the_time(clock: Clock) -> None:
    told: list[datetime] = []
    _routine("first", told.append)
    _routine("second", told.append)
    services.plan(now=clock.now)

    assert sorted(_run(clock)) == ["routines.first", "routines.second"]
    assert told == [clock.now, clock.now]
    assert _run(clock) == []


def test_run_due_keeps_its_beat(clock: Clock) -> None:
    _routine("hourly")
    services.plan(now=clock.now)
    start = clock.now

    clock.move(7 * MINUTE)
    _run(clock)

    assert _due_times() == {"routines.hourly": start + HOUR}


def test_run_due_after_ten_missed_intervals_runs_once(clock: Clock) -> None:
    told: list[datetime] = []
    _routine("hourly", told.append)
    services.plan(now=clock.now)
    start = clock.now

    clock.move(10 * HOUR + 30 * MINUTE)
    _run(clock)
    _run(clock)

    assert told == [clock.now]
    assert _due_times() == {"routines.hourly": start + 11 * HOUR}


def test_run_due_failing_routine_waits_longer_each_time_up_to_an_hour(clock: Clock) -> None:
    _routine("failing", _fail, every=timedelta(days=1))
    services.plan(now=clock.now)

    waits = []
    for _ in range(9):
        _run(clock)
        due_at = Schedule.objects.get().due_at
        waits.append((due_at - clock.now) // MINUTE)
        clock.now = due_at

    assert waits == [1, 2, 4, 8, 16, 32, 60, 60, 60]


def test_run_due_failing_routine_is_not_run_before_its_wait_is_over(clock: Clock) -> None:
    _routine("failing", _fail)
    services.plan(now=clock.now)

    assert _run(clock) == ["routines.failing"]
    clock.move(MINUTE / 2)
    assert _run(clock) == []
    clock.move(MINUTE / 2)
    assert _run(clock) == ["routines.failing"]


@pytest.mark.parametrize("error", [LookupError, SystemExit, MemoryError])
def test_run_due_failing_routine_lets_the_others_run(clock: Clock, error: type[BaseException]) -> None:
    def fail(now: datetime) -> None:
        raise error

    _routine("a-failing", fail)
    _routine("b-working")
    services.plan(now=clock.now)

    assert _run(clock) == ["routines.a-failing", "routines.b-working"]
    assert dict(Schedule.objects.values_list("code", "last_outcome")) == {
        "routines.a-failing": "FAILED",
        "routines.b-working": "DONE",
    }


def test_run_due_failing_routine_leaves_class_and_place_and_no_values(
    clock: Clock, caplog: pytest.LogCaptureFixture
) -> None:
    _routine("failing", _fail)
    services.plan(now=clock.now)

    _run(clock)

    row = Schedule.objects.values().get()
    assert (row["fault_kind"], row["fault_place"]) == (
        "builtins.LookupError",
        f"{__name__}:{_fail.__code__.co_firstlineno + 1}",
    )
    assert "cilla" not in repr(row) + caplog.text
    assert [record.exc_info for record in caplog.records] == [None]


def test_run_due_success_after_failures_forgets_them(clock: Clock) -> None:
    troubles = [LookupError(), LookupError()]

    def fail_twice(now: datetime) -> None:
        if troubles:
            raise troubles.pop()

    _routine("recovering", fail_twice)
    services.plan(now=clock.now)
    for _ in range(3):
        _run(clock)
        clock.move(2 * MINUTE)

    row = Schedule.objects.get()
    assert (row.last_outcome, row.failures_in_a_row, row.fault_kind, row.fault_place) == ("DONE", 0, "", "")


def test_run_due_that_outlived_its_lease_leaves_the_new_holder_alone(clock: Clock) -> None:
    def sleep_over(now: datetime) -> None:
        clock.move(services.LEASE)
        services.claim_due(now=clock.now, owner="bo")

    _routine("slow", sleep_over)
    services.plan(now=clock.now)

    _run(clock)

    row = Schedule.objects.get()
    assert (row.lease_owner, row.lease_until, row.last_ended_at) == ("bo", clock.now + services.LEASE, None)


def test_run_due_when_asked_to_stop_begins_no_other(clock: Clock) -> None:
    ran: list[datetime] = []
    _routine("first", ran.append)
    _routine("second", ran.append)
    services.plan(now=clock.now)

    services.run_due(now=clock, owner="karin", is_stopped=lambda: bool(ran))

    assert len(ran) == 1


def test_schedules_show_what_fails_first(clock: Clock) -> None:
    _routine("a-working")
    _routine("b-failing", _fail)
    services.plan(now=clock.now)
    _run(clock)

    assert [schedule.code for schedule in schedules()] == ["routines.b-failing", "routines.a-working"]


def test_run_due_routine_that_finds_the_register_locked_waits_a_minute_and_counts_no_failure(
    clock: Clock, caplog: pytest.LogCaptureFixture
) -> None:
    _routine("locked", _need_the_register)
    services.plan(now=clock.now)

    assert _run(clock) == ["routines.locked"]

    row = Schedule.objects.get()
    assert (row.due_at, row.failures_in_a_row, row.lease_owner, caplog.text) == (
        clock.now + MINUTE,
        0,
        "",
        "",
    )
