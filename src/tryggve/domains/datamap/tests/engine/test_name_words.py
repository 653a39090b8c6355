"""How a text is cut into sentences and words, what is known of a word, and what the recogniser is told of it."""

import gc
import weakref

import pytest

from tryggve.domains.datamap.engine.names import lexicon
from tryggve.domains.datamap.engine.names.features import Features
from tryggve.domains.datamap.engine.names.languages import is_english
from tryggve.domains.datamap.engine.names.lexicon import Lexicon
from tryggve.domains.datamap.engine.names.tagged import names_among
from tryggve.domains.datamap.engine.names.tokens import sentences

LEXICON = Lexicon({"Anna": "F", "Berg": "L", "Mark": "f"}, {"mark": "3", "och": "0", "software": "5e"})


def _cut(text: str) -> list[list[str]]:
    return [sentence.words for sentence in sentences(text)]


@pytest.mark.parametrize(
    ("text", "cut"),
    [
        ("Anna kom. Bo gick.", [["Anna", "kom", "."], ["Bo", "gick", "."]]),
        ("Den 3. maj kom hon.", [["Den", "3", ".", "maj", "kom", "hon", "."]]),
        ("E. W. Berg och dr. Ek", [["E.", "W.", "Berg", "och", "dr.", "Ek"]]),
        ("Skriv till anna.berg@example.se nu", [["Skriv", "till", "anna.berg@example.se", "nu"]]),
        ("Anna Berg\nBo Ek", [["Anna", "Berg"], ["Bo", "Ek"]]),
        ("Anna\tBo | Ek", [["Anna"], ["Bo"], ["Ek"]]),
        ("x" * 50 + "\noch", [["x" * 50, "och"]]),
        ("x" * 50 + "\nAnna", [["x" * 50], ["Anna"]]),
        ("x" * 50 + "\n\noch", [["x" * 50], ["och"]]),
        ("Karl-Erik O'Neal EU:s 31.000", [["Karl-Erik", "O'Neal", "EU:s", "31.000"]]),
        ("", []),
    ],
)
def test_a_text_is_cut_as_people_read_it(text: str, cut: list[list[str]]) -> None:
    assert _cut(text) == cut


def test_a_sentence_without_end_is_cut() -> None:
    assert [len(words) for words in _cut("ord " * 450)] == [200, 200, 50]


def test_places_of_words_are_theirs() -> None:
    text = "Åsa kom.\nBo gick."
    cut = list(sentences(text))
    places = [(w, s, e) for one in cut for w, s, e in zip(one.words, one.start, one.end, strict=True)]
    assert all(text[start:end] == word for word, start, end in places)


@pytest.mark.parametrize(
    ("word", "marks"),
    [
        ("Anna", "F"),
        ("ANNA", "F"),
        ("Annas", "F'"),
        ("Anna-Qwe", "F-"),
        ("Qwe-Berg", "L-"),
        ("anna", ""),
        ("Qwe", ""),
    ],
)
def test_a_name_is_known_in_its_forms(word: str, marks: str) -> None:
    assert LEXICON.marks(word) == marks


def test_a_lexicon_is_the_same_after_packing() -> None:
    assert lexicon.unpacked(lexicon.packed(LEXICON)) == LEXICON
    assert lexicon.packed(LEXICON) == lexicon.packed(LEXICON)


def test_a_common_word_that_is_also_a_name_is_everyday() -> None:
    assert [LEXICON.is_everyday(word) for word in ("Mark", "Anna", "Software")] == [True, False, False]


def test_words_that_hold_sentences_together_are_small() -> None:
    words = Lexicon({}, {"och": "0", "mark": "3", "the": "3e", "shop": "5e"})
    small = [word for word in ("Och", "Mark", "The", "Shop", "Qwe") if words.is_small_word(word)]
    assert small == ["Och", "The"]


@pytest.mark.parametrize(
    ("word", "common"), [("Och", "0"), ("Softwaren", "i"), ("Marken", "i"), ("Ochen", ""), ("Qwe", "")]
)
def test_an_inflected_word_is_common_where_its_stem_is(word: str, common: str) -> None:
    assert LEXICON.commonness(word) == common


@pytest.mark.parametrize("word", ["Ordernr", "Saksnummer", "SE4550", "Anna@example.se", "anna"])
def test_labels_numbers_and_addresses_are_no_capitals(word: str) -> None:
    assert list(Features(LEXICON).stretches([word])) == []


def test_only_words_around_capitals_are_asked_about() -> None:
    words = ["och", "så", "kom", "Anna", "Berg", "och", "sade", "att", "det", "var", "Bo"]
    assert list(Features(LEXICON).stretches(words)) == [(2, 6), (9, 11)]
    assert list(Features(LEXICON).stretches(["och", "så"])) == []


def test_a_word_is_told_of_itself_and_of_its_neighbours() -> None:
    told = Features(LEXICON).of(["och", "Anna", "kom"], 1, 2)
    assert {"g=F", "-1w=och", "+1w=kom", "sh=Xx"} <= set(told[0])


def test_own_names_are_known_as_those_of_the_lexicon_are() -> None:
    features = Features(LEXICON).knowing({"qwe": "L"})
    assert (features.word("Qwe").known, Features(LEXICON).word("Qwe").known) == ("L", "0")


def test_names_end_where_another_begins() -> None:
    assert list(names_among(["B-PER", "I-PER", "B-PER", "O", "I-PER", "B-ORG"])) == [(0, 2), (2, 3), (4, 5)]


def test_english_is_told_by_its_small_words() -> None:
    english = b"This is the end of the line, and that is all there is to the matter."
    swedish = "Detta är slutet på raden, och det är allt som finns att säga om det.".encode()
    assert (is_english(english, 0, len(english)), is_english(swedish, 0, len(swedish))) == (True, False)
    assert not is_english(b"Anna Berg", 0, 9)


def test_what_is_known_for_one_text_is_gone_with_it() -> None:
    """Where nothing looks for what holds itself, as in a sealed-off child, all texts of a file would add up."""
    gc.disable()
    try:
        known = weakref.ref(Features(LEXICON).knowing({"qwe": "L"}))
        assert known() is None
    finally:
        gc.enable()
