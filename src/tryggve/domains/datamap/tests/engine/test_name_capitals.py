"""Words with capitals are found with whole arrays just as one by one, and known ones among them."""

import re

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from tryggve.domains.datamap.engine.names import known
from tryggve.domains.datamap.engine.names.capitals import LONGEST, capitals_in, keys_of
from tryggve.domains.datamap.engine.names.known import FIRST, LAST, table

_TEXTS = st.text(st.sampled_from("AnÅåÖöØÆéB zZ\n-.,;19_@[]{|}^`~"), max_size=80)
_WORDS = st.text(st.sampled_from("aåöbzné"), min_size=1, max_size=9)
_CAPITAL = re.compile(r"(?<![\w])[A-ZÀ-ÖØ-Þ]")
_REST = re.compile(r"[^\W\d_]*")


@given(_TEXTS)
def test_capitals_begin_words_and_end_with_their_letters(text: str) -> None:
    content = text.encode()
    found = capitals_in(content)
    begins = [len(text[: one.start()].encode()) for one in _CAPITAL.finditer(text)]
    assert found.start.tolist() == begins
    for begin, size in zip(begins, found.size.tolist(), strict=True):
        word = _REST.match(content[begin:].decode())
        assert word is not None
        assert size == min(len(word[0].encode()), LONGEST)


@given(st.lists(_WORDS, min_size=1, unique=True))
def test_each_word_has_a_key_of_its_own(words: list[str]) -> None:
    assert len(set(keys_of(words).tolist())) == len(words)


@given(_WORDS)
def test_a_word_has_one_key_in_small_and_in_large_letters(word: str) -> None:
    assert (
        len({*keys_of([word]).tolist(), *keys_of([word.upper()]).tolist(), *keys_of([word.title()]).tolist()})
        == 1
    )


@given(st.dictionaries(_WORDS, st.integers(1, 7)), st.lists(_WORDS))
def test_a_table_tells_what_is_in_it_and_nothing_else(held: dict[str, int], asked: list[str]) -> None:
    one = table(keys_of(held), np.array(list(held.values()), np.uint8))
    assert one.of(keys_of(asked)).tolist() == [held.get(word, 0) for word in asked]


def test_bits_of_a_key_that_comes_twice_are_put_together() -> None:
    assert table(keys_of(["ek", "ek"]), np.array([1, 2], np.uint8)).of(keys_of(["Ek"])).tolist() == [3]


def test_the_shipped_names_tell_first_and_last() -> None:
    assert (known.shipped().of(keys_of(["Åsa", "Svensson", "Xhelq"])) & (FIRST | LAST)).tolist() == [
        FIRST,
        LAST,
        0,
    ]
