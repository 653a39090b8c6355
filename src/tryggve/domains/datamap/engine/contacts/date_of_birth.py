"""Dates of birth: dates that the line, or the heading of their column, says somebody was born on."""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from tryggve.domains.datamap.engine import spans
from tryggve.domains.datamap.engine.contacts import dates
from tryggve.domains.datamap.engine.contacts.claims import claims
from tryggve.domains.datamap.engine.contacts.nearby import (
    DIGITS,
    IS_LETTER,
    byte_at,
    class_of,
    follows_letter,
    reach,
)
from tryggve.domains.datamap.engine.kinds import Confidence, Kind
from tryggve.domains.datamap.engine.rows import rows
from tryggve.domains.datamap.engine.spans import Codes, Mask, Places, Spans
from tryggve.domains.datamap.engine.text import Text

_NONE, _LOW, _MEDIUM, _HIGH = (np.uint8(level) for level in Confidence)
# Beginnings of words for being born, of four to eight bytes; «fød» is food too, and «synt» to seem.
_STEMS: Final = (
    "född födel fodd fodel født føds foedt foeds fodt fodse synty synt. birthd bday dob: dob_ d.o.b."
)
# Whole words: Bornholm is an island, Birthe a name.
_WORDS: Final = "born birth"
_WIDTH: Final = 4
_WITHIN: Final = 48
_SAME_LINE: Final = class_of(set(range(1, 256)) - set(b"\n\r" + DIGITS))
_LETTERS_FOR_BORN: Final = class_of(b"fFsSbB")
_AFTER_LETTER: Final = class_of(b" .")


def _patterns(words: str) -> tuple[bytes, ...]:
    """``_`` for a space."""
    return tuple(bytes(byte | 0x20 for byte in word.replace("_", " ").encode()) for word in words.split())


_PATTERNS_OF_STEMS, _PATTERNS_OF_WORDS = _patterns(_STEMS), _patterns(_WORDS)


def find(text: Text) -> Spans:
    """Dates with a word for being born before them on the line, no figures between, or under such a heading."""
    found = dates.found(text)
    if not len(found.start):
        return spans.none()
    unsaid = np.where(_has_word_before(text, found.start), np.where(found.has_century, _HIGH, _MEDIUM), _NONE)
    return claims(found.start, found.end, other=unsaid, unsaid=unsaid, said=_HIGH).settled(
        text, Kind.DATE_OF_BIRTH
    )


def _has_word_before(text: Text, start: Places) -> Mask:
    codes = text.codes
    near = reach(codes, start, _SAME_LINE, _WITHIN, back=True)
    is_born = _has_letter_before(codes, start, near) | (near > 0) & _has_star_before(codes, start)
    few = np.flatnonzero(near >= _WIDTH)
    if len(few):
        is_born[few] |= _has_stem(rows(codes, start[few] - _WITHIN, _WITHIN) | np.uint8(0x20), near[few])
    return is_born


def _has_stem(window: Codes, near: Places) -> Mask:
    """``window``: (n × 48) bytes before, small; ``near``: how many of them count, from the last on."""
    starts = _WITHIN - _WIDTH + 1
    fours = np.zeros((len(window), starts), np.uint32)
    for place in range(_WIDTH):
        fours |= window[:, place : place + starts].astype(np.uint32) << np.uint32(8 * place)
    counts = np.arange(starts) >= (_WITHIN - near)[:, None]
    has_stem = np.zeros(len(window), np.bool_)
    for stem in _PATTERNS_OF_STEMS:
        has_stem |= (_begins(fours, stem) & counts[:, : starts - len(stem) + _WIDTH]).any(1)
    is_end = np.pad(~IS_LETTER[window], ((0, 0), (0, 1)), constant_values=True)
    for word in _PATTERNS_OF_WORDS:
        is_whole = _begins(fours, word) & is_end[:, len(word) :]
        has_stem |= (is_whole & counts[:, : starts - len(word) + _WIDTH]).any(1)
    return has_stem


def _begins(fours: NDArray[np.uint32], pattern: bytes) -> Mask:
    """Where it begins, by its first four bytes and its last."""
    farther = len(pattern) - _WIDTH
    first, last = (int.from_bytes(part, "little") for part in (pattern[:_WIDTH], pattern[-_WIDTH:]))
    return np.asarray((fours[:, : fours.shape[1] - farther] == first) & (fours[:, farther:] == last))


def _has_letter_before(codes: Codes, start: Places, near: Places) -> Mask:
    """f. 17/5 1980, (f 1980-05-17), s. 17.5.1980, b. 17 May 1980."""
    signs = np.minimum(reach(codes, start, _AFTER_LETTER, 3, back=True), near)
    letter = start - signs - 1
    is_letter = (signs > 0) & (signs < near) & _LETTERS_FOR_BORN[byte_at(codes, letter)]
    return is_letter & ~follows_letter(codes, letter)


def _has_star_before(codes: Codes, start: Places) -> Mask:
    """Genealogists' *1980-05-17; two stars are emphasis."""
    return np.asarray((byte_at(codes, start - 1) == ord("*")) & (byte_at(codes, start - 2) != ord("*")))
