import struct
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tryggve.domains.datamap.engine import reading
from tryggve.domains.datamap.engine.findings import NotScanned
from tryggve.domains.datamap.engine.reading import READERS
from tryggve.domains.datamap.engine.reading.formats import Format, format_of
from tryggve.domains.datamap.engine.reading.parts import HeldBytes, Limits, NotRead, OpenFile, Part
from tryggve.domains.datamap.tests.engine.ole_files import ole_file, xls_file
from tryggve.domains.datamap.tests.engine.reading_files import (
    everything,
    packed,
    parts,
    read_and_not,
    reasons,
)

MAIL = b"From: Anna <anna@exempel.se>\nTo: bo@exempel.se\nSubject: Hej\n\nHej Bo!\n"
TYPES = "[Content_Types].xml"


@pytest.mark.parametrize(
    ("content", "name", "format_"),
    [
        (b"Hej", "a.txt", Format.TEXT),
        (b"Hej", "a.xlsx", Format.TEXT),
        (b"Hej", "utan-namn", Format.TEXT),
        (b"From: Anna\nhej\n", "a.txt", Format.TEXT),
        (b"Obs: viktigt\nFrom: Anna\n\nhej", "a.txt", Format.TEXT),
        (b'{"a": 1}', "a", Format.JSON),
        (b'[{"a": 1}]', "a.txt", Format.JSON),
        (b"[1, 2]", "a.json", Format.JSON),
        (b"<?xml version='1.0'?><a/>", "a.txt", Format.XML),
        (b"<a/>", "a.xml", Format.XML),
        (b"<!DOCTYPE html><p>", "a.txt", Format.HTML),
        (b"<?xml version='1.0'?>\n<html xmlns='x'>", "a.xml", Format.HTML),
        ("<html>å".encode("utf-16"), "a.txt", Format.HTML),
        (b"<p>", "a.htm", Format.HTML),
        (b"{\\rtf1 x}", "a.doc", Format.RTF),
        (xls_file([["a"]]), "a.bin", Format.WORKBOOK),
        (packed({TYPES: "", "xl/workbook.xml": ""}), "a.zip", Format.WORKBOOK),
        (packed({TYPES: "", "word/document.xml": ""}), "a", Format.OOXML),
        (packed({TYPES: "", "ppt/presentation.xml": ""}), "a", Format.OOXML),
        (packed({"mimetype": "application/vnd.oasis.opendocument.text"}), "a", Format.ODF),
        (
            packed({"mimetype": "application/vnd.oasis.opendocument.spreadsheet-template"}),
            "a",
            Format.WORKBOOK,
        ),
        (packed({"a.txt": ""}), "a.docx", Format.ZIP),
        (packed({}), "a.zip", Format.ZIP),
        (b"PK\x03\x04 and no more", "a.zip", Format.ZIP),
        (ole_file({"WordDocument": b"x"}), "a.xls", Format.OLE),
        (ole_file({"__properties_version1.0": b"x"}), "a", Format.MSG),
        (b"%PDF-1.7", "a.txt", Format.PDF),
        (b"\n\n junk %PDF-1.7", "a.pdf", Format.PDF),
        (MAIL, "a", Format.MAIL),
        (MAIL.replace(b"\n", b"\r\n"), "a.txt", Format.MAIL),
        (b"From anna@exempel.se Mon Jan  1 00:00:00 2026\n" + MAIL, "inkorg", Format.MBOX),
        (b"BEGIN:VCARD\r\nVERSION:3.0\r\n", "a.txt", Format.CONTACTS_OR_CALENDAR),
        ("BEGIN:VCARD\r\nFN:Åsa\r\n".encode("utf-16"), "a.vcf", Format.CONTACTS_OR_CALENDAR),
        (b"BEGIN:VCALENDAR\nVERSION:2.0\n", "a", Format.CONTACTS_OR_CALENDAR),
        (b"\x1f\x8b\x08x", "a", Format.GZIP),
        (b"7z\xbc\xaf\x27\x1cx", "a", Format.SEVEN_ZIP),
        (b"\0" * 257 + b"ustar\0", "a", Format.TAR),
        (b"\x89PNG\r\n\x1a\n", "a", Format.PICTURE),
        (b"\xff\xd8\xff\xe0", "a.txt", Format.PICTURE),
        (b"\0\0\0\x18ftypheic", "a", Format.PICTURE),
        (b"II*\x00", "a", Format.PICTURE),
        (b"SQLite format 3\x00", "a", Format.SQLITE),
    ],
)
def test_what_a_file_holds_decides_its_format(content: bytes, name: str, format_: Format) -> None:
    assert format_of(HeldBytes(content), name) == format_


def test_each_format_has_a_reader() -> None:
    assert set(READERS) == set(Format)


@pytest.mark.parametrize(
    "content",
    [
        bytes(range(256)) * 8,
        b"\x7fELF\x02\x01\x01" + b"\0" * 500,
        b"\0" * 4000,
        struct.pack("<100d", *range(100, 200)),
    ],
)
def test_what_nobody_knows_is_said_never_left_out(content: bytes) -> None:
    assert everything(content, "a.bin") == [NotScanned((), "unknown-format")]


def test_text_with_a_few_odd_bytes_is_text() -> None:
    [part] = parts(b"\x1b[31mRing 070-1234567\x1b[0m\x01\n", "a.log")
    assert b"070-1234567" in part.content


def nested(levels: int, content: str | bytes) -> bytes:
    for level in range(levels):
        content = packed(
            {"[Content_Types].xml": "", "word/document.xml": "<d/>", f"word/embeddings/{level}.docx": content}
        )
    return content if isinstance(content, bytes) else content.encode()


def test_files_in_files_are_read_and_named_from_the_outside() -> None:
    [part] = parts(nested(2, "Anna"), "a.docx")
    assert part.inside == ("word/embeddings/1.docx", "word/embeddings/0.docx")
    assert part.content == b"Anna"


def test_files_too_deep_in_files_are_said() -> None:
    assert reasons(nested(4, "Anna"), "a.docx") == ["too-deep"]


def test_more_parts_than_allowed_end_the_reading() -> None:
    content = packed(
        {
            TYPES: "",
            "word/document.xml": "<d/>",
            **{f"word/embeddings/{number}.txt": "Anna" for number in range(20)},
        }
    )
    found, not_read = read_and_not(content, "a.docx", Limits(parts=30))
    assert not_read == [NotScanned((), "too-large")]
    assert 10 < len(found) < 20


def test_more_text_than_allowed_ends_the_reading() -> None:
    files = {f"word/embeddings/{number}.txt": "Anna " * 10_000 for number in range(9)}
    content = packed({TYPES: "", "word/document.xml": "<d/>", **files})
    found, not_read = read_and_not(content, "a.docx", Limits(bytes_out=300_000))
    assert not_read == [NotScanned((), "too-large")]
    assert 1 < len(found) < 8


class Failing(HeldBytes):
    def __getitem__(self, where: slice) -> bytes:
        raise OSError(5, "Input/output error")


def test_a_disk_that_fails_leaves_a_record() -> None:
    assert list(reading.read(Failing(b"Anna"), "a.txt", Limits())) == [NotScanned((), "damaged")]


def test_a_damaged_file_in_another_leaves_a_record_and_the_rest_is_read() -> None:
    files: dict[str, bytes | str] = {
        "word/embeddings/a.xls": xls_file([["Anna"]])[:2000],
        "word/embeddings/b.txt": "Anna",
    }
    content = packed({TYPES: "", "word/document.xml": "<d/>", **files})
    [part], not_read = read_and_not(content, "a.docx")
    assert not_read == [NotScanned(("word/embeddings/a.xls",), "damaged")]
    assert part.content == b"Anna"


def test_a_file_is_read_from_the_disk(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes("Åsa".encode())
    with path.open("rb", buffering=0) as file:
        source = OpenFile(file)
        [part] = reading.read(source, "a.txt", Limits())
        assert isinstance(part, Part)
        assert part.content == "Åsa".encode()
        with source.opened() as opened:
            assert (opened.read(2), opened.seek(-1, 2), opened.read()) == ("Å".encode(), 3, b"a")


@settings(max_examples=300)
@given(st.data())
def test_any_damage_is_read_or_said(data: st.DataObject) -> None:
    whole = data.draw(
        st.sampled_from(
            [
                xls_file([["Anna", 5.0]]),
                ole_file({"WordDocument": b"Anna" * 2000}),
                packed({TYPES: "", "word/document.xml": "<w:p><w:t>Anna</w:t></w:p>"}),
                packed({"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "content.xml": "<a/>"}),
                b"{\\rtf1\\ansi Anna \\'e5 \\u229?}",
            ]
        )
    )
    content = bytearray(whole)
    for _change in range(data.draw(st.integers(1, 8))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    for found in everything(bytes(content), "a"):
        assert isinstance(found, Part | NotScanned)


@given(st.binary(max_size=400), st.sampled_from(["a.txt", "a.json", "a.html", "a.xml", "a.csv"]))
def test_any_bytes_are_read_or_said(content: bytes, name: str) -> None:
    try:
        format_of(HeldBytes(content), name)
    except NotRead:
        assert everything(content, name)
    else:
        for found in everything(content, name):
            if isinstance(found, Part):
                found.content.decode()
