"""Copies of the same list, by the values that stand in files: equal sets, and sets that are nearly equal.

Two sets whose Jaccard similarity is at least t share one of the first ``n - ceil(t n) + 1`` values of each, in any
order that is the same for both; with the rarest first, few pairs are looked at (prefix filtering: Chaudhuri, Ganti and
Kaushik, «A Primitive Operator for Similarity Joins in Data Cleaning», ICDE 2006).
"""

import math
from collections import Counter, defaultdict
from collections.abc import Hashable, Iterator, Mapping, Sequence, Set
from typing import Final, TypeVar

Name = TypeVar("Name", bound=Hashable)

NEARLY: Final = 0.8
FEWEST: Final = 5


def alike(sets: Mapping[Name, Set[bytes]]) -> list[list[Name]]:
    """Groups of two or more, each with one like it in its group; sets of less than FEWEST values are like none."""
    same: dict[frozenset[bytes], list[Name]] = defaultdict(list)
    for name, values in sets.items():
        if len(values) >= FEWEST:
            same[frozenset(values)].append(name)
    distinct = list(same)
    joined = _joined(distinct)
    groups: dict[int, list[Name]] = defaultdict(list)
    for number, values in enumerate(distinct):
        groups[joined[number]] += same[values]
    return [group for group in groups.values() if len(group) > 1]


def _joined(sets: Sequence[frozenset[bytes]]) -> list[int]:
    """For each set the number of the one that stands for its group."""
    leaders = list(range(len(sets)))
    for one, other in _alike(sets):
        first, second = sorted((_leader(leaders, one), _leader(leaders, other)))
        leaders[second] = first
    return [_leader(leaders, number) for number in range(len(sets))]


def _leader(leaders: list[int], number: int) -> int:
    while leaders[number] != number:
        leaders[number] = leaders[leaders[number]]
        number = leaders[number]
    return number


def _alike(sets: Sequence[frozenset[bytes]]) -> Iterator[tuple[int, int]]:
    often = Counter(value for values in sets for value in values)
    with_value: dict[bytes, list[int]] = defaultdict(list)
    # The shorter first: of each pair the later one is no shorter.
    for number in sorted(range(len(sets)), key=lambda number: len(sets[number])):
        values = sets[number]
        first = sorted(values, key=lambda value: (often[value], value))[: _prefix(len(values))]
        for other in {other for value in first for other in with_value[value]}:
            if len(sets[other]) >= NEARLY * len(values) and _is_nearly(sets[other], values):
                yield other, number
        for value in first:
            with_value[value].append(number)


def _prefix(size: int) -> int:
    return size - math.ceil(NEARLY * size) + 1


def _is_nearly(one: frozenset[bytes], other: frozenset[bytes]) -> bool:
    shared = len(one & other)
    return shared >= NEARLY * (len(one) + len(other) - shared)
