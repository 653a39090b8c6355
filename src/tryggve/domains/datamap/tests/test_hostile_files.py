"""Files that were made to harm who reads them, or broke, through the scanner as it runs: sealed off, file by file.

What a reader alone makes of each is tested beside it (engine/test_archives, test_pdf, …).
"""

import gzip
import io
import os
import shutil
import tarfile
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import py7zr
import pytest

from bench.mess.formats import unreadable
from bench.mess.values import Dice
from tryggve.domains.datamap import scanning, walking
from tryggve.domains.datamap.engine.findings import Finding, NotScanned
from tryggve.domains.datamap.engine.reading.parts import Reason
from tryggve.domains.datamap.scanning import Scanner
from tryggve.domains.datamap.tests.engine import msg_files, ole_files, pdf_files, test_seven_zip
from tryggve.domains.datamap.tests.engine.reading_files import packed
from tryggve.domains.datamap.tests.hanging_pdf import hanging_pdf
from tryggve.domains.datamap.words import reasons
from tryggve.lib.sandbox import Limits

MAIL = b"skriv till bo@example.se\n"
FOUND = ["bo@example.se"]
MB = 1 << 20


@pytest.fixture(scope="module")
def scanner() -> Iterator[Scanner]:
    with scanning.scanner() as loaded:
        yield loaded


Scanned = Callable[[str, bytes], tuple[list[str], list[tuple[str, str]]]]


@pytest.fixture
def scanned(scanner: Scanner, tmp_path: Path) -> Scanned:
    """Values found in a file of that name, and what of it was not scanned: where, and why."""

    def scan(name: str, content: bytes) -> tuple[list[str], list[tuple[str, str]]]:
        path = tmp_path / name
        path.write_bytes(content)
        return _of(scanner, path)

    return scan


def _of(scanner: Scanner, path: Path) -> tuple[list[str], list[tuple[str, str]]]:
    [file] = walking.files_below(str(path))
    found = list(scanner.scan(file, walking.opened(file)))
    values = [one.value for one in found if isinstance(one, Finding)]
    return values, [("/".join(one.inside), one.reason) for one in found if isinstance(one, NotScanned)]


def test_zip_bomb_is_told_and_what_lies_beside_it_is_read(scanned: Scanned) -> None:
    bomb = packed({"noll.txt": bytes(64 * MB), "brev.txt": MAIL})
    assert scanned("a.zip", bomb) == (FOUND, [("noll.txt", "too-large")])


def test_bomb_in_a_bomb_is_told(scanned: Scanned) -> None:
    inner = gzip.compress(gzip.compress(bytes(256 * MB), 9), 9)
    _found, told = scanned("a.gz", inner)
    assert [reason for _inside, reason in told] == ["too-large"]


def test_archives_that_hold_themselves_end(scanned: Scanned) -> None:
    inner = packed({"r.txt": MAIL})
    for _level in range(200):
        inner = packed({"r.zip": inner, "brev.txt": MAIL})
    found, told = scanned("r.zip", inner)
    assert found == FOUND * 3
    assert told == [("r.zip/r.zip/r.zip/r.zip", "too-deep"), ("r.zip/r.zip/r.zip/brev.txt", "too-deep")]


def _billion_laughs(outside: str = "") -> str:
    lines = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12))
    declared = f'<!DOCTYPE x [<!ENTITY a0 "bo@example.se">{outside}{lines}]>'
    return f'<?xml version="1.0"?>{declared}<x>&a11;&outside;</x>'


OUTSIDE = '<!ENTITY outside SYSTEM "file:///etc/passwd">'
LETTER_FROM_OUTSIDE = {
    "[Content_Types].xml": "<Types/>",
    "word/document.xml": f"<!DOCTYPE x [{OUTSIDE}]><x>&outside;</x>",
}
DOCX = {"[Content_Types].xml": "<Types/>", "word/document.xml": _billion_laughs(OUTSIDE)}
XLSX = {"[Content_Types].xml": "<Types/>", "xl/workbook.xml": _billion_laughs(OUTSIDE)}
ODT = {"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": _billion_laughs(OUTSIDE)}


def test_entities_of_xml_are_neither_expanded_nor_fetched(scanned: Scanned) -> None:
    assert scanned("a.xml", _billion_laughs(OUTSIDE).encode()) == (FOUND, [])


@pytest.mark.parametrize(
    ("name", "parts"), [("a.docx", DOCX), ("a.docx", LETTER_FROM_OUTSIDE), ("a.xlsx", XLSX), ("a.odt", ODT)]
)
def test_office_files_with_entities_are_told(scanned: Scanned, name: str, parts: dict[str, str]) -> None:
    found, told = scanned(name, packed(parts))
    assert (found, {reason for _inside, reason in told}) == ([], {"damaged"})


def _tar() -> bytes:
    file = io.BytesIO()
    with tarfile.open(fileobj=file, mode="w") as archive:
        for name in ("../../climbs.txt", "/root/rooted.txt"):
            entry = tarfile.TarInfo(name)
            entry.size = len(MAIL)
            archive.addfile(entry, io.BytesIO(MAIL))
        for kind, name in ((tarfile.SYMTYPE, "soft"), (tarfile.LNKTYPE, "hard")):
            entry = tarfile.TarInfo(name)
            entry.type, entry.linkname = kind, "/etc/passwd"
            archive.addfile(entry)
    return file.getvalue()


def _zip() -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("../../climbs.txt", MAIL)
        archive.writestr("/root/rooted.txt", MAIL)
        link = zipfile.ZipInfo("soft")
        link.external_attr = 0o120777 << 16
        archive.writestr(link, "/etc/passwd")
    return file.getvalue()


def _seven_zip(folder: Path) -> bytes:
    """Names that climb are written over those that a writer allows; both are UTF-16."""
    file, made = io.BytesIO(), folder / "made"
    made.mkdir()
    (made / "a").write_bytes(MAIL)
    (made / "soft").symlink_to("/etc/passwd")
    with py7zr.SevenZipFile(file, "w", header_encryption=False) as archive:
        archive.set_encoded_header_mode(False)
        for name in ("aa/aa/climbs.txt", "_root/rooted.txt"):
            archive.write(made / "a", name)
        archive.write(made / "soft", "soft")
    shutil.rmtree(made)
    return _with_other_names(file.getvalue(), {"aa/aa/climbs.txt": "../../climbs.txt", "_root/": "/root/"})


def _with_other_names(content: bytes, names: dict[str, str]) -> bytes:
    packed, header = test_seven_zip.header_of(content)
    for name, other in names.items():
        assert name.encode("utf-16-le") in header
        header = header.replace(name.encode("utf-16-le"), other.encode("utf-16-le"))
    return test_seven_zip.with_header(header, packed)


@pytest.mark.parametrize(
    ("name", "links"), [("a.tar", ["soft", "hard"]), ("a.zip", ["soft"]), ("a.7z", ["soft"])]
)
def test_archives_write_nothing_and_their_links_lead_nowhere(
    scanned: Scanned, tmp_path: Path, name: str, links: list[str]
) -> None:
    made: dict[str, Callable[[], bytes]] = {
        "a.tar": _tar,
        "a.zip": _zip,
        "a.7z": lambda: _seven_zip(tmp_path),
    }
    found, told = scanned(name, made[name]())
    assert (found, told) == (FOUND * 2, [(link, "not-a-file") for link in links])
    assert [one.name for one in tmp_path.iterdir()] == [name]


@pytest.mark.parametrize("name", ["löner.zip", "avtal.docx", "kunder.xlsx", "journal.pdf", "arkiv.7z"])
def test_what_is_locked_is_told_and_never_taken_for_clean(scanned: Scanned, name: str) -> None:
    found, told = scanned(name, unreadable.encrypted(Dice(1))[name])
    assert (found, {reason for _inside, reason in told}) == ([], {"encrypted"})


def test_locked_workbook_of_old_excel_is_told(scanned: Scanned) -> None:
    assert scanned("a.xls", ole_files.xls_file([["Bo", 1.0]], is_encrypted=True)) == ([], [("", "encrypted")])


WHOLE = {
    "a.zip": lambda: packed({"a.txt": MAIL * 50}),
    "a.pdf": lambda: pdf_files.with_text(["hej"]),
    "a.docx": lambda: packed({"[Content_Types].xml": "", "word/document.xml": "<d/>"}),
    "a.xlsx": lambda: packed({"[Content_Types].xml": "", "xl/workbook.xml": "<w/>"}),
    "a.msg": lambda: msg_files.ole({"__properties_version1.0": bytes(40)}),
    "a.xls": lambda: ole_files.xls_file([["Bo", 1.0]]),
    "a.gz": lambda: gzip.compress(os.urandom(5000)),
}


@pytest.mark.parametrize("name", WHOLE)
def test_what_broke_off_is_told(scanned: Scanned, name: str) -> None:
    content = WHOLE[name]()
    found, told = scanned(name, content[: len(content) // 3])
    assert found == []
    assert told


@pytest.mark.parametrize("name", ["a.txt", "a.pdf", "a.zip", "a.xlsx", "a.jpg", "a.sqlite", "a"])
def test_empty_file_holds_nothing(scanned: Scanned, name: str) -> None:
    assert scanned(name, b"") == ([], [])


def test_what_nobody_knows_is_told(scanned: Scanned) -> None:
    assert scanned("a.bin", bytes(range(256)) * 40) == ([], [("", "unknown-format")])


class TestTime:
    def test_pdf_that_hangs_its_parser_is_told_and_the_scan_goes_on(
        self, scanned: Scanned, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(scanning, "_LIMITS", Limits(cpu_seconds=1))
        assert scanned("a.pdf", hanging_pdf()) == ([], [("", "took-too-long")])
        assert scanned("b.txt", MAIL) == (FOUND, [])

    def test_hanging_pdf_in_a_mail_leaves_what_stood_before_it(
        self, scanned: Scanned, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(scanning, "_LIMITS", Limits(cpu_seconds=1))
        found, told = scanned("a.zip", packed({"a.txt": MAIL, "b.pdf": hanging_pdf()}))
        assert (found, told) == (FOUND, [("", "took-too-long")])


class TestWhileItIsRead:
    LARGE = b"bo@example.se, ada@example.se, eva@example.se\n" * 100_000

    def _changed(self, scanner: Scanner, path: Path, change: Callable[[Path], object]) -> list[str]:
        """The reader is ahead of us by what a pipe holds, so the most of it lies before it."""
        path.write_bytes(self.LARGE)
        [file] = walking.files_below(str(path))
        scanning_it = scanner.scan(file, walking.opened(file))
        assert isinstance(next(scanning_it), Finding)
        change(path)
        return [one.reason for one in scanning_it if isinstance(one, NotScanned)]

    def test_cut_short(self, scanner: Scanner, tmp_path: Path) -> None:
        told = self._changed(scanner, tmp_path / "a.txt", lambda path: os.truncate(path, 100))
        assert set(told) == {"changed"}

    def test_written_over(self, scanner: Scanner, tmp_path: Path) -> None:
        told = self._changed(
            scanner, tmp_path / "a.txt", lambda path: path.write_bytes(bytes(len(self.LARGE)))
        )
        assert set(told) == {"changed"}

    def test_deleted_file_is_read_to_its_end(self, scanner: Scanner, tmp_path: Path) -> None:
        assert self._changed(scanner, tmp_path / "a.txt", Path.unlink) == []


def test_every_reason_that_is_given_has_words_of_its_own() -> None:
    unknown = reasons.told("nobody gives this")
    of_walking = ["changed", "link", "no-file", "no-permission", "unreadable", "vanished", "took-too-long"]
    given = [*scanning._REASONS.values(), *of_walking, *Reason]
    assert [reason for reason in given if reasons.told(reason) == unknown] == []
