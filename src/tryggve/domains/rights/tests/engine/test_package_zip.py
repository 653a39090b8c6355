import hashlib
import io
import json
import zipfile
from datetime import datetime
from pathlib import PurePosixPath, PureWindowsPath

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tryggve.domains.rights.engine import package_zip
from tryggve.domains.rights.engine.package_zip import Entry, document_name

NOON = datetime(2026, 3, 2, 12, 0)  # noqa: DTZ001 - what a ZIP file keeps has no zone


def _made(*entries: Entry) -> bytes:
    return b"".join(package_zip.pieces(entries, facts={"right": "access"}, made_at=NOON))


def _opened(content: bytes) -> zipfile.ZipFile:
    return zipfile.ZipFile(io.BytesIO(content))


def test_manifest_tells_the_size_and_sum_of_each_file() -> None:
    package = _opened(_made(package_zip.of_bytes("a.txt", b"one"), Entry("b.txt", lambda: [b"t", b"wo"])))
    assert package.namelist() == ["a.txt", "b.txt", "manifest.json"]
    assert json.loads(package.read("manifest.json")) == {
        "right": "access",
        "files": [
            {"name": "a.txt", "size_bytes": 3, "sha256": hashlib.sha256(b"one").hexdigest()},
            {"name": "b.txt", "size_bytes": 3, "sha256": hashlib.sha256(b"two").hexdigest()},
        ],
    }


def test_same_files_make_the_same_package() -> None:
    entry = package_zip.of_bytes("a.txt", b"one")
    assert _made(entry) == _made(entry)


def test_package_is_written_in_pieces_and_read_as_a_file() -> None:
    large = b"".join(hashlib.sha256(bytes([n % 256, n // 256])).digest() for n in range(60_000))
    entries = [Entry("large", lambda: (large[at : at + 65_536] for at in range(0, len(large), 65_536)))]
    pieces = list(package_zip.pieces(entries, facts={}, made_at=NOON))
    assert len(pieces) > 3
    with package_zip.as_file(iter(pieces)) as file:
        assert _opened(file.read()).read("large") == large


def test_each_file_that_is_in_it_is_told() -> None:
    told: list[int] = []
    entries = [package_zip.of_bytes(name, b"") for name in ("a", "b")]
    list(package_zip.pieces(entries, facts={}, made_at=NOON, on_written=told.append))
    assert told == [1, 2]


@pytest.mark.parametrize(
    ("name", "place"),
    [
        ("Köket.png", "documents/001-Köket.png"),
        ("../../etc/passwd", "documents/001-_.._etc_passwd"),
        ("..\\..\\autoexec.bat", "documents/001-_.._autoexec.bat"),
        ("C:\\evil.exe", "documents/001-C__evil.exe"),
        ("", "documents/001-file"),
        ("...", "documents/001-file"),
        ("a\u202egnp.exe", "documents/001-a_gnp.exe"),
    ],
)
def test_document_stays_in_its_folder_whatever_it_is_called(name: str, place: str) -> None:
    assert document_name(1, name) == place


@given(st.integers(1, 999), st.text())
def test_no_name_leads_out_of_the_package(number: int, name: str) -> None:
    place = document_name(number, name)
    for path in (PurePosixPath(place), PureWindowsPath(place)):
        assert path.parts[0] == "documents"
        assert len(path.parts) == 2
        assert not path.is_absolute()
        assert ".." not in path.parts
    place.encode()


@given(st.text(), st.text())
def test_no_two_documents_have_one_name(first: str, second: str) -> None:
    assert document_name(1, first) != document_name(2, second)


@given(st.text(max_size=400))
@example("😀" * 200 + ".pdf")
@example("ö" * 300)
def test_any_disk_takes_the_names(name: str) -> None:
    _folder, _slash, file = document_name(1, name).partition("/")
    assert len(file.encode()) <= 255
