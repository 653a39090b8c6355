"""What hangs on a card and goes with it when two are made one: notes, documents, relations."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Q

from tryggve import vault
from tryggve.domains.customers import sealing
from tryggve.domains.customers.models import Customer, Note, Relation
from tryggve.domains.customers.services.document_moves import SealedAnew, move_documents
from tryggve.domains.customers.words.relations import GOES_BOTH_WAYS

Row = dict[str, Any]


def move_papers(
    *, origin: Customer, to: Customer, files: SealedAnew, only: dict[str, list[str]] | None = None
) -> dict[str, list[str]]:
    """Give the other everything written about one customer, sealed under the other's key; returns the ids by kind.

    The documents are those of ``files``, the notes with ``only`` no more than those ids. Raises vault.CannotOpen for
    what is damaged; joins the caller's transaction, which must not be committed then.
    """
    return {
        "notes": _move_notes(origin, to, None if only is None else only["notes"]),
        "documents": [str(document) for document in move_documents(files)],
    }


def _move_notes(origin: Customer, to: Customer, only: Iterable[str] | None) -> list[str]:
    notes = Note.objects.filter(customer=origin)
    rows = list(notes if only is None else notes.filter(pk__in=list(only)))
    new_key = vault.key_id_of(bytes(to.details_sealed))
    keys = vault.keyring().loaded({new_key, *(vault.key_id_of(bytes(row.text_sealed)) for row in rows)})
    for row in rows:
        text = keys.open(
            bytes(row.text_sealed), bound_to=sealing.note_binding(row.pk, origin.pk, row.revision)
        )
        bound_to = sealing.note_binding(row.pk, to.pk, row.revision)
        row.customer_id, row.text_sealed = to.pk, keys.seal(text, key=new_key, bound_to=bound_to)
    Note.objects.bulk_update(rows, ["customer", "text_sealed"], batch_size=500)
    return [str(row.pk) for row in rows]


def move_relations(*, origin: UUID, to: UUID) -> tuple[list[str], list[Row]]:
    """Let the other have the relations of one: the ids of those moved, and those dropped, as they were.

    Dropped are those that the other has already, and those of the two to one another.
    """
    moved, dropped = [], list[Row]()
    for row in Relation.objects.filter(Q(customer=origin) | Q(other=origin)).order_by("pk"):
        was = _as_row(row)
        _turn(row, origin, to)
        if row.customer_id == row.other_id or _is_told(row):
            dropped.append(was)
            Relation.objects.filter(pk=row.pk).delete()
        else:
            row.save(update_fields=["customer", "other"])
            moved.append(str(row.pk))
    return moved, dropped


def move_relations_back(*, origin: UUID, to: UUID, moved: Iterable[str], dropped: Iterable[Row]) -> None:
    """What ``move_relations`` did, undone; a relation removed since stays removed."""
    for row in Relation.objects.filter(Q(customer=origin) | Q(other=origin), pk__in=list(moved)):
        _turn(row, origin, to)
        row.save(update_fields=["customer", "other"])
    for was in dropped:
        ends = {UUID(was["customer"]), UUID(was["other"])}
        if Customer.objects.filter(pk__in=ends).count() == len(ends):
            Relation.objects.create(
                pk=UUID(was["id"]),
                customer_id=UUID(was["customer"]),
                other_id=UUID(was["other"]),
                kind=was["kind"],
                made_at=datetime.fromisoformat(was["made_at"]),
            )


def _turn(row: Relation, origin: UUID, to: UUID) -> None:
    row.customer_id = to if row.customer_id == origin else row.customer_id
    row.other_id = to if row.other_id == origin else row.other_id


def _is_told(row: Relation) -> bool:
    told = Q(customer=row.customer_id, other=row.other_id)
    if row.kind in GOES_BOTH_WAYS:
        told |= Q(customer=row.other_id, other=row.customer_id)
    return Relation.objects.filter(told, kind=row.kind).exclude(pk=row.pk).exists()


def _as_row(row: Relation) -> Row:
    return {
        "id": str(row.pk),
        "customer": str(row.customer_id),
        "other": str(row.other_id),
        "kind": row.kind,
        "made_at": row.made_at.isoformat(),
    }
