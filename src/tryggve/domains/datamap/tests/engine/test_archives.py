import bz2
import gzip
import io
import lzma
import os
import struct
import tarfile
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tryggve.domains.datamap.engine.findings import NotScanned
from tryggve.domains.datamap.engine.reading.parts import Limits, Part
from tryggve.domains.datamap.tests.engine.reading_files import everything, packed, parts, reasons

MAIL = b"skriv till anna@example.se\n"
SMALL = Limits(held_bytes=1 << 16)
MB = 1 << 20


def tar(files: dict[str, bytes], kind: int = tarfile.PAX_FORMAT) -> bytes:
    file = io.BytesIO()
    with tarfile.open(fileobj=file, mode="w", format=kind) as archive:
        for name, content in files.items():
            entry = tarfile.TarInfo(name)
            entry.size = len(content)
            archive.addfile(entry, io.BytesIO(content))
    return file.getvalue()


def insides(content: bytes, name: str, limits: Limits = SMALL) -> list[tuple[str, ...]]:
    return [part.inside for part in parts(content, name, limits)]


def held(content: bytes, name: str) -> bytes:
    """All text of one large file that is read piece by piece."""
    found = parts(content, name, SMALL)
    return b"".join(part.content[slice(*(part.own or (None, None)))] for part in found)


@pytest.mark.parametrize(
    "method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA]
)
def test_files_in_a_zip_are_read_however_they_are_packed(method: int) -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", method) as archive:
        archive.writestr("kunder/åäö.txt", MAIL)
    [part] = parts(file.getvalue(), "a.zip")
    assert (part.inside, part.content) == (("kunder/åäö.txt",), MAIL)


@pytest.mark.parametrize("kind", [tarfile.USTAR_FORMAT, tarfile.GNU_FORMAT, tarfile.PAX_FORMAT])
@pytest.mark.parametrize("pack", [bytes, gzip.compress, bz2.compress, lzma.compress])
def test_files_in_a_tar_are_read_however_it_is_packed(kind: int, pack: Callable[[bytes], bytes]) -> None:
    long = "/".join(["å" * 20] * 3) if kind == tarfile.USTAR_FORMAT else "å" * 200
    content = pack(tar({"a.txt": MAIL, long: MAIL * 40}, kind))
    assert [(part.inside, part.content) for part in parts(content, "a.tar")] == [
        (("a.txt",), MAIL),
        ((long,), MAIL * 40),
    ]


def test_a_sparse_file_is_read_without_its_holes() -> None:
    data = MAIL.ljust(512, b".")
    told = struct.pack("<24s", b"00000000000 00000001000 ")
    header = bytearray(tarfile.TarInfo("s.txt").tobuf(tarfile.GNU_FORMAT))
    header[124:136] = b"00000001000\0"
    header[156:157] = tarfile.GNUTYPE_SPARSE
    header[386 : 386 + len(told)] = told
    header[148:156] = b"        "
    header[148:156] = b"%06o\0 " % sum(header)
    [part] = parts(bytes(header) + data + b"\0" * 1024, "a.tar")
    assert part.content == data


@pytest.mark.parametrize(
    ("pack", "name", "inner"),
    [
        (gzip.compress, "a.csv.gz", "a.csv"),
        (bz2.compress, "A.TXT.BZ2", "A.TXT"),
        (lzma.compress, "b.xz", "b"),
    ],
)
def test_a_file_packed_alone_is_named_without_its_ending(
    pack: Callable[[bytes], bytes], name: str, inner: str
) -> None:
    assert [(part.inside, part.content) for part in parts(pack(MAIL), name)] == [((inner,), MAIL)]


@pytest.mark.parametrize("name", ["a.zip", "a.tar", "a.tar.gz", "a.txt.gz"])
def test_text_too_large_to_be_held_is_read_piece_by_piece(name: str) -> None:
    text = b"".join(b"rad %d\n" % number for number in range(300_000))
    content = {
        "a.zip": packed({"stor.txt": text}),
        "a.tar": tar({"stor.txt": text}),
        "a.tar.gz": gzip.compress(tar({"stor.txt": text, "efter.txt": b""}), 1),
        "a.txt.gz": gzip.compress(text, 1),
    }[name]
    assert held(content, name) == text


def test_what_cannot_be_read_piece_by_piece_is_told_when_it_is_too_large() -> None:
    inner = packed({"a.bin": os.urandom(1 << 17)})
    assert everything(packed({"inre.zip": inner, "b.txt": MAIL}), "a.zip", SMALL) == [
        NotScanned(("inre.zip",), "too-large"),
        *everything(packed({"b.txt": MAIL}), "a.zip", SMALL),
    ]


def test_the_next_file_is_whole_when_nobody_has_read_the_one_before() -> None:
    content = gzip.compress(tar({"a.bin": os.urandom(1 << 18), "b.txt": MAIL}))
    assert [one.inside for one in everything(content, "a.tgz", SMALL)] == [("a.bin",), ("b.txt",)]
    assert everything(content, "a.tgz", SMALL)[-1].content == MAIL  # type: ignore[union-attr]


def test_archives_in_archives_are_read_three_deep_and_deeper_ones_told() -> None:
    three = packed({"3.zip": packed({"2.zip": packed({"1.txt": MAIL})})})
    assert insides(three, "a.zip") == [("3.zip", "2.zip", "1.txt")]
    found = everything(packed({"4.zip": three}), "a.zip")
    assert found == [NotScanned(("4.zip", "3.zip", "2.zip", "1.txt"), "too-deep")]


def test_an_archive_that_holds_itself_ends() -> None:
    """A gzip file whose content begins like a tar, over and over, is no different: depth counts files in files."""
    inner = packed({"r.txt": MAIL})
    for _level in range(50):
        inner = packed({"r.zip": inner})
    assert everything(inner, "r.zip") == [NotScanned(("r.zip",) * 4, "too-deep")]


def test_names_that_climb_out_are_only_names(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    content = packed({"../../etc/x.txt": MAIL, "/root/y.txt": MAIL, "C:\\z.txt": MAIL})
    assert insides(content, "a.zip") == [("../../etc/x.txt",), ("/root/y.txt",), ("C:\\z.txt",)]
    assert list(tmp_path.iterdir()) == []


def test_links_and_devices_are_told_and_not_followed() -> None:
    file = io.BytesIO()
    with tarfile.open(fileobj=file, mode="w") as archive:
        for kind in (tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.CHRTYPE, tarfile.FIFOTYPE, tarfile.DIRTYPE):
            entry = tarfile.TarInfo(f"kind {kind.decode()}")
            entry.type, entry.linkname = kind, "/etc/passwd"
            archive.addfile(entry)
    names = ["kind 2", "kind 1", "kind 3", "kind 6"]
    assert everything(file.getvalue(), "a.tar") == [NotScanned((name,), "not-a-file") for name in names]

    linked = zipfile.ZipInfo("link")
    linked.external_attr = 0o120777 << 16
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as zipped:
        zipped.writestr(linked, "/etc/passwd")
    assert everything(file.getvalue(), "a.zip") == [NotScanned(("link",), "not-a-file")]


def test_an_encrypted_file_is_told_and_the_others_read() -> None:
    content = bytearray(packed({"a.txt": MAIL, "b.txt": MAIL}))
    # The first bit of the flags, in the file's own header and in the list.
    content[6] |= 1
    content[content.index(b"PK\1\2") + 8] |= 1
    first, second = everything(bytes(content), "a.zip")
    assert first == NotScanned(("a.txt",), "encrypted")
    assert isinstance(second, Part)
    assert second.inside == ("b.txt",)


def test_a_method_that_nobody_here_knows_is_told() -> None:
    content = bytearray(packed({"a.txt": MAIL}))
    for place in (8, content.index(b"PK\1\2") + 10):
        content[place : place + 2] = struct.pack("<H", 97)
    assert everything(bytes(content), "a.zip") == [NotScanned(("a.txt",), "no-reader")]


@pytest.mark.parametrize("name", ["a.zip", "a.gz", "a.xz", "a.tar.gz"])
def test_a_bomb_is_told_before_it_goes_off(name: str) -> None:
    zeros = bytes(64 * MB)
    content = {
        "a.zip": lambda: packed({"noll.txt": zeros}),
        "a.gz": lambda: gzip.compress(zeros, 1),
        "a.xz": lambda: lzma.compress(zeros, preset=0),
        "a.tar.gz": lambda: gzip.compress(tar({"noll.txt": zeros}), 1),
    }[name]()
    assert reasons(content, name) == ["too-large"]


def test_a_zip_that_claims_to_hold_little_gives_no_more_than_that() -> None:
    content = bytearray(packed({"a.txt": b"a" * 1000}))
    for place in (22, content.index(b"PK\1\2") + 24):
        content[place : place + 4] = struct.pack("<I", 10)
    found = everything(bytes(content), "a.zip")
    assert sum(len(one.content) for one in found if isinstance(one, Part)) <= 10
    assert reasons(bytes(content), "a.zip") == ["damaged"]


def test_a_zip_that_claims_to_be_packed_loosely_is_a_bomb_all_the_same() -> None:
    content = bytearray(packed({"a.txt": bytes(16 * MB)}))
    place = content.index(b"PK\1\2") + 20
    content[place : place + 4] = struct.pack("<I", 0x7FFFFFFF)
    assert reasons(bytes(content), "a.zip") == ["too-large"]


def test_all_that_comes_out_of_one_file_is_limited() -> None:
    """Many names for the same packed bytes: each is small, together they are not."""
    limits = Limits(bytes_out=MB)
    many = packed({f"{number}.txt": MAIL * 4000 for number in range(100)})
    *_some, last = everything(many, "a.zip", limits)
    assert last == NotScanned((), "too-large")


@pytest.mark.parametrize("pack", [gzip.compress, bz2.compress, lzma.compress])
def test_of_a_broken_file_what_comes_before_the_break_is_read(pack: Callable[[bytes], bytes]) -> None:
    content = pack(os.urandom(1 << 20).hex().encode())
    first, *_more, last = everything(content[: len(content) * 3 // 4], "a.txt.gz", SMALL)
    assert isinstance(first, Part)
    assert isinstance(last, NotScanned)
    assert last.reason == "damaged"


def test_a_tar_that_ends_early_is_damaged_and_what_is_there_read() -> None:
    content = tar({"a.txt": MAIL, "b.txt": MAIL * 100})
    found = everything(content[: content.rindex(MAIL)], "a.tar")
    assert [one.inside for one in found] == [("a.txt",), ("b.txt",), ()]
    assert found[-1] == NotScanned((), "damaged")
    assert reasons(gzip.compress(content)[:-40], "a.tar.gz") == ["damaged"]


def test_a_tar_with_a_broken_header_in_its_midst_is_damaged() -> None:
    content = bytearray(tar({"a.txt": MAIL, "b.txt": MAIL}))
    content[content.index(b"b.txt")] = ord("c")
    assert [one.inside for one in everything(bytes(content), "a.tar")] == [("a.txt",), ()]
    assert reasons(bytes(content), "a.tar") == ["damaged"]


@pytest.mark.parametrize("record", [b"9999 path=x\n", b"0 path=x\n", b"-5 path=x\n", b"x", b"3 path=x\n"])
def test_a_tar_with_a_header_that_lies_about_its_length_is_damaged(record: bytes) -> None:
    entry = tarfile.TarInfo("x")
    entry.type, entry.size = tarfile.XHDTYPE, len(record)
    content = entry.tobuf() + record.ljust(512, b"\0") + tar({"a.txt": MAIL})
    assert reasons(content, "a.tar") == ["damaged"]


def test_a_tar_with_a_negative_size_is_damaged() -> None:
    header = bytearray(tarfile.TarInfo("x").tobuf(tarfile.GNU_FORMAT))
    header[124:136] = b"\xff" * 12
    header[148:156] = b"        "
    header[148:156] = b"%06o\0 " % sum(header)
    assert reasons(bytes(header) + bytes(1024), "a.tar") == ["damaged"]


def test_a_zip_without_its_list_is_damaged() -> None:
    content = packed({"a.txt": MAIL * 50})
    assert reasons(content[:-30], "a.zip") == ["damaged"]


def test_a_file_in_a_zip_that_was_changed_is_damaged_and_the_others_read() -> None:
    content = bytearray(packed({"a.txt": zlib.compress(MAIL) * 9, "b.txt": MAIL}))
    content[45] ^= 0xFF
    assert [one.inside for one in everything(bytes(content), "a.zip")] == [("a.txt",), ("b.txt",)]
    assert reasons(bytes(content), "a.zip") == ["damaged"]


@given(st.data())
def test_no_change_of_an_archive_stops_the_reader(data: st.DataObject) -> None:
    name, content = data.draw(
        st.sampled_from(
            [
                ("a.zip", packed({"a.txt": MAIL, "b/c.txt": MAIL * 9})),
                ("a.tar", tar({"a.txt": MAIL, "å" * 120: MAIL})),
                ("a.tar.gz", gzip.compress(tar({"a.txt": MAIL}), mtime=0)),
                ("a.bz2", bz2.compress(MAIL)),
                ("a.xz", lzma.compress(MAIL)),
            ]
        )
    )
    changed = bytearray(content)
    for _change in range(data.draw(st.integers(1, 4))):
        changed[data.draw(st.integers(0, len(changed) - 1))] = data.draw(st.integers(0, 255))
    everything(bytes(changed[: data.draw(st.integers(0, len(changed)))]), name, SMALL)
