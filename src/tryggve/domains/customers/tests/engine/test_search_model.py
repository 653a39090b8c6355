"""The index against the plainest one that could be: a list that is read from end to end."""

from uuid import UUID

from hypothesis import given, settings
from hypothesis import strategies as st

from tryggve.domains.customers.engine import search
from tryggve.domains.customers.engine.details import Details
from tryggve.domains.customers.engine.folding import fold
from tryggve.domains.customers.engine.search import SearchIndex

# Few letters and few people, so that they meet: accents, a letter of another alphabet, an emoji, white space.
LETTERS = st.text("aåäoøéзb🙂 -'", max_size=7)
PHONES = st.sampled_from(["070-174 06 05", "+46 8 465 004 00", "0045 20 12 34 56", "0701 7"])
DETAILS = st.builds(
    Details,
    name=LETTERS,
    organisation=LETTERS,
    emails=st.lists(st.sampled_from(["a@b.se", "oo@aa.dk"]), max_size=1).map(tuple),
    phones=st.lists(PHONES, max_size=2).map(tuple),
    tags=st.lists(LETTERS, max_size=2).map(tuple),
)
CUSTOMERS = st.integers(0, 6).map(lambda number: UUID(int=number))
DEEDS = st.lists(
    st.one_of(
        st.tuples(st.just("put"), CUSTOMERS, DETAILS),
        st.tuples(st.just("remove"), CUSTOMERS, st.none()),
        st.tuples(st.just("lay out"), st.none(), st.none()),
    ),
    max_size=25,
)
TYPED = st.one_of(LETTERS, st.sampled_from(["a o", "70", "070", "+46 70", "å 8", "004520"]))


def _line(details: Details) -> bytes:
    return search._line(details, "SE")


def _by_name(line: bytes) -> tuple[bytes, bytes]:
    words, _mark, place = line.partition(b"\xff")
    return place or words, line


def _plain(known: dict[UUID, Details], typed: str, limit: int) -> list[UUID]:
    best: dict[UUID, tuple[int, bytes, bytes]] = {}
    for reading in search._readings(typed, "SE"):
        longest = max(reading, key=len)
        for customer, details in known.items():
            line = _line(details)
            words = line.partition(b"\xff")[0]
            if all(term in words for term in reading):
                rank = 0 if words.startswith(b" " + longest) else 1 if b" " + longest in words else 2
                best[customer] = min(best.get(customer, (9, b"", b"")), (rank, *_by_name(line)))
    return sorted(best, key=lambda customer: (*best[customer], customer))[:limit]


@given(start=st.dictionaries(CUSTOMERS, DETAILS), deeds=DEEDS, typed=TYPED, limit=st.integers(0, 8))
@settings(max_examples=150, deadline=None)
def test_index_answers_as_a_plain_list_would(
    start: dict[UUID, Details], deeds: list[tuple[str, UUID, Details]], typed: str, limit: int
) -> None:
    known, index = dict(start), SearchIndex.of(start.items(), country="SE")
    for deed, customer, details in deeds:
        if deed == "put":
            known[customer] = details
            index.put(customer, details)
        elif deed == "remove":
            known.pop(customer, None)
            index.remove(customer)
        else:
            index.ordered(first=0, count=0)
    assert len(index) == len(known)
    assert index.find(typed, limit=limit) == _plain(known, typed, limit)
    assert index.ordered(first=0, count=9) == sorted(
        known, key=lambda one: (_by_name(_line(known[one])), one)
    )


@given(st.text(max_size=40), st.text(max_size=40))
@settings(max_examples=150, deadline=None)
def test_any_name_is_found_by_itself_and_any_question_is_answered(name: str, typed: str) -> None:
    index = SearchIndex.of([(UUID(int=1), Details(name=name))], country="SE")
    index.find(typed, limit=9)
    if fold(name).split():
        assert index.find(name, limit=9) == [UUID(int=1)]
