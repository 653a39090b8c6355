import logging
from collections.abc import Callable
from datetime import datetime, timedelta

from tryggve import vault
from tryggve.routines import faults, registry
from tryggve.routines.models import Schedule

logger = logging.getLogger(__name__)

LEASE = timedelta(minutes=10)
_FIRST_WAIT = timedelta(minutes=1)
_LONGEST_WAIT = timedelta(hours=1)
# Doubling reaches the longest wait by then; without a limit the power would grow out of every number.
_MOST_DOUBLINGS = 6


def plan(*, now: datetime) -> None:
    """Make the table agree with the program: new routines are due at once, gone ones leave."""
    routines = registry.routines()
    Schedule.objects.exclude(code__in=list(routines)).delete()
    known = set(Schedule.objects.values_list("code", flat=True))
    Schedule.objects.bulk_create(
        [Schedule(code=code, due_at=now) for code in routines.keys() - known], ignore_conflicts=True
    )
    for routine in routines.values():
        # One that now comes more often, or was planned by a clock that ran ahead.
        Schedule.objects.filter(code=routine.code, due_at__gt=now + routine.every).update(
            due_at=now + routine.every
        )
    Schedule.objects.filter(lease_until__gt=now + LEASE).update(lease_until=now + LEASE)


def start(*, now: datetime) -> None:
    """For the one worker there is, as it starts: nobody is at anything, and what mends a crash is due.

    Raises as the database does.
    """
    Schedule.objects.exclude(lease_until=None).update(lease_owner="", lease_until=None)
    plan(now=now)
    at_start = [routine.code for routine in registry.routines().values() if routine.at_start]
    Schedule.objects.filter(code__in=at_start, due_at__gt=now).update(due_at=now)


def claim_due(*, now: datetime, owner: str) -> Schedule | None:
    """Take the routine that has waited longest, for ``LEASE``; two workers never get the same one."""
    due = Schedule.objects.due(now).of(registry.routines())
    for schedule in due.order_by("due_at", "code"):
        if _take(schedule, now=now, owner=owner):
            return schedule
    return None


def run_due(
    *, now: Callable[[], datetime], owner: str, is_stopped: Callable[[], bool] = lambda: False
) -> list[str]:
    """Run what is due, one after the other, and answer the codes. ``now`` is asked before and after each.

    A routine that fails is tried again after 1 minute, then 2, 4 … at most 60, and holds up no other.
    """
    codes: list[str] = []
    while not is_stopped() and (schedule := claim_due(now=now(), owner=owner)):
        _run(schedule, now)
        codes.append(schedule.code)
    return codes


def release(*, owner: str) -> None:
    """Give back what this worker had taken, so that the next one runs it at once."""
    Schedule.objects.filter(lease_owner=owner).update(lease_owner="", lease_until=None)


def _take(schedule: Schedule, *, now: datetime, owner: str) -> bool:
    taken = {"lease_owner": owner, "lease_until": now + LEASE, "last_started_at": now}
    if Schedule.objects.due(now).filter(pk=schedule.pk).update(**taken) != 1:
        return False
    for field, value in taken.items():
        setattr(schedule, field, value)
    return True


def _run(schedule: Schedule, now: Callable[[], datetime]) -> None:
    routine = registry.routines()[schedule.code]
    try:
        routine.work(now())
    except vault.NotUnlocked:
        _end_waiting(schedule, ended=now())
    except (Exception, SystemExit) as error:  # noqa: BLE001 - whatever it is, the other routines go on
        _end_failed(schedule, faults.fault_of(error), ended=now())
    else:
        _end_done(schedule, routine.every, ended=now())


def _end_done(schedule: Schedule, every: timedelta, *, ended: datetime) -> None:
    # The next time on the same beat that still lies ahead: what was missed is caught up by this one run.
    beats = max(0, (ended - schedule.due_at) // every) + 1
    _end(
        schedule,
        ended=ended,
        due_at=schedule.due_at + beats * every,
        last_outcome=Schedule.Outcome.DONE,
        failures_in_a_row=0,
        fault_kind="",
        fault_place="",
    )


def _end_waiting(schedule: Schedule, *, ended: datetime) -> None:
    """The register is locked: no fault, and nothing to tell; it is tried again until somebody opens it."""
    _end(schedule, ended=ended, due_at=ended + _FIRST_WAIT)


def _end_failed(schedule: Schedule, fault: faults.Fault, *, ended: datetime) -> None:
    wait = min(_LONGEST_WAIT, _FIRST_WAIT * 2 ** min(schedule.failures_in_a_row, _MOST_DOUBLINGS))
    _end(
        schedule,
        ended=ended,
        due_at=ended + wait,
        last_outcome=Schedule.Outcome.FAILED,
        failures_in_a_row=schedule.failures_in_a_row + 1,
        fault_kind=fault.kind[:200],
        fault_place=fault.place[:200],
    )
    logger.error(
        "a routine failed",
        extra={"facts": {"routine": schedule.code, "fault": fault.kind, "place": fault.place}},
    )


def _end(schedule: Schedule, *, ended: datetime, **outcome: object) -> None:
    # Only while the lease is ours: after it ran out, another worker may be at it, and its word counts.
    Schedule.objects.filter(pk=schedule.pk, lease_owner=schedule.lease_owner).update(
        last_ended_at=ended, lease_owner="", lease_until=None, **outcome
    )
