from datetime import timedelta

import pytest

from tryggve.routines import registry, services
from tryggve.routines.models import Schedule
from tryggve.routines.tests.conftest import Clock
from tryggve.routines.tests.timetables import (
    HOUR,
    MINUTE,
    due_times,
    routine,
    run,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("timetable")]


def test_plan_new_routine_is_due_at_once_and_a_gone_one_leaves(clock: Clock) -> None:
    Schedule.objects.create(code="routines.gone", due_at=clock.now)
    routine("new")

    services.plan(now=clock.now)

    assert due_times() == {"routines.new": clock.now}


def test_plan_again_changes_nothing(clock: Clock) -> None:
    routine("known")
    services.plan(now=clock.now)

    services.plan(now=clock.now + MINUTE)

    assert due_times() == {"routines.known": clock.now}


def test_plan_routine_due_later_than_its_interval_is_drawn_nearer(clock: Clock) -> None:
    routine("known")
    Schedule.objects.create(code="routines.known", due_at=clock.now + timedelta(days=400))

    services.plan(now=clock.now)

    assert due_times() == {"routines.known": clock.now + HOUR}


def test_plan_lease_of_a_clock_that_ran_ahead_is_drawn_nearer(clock: Clock) -> None:
    routine("known")
    ahead = clock.now + timedelta(days=400)
    Schedule.objects.create(code="routines.known", due_at=clock.now, lease_owner="karin", lease_until=ahead)

    services.plan(now=clock.now)

    assert Schedule.objects.get().lease_until == clock.now + services.LEASE


def test_start_releases_every_lease_and_what_mends_a_crash_is_due(clock: Clock) -> None:
    registry.routine("routines.mend", title="Mend", every=HOUR, at_start=True)(lambda now: None)
    routine("hourly")
    services.plan(now=clock.now)
    run(clock)
    services.claim_due(now=clock.now + HOUR, owner="a worker that was killed")

    services.start(now=clock.now + MINUTE)

    assert due_times() == {"routines.hourly": clock.now + HOUR, "routines.mend": clock.now + MINUTE}
    assert set(Schedule.objects.values_list("lease_owner", "lease_until")) == {("", None)}


def test_start_leaves_what_is_overdue_on_its_beat(clock: Clock) -> None:
    registry.routine("routines.mend", title="Mend", every=HOUR, at_start=True)(lambda now: None)
    services.plan(now=clock.now)

    services.start(now=clock.now + MINUTE)

    assert due_times() == {"routines.mend": clock.now}


def test_claim_due_before_its_time_is_nothing(clock: Clock) -> None:
    routine("known")
    services.plan(now=clock.now)

    assert services.claim_due(now=clock.now - MINUTE, owner="karin") is None
    assert services.claim_due(now=clock.now, owner="karin") is not None


def test_claim_due_twice_gives_it_once(clock: Clock) -> None:
    routine("known")
    services.plan(now=clock.now)

    first = services.claim_due(now=clock.now, owner="karin")
    second = services.claim_due(now=clock.now, owner="bo")

    assert first is not None
    assert first.lease_owner == "karin"
    assert second is None


def test_claim_due_of_a_row_read_before_another_took_it_fails(clock: Clock) -> None:
    routine("known")
    services.plan(now=clock.now)
    read_by_karin, read_by_bo = Schedule.objects.get(), Schedule.objects.get()

    assert services._take(read_by_karin, now=clock.now, owner="karin") is True
    assert services._take(read_by_bo, now=clock.now, owner="bo") is False
    assert Schedule.objects.get().lease_owner == "karin"


def test_claim_due_after_the_lease_ran_out_gives_it_again(clock: Clock) -> None:
    routine("known")
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
    routine("first")
    routine("second")
    services.plan(now=clock.now)
    services.claim_due(now=clock.now, owner="karin")
    services.claim_due(now=clock.now, owner="bo")

    services.release(owner="karin")

    assert sorted(Schedule.objects.values_list("lease_owner", "lease_until")) == [
        ("", None),
        ("bo", clock.now + services.LEASE),
    ]
