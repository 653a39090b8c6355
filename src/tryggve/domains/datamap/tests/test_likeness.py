"""Which sets are alike: found by prefixes as they are by comparing each with each."""

from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from tryggve.domains.datamap import likeness

_ONE = st.frozensets(st.integers(0, 25).map(lambda number: bytes([number])), max_size=14)


def _by_comparing(sets: dict[int, frozenset[bytes]]) -> set[frozenset[int]]:
    """Connected by a similarity of at least NEARLY, looked at pair by pair."""
    groups = [{name} for name, values in sets.items() if len(values) >= likeness.FEWEST]
    for one, other in combinations(sets, 2):
        shared, both = len(sets[one] & sets[other]), len(sets[one] | sets[other])
        here = [group for group in groups if group & {one, other}]
        if len(here) == 2 and shared >= likeness.NEARLY * both:
            groups = [group for group in groups if group not in here] + [here[0] | here[1]]
    return {frozenset(group) for group in groups if len(group) > 1}


@given(st.lists(_ONE, max_size=12))
def test_prefixes_find_what_comparing_each_with_each_does(sets: list[frozenset[bytes]]) -> None:
    named = dict(enumerate(sets))
    assert {frozenset(group) for group in likeness.alike(named)} == _by_comparing(named)


def _values(count: int, *, but: int = 0) -> set[bytes]:
    return {bytes([number]) for number in range(but, count + but)}


def test_nearly_the_same_is_the_same_list_and_less_is_not() -> None:
    # Eight of ten are shared, then nine of eleven, 0.82, then eight of twelve, 0.67.
    assert likeness.alike({"a": _values(9), "b": _values(9, but=1)}) == [["a", "b"]]
    assert likeness.alike({"a": _values(10), "b": _values(10, but=1)}) == [["a", "b"]]
    assert likeness.alike({"a": _values(10), "b": _values(10, but=2)}) == []


def test_few_values_are_no_list() -> None:
    assert likeness.alike({"a": _values(4), "b": _values(4)}) == []
    assert likeness.alike({"a": _values(5), "b": _values(5)}) == [["a", "b"]]
