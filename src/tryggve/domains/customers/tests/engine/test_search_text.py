from hypothesis import given
from hypothesis import strategies as st

from tryggve.domains.customers.engine.search.text import Text

LINES = st.lists(st.sampled_from([b"", b" a", b" ab", b" ab ba", b" bb", b"a"]), max_size=12)
PIECES = st.sampled_from([b"a", b"b", b" a", b"ab", b"b b", b"c", b"bb"])


@given(LINES)
def test_lines_are_kept_as_they_are(lines: list[bytes]) -> None:
    text = Text(lines)

    assert (len(text), list(text.lines())) == (len(lines), lines)


@given(LINES, PIECES, st.data())
def test_a_piece_is_found_in_the_lines_that_hold_it_and_in_no_other(
    lines: list[bytes], piece: bytes, data: st.DataObject
) -> None:
    text, held = Text(lines), [at for at, line in enumerate(lines) if piece in line]

    assert list(text.places(piece)) == held
    assert list(text.holding(piece, range(len(lines)))) == held
    assert [at for at in range(len(lines)) if text.holds_at(at, piece)] == held
    if lines:
        first = data.draw(st.integers(0, len(lines) - 1))
        last = data.draw(st.integers(first, len(lines) - 1))
        assert list(text.places(piece, first, last)) == [at for at in held if first <= at <= last]


@given(LINES, PIECES)
def test_a_beginning_is_found_in_the_lines_that_begin_so(lines: list[bytes], piece: bytes) -> None:
    text, begun = Text(lines), [at for at, line in enumerate(lines) if line.startswith(piece)]

    assert list(text.places(b"\n" + piece)) == begun
    assert [at for at in range(len(lines)) if text.begins_at(at, piece)] == begun
