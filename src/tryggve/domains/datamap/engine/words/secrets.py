"""Passwords and keys of programs that stand in clear text."""

import re
from collections.abc import Iterator
from typing import Final

import numpy as np

from tryggve.domains.datamap.engine import spans
from tryggve.domains.datamap.engine.kinds import Confidence, Kind
from tryggve.domains.datamap.engine.said import KnowsColumns
from tryggve.domains.datamap.engine.spans import Places, Spans
from tryggve.domains.datamap.engine.text import Text
from tryggve.domains.datamap.engine.words import tokens
from tryggve.domains.datamap.engine.words.placeholders import is_placeholder, is_random
from tryggve.domains.datamap.engine.words.secret_words import KEY, PASSWORD, TOKEN, words_in

# After the word: a quotation mark or bracket of its own, then a colon or equals sign, or «is» in our languages.
_JOINT: Final = (
    rb"""["'\]]?[ \t]{0,4}(?:(?P<sign>[:=]{1,2}>?|->)|(?P<tag>>)|(?P<verb>\xc3\xa4r|er|is|on)(?=[ \t:]):?)"""
)
_NEXT_LINE: Final = rb"[ \t]{0,4}(?P<below>\r?\n[ \t]{0,8})?"
_VALUE: Final = (
    rb"""(?:(?P<mark>["'`])(?P<quoted>[^\s"'`]{4,200})(?P=mark)|(?P<bare>[^\s<&"'`][^\s<&"'`]{3,199}))"""
)
_AFTER_WORD: Final = re.compile(_JOINT + _NEXT_LINE + _VALUE, re.IGNORECASE)
_AFTER_BEARER: Final = re.compile(rb"[ \t]{1,4}(?P<bare>[A-Za-z0-9._~+/=-]{16,2000})")
_ENDS_LINE: Final = re.compile(rb"[ \t]*[,;]?[ \t]*(?:[\r\n<]|$)")
_AFTER_VALUE: Final = b".,;:)]}"
_SHORTEST: Final = 4
_SHORTEST_AMONG_WORDS: Final = 6
_LONGEST: Final = 200
_HIDING: Final = np.isin(np.arange(256), list(b"*<"))

Found = tuple[int, int, Confidence]


def find(text: Text) -> Spans:
    """Values, without the words that tell what they are."""
    found = list(_beside_words(text))
    start, end, sure = zip(*found, strict=True) if found else ((), (), ())
    return spans.together((spans.spans(Kind.SECRET, start, end, sure), _in_columns(text)))


def _beside_words(text: Text) -> Iterator[Found]:
    hits, done = words_in(text.content), 0
    for id, start, end in zip(hits.id.tolist(), hits.start.tolist(), hits.end.tolist(), strict=True):
        # A token may be the value of a word before it, and one token hold two beginnings.
        if start >= done and (secret := _secret(text.content, id, start, end)):
            done = secret[1]
            yield secret


def _secret(content: bytes, id: int, start: int, end: int) -> Found | None:
    if id == PASSWORD:
        return _password(content, end)
    if id == KEY:
        return _key(content, end)
    if id == TOKEN and (place := tokens.token_at(content, start) or tokens.private_key_at(content, start)):
        return *place, Confidence.HIGH
    return None


def _password(content: bytes, end: int) -> Found | None:
    match = _AFTER_WORD.match(content, end)
    if not match:
        return None
    value, begin = _value(match)
    if len(value) < _SHORTEST or is_placeholder(value):
        return None
    written = value.decode(errors="replace")
    is_mixed = not (written.isalpha() or written.isdigit())
    if match["sign"] and not match["below"]:
        is_alone = bool(match["quoted"]) or bool(_ENDS_LINE.match(content, begin + len(value)))
        sure = _WORTH[is_mixed, is_alone]
    else:
        is_told = is_mixed and len(value) >= _SHORTEST_AMONG_WORDS and any(map(str.isdigit, written))
        sure = Confidence.MEDIUM if is_told else Confidence.NONE
    return (begin, begin + len(value), sure) if sure else None


# By whether it is more than letters or more than digits, and whether nothing else stands on the line. A word among
# others is most often the sentence that goes on.
_WORTH: Final = {
    (True, True): Confidence.HIGH,
    (True, False): Confidence.MEDIUM,
    (False, True): Confidence.MEDIUM,
    (False, False): Confidence.NONE,
}


def _key(content: bytes, end: int) -> Found | None:
    match = _AFTER_WORD.match(content, end) or _AFTER_BEARER.match(content, end)
    if not match:
        return None
    value, begin = _value(match)
    if is_placeholder(value) or not is_random(value):
        return None
    return begin, begin + len(value), Confidence.HIGH


def _value(match: re.Match[bytes]) -> tuple[bytes, int]:
    group = "bare" if match["bare"] else "quoted"
    value = match[group]
    return value.rstrip(_AFTER_VALUE) if group == "bare" else value, match.start(group)


def _in_columns(text: Text) -> Spans:
    """Cells under a heading that says password."""
    if not isinstance(text.said, KnowsColumns):
        return spans.none()
    start, end = text.said.cells_of(Kind.SECRET)
    start, end = _without_marks(text, start, end)
    size = end - start
    is_value = (size >= _SHORTEST) & (size <= _LONGEST)
    start, end = start[is_value], end[is_value]
    return spans.spans(
        Kind.SECRET, start, end, np.where(_HIDING[text.codes[start]], Confidence.NONE, Confidence.MEDIUM)
    )


def _without_marks(text: Text, start: Places, end: Places) -> tuple[Places, Places]:
    """Without quotation marks, and without the return that ends a line of Windows."""
    end = end - ((end > start) & (text.codes.take(end - 1, mode="clip") == ord("\r")))
    is_quoted = (end - start > 1) & (text.codes.take(start, mode="clip") == ord('"'))
    return start + is_quoted, end - is_quoted
