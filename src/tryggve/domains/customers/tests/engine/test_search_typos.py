"""Who is found by a word with a slip in it, and who isn't."""

from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tryggve.domains.customers.engine.details import Details
from tryggve.domains.customers.engine.search.filters import Beside
from tryggve.domains.customers.engine.search.index import SearchIndex
from tryggve.domains.customers.engine.search.typos import Vocabulary

PEOPLE = [
    Details(name="Cilla Åkerström", emails=("cilla@example.se",), tags=("båtklubb",)),
    Details(name="Dan Sørensen", organisation="Tømrerfirma ApS", phones=("+45 20 12 34 56",)),
    Details(name="Bo Ek"),
    Details(name="Zeynep Öztürk", phones=("070-174 06 05",)),
]
LETTER = st.sampled_from("abcdefghijklmnopqrstuvwxyz")
WORDS = st.text(LETTER, min_size=4, max_size=12)


def _index(people: list[Details] = PEOPLE) -> SearchIndex:
    known = [(UUID(int=number), details, Beside()) for number, details in enumerate(people)]
    return SearchIndex.of(known, country="SE")


def _near(typed: str, *, laid_out: bool = True) -> list[str]:
    index = _index() if laid_out else _index([])
    if not laid_out:
        index.put_all((UUID(int=number), details, Beside()) for number, details in enumerate(PEOPLE))
    found = index.find(typed, limit=9)
    return [PEOPLE[one.int].name for one in index.find_nearly(typed, limit=9, besides=set(found))]


@pytest.mark.parametrize("laid_out", [True, False])
@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("zeynpe", "Zeynep Öztürk"),  # the wrong way round
        ("zenep", "Zeynep Öztürk"),  # missing
        ("zeyneep", "Zeynep Öztürk"),  # one more
        ("zeinep", "Zeynep Öztürk"),  # another
        ("åkesrtorm", "Cilla Åkerström"),  # two, in a long word
        ("sörenssen", "Dan Sørensen"),
        ("sörne", "Dan Sørensen"),  # a beginning
        ("åkerts", "Cilla Åkerström"),
        ("tömerfirma", "Dan Sørensen"),  # the organisation
        ("båtkulbb", "Cilla Åkerström"),  # a tag
        ("cila@example.se", "Cilla Åkerström"),  # an address
        ("dan sörnesen", "Dan Sørensen"),  # one of two words
        ("zeinep östürk", "Zeynep Öztürk"),  # both
        ("zeinep 070-174", "Zeynep Öztürk"),  # beside a number that is right
    ],
)
def test_customer_is_found_with_a_slip(typed: str, name: str, laid_out: bool) -> None:
    assert _near(typed, laid_out=laid_out) == [name]


@pytest.mark.parametrize(
    "typed",
    [
        "eq",  # too short
        "ek",  # found as it is
        "zeinap",  # two in a word of six
        "ånnxström",  # three
        "xeyne",  # a beginning whose first letter is wrong
        "070-174 06 06",  # numbers hold no slips
        "zeinep 0709",
        "dan zeinep",  # nobody is both
        "",
        "\x00",
        "\ud83d",
        "🙂🙂🙂🙂",
        "%%%%",
        "x" * 10_000,
    ],
)
def test_nobody_is_found_who_was_not_meant(typed: str) -> None:
    assert _near(typed) == []


def test_fewest_slips_come_first_then_the_order_of_names() -> None:
    people = [Details(name=name) for name in ("Oskar Lindgrens", "Öst Lindgran", "Ada Lindgren")]
    found = _index(people).find_nearly("lindgern", limit=9)
    assert [people[one.int].name for one in found] == ["Ada Lindgren", "Oskar Lindgrens", "Öst Lindgran"]


def test_limit_keeps_the_nearest_also_when_many_are_found_already() -> None:
    people = [Details(name=f"{number:03} Lindgren") for number in range(40)]
    index = _index(people)
    besides = {UUID(int=number) for number in range(30)}
    assert index.find_nearly("lindgern", limit=2, besides=besides) == [UUID(int=30), UUID(int=31)]


def test_only_those_are_found_whom_somebody_may_see() -> None:
    people = [Details(name="Zeynep Ek"), Details(name="Zeynep Berg")]
    assert _index(people).find_nearly("zeinep", limit=9, among={UUID(int=1)}) == [UUID(int=1)]


def test_removed_and_changed_customers_are_found_as_they_are_now() -> None:
    index = _index()
    index.remove(UUID(int=0))
    index.put(UUID(int=3), Details(name="Karin Lund"))
    found = [index.find_nearly(typed, limit=9) for typed in ("cilal", "zeinep", "krain")]
    assert found == [[], [], [UUID(int=3)]]


@given(st.sets(WORDS, max_size=20), WORDS)
@settings(max_examples=200, deadline=None)
def test_every_word_with_one_slip_is_near(words: set[str], word: str) -> None:
    vocabulary = Vocabulary(one.encode() for one in words | {word})
    for slipped in _with_a_slip(word):
        near = vocabulary.near(slipped.encode())
        assert slipped == word or len(slipped) < 4 or near[word.encode()] == 1


def _with_a_slip(word: str) -> list[str]:
    middle = len(word) // 2
    return [
        word[:middle] + word[middle + 1 :],
        word[:middle] + "q" + word[middle:],
        word[:middle] + "q" + word[middle + 1 :],
        word[: middle - 1] + word[middle] + word[middle - 1] + word[middle + 1 :],
    ]
