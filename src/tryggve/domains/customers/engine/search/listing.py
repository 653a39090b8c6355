from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Sequence
from itertools import compress
from typing import Any
from uuid import UUID

from tryggve.domains.customers.engine.search.block import Block, Entry, order_of
from tryggve.domains.customers.engine.search.facts import Mask
from tryggve.domains.customers.engine.search.filters import Order


class Listing:
    """Some customers in some order: those who are laid out, and between them those who changed since."""

    def __init__(
        self, block: Block, mask: Mask | None, fresh: Iterable[tuple[UUID, Entry]], order: Order
    ) -> None:
        """``mask`` says which of the block are meant, all when there is none; ``fresh`` are all meant."""
        self._block = block
        self._places = _places(block, mask, order)
        later = _Later(block, order)
        since = sorted((later.key(entry), customer) for customer, entry in fresh)
        self._since = [customer for _key, customer in since]
        self._since_at = [
            bisect_left(self._places, key, key=later.key_of) + number
            for number, (key, _customer) in enumerate(since)
        ]

    def __len__(self) -> int:
        return len(self._places) + len(self._since)

    def some(self, *, first: int, count: int) -> list[UUID]:
        """So many of them, from that one on."""
        return [self._at(number) for number in range(first, min(first + count, len(self)))]

    def _at(self, number: int) -> UUID:
        before = bisect_right(self._since_at, number)
        if before and self._since_at[before - 1] == number:
            return self._since[before - 1]
        return self._block.id_at(self._places[number - before])


class _Later:
    """By what customers are compared in an order; those who are alike in it, by name."""

    def __init__(self, block: Block, order: Order) -> None:
        times: dict[Order, Callable[[int], int]] = {
            "newest": block.facts.created_at,
            "changed": block.facts.changed_at,
        }
        self._block, self._order, self._time = block, order, times.get(order)

    def key_of(self, place: int) -> tuple[Any, ...]:
        by_name = self._block.order_of(place)
        return by_name if self._time is None else (-self._time(place), by_name)

    def key(self, entry: Entry) -> tuple[Any, ...]:
        by_name = order_of(entry)
        if self._order == "name":
            return by_name
        beside = entry[2].beside
        return -(beside.created_at if self._order == "newest" else beside.changed_at), by_name


def _places(block: Block, mask: Mask | None, order: Order) -> Sequence[int]:
    places = block.facts.in_order(order)
    if mask is None:
        return places
    return list(compress(places, mask if order == "name" else map(mask.__getitem__, places)))
