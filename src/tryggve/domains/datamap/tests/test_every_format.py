"""What the small mess (tests/bench/test_mess_scanned) leaves out, through the scanner as it runs."""

import bz2
import io
import lzma
import tarfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tryggve.domains.datamap import scanning, walking
from tryggve.domains.datamap.engine.findings import Finding, NotScanned
from tryggve.domains.datamap.scanning import Scanner
from tryggve.domains.datamap.tests.engine import pdf_files, test_pictures

ADDRESS = "bo@example.se"
LETTER = f"Skriv till {ADDRESS} om du vill.\n".encode()


@pytest.fixture(scope="module")
def scanner() -> Iterator[Scanner]:
    with scanning.scanner() as loaded:
        yield loaded


def _tar(mode: str) -> bytes:
    file = io.BytesIO()
    with tarfile.open(fileobj=file, mode=mode) as archive:  # type: ignore[call-overload]
        entry = tarfile.TarInfo("brev.txt")
        entry.size = len(LETTER)
        archive.addfile(entry, io.BytesIO(LETTER))
    return file.getvalue()


def _picture(kind: str) -> bytes:
    return test_pictures.saved(test_pictures.shown(f"Skriv till {ADDRESS}"), kind)


@pytest.mark.parametrize(
    ("name", "content", "where"),
    [
        ("a.tar", _tar("w"), {"part": "brev.txt", "offset": 11, "length": 13}),
        ("a.tar.gz", _tar("w:gz"), {"part": "brev.txt", "offset": 11, "length": 13}),
        ("a.tgz", _tar("w:gz"), {"part": "brev.txt", "offset": 11, "length": 13}),
        ("a.tar.xz", _tar("w:xz"), {"part": "brev.txt", "offset": 11, "length": 13}),
        ("a.txt.bz2", bz2.compress(LETTER), {"part": "file.txt", "offset": 11, "length": 13}),
        ("a.txt.xz", lzma.compress(LETTER), {"part": "file.txt", "offset": 11, "length": 13}),
        ("a.png", _picture("PNG"), {"page": 1}),
        ("a.jpg", _picture("JPEG"), {"page": 1}),
        ("a.tiff", _picture("TIFF"), {"page": 1}),
        ("a.pdf", pdf_files.scan_of(f"Skriv till {ADDRESS} om du vill veta mer"), {"page": 1}),
    ],
    ids=lambda told: told if isinstance(told, str) else "",
)
def test_address_is_found_in_its_place(
    scanner: Scanner, tmp_path: Path, name: str, content: bytes, where: dict[str, object]
) -> None:
    assert _scanned(scanner, tmp_path / name, content) == [("EMAIL", ADDRESS, where)]


def _scanned(scanner: Scanner, path: Path, content: bytes) -> list[tuple[str, str, object]]:
    path.write_bytes(content)
    [file] = walking.files_below(str(path))
    return [
        (one.kind, one.value, dict(one.where)) if isinstance(one, Finding) else ("", one.reason, one.inside)
        for one in scanner.scan(file, walking.opened(file))
        if isinstance(one, NotScanned) or one.kind == "EMAIL"
    ]


def test_photograph_of_a_telephone_is_told_and_never_taken_for_clean(
    scanner: Scanner, tmp_path: Path
) -> None:
    """What decodes HEIC starts a thread, which a sealed-off process can't."""
    content = test_pictures.HEIC.read_bytes()
    assert _scanned(scanner, tmp_path / "a.heic", content) == [("", "no-reader", ())]
