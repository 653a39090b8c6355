"""Files about a customer: sealed, shown, handed out, removed, and gone with the customer."""

import io
import os
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest

from tests.cast import CILLA, DAN, NOW
from tryggve import vault
from tryggve.accounts.policy import EVERYBODY
from tryggve.audit import selectors as audit
from tryggve.audit import services as audit_services
from tryggve.domains.customers import routines, sealing
from tryggve.domains.customers.document_files import folder, place_of
from tryggve.domains.customers.models import Document
from tryggve.domains.customers.selectors import documents as selectors
from tryggve.domains.customers.services import documents, records
from tryggve.domains.customers.tests import deleting
from tryggve.domains.customers.tests.lists import add
from tryggve.lib.ids import new_id
from tryggve.privacy import services as privacy
from tryggve.privacy.subjects import Kind, Subject

pytestmark = pytest.mark.django_db(transaction=True)
ANNA = f"user:{new_id()}"
AGREEMENT = "Avtal mellan Cilla Åkerström och snickeriet. ".encode() * 5000


@pytest.fixture
def cilla() -> UUID:
    return add(CILLA)[0]


def _add(customer: UUID, content: bytes = AGREEMENT, name: str = "Avtal 2026.txt") -> UUID:
    return documents.add_document(
        customer=customer, name=name, source=io.BytesIO(content), actor=ANNA, at=NOW, reach=EVERYBODY
    )


def _content(customer: UUID, document: UUID) -> bytes:
    _found, pieces = selectors.document_to_hand_out(
        customer=customer, document=document, actor=ANNA, at=NOW, reach=EVERYBODY
    )
    return b"".join(pieces)


def _place(document: UUID) -> Path:
    return place_of(Document.objects.get(pk=document).file_ref)


def _files() -> set[str]:
    return {path.name for path in folder().iterdir()} if folder().is_dir() else set()


def test_document_comes_back_as_it_was_and_lies_sealed(cilla: UUID) -> None:
    document = _add(cilla)
    sealed = _place(document).read_bytes()
    assert _content(cilla, document) == AGREEMENT
    assert ("Åkerström".encode() in sealed, sealed[:20] in AGREEMENT) == (False, False)
    [described] = selectors.documents_of(cilla)
    assert (described.name, described.media_type, described.size_bytes) == (
        "Avtal 2026.txt",
        "text/plain",
        len(AGREEMENT),
    )


def test_name_lies_sealed(cilla: UUID) -> None:
    row = Document.objects.get(pk=_add(cilla))
    assert b"Avtal" not in bytes(row.name_sealed)


def test_each_deed_and_look_is_one_entry_with_the_id_alone(cilla: UUID) -> None:
    document = _add(cilla)
    selectors.document_shown(customer=cilla, document=document, actor=ANNA, at=NOW, reach=EVERYBODY)
    _content(cilla, document)
    documents.remove_document(customer=cilla, document=document, actor=ANNA, at=NOW, reach=EVERYBODY)
    told = [(entry.action, entry.facts) for entry in audit.entries_about(cilla)]
    named = {"document": str(document)}
    assert told[:-1] == [
        ("customers.document-removed", named),
        ("customers.document-read", named | {"page": "file"}),
        ("customers.document-read", named | {"page": "shown"}),
        ("customers.document-added", named),
    ]


def test_another_customers_document_is_not_there(cilla: UUID) -> None:
    [dan] = add(DAN)
    document = _add(cilla)
    with pytest.raises(selectors.NoSuchDocument):
        _content(dan, document)
    with pytest.raises(documents.DocumentGone):
        documents.remove_document(customer=dan, document=document, actor=ANNA, at=NOW, reach=EVERYBODY)
    assert _content(cilla, document) == AGREEMENT


def test_file_moved_to_another_document_does_not_open(cilla: UUID) -> None:
    first, second = _add(cilla), _add(cilla, b"another")
    _place(first).replace(_place(second))
    with pytest.raises(selectors.NoSuchDocument):
        _content(cilla, second)


def test_card_holds_no_more_than_it_may(cilla: UUID, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(documents, "MOST", 2)
    kept = {_place(_add(cilla)).name for _time in range(2)}
    with pytest.raises(documents.TooManyDocuments):
        _add(cilla)
    assert _files() >= kept
    assert Document.objects.count() == 2
    documents.remove_document(
        customer=cilla, document=Document.objects.all()[0].pk, actor=ANNA, at=NOW, reach=EVERYBODY
    )
    _add(cilla)


def test_nothing_is_kept_for_a_customer_who_is_gone(cilla: UUID) -> None:
    before = _files()
    deleting.delete_customer(customer=cilla, actor=ANNA, at=NOW)
    with pytest.raises(records.AlreadyGone):
        _add(cilla)
    assert (_files(), Document.objects.count()) == (before, 0)


def test_file_goes_when_its_row_is_not_written(cilla: UUID, monkeypatch: pytest.MonkeyPatch) -> None:
    before = _files()

    def full_disk(*_args: object, **_options: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(audit_services, "record", full_disk)
    with pytest.raises(OSError, match="space"):
        _add(cilla)
    assert (_files(), Document.objects.count()) == (before, 0)


def test_deleting_the_customer_removes_row_and_file(cilla: UUID) -> None:
    place = _place(_add(cilla))
    deleting.delete_customer(customer=cilla, actor=ANNA, at=NOW)
    assert (place.name in _files(), Document.objects.count()) == (False, 0)


def test_copied_file_of_a_deleted_customer_opens_no_more(cilla: UUID) -> None:
    document = _add(cilla)
    place = _place(document)
    copy = place.read_bytes()
    deleting.delete_customer(customer=cilla, actor=ANNA, at=NOW)
    place.write_bytes(copy)
    binding = sealing.document_binding(document, cilla)
    with pytest.raises(vault.KeyGone):
        vault.open_file(place, bound_to=binding)
    place.unlink()


def test_documents_are_told_to_the_person_they_are_about(cilla: UUID) -> None:
    _add(cilla)
    export = privacy.export_person(Subject(Kind.CUSTOMER, cilla), actor=ANNA, at=NOW)
    [held] = [held for held in export.held if held.code == "customers.documents"]
    assert [[value.content for value in part.values] for part in held.parts] == [
        ["Avtal 2026.txt", "text/plain", len(AGREEMENT)]
    ]


def test_file_without_a_row_is_collected_after_a_day_and_others_stay(cilla: UUID) -> None:
    kept = _place(_add(cilla))
    left, young = place_of(new_id()), place_of(new_id())
    left.write_bytes(b"left over")
    young.write_bytes(b"just being written")
    day_before = (NOW - timedelta(days=2)).timestamp()
    for path in (left, kept):
        os.utime(path, (day_before, day_before))
    routines.collect_documents(NOW)
    assert (left.exists(), young.exists(), kept.exists()) == (False, True, True)
    young.unlink()
