import logging
from collections.abc import Collection, Iterable, Mapping
from dataclasses import fields, replace
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext as _

from tryggve import vault
from tryggve.accounts.policy import Reach
from tryggve.audit import services as audit
from tryggve.audit.registry import Action
from tryggve.domains.customers import actions, sealing
from tryggve.domains.customers.engine.details import Details
from tryggve.domains.customers.models import (
    Customer,
    CustomerChange,
    CustomField,
    Import,
    ImportImage,
    Merge,
)
from tryggve.domains.customers.services import forgetting, merged_away, rekeying
from tryggve.domains.customers.services.import_turn import turn_if_free
from tryggve.domains.customers.services.standing import require_usable
from tryggve.lib import write_points
from tryggve.lib.errors import Refusal
from tryggve.lib.ids import new_id
from tryggve.privacy import services as privacy
from tryggve.privacy.subjects import Kind, Subject

logger = logging.getLogger(__name__)


class ChangedMeanwhile(Refusal):
    """Someone else changed the customer after this person opened the card."""


class NowSensitive(Refusal):
    """A field that this person answered became sensitive after the form was made."""


class AlreadyGone(Refusal):
    """The customer was deleted meanwhile."""


def add_customer(
    *,
    details: Details,
    actor: str,
    at: datetime,
    responsible: UUID | None = None,
    state: Customer.State = Customer.State.ACTIVE,
    deed: Action = actions.ADDED,
) -> UUID:
    """Add a customer with a key of their own; the key comes first, so that no row is ever without.

    ``responsible`` is the account of who looks after the customer; ``state`` and ``deed`` are for one that is made up.
    Raises NowSensitive.
    """
    ring, customer = vault.keyring(), new_id()
    [key] = ring.create_keys([customer])
    write_points.reached("customer: key made")
    sealed = ring.seal(details.to_bytes(), key=key, bound_to=sealing.customer_binding(customer, 1))
    with transaction.atomic():
        _require_ordinary(details.custom)
        Customer.objects.create(
            pk=customer,
            state=state,
            details_sealed=sealed,
            responsible_ref=responsible,
            created_at=at,
            changed_at=at,
        )
        CustomerChange.objects.create(customer_ref=customer)
        audit.record(deed, actor=actor, at=at, subject=customer)
    return customer


def change_customer(
    *, customer: UUID, seen_revision: int, details: Details, actor: str, at: datetime, reach: Reach
) -> None:
    """Put new details in place of the ones this person saw.

    Raises ChangedMeanwhile, NowSensitive, AlreadyGone, standing.Restricted, and policy.Refused for a customer of
    another person's.
    """
    with transaction.atomic():
        row = Customer.objects.select_for_update().filter(pk=customer, state=Customer.State.ACTIVE).first()
        if row is None:
            raise AlreadyGone(_("This customer was deleted while you were writing. Nothing was saved."))
        require_usable(row, reach)
        if row.revision != seen_revision:
            raise ChangedMeanwhile(
                _(
                    "Someone else changed this customer while you were writing. Nothing is lost: look at what both of"
                    " you wrote, and save again."
                )
            )
        before = sealing.opened_one((row.pk, row.revision, row.details_sealed))
        # They change with the numbers alone, which lie elsewhere.
        details = replace(details, number_tags=before.number_tags)
        if before == details:
            return
        _require_ordinary(one for one in details.custom if one not in before.custom)
        key, row.revision = vault.key_id_of(bytes(row.details_sealed)), row.revision + 1
        row.details_sealed = vault.keyring().seal(
            details.to_bytes(), key=key, bound_to=sealing.customer_binding(customer, row.revision)
        )
        row.changed_at = at
        row.save(update_fields=["revision", "details_sealed", "changed_at"])
        CustomerChange.objects.create(customer_ref=customer)
        audit.record(actions.CHANGED, actor=actor, at=at, subject=customer, fields=_changed(before, details))


def finish_deletions(*, actor: str, at: datetime) -> int:
    """Carry out deletions that a crash cut short; returns how many. One that fails holds up no other.

    What the undo of an import or the end of a merge had begun, they carry on themselves. Raises vault.Locked.
    """
    finished = 0
    marked = Customer.objects.filter(state=Customer.State.DESTROYING)
    for row in marked.exclude(_is_being_taken_back() | merged_away.is_being_settled()):
        try:
            with turn_if_free() as free:
                destroy(row, actor=actor, at=at, is_alone=free)
        except vault.Locked:
            raise  # none can be carried out then
        except Exception as error:  # noqa: BLE001 - whatever is wrong with this one, the others don't wait for it
            facts = {"customer": str(row.pk), "error": type(error).__name__}
            logger.error("a deletion can't be finished", extra={"facts": facts})
        else:
            finished += 1
    return finished


def _is_being_taken_back() -> Q:
    """Whom an undo deletes, which takes nothing out of other lists: their rows are about somebody all the same."""
    undone = Import.objects.filter(state=Import.State.UNDOING).values("pk")
    made = ImportImage.objects.filter(batch_ref__in=undone, customer_ref=OuterRef("pk"), before_sealed=None)
    joined = Merge.objects.filter(kept_ref=OuterRef("pk"), undone_at=None)
    return Q(Exists(made)) & ~Q(Exists(joined))


def destroy(
    row: Customer, *, actor: str, at: datetime, is_alone: bool, deed: Action = actions.DELETED
) -> Mapping[str, int]:
    """Make a customer unreadable for ever, then remove what is left; how much each holding erased, by its code.

    With the card, those that were merged into it and could still be brought back. ``is_alone``: no import runs, so
    that lists which held this customer can be given another key, and older copies of them can't be read either. It may
    be cut anywhere and done again. Raises vault.Locked.
    """
    take_away(row, at=at, is_alone=is_alone)
    return remove(row.pk, actor=actor, at=at, deed=deed)


def take_away(row: Customer, *, at: datetime, is_alone: bool, barred: Collection[str] = ()) -> None:
    """The first half of ``destroy``: out of lists, then the keys, the point of no return. Raises as it does.

    ``barred``: tags that the key store keeps from then on, of whom no list may bring back.
    """
    cards = [row, *merged_away.merged_into(row.pk)]
    for one in cards:
        _take_out_of_lists(one, is_alone=is_alone)
    write_points.reached("customer: taken out of lists")
    _destroy_keys(cards, rekeying.former_keys(but_of=row.pk) if is_alone else [], at=at, barred=barred)
    write_points.reached("customer: key destroyed")
    if is_alone:
        rekeying.forget_former_keys()


def remove(customer: UUID, *, actor: str, at: datetime, deed: Action = actions.DELETED) -> Mapping[str, int]:
    """The second half of ``destroy``: every domain's eraser, in one transaction that the caller may widen."""
    with transaction.atomic():
        for one in reversed(merged_away.merged_into(customer)):
            privacy.erase_person(Subject(Kind.CUSTOMER, one.pk), actor=actor, at=at, deed=deed)
        return privacy.erase_person(Subject(Kind.CUSTOMER, customer), actor=actor, at=at, deed=deed)


def _take_out_of_lists(row: Customer, *, is_alone: bool) -> None:
    """While the key is there: afterwards nobody knows any more by what to recognise this customer's rows."""
    details, numbers = None, frozenset[str]()
    try:
        details = sealing.opened_one((row.pk, row.revision, row.details_sealed))
        numbers = sealing.opened_sensitive(row).number_keys
    except vault.KeyGone:
        return  # destroyed by an attempt that was cut short, which had looked through the lists before
    except vault.CannotOpen as error:
        facts = {"customer": str(row.pk), "error": type(error).__name__}
        logger.error("a damaged customer can't be recognised in lists", extra={"facts": facts})
    forgetting.forget_customer(customer=row.pk, details=details, numbers=numbers, is_rekeyed=is_alone)
    for batch in rekeying.imports_with_image_of(row.pk) if is_alone else ():
        rekeying.seal_anew(batch)


def _destroy_keys(
    cards: list[Customer], besides: list[UUID], *, at: datetime, barred: Collection[str]
) -> None:
    """Of all of them at one moment, with the keys of the images that merges made and of lists that held them."""
    first = cards[0].pk
    keys: dict[UUID, list[UUID]] = {one.pk: _keys_of(one) for one in cards}
    keys[first] += [*merged_away.merge_keys_of(list(keys)), *besides]
    vault.keyring().erase_keys(keys, at=at, barred=barred)


def _keys_of(card: Customer) -> list[UUID]:
    try:
        return [vault.key_id_of(bytes(card.details_sealed))]
    except vault.CannotOpen as error:
        # The row no longer says which key is its own; without the row, that key is collected as left over.
        facts = {"customer": str(card.pk), "error": type(error).__name__}
        logger.error("a damaged customer is deleted, the key will be collected", extra={"facts": facts})
        return []


def _require_ordinary(answers: Iterable[tuple[str, str]]) -> None:
    """Until the transaction ends, none of these answered fields becomes sensitive. Raises NowSensitive."""
    asked = [UUID(field) for field, _answer in answers]
    if not asked:
        return
    fields = list(CustomField.objects.select_for_update().filter(pk__in=asked).order_by("pk"))
    if now := [field.name for field in fields if field.is_sensitive]:
        raise NowSensitive(
            _(
                "«%(field)s» is among the sensitive details since a moment ago, and its answers are written there."
                " Nothing was saved: save again without that answer."
            )
            % {"field": now[0]}
        )


def _changed(before: Details, after: Details) -> list[str]:
    """The names of the fields that differ; never what stands in them."""
    return [
        field.name for field in fields(Details) if getattr(before, field.name) != getattr(after, field.name)
    ]
