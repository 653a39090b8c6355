"""Erasing a customer who is put aside first, so that a mistake can be called off for some days."""

from datetime import datetime, time
from typing import ClassVar
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tryggve.accounts.models import User
from tryggve.accounts.policy import Reach
from tryggve.accounts.roles import Role
from tryggve.audit import services as audit
from tryggve.audit.registry import Action
from tryggve.domains.customers import api as customers
from tryggve.domains.rights import actions
from tryggve.domains.rights.engine import quarantine
from tryggve.domains.rights.models import Case, Due, Erasure, Suppression
from tryggve.domains.rights.selectors.requests import cases
from tryggve.domains.rights.selectors.retention import keeps
from tryggve.domains.rights.services import suppression
from tryggve.domains.rights.services.erasure import before_erasing
from tryggve.domains.rights.services.erasure.quarantine import quarantine_days
from tryggve.lib import write_points
from tryggve.lib.errors import Refusal

_SECONDS = (Role.OWNER, Role.CAPTAIN)
_PERSON = "user"


class NotWaiting(Refusal):
    """It was destroyed or called off already, or is just being destroyed."""

    sentence: ClassVar = _(
        "This erasure doesn't wait any more: it was carried out or called off. Nothing was changed."
    )


class SomebodyElse(Refusal):
    """The same person can't both ask and agree."""

    sentence: ClassVar = _(
        "Another owner or security captain than the one who asked must agree to this. Nothing was changed. If there is "
        "nobody else, the customer is erased when the waiting time is over."
    )


def ask_erasure(
    *,
    customer: UUID,
    ground: Erasure.Ground,
    actor: str,
    at: datetime,
    reach: Reach,
    case: UUID | None = None,
) -> UUID:
    """Put a customer aside, to be destroyed when the quarantine is over; the id of the erasure.

    Asked twice it is one erasure. Raises customers.Held, customers.AlreadyGone, customers.Restricted but for who asked
    for it, IdentityUnknown, before_erasing.AnswerFirst, policy.Refused and vault.Locked.
    """
    if going := _going(customer):
        return going
    try:
        return _put_aside(customer, ground, actor=actor, at=at, reach=reach, case=case)
    except customers.AlreadyGone:
        if going := _going(customer):  # somebody else asked at the same moment
            return going
        raise


def call_off(*, erasure: UUID, actor: str, at: datetime, reach: Reach) -> UUID:
    """Bring the customer back, as if nobody had asked; the customer's id. Raises NotWaiting and policy.Refused."""
    with transaction.atomic():
        row = _waiting(erasure)
        customers.bring_back(customer=row.customer_ref, reach=reach)
        suppression.let_back(set(row.outcome.get("tags", ())) - _tags_of_others(row))
        row.state, row.outcome = Erasure.State.CALLED_OFF, {}
        row.save(update_fields=["state", "outcome"])
        _record(actions.ERASURE_CALLED_OFF, row, actor=actor, at=at)
    return row.customer_ref


def agree_to_sooner(*, erasure: UUID, actor: str, at: datetime, reach: Reach) -> None:
    """Let the customer be destroyed at once, which takes a second person.

    Raises NotWaiting, SomebodyElse and policy.Refused.
    """
    with transaction.atomic():
        row = _waiting(erasure)
        customers.require_within(row.customer_ref, reach)
        if row.asked_by == actor or not (_is_second(actor) and row.asked_by.startswith(f"{_PERSON}:")):
            raise SomebodyElse
        row.hastened_by, row.destroys_at = actor, min(row.destroys_at, at)
        row.save(update_fields=["hastened_by", "destroys_at"])
        _record(actions.ERASURE_HASTENED, row, actor=actor, at=at)


def require_not_held(customer: UUID, *, at: datetime) -> None:
    """Go on unless the law or a dispute needs this customer's data. Raises customers.Held."""
    if keeps.held_of([customer], today=timezone.localdate(at)):
        raise customers.Held


def _put_aside(
    customer: UUID, ground: Erasure.Ground, *, actor: str, at: datetime, reach: Reach, case: UUID | None
) -> UUID:
    with transaction.atomic():
        require_not_held(customer, at=at)
        customers.put_aside(customer=customer, reach=reach, is_wished=ground == Erasure.Ground.REQUEST)
        behind = before_erasing.require_clear(customer, ground, case)
        row = Erasure.objects.create(
            customer_ref=customer,
            case_ref=behind.pk if behind else None,
            ground=ground,
            asked_at=at,
            asked_by=actor,
            destroys_at=_ends_at(at, behind),
            outcome={"tags": held_back_from_now_on(customer, ground, at=at)},
        )
        audit.record(
            actions.ERASURE_ASKED,
            actor=actor,
            at=at,
            subject=customer,
            erasure=str(row.pk),
            ground=ground.lower(),
        )
        Due.objects.filter(customer_ref=customer).delete()
        write_points.reached("erasure: put aside, not committed")
    write_points.reached("erasure: put aside")
    return row.pk


def _ends_at(at: datetime, behind: Case | None) -> datetime:
    days = quarantine_days(at=at)
    if behind is None or behind.state != Case.State.OPEN:
        return quarantine.ends_at(at, days)
    answer_by = timezone.make_aware(datetime.combine(behind.due_on, time.min))
    return quarantine.ends_in_time(at, days, known_since=behind.opened_at, answer_by=answer_by)


def held_back_from_now_on(customer: UUID, ground: str, *, at: datetime) -> list[str]:
    """Whoever asked to be erased mustn't come back with an old list, not even meanwhile; the tags by which that is.

    Nor whoever said no to advertising, whose no would be forgotten with the card.
    """
    if ground == Erasure.Ground.REQUEST:
        why = Suppression.Ground.ERASED
    elif cases.has_objected(customer, None):
        why = Suppression.Ground.OBJECTED
    else:
        return []
    return suppression.suppress(customers.known_again_by(customer), ground=why, at=at)


def _going(customer: UUID) -> UUID | None:
    rows = Erasure.objects.filter(customer_ref=customer, state__in=Erasure.GOING)
    return rows.values_list("pk", flat=True).first()


def _waiting(erasure: UUID) -> Erasure:
    row = Erasure.objects.select_for_update().filter(pk=erasure, state=Erasure.State.QUARANTINE).first()
    if row is None:
        raise NotWaiting
    return row


def _tags_of_others(row: Erasure) -> set[str]:
    """By which others are held back who are on the way to being erased: a family shares an address."""
    others = Erasure.objects.filter(state__in=Erasure.GOING).exclude(pk=row.pk)
    return {tag for outcome in others.values_list("outcome", flat=True) for tag in outcome.get("tags", ())}


def _is_second(actor: str) -> bool:
    kind, _colon, person = actor.partition(":")
    if kind != _PERSON:
        return False
    return User.objects.filter(pk=UUID(person), is_active=True, role__in=_SECONDS).exists()


def _record(action: Action, row: Erasure, *, actor: str, at: datetime) -> None:
    audit.record(action, actor=actor, at=at, subject=row.customer_ref, erasure=str(row.pk))
