from array import array
from collections import Counter
from collections.abc import Hashable, Iterable, Sequence
from functools import cached_property
from itertools import compress
from typing import Generic, TypeVar
from uuid import UUID

from tryggve.domains.customers.engine.search.filters import Beside, Facts, Filter, Order

Mask = bytes  # a 1 at the place of each customer who is meant, a 0 at the others'
T = TypeVar("T", bound=Hashable)


class FactColumns:
    """The facts of customers by their places, some twenty-five bytes for each."""

    def __init__(self, facts: Iterable[Facts]) -> None:
        codes = bytearray()
        self._tags, self._people = _Repeated[tuple[str, ...]](), _Repeated[UUID | None]()
        self._created, self._changed = array("q"), array("q")
        for code, tags, beside in facts:
            codes.append(code)
            self._tags.add(tags)
            self._people.add(beside.responsible)
            self._created.append(beside.created_at)
            self._changed.append(beside.changed_at)
        self._codes = bytes(codes)

    def __len__(self) -> int:
        return len(self._codes)

    def at(self, place: int) -> Facts:
        beside = Beside(self._people.at(place), self._created[place], self._changed[place])
        return Facts(self._codes[place], self._tags.at(place), beside)

    def created_at(self, place: int) -> int:
        return self._created[place]

    def changed_at(self, place: int) -> int:
        return self._changed[place]

    def fitting(self, wanted: Filter) -> Mask:
        """Whom the filter fits."""
        masks = [self._codes.translate(bytes(map(wanted.fits_code, range(256))))]
        if wanted.tags:
            masks.append(self._tags.mask(map(wanted.fits_tags, self._tags.values)))
        if wanted.looked_after_by:
            masks.append(self._people.mask(one in wanted.looked_after_by for one in self._people.values))
        if wanted.created_since is not None:
            masks.append(bytes(map(wanted.created_since.__le__, self._created)))
        if wanted.changed_since is not None:
            masks.append(bytes(map(wanted.changed_since.__le__, self._changed)))
        return all_of(masks)

    def in_order(self, order: Order) -> Sequence[int]:
        """All places in that order; those who are alike in it stay as they were."""
        if order == "name":
            return range(len(self))
        return self._newest if order == "newest" else self._lately_changed

    def tags_of(self, among: Mask) -> Counter[str]:
        """How many of those have each tag, as it is written."""
        told: Counter[str] = Counter()
        for tags, count in self._tags.count(among):
            told.update(dict.fromkeys(tags, count))
        return told

    @cached_property
    def _newest(self) -> Sequence[int]:
        return _latest_first(self._created)

    @cached_property
    def _lately_changed(self) -> Sequence[int]:
        return _latest_first(self._changed)


def all_of(masks: list[Mask]) -> Mask:
    """Those whom every mask means."""
    meant = int.from_bytes(masks[0], "big")
    for mask in masks[1:]:
        meant &= int.from_bytes(mask, "big")
    return meant.to_bytes(len(masks[0]), "big")


class _Repeated(Generic[T]):
    """A value for each place, where few values are different."""

    def __init__(self) -> None:
        self.values: list[T] = []
        self._number_of: dict[T, int] = {}
        self._numbers = array("I")

    def add(self, value: T) -> None:
        number = self._number_of.setdefault(value, len(self.values))
        if number == len(self.values):
            self.values.append(value)
        self._numbers.append(number)

    def at(self, place: int) -> T:
        return self.values[self._numbers[place]]

    def mask(self, is_meant: Iterable[bool]) -> Mask:
        """The places of the values that are meant, which are told in the order of ``values``."""
        meant = bytes(is_meant)
        return bytes(map(meant.__getitem__, self._numbers))

    def count(self, among: Mask) -> Iterable[tuple[T, int]]:
        counted = Counter(compress(self._numbers, among))
        return ((self.values[number], count) for number, count in counted.items())


def _latest_first(times: "array[int]") -> Sequence[int]:
    return array("I", sorted(range(len(times)), key=times.__getitem__, reverse=True))
