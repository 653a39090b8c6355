"""Notes about a customer, sealed under the customer's own key."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from tryggve import vault
from tryggve.accounts.policy import Reach
from tryggve.audit import services as audit
from tryggve.domains.customers import actions, sealing
from tryggve.domains.customers.models import Customer, Note
from tryggve.domains.customers.selectors import notes
from tryggve.domains.customers.services.records import AlreadyGone, ChangedMeanwhile
from tryggve.domains.customers.services.standing import require_usable
from tryggve.lib.ids import new_id

LONGEST_NOTE = 10_000


def add_note(*, customer: UUID, text: str, actor: str, at: datetime, reach: Reach) -> UUID:
    """Write something down about a customer. Raises AlreadyGone, policy.Refused and vault.CannotOpen."""
    note = new_id()
    with transaction.atomic():
        row = _locked_customer(customer, reach)
        Note.objects.create(
            pk=note,
            customer=row,
            text_sealed=_sealed(text, note=note, customer=row, revision=1),
            written_by=actor,
            written_at=at,
        )
        audit.record(actions.NOTE_ADDED, actor=actor, at=at, subject=customer, note=str(note))
    return note


def change_note(
    *, customer: UUID, note: UUID, seen_revision: int, text: str, actor: str, at: datetime, reach: Reach
) -> None:
    """Put another text in place of the one this person saw.

    Raises ChangedMeanwhile, AlreadyGone, policy.Refused and vault.CannotOpen.
    """
    with transaction.atomic():
        row = _locked_customer(customer, reach)
        known = _note_of(row, note)
        if known.revision != seen_revision:
            raise ChangedMeanwhile(
                _("Someone else changed this note while you were writing. Your text is still here.")
            )
        if notes.text_of(known) == text:
            return
        known.revision += 1
        known.text_sealed = _sealed(text, note=note, customer=row, revision=known.revision)
        known.changed_at = at
        known.save(update_fields=["revision", "text_sealed", "changed_at"])
        audit.record(actions.NOTE_CHANGED, actor=actor, at=at, subject=customer, note=str(note))


def delete_note(*, customer: UUID, note: UUID, actor: str, at: datetime, reach: Reach) -> None:
    """Remove a note, also one that is damaged. Raises AlreadyGone and policy.Refused."""
    with transaction.atomic():
        _note_of(_locked_customer(customer, reach), note).delete()
        audit.record(actions.NOTE_DELETED, actor=actor, at=at, subject=customer, note=str(note))


def _sealed(text: str, *, note: UUID, customer: Customer, revision: int) -> bytes:
    key = vault.key_id_of(bytes(customer.details_sealed))
    bound_to = sealing.note_binding(note, customer.pk, revision)
    return vault.keyring().seal(text.encode(), key=key, bound_to=bound_to)


def _locked_customer(customer: UUID, reach: Reach) -> Customer:
    row = Customer.objects.select_for_update().filter(pk=customer, state__in=Customer.WRITTEN_ABOUT).first()
    if row is None:
        raise AlreadyGone(_("This customer was deleted already. Nothing was saved."))
    require_usable(row, reach)
    return row


def _note_of(customer: Customer, note: UUID) -> Note:
    found = Note.objects.filter(pk=note, customer=customer).first()
    if found is None:
        raise AlreadyGone(_("This note was deleted already. Nothing was saved."))
    return found
