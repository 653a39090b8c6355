"""A share of a recovery kit as somebody typed it from paper: SLIP-39 words, and what can be wrong with them."""

import difflib
import re
from collections.abc import Sequence
from typing import Final

from django.utils.translation import gettext_lazy
from django_stubs_ext import StrOrPromise
from shamir_mnemonic import MnemonicError, combine_mnemonics
from shamir_mnemonic.share import Share
from shamir_mnemonic.wordlist import WORD_INDEX_MAP, WORDLIST

from tryggve.lib import errors

WORDS_IN_SHARE: Final = 33
NEEDED: Final = 2
MADE: Final = 3

_UNIQUE_LETTERS: Final = 4  # SLIP-39: no two words begin with the same four
_BETWEEN = re.compile(r"[\s,;]+")
_AROUND = re.compile(r"^[\W\d_]+|[\W\d_]+$")

# By the order of the fields: which page of the three it is can't be told before its words are right.
_TYPED: Final = (
    gettext_lazy("The page typed first"),
    gettext_lazy("The second page typed"),
    gettext_lazy("The last page typed"),
)


class ShareRefused(errors.Refusal):
    """What was typed isn't enough to open anything; nothing was changed."""


class WordUnknown(ShareRefused):
    sentence = gettext_lazy(
        "%(page)s, word %(position)s: «%(typed)s» isn't a word of the kit. "
        "Is it «%(nearest)s»? Correct it and try again."
    )

    def __init__(self, *, page: StrOrPromise, position: int, typed: str, nearest: str) -> None:
        super().__init__(page=page, position=position, typed=typed[:30], nearest=nearest)
        self.position = position
        self.nearest = nearest


class WordsMissing(ShareRefused):
    sentence = gettext_lazy(
        "%(page)s has %(count)s words, and a whole one has %(whole)s. Look for the words that were "
        "left out, and try again."
    )


class TooManyWords(ShareRefused):
    sentence = gettext_lazy(
        "%(page)s has %(count)s words, and a whole one has %(whole)s. Write each page in a field of "
        "its own, look for words that were written twice, and try again."
    )


class WordsMistyped(ShareRefused):
    sentence = gettext_lazy(
        "%(page)s: each word is one of the kit's, but one or more aren't those on the paper, or "
        "they stand in another order. Compare word by word, and try again."
    )


class TooFewShares(ShareRefused):
    sentence = gettext_lazy(
        "Two different pages of the kit are needed. Fetch a second one from where it is kept, and try again."
    )


class SameShareTwice(ShareRefused):
    sentence = gettext_lazy(
        "The same page was written twice. Fetch another page from where it is kept, and try again."
    )


class SharesOfTwoKits(ShareRefused):
    sentence = gettext_lazy(
        "The pages belong to two different kits. Look at the number on each, and use two with the same number."
    )


def secret_of(typed: Sequence[str]) -> bytes:
    """The secret that two shares of a kit give.

    Of three shares the third is only read. Raises the refusals of this file.
    """
    first, second = parsed(typed)[:NEEDED]
    try:
        return _combined(first, second)
    except MnemonicError:
        raise SharesOfTwoKits from None


def parsed(typed: Sequence[str]) -> list[Share]:
    """The shares in those fields that aren't empty: two different ones at least, all of one kit.

    Raises the refusals of this file.
    """
    read = [share_of(text, number=number) for number, text in enumerate(typed, start=1) if text.strip()]
    if len({share.common_parameters() for share in read}) > 1:
        raise SharesOfTwoKits
    if len({share.index for share in read}) < len(read):
        raise SameShareTwice
    if len(read) < NEEDED:
        raise TooFewShares
    return read


def share_of(text: str, *, number: int = 1) -> Share:
    """One share as typed: capitals, line breaks, commas and the numbers before words don't matter.

    ``number`` from 1 is the field it was typed in. Raises WordUnknown, WordsMissing, TooManyWords, WordsMistyped.
    """
    words, page = _words(text), _TYPED[min(number, MADE) - 1]
    for position, word in enumerate(words, start=1):
        if word not in WORD_INDEX_MAP:
            raise WordUnknown(page=page, position=position, typed=word, nearest=nearest(word))
    if len(words) != WORDS_IN_SHARE:
        refusal = WordsMissing if len(words) < WORDS_IN_SHARE else TooManyWords
        raise refusal(page=page, count=len(words), whole=WORDS_IN_SHARE)
    try:
        return Share.from_mnemonic(" ".join(words))
    except MnemonicError:
        # The library's own message quotes the first words.
        raise WordsMistyped(page=page) from None


def nearest(word: str) -> str:
    """The kit's word that is most like the one that was typed."""
    beginning = word[:_UNIQUE_LETTERS]
    for known in WORDLIST:
        if len(beginning) == _UNIQUE_LETTERS and known.startswith(beginning):
            return str(known)
    return str(difflib.get_close_matches(word, WORDLIST, n=1, cutoff=0)[0])


def _words(text: str) -> list[str]:
    bare = (_AROUND.sub("", word) for word in _BETWEEN.split(text.casefold()))
    return [word for word in bare if word]


def _combined(first: Share, second: Share) -> bytes:
    secret: bytes = combine_mnemonics([first.mnemonic(), second.mnemonic()])
    return secret
