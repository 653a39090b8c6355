"""Keeping a customer's data from use, because the customer asked for that (GDPR art. 18)."""

from datetime import datetime
from typing import ClassVar
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from tryggve import vault
from tryggve.accounts.policy import Reach
from tryggve.audit import services as audit
from tryggve.domains.customers import api as customers
from tryggve.domains.rights import actions
from tryggve.domains.rights.models import Restriction
from tryggve.lib.errors import Refusal


class NotTold(Refusal):
    """The customer must know before the restriction ends (GDPR art. 18(3))."""

    sentence: ClassVar = _(
        "First tell the customer that the data will be used again, then write here how and when you told it. Nothing "
        "was changed."
    )


class NotRestricted(Refusal):
    """There is no restriction to end."""

    sentence: ClassVar = _("This customer's data isn't restricted any more. Nothing was changed.")


@transaction.atomic
def restrict(*, customer: UUID, actor: str, at: datetime, reach: Reach, case: UUID | None = None) -> UUID:
    """From now on the data may be seen and kept, and used for nothing else; the id of the restriction.

    Asked twice it is one. Raises customers.AlreadyGone and policy.Refused.
    """
    customers.restrict(customer=customer, at=at, reach=reach)
    row, is_new = Restriction.objects.get_or_create(
        customer_ref=customer, ended_at=None, defaults={"case_id": case, "begun_at": at, "begun_by": actor}
    )
    if is_new:
        audit.record(actions.RESTRICTED, actor=actor, at=at, subject=customer, restriction=str(row.pk))
    return row.pk


@transaction.atomic
def lift(*, customer: UUID, told: str, actor: str, at: datetime, reach: Reach) -> None:
    """The data may be used again; who asked for the restriction is told before (GDPR art. 18(3)).

    ``told``: how and when that was, which the log keeps under the customer's key. Raises NotTold, NotRestricted,
    customers.AlreadyGone, policy.Refused and vault.CannotOpen.
    """
    customers.hold(customer)
    customers.require_within(customer, reach)
    if not told.strip():
        raise NotTold
    row = Restriction.objects.select_for_update().filter(customer_ref=customer, ended_at=None).first()
    if row is None:
        raise NotRestricted
    customers.lift_restriction(customer=customer, reach=reach)
    row.ended_at, row.ended_by = at, actor
    row.save(update_fields=["ended_at", "ended_by"])
    known = customers.kept_people([customer])[customer]
    details = audit.Details({"told": told.strip()}, known.key, vault.GENERAL)
    audit.record(
        actions.UNRESTRICTED,
        actor=actor,
        at=at,
        subject=customer,
        details=details,
        restriction=str(row.pk),
    )
