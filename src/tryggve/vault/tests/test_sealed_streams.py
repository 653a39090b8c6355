"""Reading, seeking and cutting sealed streams around the borders of chunks."""

import csv
import io
import zipfile
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tryggve.vault.sealed_files.chunks import CHUNK_BYTES
from tryggve.vault.sealed_files.writing import ChunkWriter
from tryggve.vault.tests.sealed_streams import CHUNKS, SEALED_THREE, THREE, invented, reader, sealed

around_borders = st.builds(
    lambda chunks, more: max(0, chunks * CHUNK_BYTES + more), st.integers(0, 3), st.integers(-2, 2)
)


@given(around_borders)
def test_read_returns_what_was_sealed(size: int) -> None:
    plaintext = invented(size)
    stream = sealed(plaintext)
    chunks = max(1, -(-size // CHUNK_BYTES))

    with reader(stream) as opened:
        assert (opened.size, opened.read() == plaintext, opened.read()) == (size, True, b"")
    assert len(stream) == size + 16 * chunks


@given(st.lists(around_borders | st.integers(0, 5000), max_size=5))
def test_what_is_written_in_pieces_is_sealed_as_one(sizes: list[int]) -> None:
    whole, out = invented(sum(sizes)), BytesIO()
    writer, rest = ChunkWriter(out, CHUNKS), whole
    for size in sizes:
        writer.write(rest[:size])
        rest = rest[size:]
    writer.finish()

    assert out.getvalue() == sealed(whole)


@given(
    around_borders | st.integers(0, len(THREE) + 10),
    st.sampled_from([0, 1, 2, 1000, CHUNK_BYTES, CHUNK_BYTES + 1, len(THREE)]),
)
def test_read_from_gives_that_place_and_leaves_the_position(offset: int, size: int) -> None:
    with reader(SEALED_THREE) as opened:
        assert opened.read_from(offset, size) == THREE[offset : offset + size]
        assert opened.tell() == 0


@given(st.lists(st.tuples(around_borders, st.integers(-1, 3000)), max_size=6))
def test_seek_and_read_go_as_in_a_file_of_the_plaintext(steps: list[tuple[int, int]]) -> None:
    plain = BytesIO(THREE)
    with reader(SEALED_THREE) as opened:
        for place, size in steps:
            assert opened.seek(place) == plain.seek(place)
            assert opened.read(size) == plain.read(size)
            assert opened.tell() == plain.tell()


def test_seek_counts_from_the_start_the_place_and_the_end() -> None:
    with reader(SEALED_THREE) as opened:
        assert (opened.seek(10), opened.seek(5, 1), opened.seek(-3, 2)) == (10, 15, len(THREE) - 3)
        assert opened.read() == THREE[-3:]
        with pytest.raises(ValueError, match="before the beginning"):
            opened.seek(-1)


def test_read_from_a_place_opens_no_other_chunks() -> None:
    source = BytesIO(SEALED_THREE)
    with reader(SEALED_THREE) as opened:
        opened._sealed = source
        opened.read_from(CHUNK_BYTES + 7, 10)
        assert source.tell() == 2 * (CHUNK_BYTES + 16)
        source.close()
        assert opened.read_from(CHUNK_BYTES + 20, 10) == THREE[CHUNK_BYTES + 20 :][:10]


def test_reader_serves_what_reads_files() -> None:
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("photo", THREE)

    with reader(sealed(packed.getvalue())) as opened, zipfile.ZipFile(opened) as archive:
        assert archive.read("photo") == THREE
    with io.TextIOWrapper(reader(sealed("namn;ort\nÅsa;Umeå\n".encode())), encoding="utf-8") as text:
        assert list(csv.reader(text, delimiter=";")) == [["namn", "ort"], ["Åsa", "Umeå"]]


def test_closed_reader_holds_and_gives_nothing() -> None:
    opened = reader(SEALED_THREE)
    opened.read(10)
    opened.close()

    assert (opened._held, opened._sealed.closed) == ((-1, b""), True)
    with pytest.raises(ValueError, match="closed"):
        opened.read(1)


def test_no_stream_of_the_same_plaintext_tells_that_it_is_the_same() -> None:
    zeros = sealed(bytes(2 * CHUNK_BYTES))
    assert zeros[:CHUNK_BYTES] != zeros[CHUNK_BYTES + 16 :][:CHUNK_BYTES]
