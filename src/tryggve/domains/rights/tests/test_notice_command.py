"""``notice list`` and ``notice export``."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests import commands
from tests.cast import NOW
from tryggve.domains.rights.engine.papers import pdf
from tryggve.domains.rights.management.verbs.notice_export import NotThere, NotWritten
from tryggve.domains.rights.papers.paper_files import NoPdfHere
from tryggve.domains.rights.selectors.purposes import notices
from tryggve.domains.rights.services.purposes import purposes
from tryggve.domains.rights.tests.purposes import MACHINE, choose, id_of, publish, write_details
from tryggve.lib import pdf as lib_pdf

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("firm", "database_in_its_place")]


@pytest.fixture
def published() -> None:
    choose()
    write_details()
    publish("sv")


def _notice(*words: str) -> tuple[int, str]:
    return commands.run("rights", "notice", *words)


def _listed() -> tuple[int, list[dict[str, Any]]]:
    status, out = _notice("list", "--json")
    return status, json.loads(out)


def test_list_tells_each_language_as_json(published: None) -> None:
    status, [sv, da, en] = _listed()
    found = notices.current_notice("sv")
    assert (status, sv["language"], da["number"], en["published_at"]) == (0, "sv", None, None)
    assert sv == {
        "language": "sv",
        "number": 1,
        "published_at": NOW.isoformat(),
        "fingerprint": found.fingerprint,
        "is_out_of_date": False,
        "changes": [],
        "missing": [],
    }


def test_list_answers_no_while_one_is_out_of_date_and_says_why(published: None) -> None:
    purposes.end_purpose(purpose=id_of("entry"), actor=MACHINE, at=NOW)
    assert _listed()[0] == 1
    status, out = _notice("list")
    assert (status, out.splitlines()[0]) == (1, "sv  version 1 of March 2, 2026, out of date")
    assert "”Koder och nycklar”, som inte används längre" in out.splitlines()[1]
    assert out.splitlines()[2:] == ["da  not published", "en  not published"]


def test_list_of_nothing_answers_no_and_says_what_is_missing() -> None:
    status, [sv, *_others] = _listed()
    missing = [{"purpose": "", "field": "contact"}, {"purpose": "", "field": "purposes"}]
    assert (status, sv["missing"]) == (1, missing)


@pytest.mark.parametrize(
    ("form", "begins", "what"),
    [
        ("docx", b"PK", "privacy notice"),
        ("html", b"<!doctype html>", "privacy notice"),
        ("csv", b"\xef\xbb\xbf", "record of processing"),
    ],
)
def test_export_writes_a_whole_file_and_says_which(
    published: None, tmp_path: Path, form: str, begins: bytes, what: str
) -> None:
    file = tmp_path / "out"
    assert _notice("export", "--language", "sv", "--format", form, "--output", str(file)) == (
        0,
        f"The {what} was written to {file}.\n",
    )
    assert file.read_bytes().startswith(begins)


@pytest.mark.skipif(not lib_pdf.can_make_pdf(), reason="Pango is missing")
def test_export_is_a_pdf_unless_told(published: None, tmp_path: Path) -> None:
    file = tmp_path / "out.pdf"
    status, out = _notice("export", "--language", "sv", "--output", str(file), "--json")
    assert (status, json.loads(out)) == (
        0,
        {"file": str(file), "bytes": file.stat().st_size, "kind": "notice"},
    )
    assert file.read_bytes() == pdf.as_pdf(notices.current_notice("sv").paper)


def test_export_of_the_record_is_another_document(published: None, tmp_path: Path) -> None:
    for name, words in {"notice": [], "record": ["--record"]}.items():
        file = str(tmp_path / name)
        _notice("export", "--language", "sv", "--format", "html", "--output", file, *words)
    assert "<h1>Så hanterar vi dina personuppgifter</h1>" in (tmp_path / "notice").read_text()
    assert "<h1>Förteckning över behandlingar av personuppgifter</h1>" in (tmp_path / "record").read_text()


def test_export_writes_over_nothing_and_leaves_nothing(published: None, tmp_path: Path) -> None:
    there = tmp_path / "letter"
    there.write_text("Dear Dan")
    for name, why in (
        (there, "a file of that name already"),
        (tmp_path / "no" / "out", "can't be written there"),
    ):
        with pytest.raises(NotWritten, match=why):
            _notice("export", "--language", "sv", "--format", "html", "--output", str(name))
    assert (there.read_text(), list(tmp_path.iterdir())) == ("Dear Dan", [there])


@pytest.mark.parametrize(
    "words", [["--language", "da", "--format", "docx"], ["--language", "en", "--format", "html"]]
)
def test_notice_that_was_not_published_is_refused(published: None, tmp_path: Path, words: list[str]) -> None:
    with pytest.raises(NotThere):
        _notice("export", *words, "--output", str(tmp_path / "out"))
    assert list(tmp_path.iterdir()) == []


def test_record_that_is_not_whole_is_refused(tmp_path: Path) -> None:
    with pytest.raises(NotThere):
        _notice("export", "--language", "sv", "--format", "csv", "--output", str(tmp_path / "out"))


def test_where_no_pdf_can_be_made_it_is_said(
    published: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tryggve.domains.rights.papers.paper_files.can_make_pdf", lambda: False)
    with pytest.raises(NoPdfHere):
        _notice("export", "--language", "sv", "--output", str(tmp_path / "out"))
