"""How many different persons files tell of, how many of them the register doesn't know, and which files tell of the
same: counted by the tags of values, without opening anything.

A person has several values in a list. So each file, and all of them together, are counted by the sort of which there
are the most: at least so many are they, since one person may stand here with an address and there with a number.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache
from itertools import groupby
from operator import itemgetter
from typing import Final
from uuid import UUID

from django.db.models import Count, Max, QuerySet

from tryggve.domains.datamap import index_file, likeness, value_tags
from tryggve.domains.datamap.models import File, Source
from tryggve.domains.datamap.value_tags import Sort

_REMEMBERED: Final = 2
BySort = Mapping[Sort, Set[bytes]]


@dataclass(frozen=True, slots=True)
class SameList:
    """Files that hold the same persons, or nearly; how many all of them hold."""

    files: Sequence[UUID]
    persons: int


@dataclass(frozen=True, slots=True)
class People:
    """``outside`` are those whom the register doesn't know, by file where there are any; None while nobody knows."""

    persons: int = 0
    by_source: Mapping[UUID, int] = field(default_factory=dict)
    outside: int | None = None
    outside_by_file: Mapping[UUID, int] = field(default_factory=dict)
    same: Sequence[SameList] = ()


def people() -> People:
    """Three questions where anything has changed since the last time in this process, else two."""
    sources = frozenset(Source.objects.filter(removed_at=None).values_list("pk", flat=True))
    rows = _holding(sources).aggregate(count=Count("pk"), newest=Max("scanned_at"))
    return _counted(index_file.change(), sources, rows["count"], rows["newest"])


def forget() -> None:
    """What was counted is counted anew: what it is remembered by doesn't tell one index file from another."""
    _counted.cache_clear()


@lru_cache(maxsize=_REMEMBERED)
def _counted(change: bytes, sources: frozenset[UUID], rows: int, newest: datetime | None) -> People:
    """The arguments say by what it is seen that nothing has changed."""
    if not change or not rows:
        return People()
    there = dict(_holding(sources).values_list("pk", "source"))
    tags = dict(_by_sort(there))
    outside, by_file = _outside(tags, index_file.tied_tags())
    by_source: dict[UUID, list[BySort]] = defaultdict(list)
    for file, values in tags.items():
        by_source[there[file]].append(values)
    return People(
        persons=_persons(list(tags.values())),
        by_source={source: _persons(files) for source, files in by_source.items()},
        outside=outside,
        outside_by_file=by_file,
        same=_same(tags),
    )


def _holding(sources: frozenset[UUID]) -> "QuerySet[File]":
    return File.objects.filter(source__in=sources, is_holding=True)


def _by_sort(files: Mapping[UUID, UUID]) -> Iterator[tuple[UUID, BySort]]:
    for file, pairs in groupby(index_file.tags_by_file(), key=itemgetter(0)):
        if file in files:
            values: dict[Sort, set[bytes]] = defaultdict(set)
            for _file, tag in pairs:
                values[value_tags.sort_of(tag)].add(tag)
            yield file, values


def _persons(files: Sequence[BySort]) -> int:
    return max((len(_union(sort, files)) for sort in Sort), default=0)


def _union(sort: Sort, files: Sequence[BySort]) -> set[bytes]:
    return set().union(*(values.get(sort, ()) for values in files))


def _outside(tags: Mapping[UUID, BySort], known: Set[bytes] | None) -> tuple[int | None, dict[UUID, int]]:
    """In all and by file: as many as there are, but for those whom the register knows by any sort of value.

    In all they are counted as if these files were one, so that copies of a list count once; they are at least as many
    as in any of them.
    """
    if known is None:
        return None, {}
    by_file = {file: left for file, values in tags.items() if (left := _strangers([values], known))}
    together = _strangers([tags[file] for file in by_file], known)
    most = max(by_file.values(), default=0)
    return max(most, min(together, sum(by_file.values()))), by_file


def _strangers(files: Sequence[BySort], known: Set[bytes]) -> int:
    unions = [_union(sort, files) for sort in Sort]
    return max(map(len, unions)) - max(len(union & known) for union in unions)


def _same(tags: Mapping[UUID, BySort]) -> list[SameList]:
    """Those with the most persons first."""
    sets = {file: frozenset().union(*values.values()) for file, values in tags.items()}
    found = []
    for files in likeness.alike(sets):
        shared = {sort: set.intersection(*(set(tags[file].get(sort, ())) for file in files)) for sort in Sort}
        found.append(SameList(sorted(files), max(map(len, shared.values()))))
    return sorted(found, key=lambda one: (-one.persons, one.files[0]))
