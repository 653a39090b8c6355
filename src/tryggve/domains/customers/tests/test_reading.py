"""Every way in reads a list in a sealed-off child, and says so where it can't be sealed off."""

import datetime
import io
import os
import socket
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import get_args
from uuid import UUID

import pytest
from django.test import Client

from tests.cast import NOW
from tryggve.domains.customers import findings
from tryggve.domains.customers.engine.files import ole_parts
from tryggve.domains.customers.engine.files.tables import read_table
from tryggve.domains.customers.engine.files.vcard_values import CHARSETS
from tryggve.domains.customers.engine.table import Table, UnreadableFile
from tryggve.domains.customers.models import Customer, Import
from tryggve.domains.customers.services import import_batch, import_jobs, imports, reading
from tryggve.domains.customers.tests import power
from tryggve.domains.customers.tests.engine.cards import vcf
from tryggve.domains.customers.tests.engine.ods_files import content, ods, packed
from tryggve.domains.customers.tests.engine.workbooks import with_sheet, workbook
from tryggve.domains.customers.tests.engine.xls_files import Error, Formula, XlsSheet, book, record, xls
from tryggve.domains.customers.tests.files.make_files import LISTS, content_of
from tryggve.domains.customers.tests.lists import MACHINE, bring_in, people
from tryggve.domains.customers.words import imports as import_words
from tryggve.lib import findings as registry
from tryggve.lib import folders, sandbox
from tryggve.lib.confinement import landlock, seccomp
from tryggve.lib.sandbox.tests import acts, attempts, parsers, taken_away

pytestmark = pytest.mark.django_db
needs_filters = pytest.mark.skipif(not seccomp.is_there(), reason="this kernel can't filter system calls")
needs_both = pytest.mark.skipif(
    landlock.version() < 6 or not seccomp.is_there(), reason="an old kernel, or another system than Linux"
)

_LITTLE = sandbox.Limits(memory_bytes=256 * 1024**2)
_LONGEST_CELL = 32_000
_OLD_WORKBOOK = xls([["Namn", "Rabatt"], *[[f"Kund {number}", number / 8] for number in range(400)]])
_UNREADABLE = [
    b"", b"%PDF-1.7", b"Namn\nAn\0na\n", b"Namn;Ort\n\"Anna", b"BEGIN:VCARD\nFN:Anna\n", b"PK\x03\x04 no workbook",
    b"\xff\xfeN", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", content_of("spreadsheet.xlsx")[:-1], b"\x01\x02" * 99,
    _OLD_WORKBOOK[:-900], xls([["Namn"]], before=record(0x002F, b"\x01\0")), xls([["Namn"]], before=record(0x42, b"")),
    ods([["Namn"]])[:-9], packed(content(), manifest="<m><encryption-data/></m>"), packed(content()[:-9]),
    packed(content(head="<!DOCTYPE x>")), packed(content(head='<?xml version="1.0" encoding="iso-8859-7"?>')),
]  # fmt: skip
_READABLE = [
    *map(content_of, LISTS), "Namn;Ort\nÅsa;Malmö\n".encode("cp1252") + b"\x81",
    "Имя;Город\nАнна;Киев\n".encode("utf-16"), b"sep=|\nNamn|Ort\nAnna|Lund\n", b"Namn\n" * 2000,
    "Namn;Not\nAnna;\U0001f600 ja\n".encode("utf-16-be"), _OLD_WORKBOOK,
    xls(XlsSheet([["Namn", Error()], [Formula("Anna"), datetime.date(2026, 3, 2)]], merged=[(0, 0, 0, 1)])),
    ods([["Namn", 5], ["Anna", datetime.datetime.fromisoformat("2026-03-02T13:45"), datetime.time(1, 2)]]),
    vcf(["FN:Anna", "BDAY:20260302"], ["KIND:group"]).decode().encode("utf-16"), b"BEGIN:VCARD\nFN:\x81\nEND:VCARD\nx",
    b"".join(
        f"BEGIN:VCARD\nVERSION:2.1\nNOTE;CHARSET={charset};QUOTED-PRINTABLE:=C5=81\nEND:VCARD\n".encode()
        for charset in CHARSETS
    ),
]  # fmt: skip


def _outcome(read: Callable[[], Table]) -> Table | tuple[str, int | None, int | None]:
    try:
        return read()
    except UnreadableFile as refused:
        return refused.code, refused.line, refused.limit


@pytest.mark.parametrize("content", [*_READABLE, *_UNREADABLE])
def test_child_reads_and_refuses_as_this_process_would(content: bytes) -> None:
    here = _outcome(lambda: read_table(io.BytesIO(content)))
    assert _outcome(lambda: reading.table_in(content)) == here
    assert isinstance(here, Table) == (content in _READABLE)


@pytest.mark.parametrize("kind", [xls([["Namn"], ["Anna"]]), ods([["Namn"], ["Anna"]]), vcf(["FN:Anna"])])
def test_every_kind_of_file_is_brought_in_like_any_list(kind: bytes) -> None:
    assert (bring_in(kind).created, Customer.objects.count()) == (1, 1)


def _swelling(rows: int) -> bytes:
    """A small workbook that says one long text in a thousand cells of each row."""
    cells = b'<c t="s"><v>0</v></c>' * 1000
    sheet = b"".join(b'<row r="%d">%s</row>' % (number, cells) for number in range(1, rows + 1))
    book = io.BytesIO(with_sheet(workbook([["x"]]), rb"<row.*</row>", sheet))
    with zipfile.ZipFile(book, "a", zipfile.ZIP_DEFLATED) as parts:
        parts.writestr("xl/sharedStrings.xml", f"<sst><si><t>{'a' * _LONGEST_CELL}</t></si></sst>")
    return book.getvalue()


def _swelling_old(rows: int) -> bytes:
    return ole_parts.ole_file("Workbook", book([["a" * 3_900] * 250] * rows))


@pytest.mark.parametrize(
    ("swelling", "columns", "rows"),
    [(_swelling, 1000, 30), (_swelling_old, 250, 400)],
)
def test_workbook_that_swells_in_memory_is_refused_and_hurts_nobody(
    monkeypatch: pytest.MonkeyPatch, swelling: Callable[[int], bytes], columns: int, rows: int
) -> None:
    monkeypatch.setattr(reading, "_LIMITS", _LITTLE)
    assert len(reading.table_in(swelling(1)).rows[0].cells) == columns
    bomb = swelling(rows)
    assert len(bomb) < 2_000_000
    with pytest.raises(import_batch.FileRefused, match=r"^This file could not be read safely: .* changed\.$"):
        bring_in(bomb)
    assert (Import.objects.count(), Customer.objects.count()) == (0, 0)


def _preview() -> UUID:
    return imports.preview_file(name="list.csv", content=people([1]), source="", actor=MACHINE, at=NOW)


def _trial() -> None:
    imports.trial(content=people([1]), source="", is_register_there=False, at=NOW)


@pytest.mark.parametrize("way", [_preview, _trial, lambda: bring_in(people([1]))])
def test_no_way_in_reads_outside_of_the_child(
    way: Callable[[], object], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where the child gets no memory nothing is read; the file and its key stay."""
    imports.confirm(batch=_preview(), actor=MACHINE, at=NOW)
    before = (power.keys_kept(), list(Import.objects.values_list("pk", "file_sealed")))
    with monkeypatch.context() as patch:
        patch.setattr(reading, "_LIMITS", sandbox.Limits(memory_bytes=1))
        with pytest.raises(import_batch.FileRefused, match="could not be read safely"):
            way()
    assert Customer.objects.count() == 0
    assert (power.keys_kept(), list(Import.objects.values_list("pk", "file_sealed"))) == before
    way()


def test_list_that_waited_is_brought_in_as_it_was_read(monkeypatch: pytest.MonkeyPatch) -> None:
    batch = _preview()
    imports.confirm(batch=batch, actor=MACHINE, at=NOW)
    monkeypatch.setattr(reading, "_LIMITS", sandbox.Limits(memory_bytes=1))
    import_jobs.run_confirmed(batch=batch, at=NOW)
    assert Customer.objects.count() == 1


def test_child_that_says_what_no_parser_says_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "_TABLES", sandbox.register(f"{parsers.__name__}:garbling"))
    with pytest.raises(import_batch.FileRefused, match="did not understand it"):
        bring_in(people([1]))
    monkeypatch.setattr(reading, "_TABLES", sandbox.register(f"{parsers.__name__}:refusing"))
    with pytest.raises(import_batch.FileRefused, match="did not understand it"):
        bring_in(b"of_no_known_code")
    with pytest.raises(import_batch.FileRefused, match="The file is empty"):
        bring_in(b"empty")


def test_every_reason_of_a_failed_reading_has_words() -> None:
    assert set(get_args(sandbox.Reason)) == set(import_words.NOT_READ)
    for reason in get_args(sandbox.Reason):
        told = import_words.why_not_read(reason)
        assert told.startswith("This file could not be read safely: ")
        assert told.endswith(" Nothing was changed.")


def test_no_room_for_a_child_is_told_in_words() -> None:
    def read() -> None:
        with pytest.raises(sandbox.Failed, match="crash"):
            reading.table_in(b"Namn\nAnna\n")

    taken_away.without("processes", ask=read)


def _attempt(act: str, target: object) -> int:
    with sandbox.run(attempts.ATTEMPT, b"", arguments={"act": act, "target": target}) as values:
        [error] = values
    return int(error)


@pytest.fixture
def secret_descriptor(tmp_path: Path) -> Iterator[int]:
    (tmp_path / "secret").write_text("secret")
    descriptor = os.open(tmp_path / "secret", os.O_RDONLY)
    os.set_inheritable(descriptor, True)
    yield descriptor
    os.close(descriptor)


def test_parser_opens_neither_key_nor_socket_nor_foreign_descriptor(secret_descriptor: int) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        targets = {
            "read_file": str(folders.current().key_file),
            "connect_to_loopback": server.getsockname()[1],
            "read_descriptor": secret_descriptor,
        }
        for act, target in targets.items():
            acts.ACTS[act](target)  # this process, which isn't sealed off, may
            assert _attempt(act, target) != 0, act


@pytest.fixture
def nothing_seals() -> Iterator[None]:
    """What is known of the means in this process comes from a child that had none."""
    sandbox.means.cache_clear()
    taken_away.without(*taken_away.EVERYTHING, ask=sandbox.means)
    yield
    sandbox.means.cache_clear()


def _upload_page(browser: Client) -> str:
    return browser.get("/customers/import/").content.decode()


@needs_filters
def test_sealed_off_reading_is_good_news_for_doctor_and_none_for_the_page(as_anna: Client) -> None:
    found = findings.foreign_files(folders.current())
    assert (found.verdict, found.text) == (
        "good",
        "Lists from elsewhere are read by a program that is sealed off from files, network and other programs.",
    )
    assert findings.foreign_files in registry.questions()
    assert "seal off" not in _upload_page(as_anna)


@needs_both
def test_doctor_and_page_say_that_nothing_seals(nothing_seals: None, as_anna: Client) -> None:
    found = findings.foreign_files(folders.current())
    assert (found.verdict, found.text) == ("warning", str(import_words.UNSEALED))
    page = _upload_page(as_anna)
    assert "can&#x27;t seal off the program that reads lists from elsewhere" in page


def test_child_that_does_not_start_is_bad_news(as_anna: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    sandbox.means.cache_clear()
    monkeypatch.setattr("sys.executable", "/nowhere/python")
    assert findings.foreign_files(folders.current()).verdict == "bad"
    assert "can&#x27;t seal off" in _upload_page(as_anna)
