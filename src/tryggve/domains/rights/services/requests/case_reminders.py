"""What time does to requests: whoever looks after security is told, and what is old goes."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from tryggve.audit import services as audit
from tryggve.domains.customers import api as customers
from tryggve.domains.rights import actions, notices
from tryggve.domains.rights.case_keeping import KEPT_FOR
from tryggve.domains.rights.engine import case_clock
from tryggve.domains.rights.engine.case_clock import Clock
from tryggve.domains.rights.models import Case, CaseStep
from tryggve.domains.rights.selectors.security_people import who_looks_after_security
from tryggve.domains.rights.services import erasure_clock
from tryggve.domains.rights.services.requests import case_steps
from tryggve.notices import recipients
from tryggve.notices import services as messages

_MACHINE = "system"


def remind(*, at: datetime) -> int:
    """Mail who looks after security about each open request, once for each day of reminding; how many were told of."""
    today = timezone.localdate(at)
    waiting = Case.objects.filter(state=Case.State.OPEN).values_list("pk", "due_on").order_by("due_on", "pk")
    return sum(
        _reminded(case, code, at=at)
        for case, due_on in list(waiting)
        if (code := (case_clock.reminders_due(Clock(due_on, today)) or [""])[-1])
    )


def close_erased(*, at: datetime) -> int:
    """Close the requests of customers who aren't there any more; how many.

    To be erased was the answer to who asked for that. Whatever else was asked for ends unanswered, and is called so.
    """
    rows = Case.objects.filter(state=Case.State.OPEN)
    there = customers.still_there(set(rows.values_list("customer_ref", flat=True)))
    left = [row for row in rows if row.customer_ref not in there]
    for row in left:
        state = Case.State.DONE if row.kind == Case.Kind.ERASURE else Case.State.ERASED
        with transaction.atomic():
            if Case.objects.filter(pk=row.pk, state=Case.State.OPEN).update(state=state, closed_at=at):
                told = state.lower()
                case_steps.add(row, "erased", action=actions.CASE_CLOSED, actor=_MACHINE, at=at, state=told)
    return len(left)


@transaction.atomic
def forget_old(*, at: datetime) -> int:
    """Remove requests that were closed so long ago that nobody can ask about them any more; how many.

    An objection that was followed stays as long as the customer: without it, it would be followed no more. Nothing goes
    while the clock is doubted.
    """
    if not erasure_clock.is_believed(at=at):
        return 0
    old = _old(at)
    if old:
        Case.objects.filter(pk__in=old).delete()
        audit.record(actions.CASES_FORGOTTEN, actor=_MACHINE, at=at, count=len(old))
    return len(old)


@erasure_clock.waits
def is_anything_old(at: datetime) -> bool:
    """Whether ``forget_old`` would remove anything."""
    return bool(_old(at))


def _old(at: datetime) -> list[UUID]:
    today = timezone.localdate(at)
    due = [
        row
        for row in Case.objects.exclude(closed_at=None)
        if row.closed_at and KEPT_FOR.is_due(timezone.localdate(row.closed_at), today=today)
    ]
    standing = {row.customer_ref for row in due if _is_followed(row)}
    here = customers.still_there(standing) if standing else set()
    return [row.pk for row in due if not (_is_followed(row) and row.customer_ref in here)]


def _is_followed(row: Case) -> bool:
    return row.kind == Case.Kind.OBJECTION and row.state == Case.State.DONE


@transaction.atomic
def _reminded(case: UUID, code: str, *, at: datetime) -> bool:
    row = Case.objects.select_for_update().filter(pk=case, state=Case.State.OPEN).first()
    if row is None or _is_told(row, code):
        return False
    clock, people = Clock(row.due_on, timezone.localdate(at)), who_looks_after_security()
    for person in people:
        messages.send(
            notices.CASE_DUE,
            to=recipients.staff(person),
            at=at,
            when=_when(clock),
            days=abs(clock.days_left),
            due_on=row.due_on.isoformat(),
        )
    if people:
        case_steps.add(row, code, action=actions.CASE_REMINDED, actor=_MACHINE, at=at, days=clock.days_left)
    return bool(people)


def _is_told(row: Case, code: str) -> bool:
    """Whether somebody was reminded so of the day that holds now: an extension sets another."""
    told = CaseStep.objects.filter(case=row, code=code)
    newest = CaseStep.objects.filter(case=row, code="extended").order_by("-done_at").first()
    return (told.filter(done_at__gt=newest.done_at) if newest else told).exists()


def _when(clock: Clock) -> str:
    if clock.days_late:
        return "late"
    return "soon" if clock.days_left else "today"
