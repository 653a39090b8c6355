import io
from uuid import UUID

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from tests.cast import CILLA
from tryggve.accounts.models import User
from tryggve.audit import selectors as audit
from tryggve.domains.customers.models import Document
from tryggve.domains.customers.services import documents
from tryggve.domains.customers.tests.lists import add

pytestmark = pytest.mark.django_db
MARKUP = b"<script>alert('Cilla')</script>"


@pytest.fixture
def cilla() -> UUID:
    return add(CILLA)[0]


def _send(client: Client, customer: UUID, name: str, content: bytes) -> str:
    answer = client.post(f"/customers/{customer}/documents/add/", {"file": SimpleUploadedFile(name, content)})
    assert answer.headers.get("Location") == f"/customers/{customer}/", answer.content.decode()
    return f"/customers/{customer}/documents/{Document.objects.latest('added_at').pk}/"


def _png() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (30, 10), "green").save(out, "PNG")
    return out.getvalue()


def test_file_is_handed_out_to_be_saved_and_never_run(as_anna: Client, cilla: UUID) -> None:
    place = _send(as_anna, cilla, "Sida «1».html", MARKUP)
    answer = as_anna.get(f"{place}file/")
    assert b"".join(answer) == MARKUP
    assert answer.headers["Content-Type"] == "application/octet-stream"
    assert answer.headers["Content-Disposition"].startswith("attachment; filename*=utf-8''Sida%20%C2%AB1")
    assert answer.headers["X-Accel-Buffering"] == "no"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_markup_in_a_text_is_shown_and_not_obeyed(as_anna: Client, cilla: UUID) -> None:
    page = as_anna.get(_send(as_anna, cilla, "a.txt", MARKUP)).content
    assert (b"&lt;script&gt;" in page, MARKUP in page) == (True, False)


def test_picture_is_drawn_anew(as_anna: Client, cilla: UUID) -> None:
    place = _send(as_anna, cilla, "kitchen.png", _png())
    assert f'src="{place}picture/"' in as_anna.get(place).content.decode()
    answer = as_anna.get(f"{place}picture/")
    assert (answer.headers["Content-Type"], Image.open(io.BytesIO(answer.content)).size) == (
        "image/jpeg",
        (30, 10),
    )


def test_picture_is_in_the_log_whoever_asks_for_it_alone(as_anna: Client, anna: User, cilla: UUID) -> None:
    place = _send(as_anna, cilla, "passport.png", _png())
    as_anna.get(f"{place}picture/")
    [last] = audit.entries_about(cilla, limit=1)
    assert (last.action, last.actor, last.facts["page"]) == ("customers.document-read", anna.actor, "picture")


@pytest.mark.parametrize("content", [b"\x89PNG\r\n\x1a\nbroken", b"plain text"])
def test_what_is_no_picture_is_not_drawn(as_anna: Client, cilla: UUID, content: bytes) -> None:
    place = _send(as_anna, cilla, "kitchen.png", content)
    assert (as_anna.get(f"{place}picture/").status_code, as_anna.get(place).status_code) == (404, 200)


def test_other_kinds_are_not_shown(as_anna: Client, cilla: UUID) -> None:
    page = as_anna.get(_send(as_anna, cilla, "a.pdf", b"%PDF-1.7 /JavaScript")).content.decode()
    assert ("JavaScript" in page, "shown here" in page) == (False, True)


def test_document_is_asked_for_once_more_and_then_removed(as_anna: Client, cilla: UUID) -> None:
    place = _send(as_anna, cilla, "a.txt", b"text")
    assert "Remove for ever" in as_anna.get(f"{place}remove/").content.decode()
    assert Document.objects.count() == 1
    as_anna.post(f"{place}remove/")
    assert (Document.objects.count(), as_anna.get(place).status_code) == (0, 404)


def test_empty_and_too_large_files_are_refused_in_words(
    as_anna: Client, cilla: UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(documents, "LARGEST_BYTES", 10)
    for content, words in ((b"", "The file is empty"), (b"x" * 11, "larger than 25 MB")):
        sent = {"file": SimpleUploadedFile("a.txt", content)}
        assert words in as_anna.post(f"/customers/{cilla}/documents/add/", sent).content.decode()
    assert Document.objects.count() == 0


def test_large_file_is_handed_out_in_pieces(as_anna: Client, cilla: UUID) -> None:
    content = bytes(range(256)) * 20_000
    place = _send(as_anna, cilla, "drawing.bin", content)
    answer = as_anna.get(f"{place}file/")
    pieces = list(answer)
    assert (b"".join(pieces), len(pieces) > 1) == (content, True)
