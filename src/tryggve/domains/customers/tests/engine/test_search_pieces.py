"""The runs of a text against the text itself, read from end to end."""

from collections.abc import Callable

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tryggve.domains.customers.engine.search.pieces import Runs
from tryggve.domains.customers.engine.search.text import Text

WORDS = st.text("ab-.@1 23é", max_size=6).map(lambda text: " ".join(text.split()))
LINES = st.lists(WORDS.map(lambda text: f" {text}".encode() if text else b""), max_size=8)
PIECES = st.text("ab-.@123é", min_size=1, max_size=5).map(str.encode)


@given(LINES, PIECES)
@settings(max_examples=400)
@example([b" a-b"], b"-")
@example([b" 1-2", b" a1b", b" 12"], b"1-")
@example([b" a12b", b" 12", b" 312"], b"12")
@example([b" a123", b" a112"], b"12")
@example([b"", b" .a", b" a.a"], b"a")
def test_runs_tell_what_the_text_does_or_nothing(lines: list[bytes], piece: bytes) -> None:
    runs = Runs(Text(lines))
    ways: list[tuple[set[int] | None, Callable[[bytes], bool]]] = [
        (runs.beginning(piece, most=99), lambda line: line.startswith(b" " + piece)),
        (runs.with_word(piece, most=99), lambda line: b" " + piece in line),
        (runs.holding(piece, most=99), lambda line: piece in line),
    ]

    for told, is_meant in ways:
        assert told in (None, {at for at, line in enumerate(lines) if is_meant(line)})
    held = runs.holding(piece, most=99)
    assert runs.holding(piece, most=99, among={0, 2}) == (None if held is None else held & {0, 2})


@pytest.mark.parametrize("piece", [b"a", b"-a", b"ab", b"a.", b"@a", b"12", b"121", b"1.a", b"."])
def test_letters_and_two_digits_are_told_of(piece: bytes) -> None:
    """A sign that no line has isn't looked for."""
    runs = Runs(Text([b" ab 121", b" a"]))

    assert runs.holding(piece, most=99) is not None


@pytest.mark.parametrize("piece", [b"a", b"12", b"123"])
def test_of_more_than_were_asked_for_nothing_is_told(piece: bytes) -> None:
    runs = Runs(Text([b" a 123", b" a 123", b" a 123"]))

    assert [runs.holding(piece, most=most) for most in (2, 9)] == [None, {0, 1, 2}]
    assert [runs.with_word(piece, most=most) for most in (2, 9)] == [None, {0, 1, 2}]
