"""Customers who are one's own or another person's, and what hangs on them."""

import io
from typing import Any
from uuid import UUID, uuid4

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from tests.by_role import of_requests, of_retention
from tests.by_role.people import NOON
from tests.cast import CILLA, DAN
from tryggve.accounts.models import User
from tryggve.accounts.policy import EVERYBODY
from tryggve.audit import actors
from tryggve.domains.customers.engine.search.chosen import Chosen
from tryggve.domains.customers.models import Customer
from tryggve.domains.customers.services import (
    custom_fields,
    documents,
    imports,
    merges,
    notes,
    relations,
    responsible,
    saved_views,
)
from tryggve.domains.customers.tests.lists import add, bring_in, csv_of
from tryggve.domains.customers.tests.numbers import CILLAS, keep
from tryggve.domains.rights.models import Erasure
from tryggve.domains.rights.services import restrictions
from tryggve.domains.rights.services.erasure import erasures


def things(whose: User) -> dict[str, Any]:
    """Two customers of that person's, one of them to be deleted; a list that waits for a yes."""
    customer, doomed, _nobodys = add(CILLA, CILLA, DAN)
    for one in (customer, doomed):
        responsible.assign(customer=one, responsible=whose.pk, actor="system", at=NOON, reach=EVERYBODY)
    keep(customer, CILLAS)
    done = bring_in(csv_of("Bo Ek;bo@")).import_id
    batch = imports.preview_file(
        name="list.csv", content=csv_of("Åsa Ek;asa@example.se;;;"), source="", actor="system", at=NOON
    )
    document = documents.add_document(
        customer=customer,
        name="a.png",
        source=io.BytesIO(_picture()),
        actor="system",
        at=NOON,
        reach=EVERYBODY,
    )
    return (
        {
            "customer": customer,
            "saved": saved_views.save_view(owner=whose, name="Old", chosen=Chosen(status="former"), at=NOON),
            "batch": batch,
            "place": 0,
            "customers:import-mend batch": done,
            "customers:import-undo batch": done,
            "subject": customer,
            "document": document,
        }
        | _hanging_on(customer, doomed)
        | of_requests.asked_for(customer, NOON)
        | _merged(whose)
        | _by_right(whose)
        | of_retention.kept(customer, NOON)
    )


def _merged(whose: User) -> dict[str, Any]:
    """Two cards of that person's that were made one."""
    kept, gone = add(CILLA, CILLA)
    for one in (kept, gone):
        responsible.assign(customer=one, responsible=whose.pk, actor="system", at=NOON, reach=EVERYBODY)
    merged = merges.merge_customers(
        kept=kept, gone=gone, seen=(1, 1), actor="system", at=NOON, reach=EVERYBODY
    )
    return {"merge": merged, "customers:merge-undo customer": kept}


def _by_right(whose: User) -> dict[str, Any]:
    """Of that person's customers one who waits to be erased and one who is restricted; one who was erased."""
    leaving_us, restricted = add(CILLA, CILLA)
    for one in (leaving_us, restricted):
        responsible.assign(customer=one, responsible=whose.pk, actor="system", at=NOON, reach=EVERYBODY)
    another = actors.user(uuid4())
    restrictions.restrict(customer=restricted, actor=another, at=NOON, reach=EVERYBODY)
    ground = Erasure.Ground.MISTAKE
    waits = erasures.ask_erasure(customer=leaving_us, ground=ground, actor=another, at=NOON, reach=EVERYBODY)
    done = Erasure.objects.create(
        customer_ref=uuid4(), ground=ground, state=Erasure.State.DESTROYED, asked_at=NOON, asked_by=another,
        destroys_at=NOON, destroyed_at=NOON,
    )  # fmt: skip
    return {"erasure": waits, "rights:erasure-receipt erasure": done.pk, "rights:lift customer": restricted}


def _picture() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (2, 2), "red").save(out, "PNG")
    return out.getvalue()


def _hanging_on(customer: UUID, other: UUID) -> dict[str, Any]:
    """A note about the first, a relation of the two, and a field of the firm's own."""
    by: dict[str, Any] = {"actor": "system", "at": NOON}
    return {
        "note": notes.add_note(customer=customer, text="called", reach=EVERYBODY, **by),
        "relation": relations.relate(customer=customer, other=other, kind="FAMILY", reach=EVERYBODY, **by),
        "field": custom_fields.add_field(name="Size", kind="TEXT", choices=[], is_sensitive=False, **by),
        "other": other,
    }


def bodies(things: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """The same, of the pages about customers."""
    return {
        "customers:search": {"text": "ci"},
        "customers:views": {"name": "New", "query": "status=former"},
        "customers:view-rename": {"name": "Older"},
        "customers:merge-find": {"text": "ci"},
        "customers:merge": {
            "kept_revision": Customer.objects.get(pk=things["customer"]).revision,
            "gone_revision": Customer.objects.get(pk=things["other"]).revision,
        },
        "customers:export": {"view": "all", "format": "csv", "reason": "cards"},
        "customers:add": {"kind": "person", "name": "Cesar"},
        "customers:edit": {"kind": "person", "name": "Cesar", "revision": "1"},
        "customers:import-row": {"cell_0": "Åsa Berg", "cell_1": "asa@example.se"},
        "rights:erase": {"name": CILLA.name, "ground": "REQUEST"},
        "rights:quarantine": {"days": "7"},
        "customers:reveal": {"reason": "invoice"},
        "customers:sensitive-change": {"numbers": "", "revision": "1"},
        "customers:document-add": {"file": SimpleUploadedFile("a.txt", b"a")},
        "customers:assign": {"responsible": ""},
        "customers:note-add": {"text": "called"},
        "customers:note": {"text": "called again", "revision": "1"},
        "customers:relate": {"kind": "FAMILY", "text": "cilla"},
        "customers:relation-add": {"kind": "CONTACT", "other": str(things["other"])},
        "customers:field-add": {"name": "Colour", "kind": "TEXT"},
        "customers:field": {"name": "Colour", "kind": "TEXT"},
        "customers:field-move": {"where": "up"},
    }  # fmt: skip
