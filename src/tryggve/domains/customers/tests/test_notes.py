"""Notes about a customer: written, changed, deleted, and read by nobody else."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.test import Client

from tests.cast import CILLA, DAN, NOW
from tryggve import vault
from tryggve.accounts.models import User
from tryggve.accounts.policy import EVERYBODY
from tryggve.audit import selectors as audit
from tryggve.domains.customers.models import Customer, Note
from tryggve.domains.customers.selectors import notes as selectors
from tryggve.domains.customers.services import notes, records
from tryggve.domains.customers.tests import deleting
from tryggve.domains.customers.tests.lists import MACHINE, add
from tryggve.lib.ids import new_id
from tryggve.privacy import services as privacy
from tryggve.privacy.subjects import Kind, Subject

pytestmark = pytest.mark.django_db
ODD = "<script>alert(1)</script>&\"'\u202e"


def _write(customer: UUID, text: str, *, minutes: int = 0) -> UUID:
    at = NOW + timedelta(minutes=minutes)
    return notes.add_note(customer=customer, text=text, actor=MACHINE, at=at, reach=EVERYBODY)


def _change(customer: UUID, note: UUID, text: str, *, seen: int) -> None:
    notes.change_note(
        customer=customer, note=note, seen_revision=seen, text=text, actor=MACHINE, at=NOW, reach=EVERYBODY
    )


def _texts(customer: UUID) -> list[str | None]:
    return [one.text for one in selectors.newest_notes(customer).notes]


def _deeds(customer: UUID) -> list[tuple[str, Any]]:
    return [(entry.action, entry.facts) for entry in audit.entries_about(customer)]


def _body(answer: Any) -> str:
    text: str = answer.content.decode()
    return text


def test_newest_note_comes_first_with_who_and_when(as_anna: Client, anna: User) -> None:
    [cilla] = add(CILLA)
    _write(cilla, "the older one")
    as_anna.post(f"/customers/{cilla}/notes/add/", {"text": "the newer one"})
    text = _body(as_anna.get(f"/customers/{cilla}/"))
    assert 0 < text.index("the newer one") < text.index("the older one")
    assert Note.objects.order_by("-written_at").values_list("written_by", flat=True)[0] == anna.actor
    assert "March 2, 2026 09:00" in text


def test_note_lies_sealed_under_the_customers_key_bound_to_it() -> None:
    cilla, dan = add(CILLA, DAN)
    row = Note.objects.get(pk=_write(cilla, "about the kitchen"))
    assert b"kitchen" not in bytes(row.text_sealed)
    assert vault.key_id_of(bytes(row.text_sealed)) == vault.key_id_of(
        bytes(Customer.objects.get(pk=cilla).details_sealed)
    )
    row.customer_id = dan
    with pytest.raises(vault.CannotOpen):
        selectors.text_of(row)


def test_every_deed_is_in_the_log_without_the_text() -> None:
    [cilla] = add(CILLA)
    note = _write(cilla, "one")
    _change(cilla, note, "two", seen=1)
    notes.delete_note(customer=cilla, note=note, actor=MACHINE, at=NOW, reach=EVERYBODY)
    assert _deeds(cilla)[:3] == [
        ("customers.note-deleted", {"note": str(note)}),
        ("customers.note-changed", {"note": str(note)}),
        ("customers.note-added", {"note": str(note)}),
    ]


def test_note_that_was_changed_meanwhile_is_told_and_both_are_shown(as_anna: Client) -> None:
    [cilla] = add(CILLA)
    note = _write(cilla, "first")
    _change(cilla, note, "what Bo wrote", seen=1)
    typed = {"text": "what Anna wrote", "revision": "1"}
    answer = as_anna.post(f"/customers/{cilla}/notes/{note}/", typed)
    assert _texts(cilla) == ["what Bo wrote"]
    assert [words in _body(answer) for words in ("Someone else changed this note", *typed.values())][:2] == [
        True,
        True,
    ]
    assert "what Bo wrote" in _body(answer)
    as_anna.post(f"/customers/{cilla}/notes/{note}/", typed | {"revision": "2"})
    assert _texts(cilla) == ["what Anna wrote"]


def test_the_same_text_again_is_no_change() -> None:
    [cilla] = add(CILLA)
    note = _write(cilla, "first")
    _change(cilla, note, "first", seen=1)
    assert (Note.objects.get().revision, Note.objects.get().changed_at) == (1, None)


def test_deletion_is_asked_first(as_anna: Client) -> None:
    [cilla] = add(CILLA)
    note = _write(cilla, "to be deleted")
    page = f"/customers/{cilla}/notes/{note}/delete/"
    assert "to be deleted" in _body(as_anna.get(page))
    assert Note.objects.count() == 1
    assert as_anna.post(page).headers["Location"] == f"/customers/{cilla}/"
    assert Note.objects.count() == 0


@pytest.mark.parametrize("page", ["", "delete/"])
@pytest.mark.parametrize("method", ["get", "post"])
def test_note_of_another_customer_is_not_found_there(as_anna: Client, page: str, method: str) -> None:
    cilla, dan = add(CILLA, DAN)
    note = _write(dan, "about Dan")
    typed = {"text": "mine", "revision": "1"} if method == "post" else {}
    answer = getattr(as_anna, method)(f"/customers/{cilla}/notes/{note}/{page}", typed)
    assert answer.status_code in (404, 409)
    assert ("about Dan" in _body(answer), _texts(dan)) == (False, ["about Dan"])


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "This field is required."),
        ("  \n ", "This field is required."),
        ("x" * 10_001, "10000"),
        ("a\x00b", "Null characters"),
        ("a\x1bb", "control characters"),
    ],
)
def test_what_is_no_note_is_told_and_stays_to_be_mended(as_anna: Client, text: str, words: str) -> None:
    [cilla] = add(CILLA)
    answer = as_anna.post(f"/customers/{cilla}/notes/add/", {"text": text})
    assert (words in _body(answer), Note.objects.count()) == (True, 0)
    assert text.strip()[:50].replace("\x00", "") in _body(answer).replace("\x00", "")


def test_longest_note_is_kept_with_its_line_breaks(as_anna: Client) -> None:
    [cilla] = add(CILLA)
    text = "å\n" * 4999 + "åå"
    as_anna.post(f"/customers/{cilla}/notes/add/", {"text": text})
    assert _texts(cilla) == [text]


def test_markup_in_a_note_is_shown_and_not_obeyed(as_anna: Client) -> None:
    [cilla] = add(CILLA)
    note = _write(cilla, ODD)
    for page in ("", "notes/", f"notes/{note}/", f"notes/{note}/delete/"):
        text = _body(as_anna.get(f"/customers/{cilla}/{page}"))
        assert ("<script>alert" in text, "&lt;script&gt;alert(1)" in text) == (False, True)


def test_twenty_are_on_the_card_and_all_on_a_page_of_their_own(as_anna: Client) -> None:
    [cilla] = add(CILLA)
    for number in range(21):
        _write(cilla, f"note {number:02}.", minutes=number)
    card = _body(as_anna.get(f"/customers/{cilla}/"))
    assert ("note 20." in card, "note 01." in card, "note 00." in card) == (True, True, False)
    assert f"/customers/{cilla}/notes/?page=2" in card
    assert "note 00." in _body(as_anna.get(f"/customers/{cilla}/notes/?page=2"))


@pytest.mark.parametrize("page", ["0", "-1", "abc", "9" * 500, "٢", ""])
def test_odd_page_numbers_show_a_page(as_anna: Client, page: str) -> None:
    [cilla] = add(CILLA)
    _write(cilla, "here")
    answer = as_anna.get(f"/customers/{cilla}/notes/", {"page": page})
    assert (answer.status_code, "here" in _body(answer)) == (200, True)


def test_damaged_note_is_told_and_the_others_are_shown(as_anna: Client) -> None:
    [cilla] = add(CILLA)
    note = _write(cilla, "damaged one")
    _write(cilla, "whole one", minutes=1)
    Note.objects.filter(pk=note).update(text_sealed=b"nonsense")
    text = _body(as_anna.get(f"/customers/{cilla}/"))
    assert ("whole one" in text, "This note is damaged" in text) == (True, True)
    as_anna.post(f"/customers/{cilla}/notes/{note}/delete/")
    assert _texts(cilla) == ["whole one"]


def test_looks_at_notes_are_in_the_log(as_anna: Client) -> None:
    [cilla] = add(CILLA)
    note = _write(cilla, "one")
    for page in ("", "notes/", f"notes/{note}/"):
        as_anna.get(f"/customers/{cilla}/{page}")
    assert _deeds(cilla)[:3] == [
        ("customers.notes-viewed", {"shown": 1}),
        ("customers.notes-viewed", {"shown": 1}),
        ("customers.viewed", {"page": "card", "notes": 1}),
    ]


def test_notes_are_exported_and_erased_with_the_customer() -> None:
    cilla, dan = add(CILLA, DAN)
    _write(cilla, "about Cilla")
    _write(dan, "about Dan")
    export = privacy.export_person(Subject(Kind.CUSTOMER, cilla), actor=MACHINE, at=NOW)
    [held] = [one for one in export.held if one.code == "customers.notes"]
    assert [(part.since, [value.content for value in part.values]) for part in held.parts] == [
        (NOW, ["about Cilla"])
    ]
    deleting.delete_customer(customer=cilla, actor=MACHINE, at=NOW)
    assert [row.customer_id for row in Note.objects.all()] == [dan]


def test_note_about_nobody_is_not_written() -> None:
    with pytest.raises(records.AlreadyGone):
        _write(new_id(), "nobody")
