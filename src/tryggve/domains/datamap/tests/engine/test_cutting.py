import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tryggve.domains.datamap.engine.reading import plain_text
from tryggve.domains.datamap.engine.reading.cutting import PIECE, Cutting
from tryggve.domains.datamap.engine.reading.parts import HeldBytes, NotRead
from tryggve.domains.datamap.tests.engine.reading_files import places

SMALL = Cutting(size=512, context=64)
NUMBER = re.compile(rb"[0-9]+")


@st.composite
def texts(draw: st.DrawFn) -> str:
    """Numbers of up to 20 digits, each another, with any gaps of letters and line ends between them."""
    gaps = draw(st.lists(st.text("ab å€😀\u00ad\u00a0\n", max_size=60), max_size=120))
    return "".join(f"{gap} {number:0{number % 17 + 4}d} " for number, gap in enumerate(gaps))


def numbers(content: bytes, cutting: Cutting) -> list[tuple[bytes, int, int]]:
    found = []
    for part in plain_text.pieces(HeldBytes(content), cutting=cutting):
        begin, end = part.own or (0, len(part.content))
        for number in NUMBER.finditer(part.content):
            if begin <= number.start() < end:
                at = part.place.where(*number.span())
                found.append((number[0], int(str(at["offset"])), int(str(at["length"]))))
    return found


@given(texts(), st.sampled_from(["utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-16-be", "utf-32-le"]))
def test_a_cut_file_holds_what_the_whole_one_holds_at_the_same_places(text: str, encoding: str) -> None:
    content = ("first line of the file\n" * 3 + text).encode(encoding, "replace")
    assert numbers(content, SMALL) == numbers(content, Cutting())


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16-le"])
def test_a_line_without_end_is_cut_and_nothing_is_lost_or_doubled(encoding: str) -> None:
    text = "x" + "".join(f"å{number:012d}😀" for number in range(400))
    content = text.encode(encoding)
    found = numbers(content, SMALL)
    assert [int(number) for number, _offset, _length in found] == list(range(400))
    for number, offset, length in found:
        assert content[offset : offset + length].decode(encoding) == number.decode()


def test_pieces_end_where_lines_do() -> None:
    content = b"0123456789\n" * 500
    pieces = list(SMALL.pieces(HeldBytes(content)))
    assert len(pieces) > 5
    for piece in pieces:
        assert piece.raw.endswith(b"\n")
        assert piece.begin % 11 == 0
        assert (piece.begin + piece.own[0]) % 11 == 0


def test_a_piece_has_context_on_both_sides() -> None:
    pieces = list(SMALL.pieces(HeldBytes(b"0123456789\n" * 500)))
    assert all(piece.own[0] >= SMALL.context for piece in pieces[1:])
    assert all(len(piece.raw) - piece.own[1] >= SMALL.context for piece in pieces[:-2])


def test_a_number_at_a_cut_is_found_once() -> None:
    for shift in range(80):
        content = b"a" * (480 + shift) + b"123456789012" + b"b" * 600
        assert [number for number, _offset, _length in numbers(content, SMALL)] == [b"123456789012"]
        [(_part, found)] = places(list(plain_text.pieces(HeldBytes(content), cutting=SMALL)), "123456789012")
        assert found == {"offset": 480 + shift, "length": 12}


class Shrinking(HeldBytes):
    def __getitem__(self, where: slice) -> bytes:
        return super().__getitem__(where)[:100]


def test_a_file_that_becomes_shorter_is_said_to_have_changed() -> None:
    with pytest.raises(NotRead) as refused:
        list(SMALL.pieces(Shrinking(b"0123456789\n" * 500)))
    assert refused.value.reason == "changed"


def test_a_large_file_is_read_in_pieces_of_some_megabytes() -> None:
    class Endless:
        size = 5 << 30
        largest = 0

        def __getitem__(self, where: slice) -> bytes:
            self.largest = max(self.largest, where.stop - where.start)
            return b"0" * int(where.stop - where.start)

    source = Endless()
    pieces = Cutting().pieces(source)  # type: ignore[arg-type]
    for _piece in range(3):
        next(pieces)
    assert source.largest < 2 * PIECE


@pytest.mark.parametrize(
    ("letters", "encoding"),
    [("å€😀", "utf-8"), ("😀", "utf-16-le"), ("😀", "utf-16-be"), ("😀a", "utf-16-le"), ("😀", "utf-32-le")],
)
def test_no_letter_is_cut_in_two(letters: str, encoding: str) -> None:
    """However the letters lie to where a piece would end."""
    for shift in range(4):
        content = ("a" * shift + letters * 900).encode(encoding)
        cutting = Cutting(newline="\n".encode(encoding), size=512, context=64)
        pieces = list(cutting.pieces(HeldBytes(content)))
        assert len(pieces) > 3
        for piece in pieces:
            begin, end = piece.own
            assert piece.raw.decode(encoding)
            assert piece.raw[begin:end].decode(encoding)


@pytest.mark.parametrize(
    ("encoding", "letters"), [("utf-16-le", "\u0a05\u0100"), ("utf-16-be", "\u0500\u0a01")]
)
def test_halves_of_two_letters_are_no_line_feed(encoding: str, letters: str) -> None:
    newline = "\n".encode(encoding)
    content = (letters * 900).encode(encoding)
    assert newline in content
    for piece in Cutting(newline=newline, size=512, context=64).pieces(HeldBytes(content)):
        assert piece.begin % 2 == piece.own[0] % 2 == piece.own[1] % 2 == len(piece.raw) % 2 == 0
