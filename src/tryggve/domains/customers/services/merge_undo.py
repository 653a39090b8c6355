"""Parting two cards again that were made one, and the end of the time in which that can be done."""

from datetime import datetime, timedelta
from typing import ClassVar
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tryggve import vault
from tryggve.accounts.policy import Reach
from tryggve.audit import services as audit
from tryggve.domains.customers import actions, carriers, sealing
from tryggve.domains.customers.engine.comparison import one_card
from tryggve.domains.customers.models import Customer, CustomerChange, ImportImage, Merge
from tryggve.domains.customers.services import document_moves, merge_image, moving
from tryggve.domains.customers.services.document_moves import SealedAnew
from tryggve.domains.customers.services.import_turn import turn_if_free
from tryggve.domains.customers.services.merge_image import Image
from tryggve.domains.customers.services.merges import RegisterBusy, put_in_state, put_on_card
from tryggve.domains.customers.services.records import AlreadyGone
from tryggve.domains.customers.services.standing import require_usable
from tryggve.lib import write_points
from tryggve.lib.errors import Refusal
from tryggve.privacy import services as privacy
from tryggve.privacy.subjects import Kind, Subject

UNDONE_FOR = timedelta(days=30)


class TooLate(Refusal):
    """What both cards were is no longer there."""

    sentence: ClassVar = gettext_lazy(
        "This merge can't be undone any more: it was undone already, or is more than 30 days old. Nothing was changed."
    )


class LaterFirst(Refusal):
    """Another card was merged into the same one after this."""

    sentence: ClassVar = gettext_lazy(
        "Another card was merged into this one later. Undo that first. Nothing was changed."
    )


def undo_merge(*, merge: UUID, actor: str, at: datetime, reach: Reach) -> tuple[UUID, UUID]:
    """Give back both cards as they were, but for what was changed since; returns the kept one and the other.

    Raises TooLate, LaterFirst, AlreadyGone, RegisterBusy, policy.Refused, vault.CannotOpen and vault.FileNotKept.
    """
    with turn_if_free() as free:
        if not free:
            raise RegisterBusy
        with transaction.atomic():
            row, kept, gone = _undoable(merge, reach)
            moved = [UUID(document) for document in _image_of(row).moved["documents"]]
        sealed = document_moves.sealed_anew(origin=kept, target=gone, only=moved)
        with sealed as files, transaction.atomic():
            row, kept, gone = _undoable(merge, reach)
            _part(row, kept, gone, files, at=at, actor=actor)
            Merge.objects.filter(pk=merge).update(undone_at=at, image_sealed=None)
            for one, other in ((kept.pk, gone.pk), (gone.pk, kept.pk)):
                audit.record(
                    actions.MERGE_UNDONE,
                    actor=actor,
                    at=at,
                    subject=one,
                    merge=str(merge),
                    other=str(other),
                )
            write_points.reached("merge: undone, not committed")
    write_points.reached("merge: undone")
    _destroy_key(row)
    return kept.pk, gone.pk


def changed_since(merge: UUID) -> bool:
    """Whether somebody changed the kept card after this merge, which an undo leaves there. Raises TooLate."""
    row = Merge.objects.filter(pk=merge).exclude(image_sealed=None).first()
    kept = Customer.objects.filter(pk=row.kept_ref).first() if row else None
    if row is None or kept is None:
        raise TooLate
    return sealing.opened_one((kept.pk, kept.revision, kept.details_sealed)) != _image_of(row).after


def settle_merges(*, before: datetime, actor: str, at: datetime) -> int:
    """Destroy what merges made before that time would be undone with, and the cards that went; returns how many.

    Cut anywhere, the next time does the rest.
    """
    settled = 0
    over = Q(made_at__lt=before) | Q(undone_at__isnull=False)
    for row in Merge.objects.filter(over).exclude(key_ref=None).order_by("made_at", "pk"):
        if row.undone_at is None:
            _destroy_gone(row, actor=actor, at=at)
        _destroy_key(row)
        settled += 1
    return settled


def _image_of(row: Merge) -> Image:
    try:
        return merge_image.opened(row)
    except vault.KeyGone:
        raise TooLate from None


def _undoable(merge: UUID, reach: Reach) -> tuple[Merge, Customer, Customer]:
    """The merge's row and both cards, locked."""
    rows = Merge.objects.select_for_update().filter(pk=merge, undone_at=None)
    row = rows.exclude(key_ref=None).first()
    if row is None:
        raise TooLate
    kept, gone = _both(row, reach)
    _require_last(row)
    return row, kept, gone


def _both(row: Merge, reach: Reach) -> tuple[Customer, Customer]:
    rows = Customer.objects.select_for_update().filter(pk__in=(row.kept_ref, row.gone_ref))
    found = {one.pk: one for one in rows.order_by("pk")}
    kept, gone = found.get(row.kept_ref), found.get(row.gone_ref)
    if kept is None or gone is None or gone.state != Customer.State.MERGED:
        raise TooLate
    if kept.state != Customer.State.ACTIVE:
        raise AlreadyGone(
            _(
                "The card was deleted, or merged into another itself. Nothing was changed. Undo that merge first."
            )
        )
    for one in (kept, gone):
        require_usable(one, reach)
    return kept, gone


def _require_last(row: Merge) -> None:
    later = Merge.objects.filter(kept_ref=row.kept_ref, undone_at=None).exclude(key_ref=None)
    if later.exclude(pk=row.pk).filter(pk__gt=row.pk).exists():
        raise LaterFirst


def _part(row: Merge, kept: Customer, gone: Customer, files: SealedAnew, *, at: datetime, actor: str) -> None:
    image = _image_of(row)
    now = sealing.opened_one((kept.pk, kept.revision, kept.details_sealed))
    if str(kept.responsible_ref) == str(image.responsible_after):
        kept.responsible_ref = UUID(image.responsible) if image.responsible else None
    secret = sealing.opened_sensitive(kept)
    is_untouched = (now, secret) == (image.after, image.sensitive_after)
    put_on_card(
        kept,
        one_card.parted(image.before, image.after, now),
        one_card.parted_in_secret(image.sensitive_before, image.sensitive_after, secret),
        at=datetime.fromisoformat(image.changed_at) if is_untouched else at,
    )
    if is_untouched:
        _as_imports_left_it(kept, before=row.revision - 1)
    moving.move_papers(origin=kept, to=gone, files=files, only=image.moved)
    moving.move_relations_back(
        origin=kept.pk, to=gone.pk, moved=image.moved["relations"], dropped=image.dropped["relations"]
    )
    carriers.part(kept, gone, image.carried, made_at=row.made_at, actor=actor)
    put_in_state(gone, Customer.State.ACTIVE)
    CustomerChange.objects.create(customer_ref=kept.pk)


def _as_imports_left_it(kept: Customer, *, before: int) -> None:
    """To the undo of an import that had left the card in that revision, nobody touched it since."""
    ImportImage.objects.filter(customer_ref=kept.pk, revision=before).update(revision=kept.revision)


def _destroy_gone(row: Merge, *, actor: str, at: datetime) -> None:
    """The key first, then the row. Marked before, so that nobody undoes the merge meanwhile."""
    with transaction.atomic():
        gone = Customer.objects.select_for_update().filter(pk=row.gone_ref).first()
        if gone is None or gone.state == Customer.State.ACTIVE:
            return
        gone.state = Customer.State.DESTROYING
        gone.save(update_fields=["state"])
    write_points.reached("merge: gone card marked")
    vault.keyring().erase_keys({gone.pk: [*_key_of(gone), *filter(None, [row.key_ref])]}, at=at)
    write_points.reached("merge: keys destroyed")
    with transaction.atomic():
        # Whoever was merged into that card before is found on the one that is kept.
        Merge.objects.filter(kept_ref=row.gone_ref).update(kept_ref=row.kept_ref)
        privacy.erase_person(
            Subject(Kind.CUSTOMER, row.gone_ref), actor=actor, at=at, deed=actions.MERGE_SETTLED
        )
    write_points.reached("merge: gone card erased")


def _key_of(gone: Customer) -> list[UUID]:
    """That of the card's row; a damaged one can't tell it, and it is collected later."""
    try:
        return [vault.key_id_of(bytes(gone.details_sealed))]
    except vault.CannotOpen:
        return []


def _destroy_key(row: Merge) -> None:
    if row.key_ref is not None:
        vault.keyring().destroy_keys([row.key_ref])
    write_points.reached("merge: key destroyed")
    Merge.objects.filter(pk=row.pk).update(key_ref=None, image_sealed=None)
