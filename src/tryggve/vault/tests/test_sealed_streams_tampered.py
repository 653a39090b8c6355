"""Whoever can write the disk can make a stream unreadable, and nothing else."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tryggve.vault.sealed_files.chunks import CHUNK_BYTES, SEALED_CHUNK_BYTES, Chunks
from tryggve.vault.sealing import Damaged
from tryggve.vault.tests.sealed_streams import (
    CHUNKS,
    OTHER_KEY,
    OTHER_PLACE,
    SEALED_THREE,
    THREE,
    cut_in_chunks,
    invented,
    reader,
    sealed,
)

FIRST, SECOND, LAST = cut_in_chunks(SEALED_THREE)
TWO_WHOLE = sealed(invented(2 * CHUNK_BYTES))


def given_out(stream: bytes) -> tuple[bytes, bool]:
    """All bytes that a reader gives before it stops, and whether it stopped because of damage."""
    found = b""
    try:
        with reader(stream) as opened:
            while piece := opened.read1():
                found += piece
    except Damaged:
        return found, True
    return found, False


def test_given_out_tells_whole_streams_from_damaged_ones() -> None:
    assert given_out(SEALED_THREE) == (THREE, False)
    assert given_out(b"") == (b"", True)


@given(st.integers(0, len(SEALED_THREE) - 1), st.integers(1, 255))
def test_changed_byte_is_damaged_and_only_what_stands_before_is_given_out(at: int, difference: int) -> None:
    changed = bytearray(SEALED_THREE)
    changed[at] ^= difference
    found, is_damaged = given_out(bytes(changed))

    # A changed end is found at once, a changed chunk before anything of it is given.
    intact = 0 if at >= 2 * SEALED_CHUNK_BYTES else at // SEALED_CHUNK_BYTES * CHUNK_BYTES
    assert (is_damaged, found == THREE[:intact]) == (True, True)


borders = st.builds(
    lambda chunk, more: max(0, chunk * SEALED_CHUNK_BYTES + more), st.integers(0, 2), st.integers(-20, 20)
)


@given(borders | st.integers(0, len(SEALED_THREE) - 1))
def test_cut_stream_gives_nothing(length: int) -> None:
    assert given_out(SEALED_THREE[:length]) == (b"", True)


@pytest.mark.parametrize("stream", [SEALED_THREE, TWO_WHOLE], ids=["with a rest", "two whole chunks"])
@given(st.data())
def test_prolonged_stream_gives_nothing(stream: bytes, data: st.DataObject) -> None:
    its_own = st.sampled_from([*cut_in_chunks(stream), bytes(SEALED_CHUNK_BYTES)])
    assert given_out(stream + data.draw(st.binary(min_size=1, max_size=40) | its_own)) == (b"", True)


@given(st.lists(st.sampled_from([FIRST, SECOND, LAST]), max_size=5))
def test_chunks_in_any_other_order_or_number_are_damaged(chunks: list[bytes]) -> None:
    found, is_damaged = given_out(b"".join(chunks))

    assert is_damaged is (chunks != [FIRST, SECOND, LAST])
    assert THREE.startswith(found)


@pytest.mark.parametrize("other", [OTHER_KEY, OTHER_PLACE], ids=["key", "place"])
@pytest.mark.parametrize("number", [0, 1, 2])
def test_chunk_of_another_stream_is_damaged(other: Chunks, number: int) -> None:
    chunks = [FIRST, SECOND, LAST]
    chunks[number] = cut_in_chunks(sealed(THREE, other))[number]
    found, is_damaged = given_out(b"".join(chunks))

    assert (is_damaged, found) == (True, THREE[: 0 if number == 2 else number * CHUNK_BYTES])


def test_empty_chunk_after_a_whole_one_is_no_second_spelling_of_the_same_stream() -> None:
    """Who holds the key could else write one plaintext in two ways."""
    body, tail = bytearray(SEALED_CHUNK_BYTES), bytearray(16)
    CHUNKS.seal_into(body, bytes(CHUNK_BYTES), number=0, is_last=False)
    CHUNKS.seal_into(tail, b"", number=1, is_last=True)

    assert given_out(bytes(body + tail)) == (b"", True)


Deed = Callable[[bytes], bytes]


@pytest.mark.parametrize(
    "deed",
    [lambda stream: stream[16:], lambda stream: stream[:-1], lambda _stream: bytes(16), lambda _stream: b"x"],
    ids=["begin", "end", "zeros", "one byte"],
)
def test_tampered_empty_stream_is_damaged(deed: Deed) -> None:
    assert given_out(sealed(b"")) == (b"", False)
    assert given_out(deed(sealed(b""))) == (b"", True)
