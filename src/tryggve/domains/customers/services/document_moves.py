"""Documents that get another customer: their bytes are sealed anew first, and their rows moved in a transaction."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from uuid import UUID

from django.db import DatabaseError, transaction

from tryggve import vault
from tryggve.domains.customers import sealing
from tryggve.domains.customers.document_files import place_of, remove_files
from tryggve.domains.customers.models import Customer, Document
from tryggve.lib import write_points
from tryggve.lib.ids import new_id


@dataclass(frozen=True)
class SealedAnew:
    """Which documents one customer gives to another, and the file of each that opens under the other's key.

    A document whose bytes aren't there, or are damaged, keeps its file: it opens as little as before.
    """

    origin: Customer
    target: Customer
    files: Mapping[UUID, UUID]


@contextmanager
def sealed_anew(
    *, origin: Customer, target: Customer, only: Collection[UUID] | None = None
) -> Iterator[SealedAnew]:
    """Seal the bytes of one customer's documents, all or ``only`` those, for another as well.

    In the block one transaction moves the rows. Files that no row names afterwards are removed; cut off, they are
    collected as left over. Raises vault.KeyGone for the other's key, and vault.FileNotKept.
    """
    rows = Document.objects.filter(customer=origin).order_by("pk")
    files: dict[UUID, UUID] = {}
    made: list[UUID] = []
    try:
        for row in rows if only is None else rows.filter(pk__in=only):
            made.append(new_id())
            files[row.pk] = made[-1] if _is_sealed_anew(row, made[-1], target) else row.file_ref
            write_points.reached("document: sealed anew")
        yield SealedAnew(origin, target, files)
    except Exception:
        with suppress(DatabaseError, OSError):
            _remove_unnamed(made)
        raise
    _remove_unnamed(made)


def move_documents(sealed: SealedAnew) -> list[UUID]:
    """Move the rows of those that are still there; returns their ids. Their former bytes go when this is committed.

    Joins the caller's transaction, which has locked both customers.
    """
    rows = list(Document.objects.filter(customer=sealed.origin, pk__in=sealed.files).order_by("pk"))
    former = {row.file_ref for row in rows} - set(sealed.files.values())
    key = vault.key_id_of(bytes(sealed.target.details_sealed))
    for row in rows:
        row.name_sealed = _name_for(row, sealed.target, key)
        row.customer_id, row.file_ref = sealed.target.pk, sealed.files[row.pk]
    Document.objects.bulk_update(rows, ["customer", "file_ref", "name_sealed"], batch_size=100)
    transaction.on_commit(lambda: remove_files(former))
    return [row.pk for row in rows]


def _is_sealed_anew(row: Document, file: UUID, target: Customer) -> bool:
    key = vault.key_id_of(bytes(target.details_sealed))
    theirs = sealing.document_binding(row.pk, target.pk)
    try:
        source = vault.open_file(
            place_of(row.file_ref), bound_to=sealing.document_binding(row.pk, row.customer_id)
        )
    except (FileNotFoundError, vault.CannotOpen):
        return False
    with source:
        try:
            vault.seal_file(source, place_of(file), key=key, bound_to=theirs)
        except vault.Damaged:
            return False
    return True


def _name_for(row: Document, target: Customer, key: UUID) -> bytes:
    """A name that is damaged stays so."""
    try:
        name = vault.keyring().open(
            bytes(row.name_sealed), bound_to=sealing.document_name_binding(row.pk, row.customer_id)
        )
    except vault.Damaged:
        return bytes(row.name_sealed)
    bound_to = sealing.document_name_binding(row.pk, target.pk)
    return vault.keyring().seal(name, key=key, bound_to=bound_to)


def _remove_unnamed(files: Sequence[UUID]) -> None:
    if files:
        named = Document.objects.filter(file_ref__in=files).values_list("file_ref", flat=True)
        remove_files(set(files).difference(named))
