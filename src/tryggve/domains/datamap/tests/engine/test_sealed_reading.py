"""What reads well here may still need a file, a thread or a library that a sealed-off process can't have."""

import bz2
import gzip
import io
import lzma
import tarfile
from email.message import EmailMessage
from typing import Any

import pytest

from tryggve.domains.datamap.tests.engine import (
    pdf_files,
    test_mail,
    test_outlook,
    test_pictures,
    test_seven_zip,
)
from tryggve.domains.datamap.tests.engine.reading_files import packed
from tryggve.domains.datamap.tests.engine.test_sqlite_databases import customers
from tryggve.lib.sandbox import register, run

PARSER = register(
    "tryggve.domains.datamap.tests.engine.sealed_reading:read",
    rehearsal="tryggve.domains.datamap.tests.engine.sealed_reading:rehearse",
)
NUMBER = "19811218-9876"
LINE = f"Åsa Öbergs nummer är {NUMBER}\n"
CARD = f"BEGIN:VCARD\r\nVERSION:2.1\r\nNOTE;CHARSET=ISO-8859-4;QUOTED-PRINTABLE:{NUMBER}\r\nEND:VCARD\r\n"


def in_tar() -> bytes:
    file = io.BytesIO()
    with tarfile.open(fileobj=file, mode="w:xz") as archive:
        entry = tarfile.TarInfo("a.txt")
        entry.size = len(LINE.encode())
        archive.addfile(entry, io.BytesIO(LINE.encode()))
    return file.getvalue()


def large_mail() -> bytes:
    made = EmailMessage()
    made["From"] = "asa@example.se"
    made.set_content(LINE, charset="koi8-r" if LINE.isascii() else "iso-8859-10", cte="base64")
    return made.as_bytes()


FILES = {
    "a.zip": packed({"a.txt": LINE}),
    "a.txz": in_tar(),
    "a.txt.gz": gzip.compress(LINE.encode()),
    "a.txt.bz2": bz2.compress(LINE.encode()),
    "a.txt.xz": lzma.compress(LINE.encode()),
    "a.7z": test_seven_zip.seven_zip({"a.txt": LINE.encode()}),
    "a.pdf": pdf_files.with_text([LINE.strip()]),
    "scan.pdf": pdf_files.scan_of(LINE.strip()),
    "a.eml": large_mail(),
    "inkorg": test_mail.mailbox(large_mail(), large_mail()),
    "a.msg": test_outlook.WHOLE,
    "a.vcf": CARD.encode(),
    "a.db": customers(("Anna", NUMBER, None)),
    "a.png": test_pictures.saved(test_pictures.shown(NUMBER), "PNG"),
    "a.jpg": test_pictures.saved(test_pictures.shown(NUMBER), "JPEG"),
    "a.tiff": test_pictures.saved(test_pictures.shown(NUMBER).convert("1"), "TIFF", compression="group4"),
}


def read(content: bytes, name: str) -> list[dict[str, Any]]:
    with run(PARSER, content, arguments={"name": name}) as values:
        return list(values)


@pytest.fixture(scope="module")
def found() -> list[dict[str, Any]]:
    """All that one process finds in all of them: it takes a while to load what reads pictures."""
    return read(packed(FILES), "all.zip")


@pytest.mark.parametrize("name", FILES)
def test_a_sealed_off_process_reads(name: str, found: list[dict[str, Any]]) -> None:
    of_this = [one for one in found if one["inside"][0] == name]
    assert [one["reason"] for one in of_this if "reason" in one] == []
    assert any(NUMBER in one["content"] for one in of_this)


def test_a_sealed_off_process_tells_what_it_cannot_read() -> None:
    """A bomb, and a photograph that would be decoded by a thread of its own."""
    content = packed({"a.gz": gzip.compress(bytes(64 << 20), 1), "a.heic": test_pictures.HEIC.read_bytes()})
    assert read(content, "a.zip") == [
        {"inside": ["a.gz"], "reason": "too-large"},
        {"inside": ["a.heic"], "reason": "no-reader"},
    ]
