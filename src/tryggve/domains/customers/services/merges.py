"""Making two cards of one customer one. The other card stays, unseen, for as long as it can be undone."""

from collections.abc import Collection
from datetime import datetime
from typing import ClassVar
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tryggve import vault
from tryggve.accounts.policy import Reach
from tryggve.audit import services as audit
from tryggve.domains.customers import actions, carriers, holds, sealing
from tryggve.domains.customers.engine.comparison import one_card
from tryggve.domains.customers.engine.details import Details
from tryggve.domains.customers.engine.sensitive import Sensitive
from tryggve.domains.customers.models import Customer, CustomerChange, Document, Merge
from tryggve.domains.customers.selectors import custom_fields
from tryggve.domains.customers.services import document_moves, documents, merge_image, moving, relations
from tryggve.domains.customers.services.document_moves import SealedAnew
from tryggve.domains.customers.services.halves import ForNew, sealed_for_new
from tryggve.domains.customers.services.import_turn import turn_if_free
from tryggve.domains.customers.services.merge_image import Image
from tryggve.domains.customers.services.records import AlreadyGone, ChangedMeanwhile
from tryggve.domains.customers.services.standing import require_usable
from tryggve.domains.setup import api as setup
from tryggve.lib import write_points
from tryggve.lib.errors import Refusal
from tryggve.lib.ids import new_id

_OF_CARD = [
    "revision",
    "details_sealed",
    "sensitive_sealed",
    "sensitive_revision",
    "changed_at",
    "responsible_ref",
]


class SameCard(Refusal):
    """A customer can't be merged with the same card."""

    sentence: ClassVar = gettext_lazy("That is the same card. Choose another one. Nothing was changed.")


class TooMuch(Refusal):
    """The two hold more than one card can."""

    sentence: ClassVar = gettext_lazy(
        "There is more on these two cards than one can hold. Nothing was changed. Remove what you don't need first."
    )


class AnswersDiffer(Refusal):
    """Both cards answer a sensitive field, of which one card has one answer: nobody sees them to choose."""

    sentence: ClassVar = gettext_lazy(
        "Both cards answer the same sensitive question, and differently. Nothing was changed. Make the answers the same"
        " on both cards, or take one away, and try again."
    )


class RegisterBusy(Refusal):
    """An import, or another merge, is at work; what it decided about these cards must stay true until it is done."""

    sentence: ClassVar = gettext_lazy(
        "A list is being brought in, or other cards are being merged. Nothing was changed. Try again in a while."
    )


def merge_customers(
    *,
    kept: UUID,
    gone: UUID,
    seen: tuple[int, int],
    from_gone: Collection[str] = (),
    actor: str,
    at: datetime,
    reach: Reach,
) -> UUID:
    """Make ``kept`` the card of both; returns the merge's id, by which it is undone.

    ``seen`` are the revisions that this person saw of the two, ``from_gone`` names in what the other is right where
    they differ. Raises SameCard, AlreadyGone, holds.Held, ChangedMeanwhile, TooMuch, AnswersDiffer, RegisterBusy,
    policy.Refused unless both are within reach, vault.CannotOpen and vault.FileNotKept.
    """
    if kept == gone:
        raise SameCard
    merge = new_id()
    with turn_if_free() as free:
        if not free:
            raise RegisterBusy
        with transaction.atomic():
            to, origin = _locked_as_seen(kept, gone, seen, reach, at=at)
        # Before the transaction that holds up everybody else who writes.
        with document_moves.sealed_anew(origin=origin, target=to) as files:
            [key] = vault.keyring().create_keys([merge])
            write_points.reached("merge: key made")
            with transaction.atomic():
                rows = _locked_as_seen(kept, gone, seen, reach, at=at)
                _require_all_sealed(files)
                image = _join(*rows, files, from_gone=from_gone, at=at, actor=actor)
                Merge.objects.create(
                    pk=merge,
                    kept_ref=kept,
                    gone_ref=gone,
                    key_ref=key,
                    image_sealed=merge_image.sealed(image, merge=merge, key=key),
                    revision=rows[0].revision,
                    made_by=actor,
                    made_at=at,
                )
                for one, other, is_kept in ((kept, gone, True), (gone, kept, False)):
                    audit.record(
                        actions.MERGED,
                        actor=actor,
                        at=at,
                        subject=one,
                        merge=str(merge),
                        other=str(other),
                        kept=is_kept,
                    )
                write_points.reached("merge: written, not committed")
    return merge


def locked(kept: UUID, gone: UUID, reach: Reach) -> tuple[Customer, Customer]:
    """Both rows, in force and within reach, so that nobody else changes them. Raises AlreadyGone and policy.Refused."""
    rows = Customer.objects.select_for_update().filter(pk__in=(kept, gone), state=Customer.State.ACTIVE)
    found = {row.pk: row for row in rows.order_by("pk")}  # in one order, so that two who cross don't block
    if len(found) < 2:
        raise AlreadyGone(
            _("One of the two cards was deleted, or merged into another, meanwhile. Nothing was changed.")
        )
    for row in found.values():
        require_usable(row, reach)
    return found[kept], found[gone]


def put_on_card(row: Customer, details: Details, sensitive: Sensitive, *, at: datetime) -> None:
    """Seal both halves anew for this row and save it, with who looks after it."""
    key, row.revision = vault.key_id_of(bytes(row.details_sealed)), row.revision + 1
    row.details_sealed = vault.keyring().seal(
        details.to_bytes(), key=key, bound_to=sealing.customer_binding(row.pk, row.revision)
    )
    if sensitive != sealing.opened_sensitive(row):
        row.sensitive_revision += 1
        half = ForNew(row.pk, key, sensitive)
        [blob] = sealed_for_new([half], revision=row.sensitive_revision)
        row.sensitive_sealed = blob if sensitive else None
    row.changed_at = at
    row.save(update_fields=_OF_CARD)


def put_in_state(row: Customer, state: Customer.State) -> None:
    """Show the card, or show it no more; what a killed import was about to do with it is dropped."""
    row.state = state
    row.pending_sealed = row.pending_revision = row.pending_batch_ref = None
    row.save(update_fields=["state", "pending_sealed", "pending_revision", "pending_batch_ref"])
    CustomerChange.objects.create(customer_ref=row.pk)


def _locked_as_seen(
    kept: UUID, gone: UUID, seen: tuple[int, int], reach: Reach, *, at: datetime
) -> tuple[Customer, Customer]:
    rows = locked(kept, gone, reach)
    holds.require_not_held(gone, at=at)  # that would end with the card that is given up
    if (rows[0].revision, rows[1].revision) != seen:
        raise ChangedMeanwhile(_overtaken())
    if Document.objects.filter(customer__in=rows).count() > documents.MOST:
        raise TooMuch
    return rows


def _require_all_sealed(files: SealedAnew) -> None:
    if Document.objects.filter(customer=files.origin).exclude(pk__in=files.files).exists():
        raise ChangedMeanwhile(_overtaken())


def _overtaken() -> str:
    return _(
        "Someone changed one of the two cards after you opened this page. Nothing was merged. Look again."
    )


def _join(
    kept: Customer,
    gone: Customer,
    files: SealedAnew,
    *,
    from_gone: Collection[str],
    at: datetime,
    actor: str,
) -> Image:
    before, other = (sealing.opened_one((row.pk, row.revision, row.details_sealed)) for row in (kept, gone))
    secret, other_secret = sealing.opened_sensitive(kept), sealing.opened_sensitive(gone)
    try:
        after = one_card.joined(before, other, setup.firm_country(), from_gone=from_gone)
        secret_after = one_card.joined_in_secret(secret, other_secret, texts=custom_fields.text_fields())
    except one_card.TooMuchForOneCard:
        raise TooMuch from None
    except one_card.AnswersOfBoth:
        raise AnswersDiffer from None
    changed_at, responsible = kept.changed_at, kept.responsible_ref
    kept.responsible_ref = kept.responsible_ref or gone.responsible_ref
    put_on_card(kept, after, secret_after, at=at)
    moved = moving.move_papers(origin=gone, to=kept, files=files)
    moved["relations"], dropped = moving.move_relations(origin=gone.pk, to=kept.pk)
    if relations.count_of(kept.pk) > relations.MOST_OF_ONE:
        raise TooMuch
    put_in_state(gone, Customer.State.MERGED)
    CustomerChange.objects.create(customer_ref=kept.pk)
    return Image(
        before=before,
        after=after,
        changed_at=changed_at.isoformat(),
        responsible=str(responsible) if responsible else None,
        responsible_after=str(kept.responsible_ref) if kept.responsible_ref else None,
        sensitive_before=secret,
        sensitive_after=secret_after,
        moved=moved,
        dropped={"relations": dropped},
        carried=carriers.join(kept, gone, at=at, actor=actor),
    )
