"""Stages against the lines themselves, read from end to end."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tryggve.domains.customers.engine.search import fields as search_fields
from tryggve.domains.customers.engine.search.fields import Fields
from tryggve.domains.customers.engine.search.text import Text

WORDS = st.sampled_from([b"", b" ab", b" ab cd", b" cd", b" xab", b" a.b@c1", b" 123"])
PEOPLE = st.lists(
    st.tuples(WORDS, WORDS, st.sampled_from([b"", b" 123", b" 4123 12"])), min_size=1, max_size=14
)
TERMS = st.lists(
    st.sampled_from([b"ab", b"a", b"cd", b"b", b"a.b", b"12", b"123", b"23", b"c1"]), min_size=1, max_size=3
)
Person = tuple[bytes, bytes, bytes]


def _rank(person: Person, term: bytes) -> int | None:
    name, words, phones = person
    begins = b" " + term
    checks = [
        name.startswith(begins),
        begins in name,
        begins in words or begins in phones,
        term in name,
        term in words or term in phones,
    ]
    return checks.index(True) if any(checks) else None


@given(PEOPLE, TERMS, st.sampled_from([0, 2, 5000]), st.sampled_from([0, 3, 300]), st.sampled_from([0, 4]))
@settings(max_examples=500)
@example([(b" ab cd", b"", b""), (b" ab", b"", b""), (b" ab cd", b"", b"")], [b"cd", b"a"], 5000, 0, 4)
@example([(b" ab", b"", b"")] * 3 + [(b" ab cd", b"", b"")], [b"ab", b"cd"], 2, 0, 4)
def test_everybody_is_met_in_the_stage_that_fits_best_and_in_the_order_of_places(
    people: list[Person], terms: list[bytes], many: int, few: int, side_by_side: int
) -> None:
    longest = max(terms, key=len)
    matching = {
        at: _rank(one, longest)
        for at, one in enumerate(people)
        if all(_rank(one, term) is not None for term in terms)
    }

    met: dict[int, int] = {}
    with pytest.MonkeyPatch.context() as patch:
        limits = {"_MANY": many, "_MANY_TOGETHER": many, "_FEW": few, "_SIDE_BY_SIDE": side_by_side}
        for name, value in limits.items():
            patch.setattr(search_fields, name, value)
        fields = Fields(*(Text(one[number] for one in people) for number in range(3)))
        for number, places in enumerate(fields.stages(terms, longest)):
            met |= {at: number for at in places if at not in met}

    assert list(met.items()) == sorted(matching.items(), key=lambda one: (one[1], one[0]))
