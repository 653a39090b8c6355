from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tryggve.domains.datamap.engine.words import finder, hyperscan_finder, re2_finder, re_finder
from tryggve.domains.datamap.engine.words.word import Word, WordFinder, listed

BACK_ENDS: Final = (hyperscan_finder.Finder, re2_finder.Finder, re_finder.Finder)
Made = Callable[[Sequence[Word]], WordFinder]

WORDS: Final = (
    "person nr;pers;sjuk*;sjukdom;*gatan;ärende;ordernr;e post;e post adress;né;telé;tel;a;aå;å;æ nr;øre*"
)
EXACT: Final = ("AK*", "ghp_*", "PRIVATE KEY")
LEXICON: Final = (
    *(listed(word, id) for id, word in enumerate(WORDS.split(";"))),
    *(listed(word, 100 + id, is_exact=True) for id, word in enumerate(EXACT)),
)
PIECES: Final = (
    "person|nr|pers|sjuk|dom|gatan|ärende|ÄRENDE|é|tel|TELÉ|Tel|telé| |-|.|_|\n|a|å|Å|e|post|adress|AK|ak|ghp_|9|æ|ØRE"
    "|PRIVATE|KEY|ordernr|. |, |ß|\u00a0|日本"
)


@pytest.fixture(params=BACK_ENDS, ids=("hyperscan", "re2", "re"))
def made(request: pytest.FixtureRequest) -> Made:
    back_end: Made = request.param
    return back_end


def hits(words: WordFinder, text: str | bytes) -> list[tuple[int, bytes]]:
    content = text.encode() if isinstance(text, str) else text
    found = words.hits(content)
    places = zip(found.id.tolist(), found.start.tolist(), found.end.tolist(), strict=True)
    return [(id, content[start:end]) for id, start, end in places]


def texts(words: WordFinder, text: str) -> list[str]:
    return [found.decode() for _, found in hits(words, text)]


def test_a_word_is_found_with_its_id_whatever_its_capitals(made: Made) -> None:
    words = made([listed("tel", 7), listed("mobil", 8)])
    assert hits(words, "Tel 1, MOBIL 2") == [(7, b"Tel"), (8, b"MOBIL")]


@pytest.mark.parametrize("word", ["född", "FÖDD", "ärende", "ÅLDER", "øre", "Ægtefælle", "né", "ÿr"])
def test_letters_beyond_ascii_are_found_in_either_case(made: Made, word: str) -> None:
    words = made([listed(word, 1)])
    assert texts(words, f"{word.lower()} {word.upper()}") == [word.lower(), word.upper()]


def test_other_bytes_that_latin_1_would_fold_are_not_taken_for_letters(made: Made) -> None:
    assert hits(made([listed("å", 1)]), b"\xe3\xa5 \xe3\x85") == []


@pytest.mark.parametrize("beside", ["x{}", "{}x", "9{}", "{}9", "ö{}", "{}ö", "{}é"])
def test_a_word_within_a_longer_one_is_not_found(made: Made, beside: str) -> None:
    words = made([listed("tel", 1), listed("ärende", 2)])
    assert texts(words, f"{beside.format('tel')} {beside.format('ärende')}") == []


@pytest.mark.parametrize("beside", [" {}", "_{}_", "({})", '"{}":', "<{}>", "\n{}\n", "{}", "-{}-"])
def test_signs_and_underscores_beside_a_word_are_no_letters(made: Made, beside: str) -> None:
    words = made([listed("tel", 1), listed("ärende", 2)])
    assert texts(words, beside.format("tel")) == ["tel"]
    assert texts(words, beside.format("ärende")) == ["ärende"]


@pytest.mark.parametrize("between", ["", " ", "-", ".", ". ", "_", "- "])
def test_a_space_stands_for_any_separator_or_none(made: Made, between: str) -> None:
    assert texts(made([listed("org nr", 1)]), f"Org{between}nr 5") == [f"Org{between}nr"]


@pytest.mark.parametrize("between", ["  ", "\n", "/", "--", "x"])
def test_a_space_stands_for_nothing_longer(made: Made, between: str) -> None:
    assert texts(made([listed("org nr", 1)]), f"Org{between}nr 5") == []


def test_a_star_leaves_an_end_open(made: Made) -> None:
    words = made([listed("sjuk*", 1), listed("*gatan", 2)])
    assert texts(words, "sjukskriven, Storgatan, osjuk, gatans") == ["sjuk", "gatan"]


def test_capitals_count_in_exact_words(made: Made) -> None:
    assert texts(made([listed("AKIA*", 1, is_exact=True)]), "akiaX AKIAX") == ["AKIA"]


def test_the_longest_of_those_that_begin_first_stays(made: Made) -> None:
    words = made([listed("e post", 1), listed("e post adress", 2), listed("adress lista", 3)])
    assert hits(words, "E-postadress lista") == [(2, b"E-postadress")]


def test_a_longer_word_that_goes_on_into_another_leaves_the_shorter(made: Made) -> None:
    words = made([listed("tel", 1), listed("tel nr", 2)])
    assert hits(words, "tel nrx") == [(1, b"tel")]


def test_nothing_is_found_in_nothing(made: Made) -> None:
    assert len(made([listed("tel", 1)]).hits(b"")) == 0


def test_two_words_that_can_be_spelled_alike_are_refused(made: Made) -> None:
    with pytest.raises(ValueError, match="epost"):
        made([listed("e post", 1), listed("epost", 2)])


def test_threads_share_a_finder(made: Made) -> None:
    words = made([listed("tel", 1)])
    text = "tel " * 2_000
    with ThreadPoolExecutor(4) as threads:
        counts = [len(found) for found in threads.map(lambda _: texts(words, text), range(16))]
    assert counts == [2_000] * 16


@given(st.lists(st.sampled_from(PIECES.split("|")), max_size=14).map("".join))
def test_all_back_ends_agree_on_text(text: str) -> None:
    assert _all_agree(text.encode())


@given(
    st.lists(
        st.one_of(st.sampled_from([piece.encode() for piece in PIECES.split("|")]), st.binary(max_size=3)),
        max_size=10,
    )
)
def test_all_back_ends_agree_on_any_bytes(pieces: list[bytes]) -> None:
    assert _all_agree(b"".join(pieces))


ALL: Final = [back_end(LEXICON) for back_end in BACK_ENDS]


def _all_agree(content: bytes) -> bool:
    first, *others = (hits(words, content) for words in ALL)
    return all(other == first for other in others)


def test_the_fastest_that_is_installed_is_chosen() -> None:
    assert finder.Finder is hyperscan_finder.Finder


@pytest.mark.parametrize("text", ["", " tel", "-tel", "tel-"])
def test_a_word_that_doesnt_begin_and_end_with_a_letter_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="begin and end"):
        Word(text, 1)
