"""The search finds what is planted, however it is spelled and packed, and nothing in noise."""

import base64
import bz2
import gzip
import io
import lzma
import random
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest
from django.core import signing

from tests.leftovers.readings import readable_in, words_in
from tests.leftovers.spellings import SHORTEST, Needles, spellings

WORD = "Cilla Åkerström"
NEEDLES = Needles([WORD])
NOISE = random.Random(7).randbytes(200_000)  # noqa: S311 - the same noise each time


def test_every_spelling_is_found_in_a_file(tmp_path: Path) -> None:
    for number, form in enumerate(sorted(spellings(WORD))):
        (tmp_path / f"{number}").write_bytes(b"\x00\x01before" + form + b"after")
    (tmp_path / "innocent").write_bytes(bytes(range(256)) * 100)

    everything = {path.name for path in tmp_path.iterdir()} - {"innocent"}
    assert readable_in(tmp_path, NEEDLES) == {name: [WORD] for name in sorted(everything)}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16-le"])
@pytest.mark.parametrize("before", [b"", b"x", b"xy"], ids=len)
@pytest.mark.parametrize("encode", [base64.b64encode, base64.urlsafe_b64encode, bytes.hex])
def test_word_within_an_encoded_text_is_found(
    encoding: str, before: bytes, encode: Callable[[bytes], bytes | str]
) -> None:
    made = encode(before + WORD.encode(encoding) + b" and more")
    assert words_in(made.encode() if isinstance(made, str) else made, NEEDLES) == [WORD]


def _zipped(raw: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("sheet.xml", raw)
    return out.getvalue()


def _signed(raw: bytes) -> bytes:
    """As Django writes sessions and cookies."""
    return signing.dumps({"note": raw.decode()}, compress=True).encode()


@pytest.mark.parametrize(
    "pack", [gzip.compress, zlib.compress, bz2.compress, lzma.compress, _zipped, _signed]
)
@pytest.mark.parametrize("around", [b"", NOISE], ids=["alone", "in noise"])
def test_packed_word_is_found_wherever_it_begins(pack: Callable[[bytes], bytes], around: bytes) -> None:
    packed = pack(f"her name is {WORD}, she likes tea. ".encode() * 20)
    if pack is _signed:
        around = around.replace(b"e", b"")
    assert WORD.encode() not in packed
    assert words_in(around + b"\x00" + packed + b"\x00" + around, NEEDLES) == [WORD]


def test_member_named_after_a_customer_is_found(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "list.zip", "w") as archive:
        archive.writestr(f"{WORD}.csv", "x")
    (tmp_path / WORD).touch()
    assert readable_in(tmp_path, NEEDLES) == {WORD: [WORD], "list.zip": [WORD]}


def test_noise_and_other_names_hold_nothing() -> None:
    assert words_in(NOISE + "Cilla Öberg".encode() + gzip.compress(b"Dan"), NEEDLES) == []
    assert min(map(len, spellings("Åsa Ek"))) >= SHORTEST
