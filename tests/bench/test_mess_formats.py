"""What is written can be read by programs of others, and holds what the truth says."""

import gzip
import html
import io
import lzma
import mailbox
import quopri
import re
import sqlite3
import struct
import tarfile
import zipfile
import zlib
from collections.abc import Callable
from email.message import EmailMessage, Message
from email.parser import BytesParser
from email.policy import default
from pathlib import Path

import docx
import pypdfium2
import pytest
from PIL import Image
from python_calamine import CalamineError, CalamineWorkbook

from bench.mess import folder
from bench.mess.formats import packed
from bench.mess.truth import File


@pytest.fixture(scope="module")
def files() -> dict[str, File]:
    return {file.path: file for file in folder.files(seed=3)}


def _sheets(content: bytes) -> str:
    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    rows = [row for name in book.sheet_names for row in book.get_sheet_by_name(name).to_python()]
    return "\n".join(_shown(cell) for row in rows for cell in row)


def _shown(cell: object) -> str:
    return str(int(cell)) if isinstance(cell, float) else str(cell)


def _word(content: bytes) -> str:
    """Headers and footnotes among it, of which the library gives only the first."""
    assert docx.Document(io.BytesIO(content)).sections[0].header.paragraphs[0].text
    archive = zipfile.ZipFile(io.BytesIO(content))
    return "".join(_unmarked(archive.read(name)) for name in archive.namelist() if name.startswith("word/"))


def _unmarked(content: bytes) -> str:
    return html.unescape(re.sub(r"<[^>]+>", "", content.decode()))


def _archive_of_xml(content: bytes) -> str:
    archive = zipfile.ZipFile(io.BytesIO(content))
    assert archive.testzip() is None
    return "".join(_unmarked(archive.read(name)) for name in archive.namelist() if name.endswith(".xml"))


def _pdf(content: bytes) -> str:
    return "\n".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(content))


def _rtf(content: bytes) -> str:
    text = content.decode("ascii").replace(r"\_", "-").replace(r"\~", " ")
    text = re.sub(r"\\u(\d+)\?", lambda found: chr(int(found[1])), text)
    text = re.sub(r"\\'([0-9a-f]{2})", lambda found: bytes.fromhex(found[1]).decode("cp1252"), text)
    return re.sub(r"\\([\\{}])", r"\1", text)


def _mail(message: Message) -> str:
    assert isinstance(message, EmailMessage)
    told = " ".join(str(message[name]) for name in ("From", "To"))
    parts = [part for part in message.walk() if not part.is_multipart() and not part.get_filename()]
    return told + "\n".join(str(part.get_content()) for part in parts)


def _eml(content: bytes) -> str:
    return _mail(BytesParser(policy=default).parsebytes(content))


def _mbox(content: bytes, place: Path) -> str:
    place.write_bytes(content)
    box = mailbox.mbox(place)
    try:
        return "\n".join(_eml(message.as_bytes()) for message in box)
    finally:
        box.close()


def _database(content: bytes) -> str:
    with sqlite3.connect(":memory:") as connection:
        connection.deserialize(content)
        rows = [*connection.execute("SELECT * FROM kunder1"), *connection.execute("SELECT * FROM kunder2")]
    connection.close()
    return "\n".join(str(cell) for row in rows for cell in row)


def _unfolded(content: bytes) -> str:
    return content.decode().replace("\r\n ", "").replace("\\", "")


_READERS: dict[str, Callable[[bytes], str]] = {
    "mässor/lista 1.xlsx": _sheets,
    "mässor/lista 1.xls": _sheets,
    "mässor/lista 1.ods": _sheets,
    "brev/svar 1.docx": _word,
    "brev/svar 1.odt": _archive_of_xml,
    "mässor/visning 1.pptx": _archive_of_xml,
    "mässor/visning 1.odp": _archive_of_xml,
    "brev/svar 1.rtf": _rtf,
    "arkiv/webbordrar 1.csv.gz": lambda content: gzip.decompress(content).decode(),
    "brev/avtal 1.pdf": _pdf,
    "mejl/brev 1.eml": _eml,
    "webbshop/shop 1.sqlite": _database,
    "kontakter/telefon 1.vcf": _unfolded,
    "kontakter/kalender 1.ics": _unfolded,
    "kontakter/gammal telefon 1.vcf": lambda content: quopri.decodestring(content).decode(),
}


@pytest.mark.parametrize("path", _READERS)
def test_others_read_all_that_is_planted(files: dict[str, File], path: str) -> None:
    _require_all(files[path], _READERS[path](files[path].content))


def test_others_read_a_mailbox(tmp_path: Path, files: dict[str, File]) -> None:
    file = files["mejl/inkorg 1.mbox"]

    _require_all(file, _mbox(file.content, tmp_path / "inbox"))


def _require_all(file: File, text: str) -> None:
    """As it is written, or as it is meant where a sheet shows a date its own way."""
    read, values = _letters(text), [one.value for one in file.planted]
    lost = [
        value
        for value in values
        if not any(_letters(told) in read for told in (value.text, value.value or value.text))
    ]
    assert values
    assert lost == []


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, text.casefold()))


def test_nested_archives_hold_what_they_say(files: dict[str, File]) -> None:
    outer = zipfile.ZipFile(io.BytesIO(files["arkiv/backup 1.zip"].content))
    with tarfile.open(fileobj=io.BytesIO(outer.read("backup.tar"))) as middle:
        packed_again = middle.extractfile("2019/gammalt.zip")
        assert packed_again
        inner = zipfile.ZipFile(io.BytesIO(packed_again.read()))

    parts = {str(one.where["part"]) for one in files["arkiv/backup 1.zip"].planted}

    start = "backup.tar/2019"
    assert parts == {
        f"{start}/lista.txt",
        f"{start}/gammalt.zip/mässa.xlsx",
        f"{start}/gammalt.zip/brev.docx",
    }
    assert inner.namelist() == ["mässa.xlsx", "brev.docx"]


def test_offsets_in_archives_are_those_of_the_part(files: dict[str, File]) -> None:
    file = files["arkiv/kunder 1.zip"]
    content = zipfile.ZipFile(io.BytesIO(file.content)).read("kunder.csv")
    listed = [one for one in file.planted if one.where["part"] == "kunder.csv"]

    assert listed
    for one in listed:
        at = int(str(one.where["offset"]))
        assert content[at:].startswith(one.value.text.encode())


def test_seven_zip_has_right_sums_and_unpacks() -> None:
    files = {"ett.txt": b"one" * 500, "två.txt": b"two"}
    made = packed.seven_zipped(files)
    packed_size, header_size, header_sum = struct.unpack("<QQI", made[12:32])
    block, header = made[32 : 32 + packed_size], made[32 + packed_size :]

    assert made[:6] == b"7z\xbc\xaf\x27\x1c"
    assert zlib.crc32(made[12:32]) == struct.unpack("<I", made[8:12])[0]
    assert (len(header), zlib.crc32(header)) == (header_size, header_sum)
    filters = [{"id": lzma.FILTER_LZMA2, "dict_size": 1 << 20}]
    assert lzma.decompress(block, lzma.FORMAT_RAW, filters=filters) == b"".join(files.values())


@pytest.mark.parametrize(
    "path", ["inskannat/kvitto 1.png", "inskannat/visitkort 1.jpg", "inskannat/fax 1.tiff"]
)
def test_pictures_show_something(files: dict[str, File], path: str) -> None:
    image = Image.open(io.BytesIO(files[path].content))

    assert len(image.getcolors(maxcolors=1 << 20) or []) > 1
    assert getattr(image, "n_frames", 1) == (2 if path.endswith("tiff") else 1)


def test_scanned_pages_have_no_text(files: dict[str, File]) -> None:
    assert _pdf(files["inskannat/avtal 1.pdf"].content).strip() == ""


@pytest.mark.parametrize(
    ("path", "refusal"),
    [
        ("låst/journal.pdf", pypdfium2.PdfiumError),
        ("låst/kunder.xlsx", CalamineError),
        ("trasigt/brev avtal 1.pdf", pypdfium2.PdfiumError),
        ("trasigt/mässor lista 1.xls", CalamineError),
        ("trasigt/mässor lista 1.xlsx", CalamineError),
    ],
)
def test_others_cannot_read_what_is_encrypted_or_damaged(
    files: dict[str, File], path: str, refusal: type[Exception]
) -> None:
    read = pypdfium2.PdfDocument if path.endswith(".pdf") else _sheets

    with pytest.raises(refusal):
        read(files[path].content)


def test_the_encrypted_archive_asks_for_a_password(files: dict[str, File]) -> None:
    archive = zipfile.ZipFile(io.BytesIO(files["låst/löner.zip"].content))

    with pytest.raises(RuntimeError, match="password"):
        archive.read("löner.csv")
