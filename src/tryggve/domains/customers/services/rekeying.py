"""Another key for an import that held an erased person, so that older copies of it can't be read either.

Papers change their key in one transaction, images for an undo some at a time after it; the former key is named by the
import until it has been destroyed. Cut off anywhere, `former_keys` finishes.
"""

from collections.abc import Sequence
from uuid import UUID

from django.db import transaction

from tryggve import vault
from tryggve.domains.customers import import_papers, sealing
from tryggve.domains.customers.models import Import, ImportImage
from tryggve.domains.customers.services.papers import FIELDS
from tryggve.lib import write_points

_AT_ONCE = 500


def seal_papers_anew(row: Import) -> None:
    """Give an import, whose row is locked, another key with all its papers. Raises vault.CannotOpen."""
    if row.key_ref is None:
        return
    if row.former_key_ref is not None:
        _finish(row)
    names = {field: field.removesuffix("_sealed") for field in FIELDS if getattr(row, field) is not None}
    papers = {
        field: import_papers.opened(row, name, bytes(getattr(row, field))) for field, name in names.items()
    }
    row.former_key_ref = row.key_ref
    [row.key_ref] = vault.keyring().create_keys([row.pk])
    for field, paper in papers.items():
        setattr(row, field, import_papers.sealed(row, names[field], paper))
    row.save(update_fields=["key_ref", "former_key_ref", *papers])


def imports_with_image_of(customer: UUID) -> list[UUID]:
    """The imports that kept what this customer's card said before them."""
    kept = ImportImage.objects.filter(customer_ref=customer).exclude(before_sealed=None)
    return list(kept.order_by("batch_ref").values_list("batch_ref", flat=True).distinct())


def seal_anew(batch: UUID) -> None:
    """The same for one that isn't locked yet; one that doesn't open stays, unreadable as it is."""
    with transaction.atomic():
        row = Import.objects.select_for_update().filter(pk=batch).exclude(key_ref=None).first()
        if row is None or row.former_key_ref is not None:
            return
        try:
            seal_papers_anew(row)
        except (vault.Damaged, vault.KeyGone):
            return
    write_points.reached("customer: an import has another key")


def former_keys(*, but_of: UUID) -> list[UUID]:
    """The keys that imports had before, once nothing lies under them that is wanted any more: to be destroyed.

    Images of that one customer stay under them.
    """
    former = []
    for row in Import.objects.exclude(former_key_ref=None).order_by("pk"):
        if row.former_key_ref is not None:
            _seal_images_anew(row, but_of=but_of)
            former.append(row.former_key_ref)
    return former


def forget_former_keys() -> None:
    """Once they are destroyed."""
    Import.objects.exclude(former_key_ref=None).update(former_key_ref=None)


def _finish(row: Import) -> None:
    """An erasure before this one was cut off before it had destroyed the former key."""
    _seal_images_anew(row)
    if row.former_key_ref is not None:
        vault.keyring().destroy_keys([row.former_key_ref])


def _seal_images_anew(row: Import, *, but_of: UUID | None = None) -> None:
    images = ImportImage.objects.filter(batch_ref=row.pk).exclude(before_sealed=None)
    wanted = images.exclude(customer_ref=but_of) if but_of else images
    for some in sealing.batches(list(wanted.order_by("pk").values_list("pk", flat=True)), _AT_ONCE):
        with transaction.atomic():
            held = list(ImportImage.objects.select_for_update().filter(pk__in=some))
            _seal_these_anew([one for one in held if _lies_under(one, row.former_key_ref)], row)
        write_points.reached("customer: images sealed anew")


def _seal_these_anew(images: Sequence[ImportImage], row: Import) -> None:
    if row.key_ref is None or not images:
        return
    bound = [sealing.image_binding(row.pk, one.customer_ref) for one in images]
    blobs = [bytes(one.before_sealed or b"") for one in images]
    try:
        plain = list(vault.keyring().open_many(zip(blobs, bound, strict=True)))
    except (vault.Damaged, vault.KeyGone):
        return  # destroyed by an attempt that was cut off later, which had sealed anew what was wanted
    items = [(text, row.key_ref, binding) for text, binding in zip(plain, bound, strict=True)]
    for one, blob in zip(images, vault.keyring().seal_many(items), strict=True):
        one.before_sealed = blob
    ImportImage.objects.bulk_update(images, ["before_sealed"], batch_size=_AT_ONCE)


def _lies_under(image: ImportImage, key: UUID | None) -> bool:
    try:
        return vault.key_id_of(bytes(image.before_sealed or b"")) == key
    except vault.CannotOpen:
        return False
