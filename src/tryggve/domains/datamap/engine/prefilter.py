"""Text in which there is nothing to find is told at several gigabytes a second, and no further work is done on it."""

from collections.abc import Iterator
from functools import cached_property
from typing import Final

from tryggve.domains.datamap.engine.kinds import Kind
from tryggve.domains.datamap.engine.words import any_of, lists, spelling
from tryggve.domains.datamap.engine.words.any_of import Asks, Compiles
from tryggve.domains.datamap.engine.words.secret_words import TOKENS
from tryggve.domains.datamap.engine.words.word import listed

# Each takes more than any finder does: what a finder finds is let through. None rests on a blank or a letter alone:
# Hyperscan would wake at every word.
_A_SIGN: Final = ("[0-9@]",)
_DIGITS: Final = (
    r"[0-9](?:[ \t\r\n.,;:/()+|\-]{0,3}[0-9]){4}",
    r"[0-9]\.[0-9]{1,3}\.[0-9]{1,3}\.[0-9]",
    r"[0-9][./\-] ?[0-9]{1,2}[./\- ] ?[0-9]{2}",  # 3/4 85
    r"[0-9]\.? ?[A-Za-z][A-Za-z\x80-\xff]{2,15}\.? [12][0-9]{3}",  # 3 maj 1985
    r"[A-Za-z]{2}[0-9]{2}[ \n\-]?[A-Za-z0-9]{4}",
    r"[0-9] ?[A-Za-z][ ,\r\n]{1,4}[0-9]{4}",  # Rosenlund 5 B, 8000 Aarhus
)
_SIGNS: Final = (
    r"[^ \t\r\n]@[^ \t\r\n]",
    r"[0-9A-Fa-f]::|::[0-9A-Fa-f]",
    r"[0-9A-Fa-f]{1,4}:[0-9A-Fa-f]{1,4}:[0-9A-Fa-f]{1,4}:",
)
_BEFORE_HOUSE_NUMBERS: Final = """
gatan gata gaten gate gaden gade vägen väg veien vei vegen veg vej vejen gränd gränden torget torg torv torvet
stigen stien allén allé alléen kajen slingan stråket planaden stræde strædet plads pladsen plass plassen oulevard
vænget vænge svingen katu tie polku kuja aukio raitti ulevardi planadi box boks postbox postboks pb pl
stig sti backe backen plats platsen leden ringen svängen kroken liden strand stranden parken hamnen höjden kullen
gången alle alleen toften bakken brygge kaj haven krogen lunden haugen tori rinne ranta portti penger"""
_AFTER_HOUSE_NUMBERS: Final = "Street Road Avenue Lane Drive Square Court Crescent Terrace"
# What holds anything mostly does so here; Hyperscan goes through all of a text with some expressions before it reports.
_HEAD: Final = 1 << 13
# Numbers of two digits are told by the word before them alone.
_SHORT_NUMBERS: Final = (Kind.OCR_REFERENCE, Kind.SE_PLUSGIRO)
_SHORT_WORD: Final = 5


class Prefilter:
    """``compiles``: makes one question of several expressions. Each is compiled when first asked.

    Most text holds no digit, or soon so many of them that no other question is put. Apart they take less time than all
    in one.
    """

    def __init__(self, compiles: Compiles = any_of.FASTEST) -> None:
        self._compiles = compiles

    def may_hold_anything(self, content: bytes) -> bool:
        """Whether any finder may find anything in text whose deceptive letters are resolved.

        Not for later pieces of a table, whose heading tells what nothing in them does, and not for names of persons
        that stand alone.
        """
        return self._may_hold(content[:_HEAD]) or (len(content) > _HEAD and self._may_hold(content))

    def _may_hold(self, content: bytes) -> bool:
        if not self._sign(content):
            return self._word(content)
        return self._digits(content) or self._signs(content) or self._street_or_word(content)

    @cached_property
    def _sign(self) -> Asks:
        return self._compiles(_A_SIGN)

    @cached_property
    def _word(self) -> Asks:
        return self._compiles(tuple(_words(Kind.ADDRESS)))

    @cached_property
    def _digits(self) -> Asks:
        return self._compiles(_DIGITS)

    @cached_property
    def _signs(self) -> Asks:
        return self._compiles(_SIGNS)

    @cached_property
    def _street_or_word(self) -> Asks:
        return self._compiles((*_streets(), *_words(Kind.ADDRESS, *_SHORT_NUMBERS)))


_PREFILTER: Final = Prefilter()
may_hold_anything: Final = _PREFILTER.may_hold_anything


def _streets() -> Iterator[str]:
    endings = (spelling.letters(ending, is_exact=False) for ending in _BEFORE_HOUSE_NUMBERS.split())
    yield rf"(?:{'|'.join(endings)})\.? [0-9]"
    words = (word[0] + spelling.letters(word[1:], is_exact=False) for word in _AFTER_HOUSE_NUMBERS.split())
    yield f" (?:{'|'.join(words)})"


def _words(*kinds: Kind) -> Iterator[str]:
    """What stands before a value, or over a column of them, that has nothing of its own to be told by."""
    labels = [word for word, meaning in lists.labels().items() if meaning.kinds & set(kinds)]
    for word in sorted({*labels, *lists.passwords(), *lists.keys()}):
        yield spelling.pattern(listed(word, 0)) if len(word) > _SHORT_WORD else _bounded(word)
    for token in TOKENS:
        yield spelling.pattern(listed(token, 0, is_exact=True))


def _bounded(word: str) -> str:
    """Letters beyond ASCII may stand beside it: more is taken, not less."""
    before = r"(?:\b|_)" if word[0].isascii() else ""
    after = r"(?:\b|_)" if word[-1].isascii() else ""
    return f"{before}{spelling.pattern(listed(word, 0))}{after}"
