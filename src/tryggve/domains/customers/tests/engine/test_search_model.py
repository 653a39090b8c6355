"""The index against the plainest one that could be: a list that is read from end to end."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tryggve.domains.customers.engine.details import Address, Details
from tryggve.domains.customers.engine.search import fields as search_fields
from tryggve.domains.customers.engine.search import lines as search_lines
from tryggve.domains.customers.engine.search.filters import Beside, Filter, Order, facts_of, tag_key
from tryggve.domains.customers.engine.search.index import Known, SearchIndex
from tryggve.domains.customers.engine.values.folding import fold

# Few letters and few people, so that they meet: accents, a letter of another alphabet, an emoji, white space.
LETTERS = st.text("aåäoøéзb🙂 -'.@70", max_size=7)
PHONES = st.sampled_from(["070-174 06 05", "+46 8 465 004 00", "0045 20 12 34 56", "0701 7"])
DETAILS = st.builds(
    Details,
    kind=st.sampled_from(["person", "organisation"]),
    name=LETTERS,
    organisation=LETTERS,
    emails=st.lists(st.sampled_from(["a@b.se", "oo@aa.dk"]), max_size=1).map(tuple),
    phones=st.lists(PHONES, max_size=2).map(tuple),
    addresses=st.sampled_from([(), (Address("Storgatan 1"),)]),
    tags=st.lists(st.sampled_from(["vip", "VIP", "Båt", "bat", "ü"]), max_size=2).map(tuple),
    source=st.sampled_from(["", "fair"]),
    status=st.sampled_from(["", "prospect", "customer", "former"]),
)
COLLEAGUES = st.sampled_from([None, UUID(int=101), UUID(int=102)])
TIMES = st.integers(0, 3)
BESIDE = st.builds(Beside, COLLEAGUES, TIMES, TIMES)
CUSTOMERS = st.integers(0, 6).map(lambda number: UUID(int=number))
KNOWN = st.dictionaries(CUSTOMERS, st.tuples(DETAILS, BESIDE))
DEEDS = st.lists(
    st.one_of(
        st.tuples(st.just("put"), CUSTOMERS, st.tuples(DETAILS, BESIDE)),
        st.tuples(st.just("remove"), CUSTOMERS, st.none()),
        st.tuples(st.just("merge"), st.none(), st.none()),
    ),
    max_size=25,
)
TYPED = st.one_of(
    LETTERS, st.sampled_from(["a o", "70", "70 17", "070", "+46 70", "å 8", "004520", "vip", "a@b.se", "b.s"])
)
# As in a register in which nearly every word is in many places.
LIMITS = st.fixed_dictionaries({
    "_MANY": st.sampled_from([0, 1, 5000]),
    "_MANY_TOGETHER": st.sampled_from([0, 2, 20_000]),
    "_FEW": st.sampled_from([0, 1, 300]),
    "_SIDE_BY_SIDE": st.sampled_from([0, 4]),
})  # fmt: skip
AMONG = st.one_of(st.none(), st.frozensets(CUSTOMERS, max_size=5))
FILTERS = st.builds(
    Filter,
    kind=st.sampled_from([None, "person", "organisation"]),
    status=st.sampled_from(["", "none", "prospect", "former"]),
    tags=st.lists(st.sampled_from(["vip", "bÅt", "nobody's"]), max_size=2).map(tuple),
    looked_after_by=st.sets(COLLEAGUES, max_size=2).map(tuple),
    created_since=st.one_of(st.none(), TIMES),
    changed_since=st.one_of(st.none(), TIMES),
    lacking=st.sampled_from([None, "email", "phone", "address", "tags", "source"]),
    is_for_nobody=st.sampled_from([False, False, False, True]),
)
ORDERS = st.sampled_from(["name", "newest", "changed"])
Register = dict[UUID, tuple[Details, Beside]]


def _after(start: Register, deeds: list[Any]) -> tuple[Register, SearchIndex]:
    """The same register as a dictionary and as an index."""
    known = dict(start)
    index = SearchIndex.of(_told(start), country="SE")
    for deed, customer, what in deeds:
        if deed == "put":
            known[customer] = what
            index.put(customer, *what)
        elif deed == "remove":
            known.pop(customer, None)
            index.remove(customer)
        else:
            index.merge()
    return known, index


def _told(known: Register) -> list[Known]:
    return [(customer, *what) for customer, what in known.items()]


def _parts(details: Details) -> list[bytes]:
    return search_lines.parts_of(search_lines.line_of(details, "SE"))


def _by_name(known: Register) -> Callable[[UUID], Any]:
    def place(customer: UUID) -> Any:
        line = search_lines.line_of(known[customer][0], "SE")
        return search_lines.place_of(line), line, customer.bytes

    return place


def _found(known: Register, typed: str) -> list[UUID]:
    by_name, best = _by_name(known), dict[UUID, int]()
    address = search_lines.folded(typed.strip())
    for customer, (details, _beside) in known.items():
        if b"@" in address and address in search_lines.words_of(_parts(details)):
            best[customer] = search_lines.rank(_parts(details), address)
    for terms in [] if best else search_lines.readings(typed, "SE"):
        for customer, (details, _beside) in known.items():
            if all(search_lines.holds(_parts(details), term) for term in terms):
                rank = search_lines.rank(_parts(details), max(terms, key=len))
                best[customer] = min(best.get(customer, rank), rank)
    return sorted(best, key=lambda customer: (best[customer], by_name(customer)))


@given(start=KNOWN, deeds=DEEDS, typed=TYPED, limit=st.integers(0, 8), among=AMONG, limits=LIMITS)
@settings(max_examples=400, deadline=None)
def test_index_answers_as_a_plain_list_would(
    start: Register,
    deeds: list[Any],
    typed: str,
    limit: int,
    among: frozenset[UUID] | None,
    limits: dict[str, int],
) -> None:
    known, index = _after(start, deeds)
    seen = {one: what for one, what in known.items() if among is None or one in among}

    assert len(index) == len(known)
    with pytest.MonkeyPatch.context() as patch:
        for name, value in limits.items():
            patch.setattr(search_fields, name, value)
        assert index.find(typed, limit=limit, among=among) == _found(seen, typed)[:limit]
    assert index.ordered(first=0, count=9, among=among) == sorted(seen, key=_by_name(known))


def _fits(wanted: Filter, details: Details, beside: Beside) -> bool:
    lacking = {
        "email": "emails",
        "phone": "phones",
        "address": "addresses",
        "tags": "tags",
        "source": "source",
    }
    checks = [
        not wanted.is_for_nobody,
        wanted.kind is None or details.kind == wanted.kind,
        not wanted.status or details.status == {"none": ""}.get(wanted.status, wanted.status),
        all(any(fold(tag) == fold(one) for one in details.tags) for tag in wanted.tags),
        not wanted.looked_after_by or beside.responsible in wanted.looked_after_by,
        wanted.created_since is None or beside.created_at >= wanted.created_since,
        wanted.changed_since is None or beside.changed_at >= wanted.changed_since,
        wanted.lacking is None or not getattr(details, lacking[wanted.lacking]),
    ]
    return all(checks)


@given(start=KNOWN, deeds=DEEDS, wanted=FILTERS, order=ORDERS, among=AMONG, first=st.integers(0, 3))
@settings(max_examples=200, deadline=None)
def test_filters_and_orders_answer_as_a_plain_list_would(
    start: Register, deeds: list[Any], wanted: Filter, order: Order, among: frozenset[UUID] | None, first: int
) -> None:
    known, index = _after(start, deeds)
    times: dict[Order, Callable[[Beside], int]] = {
        "name": lambda _beside: 0,
        "newest": lambda beside: -beside.created_at,
        "changed": lambda beside: -beside.changed_at,
    }
    by_name = _by_name(known)
    expected = sorted(
        (one for one, what in known.items() if (among is None or one in among) and _fits(wanted, *what)),
        key=lambda one: (times[order](known[one][1]), by_name(one)),
    )

    listing = index.listing(wanted, order=order, among=among)

    assert (len(listing), listing.some(first=first, count=3)) == (len(expected), expected[first : first + 3])
    assert all(wanted.fits(facts_of(*known[one])) for one in expected)


@given(start=KNOWN, deeds=DEEDS, among=AMONG)
@settings(max_examples=100, deadline=None)
def test_tags_are_counted_as_in_a_plain_list(
    start: Register, deeds: list[Any], among: frozenset[UUID] | None
) -> None:
    """Somebody who has a tag twice, once with a capital, has it twice: nobody writes it so."""
    known, index = _after(start, deeds)
    counted: dict[str, int] = {}
    for one, (details, _beside) in known.items():
        if among is None or one in among:
            for tag in set(details.tags):
                counted[tag_key(tag)] = counted.get(tag_key(tag), 0) + 1

    assert {tag_key(tag): count for tag, count in index.tags(among)} == counted


@given(start=KNOWN, deeds=DEEDS, typed=TYPED, among=AMONG)
@settings(max_examples=150, deadline=None)
def test_what_is_nearly_found_is_seen_by_who_asks_and_was_not_found(
    start: Register, deeds: list[Any], typed: str, among: frozenset[UUID] | None
) -> None:
    known, index = _after(start, deeds)
    found = index.find(typed, limit=9, among=among)

    near = index.find_nearly(typed, limit=9, among=among, besides=set(found))

    assert len(set(near)) == len(near)
    assert set(near) <= set(known if among is None else known.keys() & among) - set(found)


@given(st.text(max_size=40), st.text(max_size=40))
@settings(max_examples=150, deadline=None)
def test_any_name_is_found_by_itself_and_any_question_is_answered(name: str, typed: str) -> None:
    index = SearchIndex.of([(UUID(int=1), Details(name=name), Beside())], country="SE")
    index.find(typed, limit=9)
    index.find_nearly(typed, limit=9)
    if fold(name).split():
        assert index.find(name, limit=9) == [UUID(int=1)]
