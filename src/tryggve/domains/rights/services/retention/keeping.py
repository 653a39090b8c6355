"""Keeping a customer longer, or holding one, with the reason; and saying when an assignment ended."""

from datetime import date, datetime, timedelta
from typing import ClassVar
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tryggve import vault
from tryggve.accounts.policy import Reach
from tryggve.audit import services as audit
from tryggve.domains.customers import api as customers
from tryggve.domains.rights import actions, sealing
from tryggve.domains.rights.models import AssignmentEnd, Due, Keep
from tryggve.domains.rights.selectors.requests import case_rows
from tryggve.lib.errors import Refusal
from tryggve.lib.ids import new_id

LONGEST_REASON = 1_000
_FURTHEST = timedelta(days=3660)


class ReasonMissing(Refusal):
    """Nobody is kept without a reason."""

    sentence: ClassVar = _("Write why. Nothing was changed.")


class NotThatDay(Refusal):
    """The day has passed, or lies more than ten years ahead."""

    sentence: ClassVar = _("Choose a day from today on, at most ten years ahead. Nothing was changed.")


class KeepEnded(Refusal):
    """There is nothing to end."""

    sentence: ClassVar = _("That was ended already. Nothing was changed.")


@transaction.atomic
def keep(
    *,
    customer: UUID,
    kind: Keep.Kind,
    reason: str,
    until: date | None,
    actor: str,
    at: datetime,
    reach: Reach,
) -> UUID:
    """Keep a customer longer, or hold one so that nobody can erase them; ``until`` None: until somebody ends it.

    It ends what was decided of the kind before. Raises ReasonMissing, NotThatDay, case_rows.CustomerGone,
    policy.Refused and vault.Locked.
    """
    known = case_rows.kept(customer, reach)
    if not reason.strip():
        raise ReasonMissing
    _require_ahead(until, at)
    decided = new_id()
    Keep.objects.filter(customer_ref=customer, kind=kind, ended_at=None).update(ended_at=at)
    Keep.objects.create(
        pk=decided,
        customer_ref=customer,
        kind=kind,
        until=until,
        decided_at=at,
        decided_by=actor,
        reason_sealed=vault.keyring().seal(
            reason.strip().encode(), key=known.key, bound_to=sealing.keep_binding(decided, customer)
        ),
    )
    Due.objects.filter(customer_ref=customer).delete()
    audit.record(
        actions.KEEP_DECIDED, actor=actor, at=at, subject=customer, keep=str(decided), kind=kind.lower()
    )
    return decided


@transaction.atomic
def end_keep(*, keep: UUID, actor: str, at: datetime, reach: Reach) -> UUID:
    """The reason is gone; the next night finds the customer if nothing needs them. The customer's id.

    Raises KeepEnded and policy.Refused.
    """
    row = Keep.objects.select_for_update().filter(pk=keep, ended_at=None).first()
    if row is None:
        raise KeepEnded
    customers.require_within(row.customer_ref, reach)
    row.ended_at = at
    row.save(update_fields=["ended_at"])
    audit.record(
        actions.KEEP_ENDED,
        actor=actor,
        at=at,
        subject=row.customer_ref,
        keep=str(row.pk),
        kind=row.kind.lower(),
    )
    return row.customer_ref


@transaction.atomic
def tell_end(*, customer: UUID, ended_on: date | None, actor: str, at: datetime, reach: Reach) -> None:
    """Say when the assignment ended or will end; None takes back what was said.

    Raises NotThatDay for one more than ten years ahead, case_rows.CustomerGone, policy.Refused and vault.Locked.
    """
    case_rows.kept(customer, reach)
    Due.objects.filter(customer_ref=customer).delete()
    if ended_on is None:
        if AssignmentEnd.objects.filter(customer_ref=customer).delete()[0]:
            audit.record(actions.ASSIGNMENT_END_TAKEN_BACK, actor=actor, at=at, subject=customer)
        return
    if ended_on > timezone.localdate(at) + _FURTHEST:
        raise NotThatDay
    told = {"ended_on": ended_on, "told_at": at}
    AssignmentEnd.objects.update_or_create(customer_ref=customer, defaults=told)
    audit.record(actions.ASSIGNMENT_END_TOLD, actor=actor, at=at, subject=customer)


def _require_ahead(until: date | None, at: datetime) -> None:
    today = timezone.localdate(at)
    if until is not None and not today <= until <= today + _FURTHEST:
        raise NotThatDay
