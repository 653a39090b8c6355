"""Stretches worth asking about hold what is near a place; they are apart, in order, and fit into memory."""

from itertools import pairwise

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from tryggve.domains.datamap.engine.names import blocks

LINES = ("en rad med några ord i\n" * 6_000).encode()


def _around(*places: int, content: bytes = LINES) -> list[tuple[int, int]]:
    return blocks.around(content, np.array(sorted(places), np.int64))


@given(st.sets(st.integers(0, len(LINES) - 1), max_size=20))
def test_each_place_lies_in_one_stretch_with_its_surroundings(places: set[int]) -> None:
    found = _around(*places)
    for place in places:
        (one,) = [(begin, end) for begin, end in found if begin <= place < end]
        assert one[0] <= max(place - 400, 0) or (one[0] in {end for _begin, end in found})
    assert all(before[1] <= after[0] for before, after in pairwise(found))


@given(st.sets(st.integers(0, len(LINES) - 1), min_size=1, max_size=20))
def test_stretches_begin_and_end_with_lines(places: set[int]) -> None:
    for begin, end in _around(*places):
        assert begin == 0 or LINES[begin - 1 : begin] == b"\n"
        assert end == len(LINES) or LINES[end - 1 : end] == b"\n"


def test_a_text_without_spaces_is_cut_all_the_same() -> None:
    assert _around(5_000, content=b"x" * 10_000) == [(4_280, 5_480)]


def test_long_stretches_are_cut() -> None:
    found = _around(*range(0, len(LINES), 500))
    assert max(end - begin for begin, end in found) <= 1 << 16
    assert (found[0][0], found[-1][1]) == (0, len(LINES))
    assert all(before[1] == after[0] for before, after in pairwise(found))


def test_portions_hold_all_stretches_and_little_at_a_time() -> None:
    stretches = [(number << 16, (number + 1) << 16) for number in range(10)]
    portions = list(blocks.in_portions(stretches))
    assert [one for portion in portions for one in portion] == stretches
    assert max(len(portion) for portion in portions) == 4


def test_pages_full_of_places_are_lists() -> None:
    full = np.arange(4_096, 8_192, 100)
    lists = blocks.lists_among(np.concatenate(([10, 20], full)))
    assert lists.tolist() == [False, True]
    assert blocks.are_on(lists, np.array([10, 5_000, 90_000])).tolist() == [False, True, False]
