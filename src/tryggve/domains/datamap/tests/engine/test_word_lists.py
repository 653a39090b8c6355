import pytest

from tryggve.domains.datamap.engine.kinds import Kind
from tryggve.domains.datamap.engine.said import Says
from tryggve.domains.datamap.engine.words import lists, meanings
from tryggve.domains.datamap.engine.words.word import listed, told_apart

CATEGORIES = {
    "health", "religion", "origin", "politics", "union", "sexual_life", "biometrics", "genetics", "crime",
}  # fmt: skip


@pytest.mark.parametrize("words", [lists.labels(), lists.special(), lists.passwords() | lists.keys()])
def test_no_two_words_of_a_list_can_be_spelled_alike(words: dict[str, object] | frozenset[str]) -> None:
    assert len(told_apart(listed(word, 0) for word in words)) == len(words)


def test_each_category_of_articles_9_and_10_has_words_in_five_languages() -> None:
    assert set(lists.special().values()) == CATEGORIES
    assert {"sjukskriv*", "sygemeld*", "sykmeld*", "sairaslom*", "sick leave*"} <= lists.special().keys()


@pytest.mark.parametrize(
    ("word", "kinds"),
    [
        ("person nummer", {Kind.SE_PERSONNUMMER, Kind.SE_SAMORDNINGSNUMMER, Kind.DK_CPR, Kind.NO_FNR}),
        ("org nr", {Kind.SE_ORGNR, Kind.NO_ORGNR}),
        ("cvr", {Kind.DK_CVR}),
        ("hetu", {Kind.FI_HETU}),
        ("puh", {Kind.PHONE}),
        ("ordernummer", set()),
    ],
)
def test_a_word_that_languages_share_names_what_it_does_in_each(word: str, kinds: set[Kind]) -> None:
    assert lists.labels()[word].kinds == kinds


@pytest.mark.parametrize(
    ("word", "kind", "says"),
    [
        ("tel", Kind.PHONE, Says.THIS),
        ("tel", Kind.SE_ORGNR, Says.OTHER),
        ("tel", Kind.PERSON, Says.NOTHING),
        ("namn", Kind.PHONE, Says.NOTHING),
        ("adress", Kind.PERSON, Says.OTHER),
        ("order nr", Kind.EMAIL, Says.NOTHING),
        ("födelse datum", Kind.SE_PERSONNUMMER, Says.THIS),
        ("post nr", Kind.PHONE, Says.OTHER),
    ],
)
def test_a_label_speaks_of_values_of_its_own_sort_only(word: str, kind: Kind, says: Says) -> None:
    row = meanings.hits(word.encode()).id
    assert meanings.in_headings(kind)[row].tolist() == [says]


def test_a_word_too_common_in_sentences_speaks_in_headings_only() -> None:
    row = meanings.hits(b"Ort").id
    assert meanings.in_headings(Kind.PERSON)[row].tolist() == [Says.OTHER]
    assert meanings.in_sentences(Kind.PERSON)[row].tolist() == [Says.NOTHING]
