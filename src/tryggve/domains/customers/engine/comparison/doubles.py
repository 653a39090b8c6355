"""Customers in the register who may be one and the same."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace
from typing import Literal, NamedTuple
from uuid import UUID

from tryggve.domains.customers.engine.details import Details
from tryggve.domains.customers.engine.values.addresses import address_key, is_place
from tryggve.domains.customers.engine.values.emails import email_key
from tryggve.domains.customers.engine.values.folding import words
from tryggve.domains.customers.engine.values.phones import Country, phone_key

Why = Literal["same_number", "same_name_and_address", "same_email", "same_phone"]

# What speaks most for their being one comes first.
_STRENGTH: tuple[Why, ...] = ("same_number", "same_name_and_address", "same_email", "same_phone")
MOST_PAIRS = 1000


class Pair(NamedTuple):
    """Two customers and the strongest of what they share."""

    first: UUID
    second: UUID
    why: Why


def pairs(
    customers: Iterable[tuple[UUID, Details]],
    country: Country,
    *,
    apart: Collection[tuple[UUID, UUID]] = frozenset(),
    with_numbers: bool = True,
) -> list[Pair]:
    """Each who shares something with an earlier one, beside the first who has it; the likeliest first.

    So many who share one telephone number are that many pairs less one, never a square of them. No more than
    MOST_PAIRS: once those are merged, others come up. ``apart`` are pairs, the lesser id first, who are known to be
    two: each of them is then compared with those who come after. Without numbers it makes no difference who shares
    an identity number.
    """
    holders: dict[str, UUID] = {}
    more: defaultdict[str, list[UUID]] = defaultdict(list)
    found: dict[tuple[UUID, UUID], Why] = {}
    for customer, details in customers:
        for why, mark in _marks(details if with_numbers else replace(details, number_tags=()), country):
            first = holders.setdefault(mark, customer)
            if first != customer and _are_apart(first, customer, apart):
                first = next((one for one in more[mark] if not _are_apart(one, customer, apart)), customer)
                if first == customer:
                    more[mark].append(customer)
            if first != customer:
                known = found.get((first, customer), why)
                found[first, customer] = min(known, why, key=_STRENGTH.index)
    ranked = sorted(found.items(), key=lambda pair: _STRENGTH.index(pair[1]))
    return [Pair(*both, why) for both, why in ranked[:MOST_PAIRS]]


def _are_apart(one: UUID, other: UUID, apart: Collection[tuple[UUID, UUID]]) -> bool:
    return bool(apart) and (min(one, other), max(one, other)) in apart


def _marks(details: Details, country: Country) -> Iterator[tuple[Why, str]]:
    yield from (("same_number", f"!{tag}") for tag in details.number_tags)
    name = " ".join(sorted(words(details.name)))
    if name:
        for address in filter(is_place, details.addresses):
            yield "same_name_and_address", f"|{name}|{address_key(address)}"
    yield from (("same_email", f"@{email_key(email)}") for email in details.emails)
    for phone in details.phones:
        if key := phone_key(phone, country):
            yield "same_phone", f"+{key}"
