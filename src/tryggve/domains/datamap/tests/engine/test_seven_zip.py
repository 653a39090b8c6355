import io
import os
import struct
import zlib
from collections.abc import Mapping, Sequence
from typing import Any

import py7zr
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tryggve.domains.datamap.engine.findings import NotScanned
from tryggve.domains.datamap.engine.reading.parts import Limits, Part
from tryggve.domains.datamap.tests.engine.reading_files import everything, parts, reasons

MAIL = b"skriv till anna@example.se\n"
FILES = {"kunder/åäö.txt": MAIL, "b.txt": MAIL * 900}
SMALL = Limits(held_bytes=1 << 16)
START = struct.Struct("<6sBBIQQI")

LZMA = {"id": py7zr.FILTER_LZMA, "preset": 6}
LZMA2 = {"id": py7zr.FILTER_LZMA2, "preset": 6}
X86 = {"id": py7zr.FILTER_X86}
DELTA = {"id": py7zr.FILTER_DELTA}
COPY = {"id": py7zr.FILTER_COPY}
BZIP2 = {"id": py7zr.FILTER_BZIP2}
DEFLATE = {"id": py7zr.FILTER_DEFLATE}


def seven_zip(
    files: Mapping[str, bytes], filters: Sequence[dict[str, int]] | None = None, **more: Any
) -> bytes:
    file = io.BytesIO()
    with py7zr.SevenZipFile(file, "w", filters=list(filters) if filters else None, **more) as archive:
        for name, content in files.items():
            archive.writestr(content, name)
    return file.getvalue()


def with_header(header: bytes, packed: bytes = b"") -> bytes:
    rest = struct.pack("<QQI", len(packed), len(header), zlib.crc32(header))
    return b"7z\xbc\xaf\x27\x1c\0\4" + struct.pack("<I", zlib.crc32(rest)) + rest + packed + header


def header_of(content: bytes) -> tuple[bytes, bytes]:
    """What is packed, and the list of files."""
    _mark, _major, _minor, _crc, offset, size, _header_crc = START.unpack_from(content)
    at = START.size + offset
    return content[START.size : at], content[at : at + size]


@pytest.mark.parametrize(
    "filters", [None, [LZMA], [LZMA2], [X86, LZMA], [X86, LZMA2], [DELTA, LZMA2], [COPY], [BZIP2]]
)
def test_files_in_a_7z_are_read_however_they_are_packed(filters: list[dict[str, int]] | None) -> None:
    found = parts(seven_zip({**FILES, "tom.txt": b""}, filters), "a.7z")
    assert {"/".join(part.inside): part.content for part in found} == FILES


def test_a_list_of_files_that_is_not_packed_is_read() -> None:
    file = io.BytesIO()
    with py7zr.SevenZipFile(file, "w") as archive:
        archive.set_encoded_header_mode(False)
        archive.writestr(MAIL, "a.txt")
    assert [part.content for part in parts(file.getvalue(), "a.7z")] == [MAIL]


@pytest.mark.parametrize("is_list_encrypted", [False, True])
def test_an_encrypted_one_is_told(is_list_encrypted: bool) -> None:
    content = seven_zip({"a.txt": MAIL}, password="hemligt", header_encryption=is_list_encrypted)
    inside = () if is_list_encrypted else ("a.txt",)
    assert everything(content, "a.7z") == [NotScanned(inside, "encrypted")]


def test_a_method_that_nobody_here_knows_is_told_for_each_file() -> None:
    file = io.BytesIO()
    with py7zr.SevenZipFile(file, "w", filters=[DEFLATE]) as archive:
        archive.set_encoded_header_mode(False)
        archive.writestr(MAIL, "a.txt")
        archive.writestr(MAIL, "b.txt")
    told = [NotScanned((name,), "no-reader") for name in ("a.txt", "b.txt")]
    assert everything(file.getvalue(), "a.7z") == told


def test_a_file_too_large_to_be_held_is_read_piece_by_piece() -> None:
    text = b"".join(b"rad %d\n" % number for number in range(100_000))
    found = parts(seven_zip({"stor.txt": text, "b.txt": MAIL}), "a.7z", SMALL)
    large = [part for part in found if part.inside == ("stor.txt",)]
    assert b"".join(part.content[slice(*(part.own or (None, None)))] for part in large) == text
    assert found[-1].content == MAIL


def test_a_bomb_is_told_before_it_goes_off() -> None:
    assert reasons(seven_zip({"noll.txt": bytes(32 << 20)}), "a.7z") == ["too-large"]


def test_a_link_is_told_and_not_followed(tmp_path: Any) -> None:
    (tmp_path / "mål.txt").write_bytes(MAIL)
    (tmp_path / "länk.txt").symlink_to("mål.txt")
    file = io.BytesIO()
    with py7zr.SevenZipFile(file, "w") as archive:
        archive.write(tmp_path / "länk.txt", "länk.txt")
        archive.write(tmp_path / "mål.txt", "mål.txt")
    told, read = everything(file.getvalue(), "a.7z")
    assert told == NotScanned(("länk.txt",), "not-a-file")
    assert isinstance(read, Part)
    assert read.content == MAIL


def test_a_file_with_another_checksum_is_damaged() -> None:
    content = bytearray(seven_zip({"a.txt": MAIL, "b.txt": b"b" * 99}, [COPY]))
    content[START.size + 3] ^= 1
    _first, told, second = everything(bytes(content), "a.7z")
    assert told == NotScanned(("a.txt",), "damaged")
    assert isinstance(second, Part)


def test_one_that_ends_early_is_damaged() -> None:
    content = seven_zip(FILES)
    for size in (10, START.size, len(content) // 2, len(content) - 1):
        assert reasons(content[:size], "a.7z") == ["damaged"]


def test_a_header_that_unpacks_to_a_packed_header_ends() -> None:
    """As many times as somebody likes, if it were followed."""
    inner = b"\x17\x06\x00\x01\x09\x40\x00\x07\x0b\x01\x00\x01\x01\x00\x0c\x40\x00\x00"
    packed = inner.ljust(0x40, b"\0")
    assert reasons(with_header(inner, packed), "a.7z") == ["damaged"]


@pytest.mark.parametrize(
    "header",
    [
        b"\x01\x05\xff\xff\xff\xff\xff\xff\xff\x7f\x7f",
        b"\x01\x04\x07\x0b\xff\xff\xff\xff\xff\xff\xff\x7f\x7f\x00",
        b"\x01\x04\x06\x00\xf0\xff\xff\xff\xff",
        b"\x01\x99",
        b"\x02",
    ],
)
def test_a_header_that_claims_more_than_it_holds_is_damaged(header: bytes) -> None:
    assert reasons(with_header(header), "a.7z") == ["damaged"]


@given(st.data())
def test_no_header_stops_the_reader(data: st.DataObject) -> None:
    packed, header = data.draw(st.sampled_from([header_of(content) for content in MADE]))
    changed = bytearray(header)
    for _change in range(data.draw(st.integers(1, 4))):
        changed[data.draw(st.integers(0, len(changed) - 1))] = data.draw(st.integers(0, 255))
    everything(with_header(bytes(changed), packed), "a.7z", SMALL)


def _made() -> list[bytes]:
    plain = io.BytesIO()
    with py7zr.SevenZipFile(plain, "w") as archive:
        archive.set_encoded_header_mode(False)
        archive.writestr(MAIL, "a.txt")
        archive.writestr(os.urandom(40), "b")
    return [plain.getvalue(), seven_zip(FILES)]


MADE = _made()
