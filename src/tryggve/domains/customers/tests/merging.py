"""Two cards of one customer with all that hangs on them, and how both look."""

from typing import Any, NamedTuple
from uuid import UUID

from tests.cast import NOW
from tryggve import vault
from tryggve.accounts.policy import EVERYBODY
from tryggve.domains.customers import sealing
from tryggve.domains.customers.engine.details import Details
from tryggve.domains.customers.engine.identity_numbers import IdentityNumber
from tryggve.domains.customers.engine.sensitive import Sensitive
from tryggve.domains.customers.models import Customer, Note, Relation
from tryggve.domains.customers.services import merge_undo, merges, notes, relations, sensitive
from tryggve.domains.customers.tests.lists import MACHINE, add

FIRST = Details(name="Cilla Ek", emails=("cilla@example.se",), note="Likes tea.", tags=("vip",))
SECOND = Details(
    name="Cecilia Ek-Quistberg",
    emails=("cecilia.quistberg@example.se",),
    phones=("070-174 06 05",),
    source="fair",
)
NUMBER = IdentityNumber("SE-PNR", "189001019802")  # type: ignore[arg-type]  # a code of the engine


class Two(NamedTuple):
    kept: UUID
    gone: UUID
    dan: UUID


def two_cards() -> Two:
    """Each with a note and a relation; the second with an identity number as well."""
    two = Two(*add(FIRST, SECOND, Details(name="Dan Lind")))
    for customer, text in ((two.kept, "Called in May."), (two.gone, "Wrote in quistberg June.")):
        notes.add_note(customer=customer, text=text, actor=MACHINE, at=NOW, reach=EVERYBODY)
    relate(two.gone, two.dan, "CONTACT")
    relate(two.kept, two.dan, "FAMILY")
    relate(two.gone, two.dan, "FAMILY")
    relate(two.gone, two.kept, "OTHER")
    keep_number(two.gone, Sensitive((NUMBER,)))
    return two


def relate(customer: UUID, other: UUID, kind: str) -> None:
    relations.relate(customer=customer, other=other, kind=kind, actor=MACHINE, at=NOW, reach=EVERYBODY)


def keep_number(customer: UUID, document: Sensitive) -> None:
    seen = Customer.objects.get(pk=customer).sensitive_revision
    sensitive.change_sensitive(
        customer=customer, seen_revision=seen, sensitive=document, actor=MACHINE, at=NOW, reach=EVERYBODY
    )


def merge(kept: UUID, gone: UUID, **others: Any) -> UUID:
    seen = (Customer.objects.get(pk=kept).revision, Customer.objects.get(pk=gone).revision)
    facts: dict[str, Any] = {"seen": seen, "actor": MACHINE, "at": NOW, "reach": EVERYBODY} | others
    return merges.merge_customers(kept=kept, gone=gone, **facts)


def undo(merge: UUID, **others: Any) -> tuple[UUID, UUID]:
    facts: dict[str, Any] = {"actor": MACHINE, "at": NOW, "reach": EVERYBODY} | others
    return merge_undo.undo_merge(merge=merge, **facts)


def told(customer: UUID) -> dict[str, Any]:
    """All that is on a card and all that the row tells beside it, but for the revisions of what is sealed."""
    row = Customer.objects.get(pk=customer)
    return {
        "details": sealing.opened_one((row.pk, row.revision, row.details_sealed)),
        "sensitive": sealing.opened_sensitive(row),
        "row": (row.state, row.responsible_ref, row.created_at, row.changed_at),
        "notes": sorted(
            (str(note.pk), _text(note), note.written_by, note.written_at, note.revision)
            for note in Note.objects.filter(customer=customer)
        ),
        "relations": sorted(
            (str(one.pk), str(one.customer_id), str(one.other_id), one.kind, one.made_at)
            for one in Relation.objects.filter(customer=customer) | Relation.objects.filter(other=customer)
        ),
    }


def _text(note: Note) -> str:
    bound_to = sealing.note_binding(note.pk, note.customer_id, note.revision)
    return vault.keyring().open(bytes(note.text_sealed), bound_to=bound_to).decode()
