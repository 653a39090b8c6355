import re

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tryggve.domains.datamap.engine import boundaries, runs
from tryggve.domains.datamap.engine.rows import rows
from tryggve.domains.datamap.engine.text import Text

MIXED = st.text("0123456789ab -+./\n", max_size=60)


@given(MIXED)
def test_runs_are_those_that_a_pattern_finds(text: str) -> None:
    found = Text(text.encode()).runs
    wanted = [match.span() for match in re.finditer(r"\d+", text)]
    assert list(zip(found.start.tolist(), found.end.tolist(), strict=True)) == wanted
    assert found.size.tolist() == [end - start for start, end in wanted]
    assert found.gap.tolist()[:-1] == [
        wanted[place + 1][0] - wanted[place][1] for place in range(len(wanted) - 1)
    ]


@pytest.mark.parametrize("shift", [-2, -1, 0, 1])
def test_a_run_over_the_end_of_a_block_is_one(shift: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(runs, "_BLOCK", 16)
    text = b"x" * (16 + shift) + b"1234567890" * 4 + b"x" * 40 + b"77"
    found = Text(text).runs
    assert found.start.tolist() == [16 + shift, len(text) - 2]
    assert found.end.tolist() == [56 + shift, len(text)]


def test_a_run_that_begins_with_a_block_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(runs, "_BLOCK", 16)
    assert Text(b"x" * 16 + b"12" + b"x" * 30).runs.start.tolist() == [16]


def test_a_run_that_ends_with_a_block_before_one_without_digits_ends_there(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(runs, "_BLOCK", 16)
    found = Text(b"x" * 14 + b"12" + b"x" * 40 + b"3").runs
    assert found.end.tolist() == [16, 57]


def test_sizes_and_gaps_beyond_a_byte_stay_at_its_largest() -> None:
    found = Text(b"1" * 300 + b" " * 300 + b"1").runs
    assert (found.size.tolist(), found.gap.tolist()[0]) == ([255, 1], 255)


@pytest.mark.parametrize(
    ("between", "joint"),
    [
        ("-", boundaries.HYPHEN),
        ("+", boundaries.PLUS),
        (" ", boundaries.SPACE),
        ("\n", boundaries.BREAK),
        ("\t", boundaries.BREAK),
        ("\r\n", boundaries.BREAK),
        ("-\r\n", boundaries.DASH),
        ("-\t", boundaries.DASH),
        (" - ", boundaries.DASH),
        (".", boundaries.POINT),
        ("/", boundaries.POINT),
        ("\n\n", 0),
        ("  ", 0),
        ("--", 0),
        (";", 0),
        ("\t\t", 0),
        (" a ", 0),
    ],
)
def test_what_stands_between_runs_is_told(between: str, joint: int) -> None:
    assert Text(f"12{between}34".encode()).runs.joint.tolist()[0] == joint


@pytest.mark.parametrize("before", ["", " ", ";", "\n", "(", '"', ":", "=", "”", "«", "–", "€ ", "x-", "- "])
def test_a_run_opens_after_no_word(before: str) -> None:
    assert Text(f"{before}12".encode()).runs.opens.tolist() == [True]


@pytest.mark.parametrize("before", ["x", "_", "å", "ª", "€", "字", "+", "1-", "1.", "1/", "1+"])
def test_a_run_is_part_of_what_it_is_tied_to_before(before: str) -> None:
    assert Text(f"{before}12".encode()).runs.opens.tolist()[-1] is False


@pytest.mark.parametrize(
    "after", ["", " ", ";", ".", ", 1", "\n", ")", "”", "»", "…", "-x", ". 1", "- 1", ".0", ".0;", ".x"]
)
def test_a_run_closes_before_no_word(after: str) -> None:
    assert Text(f"12{after}".encode()).runs.closes.tolist()[0] is True


@pytest.mark.parametrize(
    "after", ["x", "_", "å", "º", "€", "-1", ".1", "/1", "+1", ".0x", ".0-1", ".00", "-0", "/0"]
)
def test_a_run_is_part_of_what_it_is_tied_to_after(after: str) -> None:
    assert Text(f"12{after}".encode()).runs.closes.tolist()[0] is False


def test_luhn_is_told_of_runs_that_stand_alone() -> None:
    assert Text(b"79927398713 79927398710 x79927398713 18").runs.is_luhn.tolist() == [
        True,
        False,
        False,
        True,
    ]


def test_luhn_is_told_up_to_25_digits() -> None:
    assert Text(b"0" * 25 + b" " + b"0" * 26 + b" 0").runs.is_luhn.tolist() == [True, False, False]


@given(st.binary(max_size=20), st.lists(st.integers(-5, 25), max_size=8), st.integers(1, 6))
def test_rows_are_pieces_with_zeros_beyond_the_text(content: bytes, places: list[int], width: int) -> None:
    padded = bytes(10) + content + bytes(20)
    wanted = [list(padded[place + 10 : place + 10 + width]) for place in places if place <= len(content)]
    start = np.array([place for place in places if place <= len(content)], np.int64)
    assert rows(np.frombuffer(content, np.uint8), start, width).tolist() == wanted
