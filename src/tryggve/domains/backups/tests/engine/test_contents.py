"""Content that looks like its name, and content that looks like nothing."""

import io
import os
import struct
import zipfile
import zlib

import pytest
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from hypothesis import given
from hypothesis import strategies as st

from tryggve.domains.backups.engine import contents

PROSE = ("Offert på ett nytt kök i björk, med bänkskiva av sten.\n" * 400).encode()


def packed() -> bytes:
    """A document as Office writes them: squeezed, so that it looks random but for its mark."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as document:
        document.writestr("word/document.xml", os.urandom(30_000).hex())
    return file.getvalue()


def picture() -> bytes:
    header = struct.pack(">IIBBBBB", 200, 200, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + header + zlib.compress(os.urandom(40_000))


def encrypted(content: bytes) -> bytes:
    """As ransomware does it: AES-256 in counter mode, under a key that somebody else has."""
    cipher = Cipher(algorithms.AES256(os.urandom(32)), modes.CTR(os.urandom(16)))
    return cipher.encryptor().update(content)


FILES = {
    "offer.docx": packed(),
    "books.XLSX": packed(),
    "kitchen.png": picture(),
    "house.jpg": b"\xff\xd8\xff\xe0" + os.urandom(20_000),
    "film.mp4": b"\x00\x00\x00\x20ftypisom" + os.urandom(20_000),
    "invoice.pdf": b"%PDF-1.7\n" + os.urandom(20_000),
    "old.doc": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + os.urandom(20_000),
    "customers.csv": PROSE,
    "bokslut.se": PROSE,
}


@pytest.mark.parametrize("name", FILES)
def test_a_file_that_is_what_it_is_called_is_not_strange(name: str) -> None:
    assert contents.is_judged(name)
    assert not contents.is_strange(name, FILES[name][: contents.HEAD_BYTES])


@pytest.mark.parametrize("name", FILES)
def test_the_same_encrypted_is_strange_also_under_a_longer_name(name: str) -> None:
    head = encrypted(FILES[name])[: contents.HEAD_BYTES]
    assert contents.is_strange(name, head)
    assert contents.is_strange(f"{name}.locked", head)
    assert contents.is_strange(f"{name}.id[7F3A].[mail@example.com].phobos", head)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("locked-by-office.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + os.urandom(5000)),  # with a password
        ("from-the-web.jpg", b"RIFF\x00\x00\x00\x00WEBP" + os.urandom(5000)),
        ("from-the-phone.jpg", b"\x00\x00\x00\x18ftypheic" + os.urandom(5000)),
        ("with-a-preamble.pdf", b"@PJL ENTER LANGUAGE=PDF\n%PDF-1.4" + os.urandom(5000)),
        ("broken.pdf", b"<html>404 Not Found</html>" * 100),
        ("short.txt", os.urandom(900)),
        ("empty.pdf", b""),
        ("sent-safely.pdf.gpg", os.urandom(5000)),
        ("half.zip.crdownload", os.urandom(5000)),
        ("vault.kdbx", os.urandom(5000)),
        ("README", os.urandom(5000)),
    ],
)
def test_what_people_do_themselves_is_not_strange(name: str, content: bytes) -> None:
    assert not contents.is_strange(name, content)


@given(st.binary(min_size=1, max_size=5000))
def test_entropy_lies_between_nothing_and_eight_bits(content: bytes) -> None:
    assert 0 <= contents.entropy(content) <= 8


def test_entropy_of_one_byte_is_nothing_and_of_all_alike_eight() -> None:
    assert contents.entropy(b"a" * 4096) == 0
    assert contents.entropy(bytes(range(256)) * 8) == 8
    assert contents.entropy(PROSE) < 5


@given(st.integers(contents.FEWEST_BYTES, contents.HEAD_BYTES))
def test_random_bytes_reach_the_bar_at_every_length_that_is_judged(length: int) -> None:
    assert contents.entropy(os.urandom(length)) >= contents.ENTROPY_BITS
