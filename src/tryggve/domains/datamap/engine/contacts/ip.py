"""IP addresses that may be a person's: of version 4 in dotted decimals (RFC 791), of version 6 (RFC 4291)."""

from typing import Final

import numpy as np

from tryggve.domains.datamap.engine.contacts import ip_version_6
from tryggve.domains.datamap.engine.contacts.claims import Claims, claims, together
from tryggve.domains.datamap.engine.contacts.nearby import (
    IS_DIGIT,
    IS_LETTER,
    byte_at,
    class_of,
    eight_before,
    endings_of,
    ends_with_any,
    follows_letter,
    reach,
    touches,
    value_of,
)
from tryggve.domains.datamap.engine.kinds import Confidence, Kind
from tryggve.domains.datamap.engine.spans import Codes, Mask, Places, Spans
from tryggve.domains.datamap.engine.text import Text

_NONE, _LOW, _MEDIUM, _HIGH = (np.uint8(level) for level in Confidence)
_PARTS: Final = 4
_POINT, _HYPHEN, _SLASH, _COLON = (ord(sign) for sign in ".-/:")
# This network, loopback, multicast and all above it, netmasks among them (RFC 6890, RFC 5771): they are nobody's.
_IS_NOBODYS: Final = np.isin(np.arange(1_000), (0, 127, *range(224, 1_000)))
# What stands before the number of a release or a paragraph.
_RELEASES: Final = endings_of(
    "version versjon ersionen _ver _v release build firmware _rev section kapitel avsnitt _oid §"
)
_SEPARATORS: Final = class_of(b" .:=\"'#(")


def find(text: Text) -> Spans:
    """All in the text."""
    claimed = together(claim for claim in (_of_four(text), ip_version_6.found(text)) if claim is not None)
    return claimed.settled(text, Kind.IP)


def _of_four(text: Text) -> Claims | None:
    runs, codes = text.runs, text.codes
    most = len(runs) - (_PARTS - 1)
    if most <= 0:
        return None
    is_part = (runs.size <= 3) & (runs.gap == 1)
    fits = is_part[:most] & is_part[1 : most + 1] & is_part[2 : most + 2] & (runs.size[3:] <= 3)
    first = np.flatnonzero(fits)
    for place in range(_PARTS - 1):
        first = first[codes[runs.end[first + place]] == _POINT]
    if not len(first):
        return None
    parts = np.stack(
        [value_of(codes, runs.start[first + place], runs.size[first + place], 3) for place in range(_PARTS)],
        1,
    )
    is_address = (parts <= 255).all(1) & ~_IS_NOBODYS[parts[:, 0]] & _has_no_zeros_before(text, first, parts)
    first, parts = first[is_address], parts[is_address]
    start, end = runs.start[first], runs.end[first + _PARTS - 1]
    whole = _is_whole(codes, start, end) & ~_is_network(codes, end, parts)
    first, parts, start, end = first[whole], parts[whole], start[whole], end[whole]
    unsaid = np.where(_is_release(codes, start), _NONE, _worth(parts))
    return claims(start, end, other=np.minimum(unsaid, _LOW), unsaid=unsaid, said=_HIGH)


def _worth(parts: Places) -> Codes:
    """Single figures throughout are a chapter's, or a release's."""
    return np.where(
        (parts < 10).all(1), _NONE, np.where((parts[:, 0] < 10) & (parts < 100).all(1), _LOW, _MEDIUM)
    )


def _has_no_zeros_before(text: Text, first: Places, parts: Places) -> Mask:
    """010.001.002.003 means other numbers to some programs (RFC 6943 §3.1.1), and is no address to most."""
    sizes = 1 + (parts >= 10) + (parts >= 100)
    each = [text.runs.size[first + place] == sizes[:, place] for place in range(_PARTS)]
    return np.asarray(np.stack(each, 1).all(1))


def _is_whole(codes: Codes, start: Places, end: Places) -> Mask:
    """No letter or figure touches it, nor behind a point; ``nginx/1.25.10.2`` and ``pkg-1.25.10.2`` are releases."""
    before, farther = byte_at(codes, start - 1), byte_at(codes, start - 2)
    after, beyond = byte_at(codes, end), byte_at(codes, end + 1)
    is_free = ~follows_letter(codes, start) & ~((before == _COLON) & IS_DIGIT[farther])
    is_free &= ~((before == _POINT) & follows_letter(codes, start - 1))
    is_free &= ~(((before == _SLASH) | (before == _HYPHEN)) & IS_LETTER[farther])
    is_free &= ~touches(after) & ~((after == _POINT) & touches(beyond))
    is_next = (after == _HYPHEN) & touches(beyond) & ~np.isin(end + 1, start)
    return np.asarray(is_free & ~is_next)


def _is_network(codes: Codes, end: Places, parts: Places) -> Mask:
    """192.0.2.0/24 is a network's, 192.0.2.7/24 a computer's."""
    return np.asarray(
        (parts[:, 3] == 0) & (byte_at(codes, end) == _SLASH) & IS_DIGIT[byte_at(codes, end + 1)]
    )


def _is_release(codes: Codes, start: Places) -> Mask:
    signs = reach(codes, start, _SEPARATORS, 3, back=True)
    return ends_with_any(eight_before(codes, start - signs), _RELEASES) & (signs > 0)
