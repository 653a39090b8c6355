"""How many guesses a password withstands, and what is read as the same."""

import string
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tryggve.accounts.passwords import guesses, lists
from tryggve.accounts.passwords.folding import folded, readings
from tryggve.accounts.passwords.guesses import ENOUGH, bits

WORDS = lists.guessed_words()
# The words that the lists know, in three languages, are the hardest case: others withstand more.
_A_WORD = st.sampled_from(lists.unpacked((lists.FOLDER / "words.txt.xz").read_bytes()))
_CAPITALS = st.sampled_from([str.lower, str.title, str.upper])
_BETWEEN = st.sampled_from([" ", "-", ".", "_", ", "])


@given(st.lists(_A_WORD, min_size=4, max_size=6, unique=True), _BETWEEN, _CAPITALS)
def test_four_different_words_are_never_refused(
    words: list[str], between: str, written: Callable[[str], str]
) -> None:
    assert bits(written(between.join(words)), WORDS) >= ENOUGH


@given(st.lists(_A_WORD, min_size=1, max_size=2), st.integers(0, 2099), st.sampled_from(["", "!", "?", "."]))
def test_one_or_two_common_words_with_a_number_are_always_refused(
    words: list[str], number: int, sign: str
) -> None:
    assert bits("".join(words).title() + str(number) + sign, WORDS) < ENOUGH


@given(st.lists(_A_WORD, min_size=3, max_size=3))
def test_three_common_words_are_always_refused(words: list[str]) -> None:
    assert bits(" ".join(words), WORDS) < ENOUGH


@given(st.text(string.ascii_letters + string.digits, min_size=20, max_size=64))
def test_price_is_never_more_than_sign_by_sign(text: str) -> None:
    assert bits(text, WORDS) <= guesses.LETTER * len(text)


@given(st.text(max_size=40), st.text(max_size=5))
def test_longer_is_never_below_nothing_and_any_text_is_read(text: str, more: str) -> None:
    assert bits(text + more, WORDS) >= 0
    assert bits(text, frozenset()) >= bits(text, WORDS)


@given(st.text(max_size=60))
def test_fold_of_a_fold_is_the_same(text: str) -> None:
    assert folded(folded(text)) == folded(text)


@pytest.mark.parametrize(
    ("text", "same"),
    [("ÅÄÖ", "aao"), ("ÆØå", "aeoa"), ("Ｓｏｍｍａｒ", "sommar"), ("STRASSE", "straße"), ("A\u030a", "å")],
)  # fmt: skip
def test_letters_are_folded(text: str, same: str) -> None:
    assert folded(text) == folded(same)


def test_digits_and_signs_are_read_as_letters() -> None:
    assert readings("p4$5w0rd") == {"p4$5w0rd", "password"}
    assert readings("1l1k3") == {"1l1k3", "ilike", "lllke"}
    assert readings("2026") == {"2026"}
    assert readings("x1y") == {"x1y"}


@pytest.mark.parametrize(
    ("text", "price"),
    [
        ("abba", guesses.WORD),
        ("abba abba", guesses.WORD + guesses.AGAIN),
        ("abbaabba", guesses.WORD + guesses.AGAIN),
        ("xabba abba", guesses.LETTER + 2 * guesses.WORD),
        ("abba abbas", 2 * guesses.WORD + guesses.LETTER),
        ("abba!x!", guesses.WORD + guesses.SIGN + guesses.LETTER),
        ("tuvw", 12.0),
        ("poiu", 12.0),
        ("....", 5.0),
        ("xxxx", 12.0),
        ("1987", 7.0),
        ("871331", 6 * guesses.DIGIT),
        ("870430", 14.0),
        ("30041987", 14.0),
        ("23", 2 * guesses.DIGIT),
    ],
)
def test_prices(text: str, price: float) -> None:
    assert bits(text, {"abba"}) == pytest.approx(price)


def test_what_is_close_by_is_cheapest() -> None:
    assert bits("abba", {"abba"}, {"abba"}) == guesses.CLOSE_BY


@pytest.mark.parametrize(
    "row", ["qwertyuiopå", "åpoiuytrewq", "asdfghjklöä", "asdfghjklæø", "zxcvbnm,.-", "1q2w3e4r5t"]
)
def test_ways_over_the_keyboard_are_one_piece(row: str) -> None:
    assert bits(row, frozenset()) == 12.0


def test_lists_hold_the_three_languages_and_leaks() -> None:
    assert {
        "sommaren",
        "sommerferie",
        "karlek",
        "kaerlighed",
        "djurgarden",
        "brondby",
        "butterfly",
        "sojdlg123aljg",
    } <= WORDS
    assert not [word for word in WORDS if "@" in word and "." in word]


def test_lists_are_small() -> None:
    assert sum((lists.FOLDER / name).stat().st_size for name in lists.FILES) < 500_000
