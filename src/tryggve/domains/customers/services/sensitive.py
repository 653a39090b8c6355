"""The sensitive half of a customer: identity numbers, and answers to fields that are marked as sensitive."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from tryggve import vault
from tryggve.accounts.policy import Reach
from tryggve.audit import services as audit
from tryggve.domains.customers import actions, sealing
from tryggve.domains.customers.engine.sensitive import Sensitive
from tryggve.domains.customers.models import Customer, CustomerChange
from tryggve.domains.customers.services import halves
from tryggve.domains.customers.services.records import AlreadyGone, ChangedMeanwhile
from tryggve.domains.customers.services.standing import require_usable
from tryggve.lib import write_points


def change_sensitive(
    *, customer: UUID, seen_revision: int, sensitive: Sensitive, actor: str, at: datetime, reach: Reach
) -> None:
    """Put another document in place of the one this person saw, and the numbers' tags into the details.

    Both in one transaction. Raises ChangedMeanwhile, AlreadyGone, policy.Refused for a customer of another person's,
    and vault.CannotOpen.
    """
    with transaction.atomic():
        row = (
            Customer.objects.select_for_update().filter(pk=customer, state__in=Customer.WRITTEN_ABOUT).first()
        )
        if row is None:
            raise AlreadyGone(_("This customer was deleted while you were writing. Nothing was saved."))
        require_usable(row, reach)
        if row.sensitive_revision != seen_revision:
            raise ChangedMeanwhile(
                _(
                    "Someone else changed these details while you were writing. What you wrote is still here: look at"
                    " what is there in a new tab, and save again."
                )
            )
        before = sealing.opened_sensitive(row)
        if before == sensitive:
            return
        _put(row, sensitive, at=at)
        CustomerChange.objects.create(customer_ref=customer)
        audit.record(
            actions.SENSITIVE_CHANGED,
            actor=actor,
            at=at,
            subject=customer,
            fields=[
                name for name in ("numbers", "custom") if getattr(before, name) != getattr(sensitive, name)
            ],
        )
        write_points.reached("customer: sensitive details changed")


def _put(row: Customer, sensitive: Sensitive, *, at: datetime) -> None:
    key, details = (
        vault.key_id_of(bytes(row.details_sealed)),
        sealing.opened_one((row.pk, row.revision, row.details_sealed)),
    )
    row.sensitive_revision += 1
    [blob] = halves.sealed_for_new([halves.ForNew(row.pk, key, sensitive)], revision=row.sensitive_revision)
    row.sensitive_sealed = blob if sensitive else None
    tagged = halves.with_tags(details, sensitive.numbers)
    if tagged != details:
        row.revision += 1
        row.details_sealed = vault.keyring().seal(
            tagged.to_bytes(), key=key, bound_to=sealing.customer_binding(row.pk, row.revision)
        )
    row.changed_at = at
    row.save(
        update_fields=["sensitive_sealed", "sensitive_revision", "revision", "details_sealed", "changed_at"]
    )
