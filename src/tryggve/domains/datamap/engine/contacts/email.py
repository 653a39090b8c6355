"""E-mail addresses: outward from each ``@``, as RFC 5321 §4.5.3.1 and RFC 6531 let them be long and international."""

from typing import Final

import numpy as np

from tryggve.domains.datamap.engine import spans
from tryggve.domains.datamap.engine.contacts import top_level_domains
from tryggve.domains.datamap.engine.contacts.nearby import (
    DIGITS,
    IS_DIGIT,
    IS_LETTER,
    LOWER,
    OF_LETTERS,
    UPPER,
    byte_at,
    class_of,
    eight_before,
    endings_of,
    ends_with_any,
    is_capital,
    reach,
    trimmed,
    whole_words,
)
from tryggve.domains.datamap.engine.kinds import Confidence, Kind
from tryggve.domains.datamap.engine.spans import Codes, Mask, Places, Spans
from tryggve.domains.datamap.engine.text import Text

_AT: Final = ord("@")
_LOCAL_MOST, _DOMAIN_MOST, _WHOLE_MOST, _LABEL_MOST = 64, 255, 254, 63
# RFC 5321 allows ! # $ * / = ? ^ ` { | } too; in texts those stand round an address, not in it.
_IN_LOCAL: Final = class_of(DIGITS + UPPER + LOWER + OF_LETTERS + b".-_+%&'~")
_IN_DOMAIN: Final = class_of(DIGITS + UPPER + LOWER + OF_LETTERS + b".-")
_BEGINS_LABEL: Final = class_of(DIGITS + UPPER + LOWER + OF_LETTERS)
_IS_SMALL: Final = class_of(LOWER)
# What is left of a quotation mark where the walk stopped in it, and signs that no address begins or ends with.
_EDGE: Final = class_of(bytes(range(0x80, 0xC0)) + b".-_+%&'~")
_DOMAIN_EDGE: Final = class_of(b".-")
_MAY_HOLD: Final = class_of(b"/<")
_WEB, _OF_MORE, _GIT = endings_of("//"), endings_of("// -id:_< -id:<"), endings_of("git")


def find(text: Text) -> Spans:
    """All in the text."""
    first = text.content.find(b"@")
    if first < 0:
        return spans.none()
    codes = text.codes
    start, end, at = _parts(codes, np.flatnonzero(codes[first:] == _AT) + first)
    whole = np.flatnonzero(_has_length(codes, start, at, end) & ~_is_part_of_more(codes, start, at))
    start, end, at = start[whole], end[whole], at[whole]
    return spans.spans(Kind.EMAIL, start, end, _sure(codes, at, end))


def _parts(codes: Codes, at: Places) -> tuple[Places, Places, Places]:
    """Begin, end and ``@`` of what has something on both sides."""
    before = reach(codes, at, _IN_LOCAL, _LOCAL_MOST + 1, back=True, dotted=True)
    both = np.flatnonzero((before > 0) & _BEGINS_LABEL[byte_at(codes, at + 1)])
    at, start = at[both], at[both] - before[both]
    after = reach(codes, at + 1, _IN_DOMAIN, _DOMAIN_MOST + 1, dotted=True)
    start, _at = trimmed(codes, _after_escape(codes, start), at, _EDGE)
    _begin, end = trimmed(codes, at + 1, at + 1 + after, _DOMAIN_EDGE)
    return start, end, at


def _after_escape(codes: Codes, start: Places) -> Places:
    r"""Past what is left of a ``\n``, ``\r``, ``\t`` or ``\u003c`` in the source of a program."""
    few = np.flatnonzero(byte_at(codes, start - 1) == ord("\\"))
    if len(few):
        first = byte_at(codes, start[few])
        start[few] += np.where(np.isin(first, list(b"nrt")), 1, np.where(first == ord("u"), 5, 0))
    return start


def _has_length(codes: Codes, start: Places, at: Places, end: Places) -> Mask:
    fits = (start < at) & (at - start <= _LOCAL_MOST) & (end - start <= _WHOLE_MOST)
    fits &= byte_at(codes, at - 1) != ord(".")
    for which in np.flatnonzero(end - at > _LABEL_MOST).tolist():
        labels = codes[at[which] + 1 : end[which]].tobytes().split(b".")
        fits[which] &= max(map(len, labels)) <= _LABEL_MOST
    return fits


def _is_part_of_more(codes: Codes, start: Places, at: Places) -> Mask:
    """``https://user:password@host``, an account elsewhere (``@anna@social.example``), the id of a message."""
    sign = byte_at(codes, start - 1)
    is_part = sign == _AT
    if len(few := np.flatnonzero(_MAY_HOLD[sign])):
        is_part[few] |= ends_with_any(eight_before(codes, start[few]), _OF_MORE)
    if len(few := np.flatnonzero(sign == ord(":"))):
        begin = start[few] - 1
        begin -= reach(codes, begin, _IN_LOCAL, _LOCAL_MOST, back=True)
        is_part[few] |= ends_with_any(eight_before(codes, begin), _WEB)
    if len(few := np.flatnonzero(at - start == len("git"))):
        is_part[few] |= ends_with_any(eight_before(codes, at[few]), _GIT)
    return np.asarray(is_part)


def _sure(codes: Codes, at: Places, end: Places) -> Codes:
    """HIGH where it ends in a top-level domain that is known, LOW where in what may be one. Cuts ``end`` short."""
    size = reach(codes, end, IS_LETTER, _LABEL_MOST, back=True)
    _cut_next_sentence(codes, at, end, size)
    point = end - size - 1
    name = whole_words(eight_before(codes, end), size)
    is_domain = (size > 1) & (point > at + 1) & (byte_at(codes, point) == ord("."))
    is_domain &= top_level_domains.may_be(name, size) & ~_is_version(codes, at, point)
    sure = np.where(top_level_domains.is_known(name), np.uint8(Confidence.HIGH), np.uint8(Confidence.LOW))
    return np.where(is_domain, sure, np.uint8(Confidence.NONE))


def _cut_next_sentence(codes: Codes, at: Places, end: Places, size: Places) -> None:
    """``anna@x.se.Hej`` ends before «.Hej», ``anna@x.se-konto`` before «-konto». ``size``: letters before the end."""
    sign = end - size - 1
    joint = byte_at(codes, sign)
    is_sentence = (joint == ord(".")) & is_capital(codes, sign + 1)
    few = np.flatnonzero((size > 0) & (is_sentence | (joint == ord("-"))))
    if not len(few):
        return
    is_spelt_so = is_sentence[few] & (
        is_capital(codes, at[few] + 1) | ~_IS_SMALL[byte_at(codes, end[few] - 1)]
    )
    before = sign[few] - reach(codes, sign[few], _BEGINS_LABEL, _LABEL_MOST, back=True) - 1
    few = few[~is_spelt_so & (before > at[few]) & (byte_at(codes, before) == ord("."))]
    end[few] = sign[few]
    size[few] = reach(codes, end[few], IS_LETTER, _LABEL_MOST, back=True)


def _is_version(codes: Codes, at: Places, point: Places) -> Mask:
    """``package@1.2.3-rc.one`` and ``image@2x.min``."""
    is_version = np.zeros(len(at), np.bool_)
    if not len(few := np.flatnonzero(IS_DIGIT[byte_at(codes, at + 1)])):
        return is_version
    sign_at = at[few] + 1 + reach(codes, at[few] + 1, IS_DIGIT, _LABEL_MOST)
    sign, following = byte_at(codes, sign_at), byte_at(codes, sign_at + 1)
    is_number = (sign == ord(".")) & IS_DIGIT[following] & (sign_at < point[few])
    is_version[few] = is_number | ((sign | 0x20) == ord("x")) & (following == ord("."))
    return is_version
