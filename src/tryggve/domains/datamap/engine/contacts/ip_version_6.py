"""IP addresses of version 6 as people and programs write them: RFC 4291 §2.2, RFC 5952."""

from ipaddress import AddressValueError, IPv6Address
from typing import Final

import numpy as np

from tryggve.domains.datamap.engine.contacts.claims import Claims, claims
from tryggve.domains.datamap.engine.contacts.nearby import (
    DIGITS,
    byte_at,
    class_of,
    follows_letter,
    reach,
    touches,
)
from tryggve.domains.datamap.engine.kinds import Confidence
from tryggve.domains.datamap.engine.rows import rows
from tryggve.domains.datamap.engine.spans import Codes, Mask, Places
from tryggve.domains.datamap.engine.text import Text

_COLON, _POINT, _SLASH = (ord(sign) for sign in ":./")
_WRITTEN_WITH: Final = class_of(DIGITS + b"abcdefABCDEF:.")
_LONGEST: Final = 45
_PARTS, _LARGEST_PART = 8, 4
_FEWEST_COLONS: Final = 5  # from the first to the sixth, where the last two parts are of version 4
# Global unicast, unique local and link-local ones (RFC 4291 §2.4, RFC 4193); those of version 4 in version 6.
_GLOBAL: Final = np.isin(np.arange(256), list(b"23"))
_LOCAL: Final = (b"fc", b"fd", b"fe8", b"fe9", b"fea", b"feb")
_WITH_VERSION_4: Final = (b"::ffff:", b"64:ff9b::", *_LOCAL, b"2", b"3")


def found(text: Text) -> Claims | None:
    """From a double colon or six near each other, one of which all have."""
    codes, first = text.codes, text.content.find(b":")
    if first < 0:
        return None
    colons = np.flatnonzero(codes[first:] == _COLON) + first
    six = colons[:-_FEWEST_COLONS][
        colons[_FEWEST_COLONS:] - colons[:-_FEWEST_COLONS] <= _FEWEST_COLONS * (_LARGEST_PART + 1)
    ]
    near = np.concatenate((colons[:-1][np.diff(colons) == 1], six))
    if not len(near):
        return None
    start = np.unique(near - reach(codes, near, _WRITTEN_WITH, _LONGEST, back=True))
    size = reach(codes, start, _WRITTEN_WITH, _LONGEST + 1)
    start, end = start[size <= _LONGEST], (start + size)[size <= _LONGEST]
    end -= byte_at(codes, end - 1) == _POINT
    end -= (byte_at(codes, end - 1) == _COLON) & (byte_at(codes, end - 2) != _COLON)
    start += (byte_at(codes, start) == _COLON) & (byte_at(codes, start + 1) != _COLON)
    is_network = (byte_at(codes, end - 1) == _COLON) & (byte_at(codes, end) == _SLASH)
    some = ~follows_letter(codes, start) & ~touches(byte_at(codes, end)) & ~is_network
    start, end = start[some], end[some]
    valid = _is_valid(codes, start, end)
    return claims(
        start[valid], end[valid], other=Confidence.MEDIUM, unsaid=Confidence.HIGH, said=Confidence.HIGH
    )


def _is_valid(codes: Codes, start: Places, end: Places) -> Mask:
    """Eight parts, or fewer and one double colon; one of four figures first, as all in use have."""
    window = rows(codes, start, _LONGEST)
    is_inside = np.arange(_LONGEST) < (end - start)[:, None]
    is_colon = (window == _COLON) & is_inside
    is_figure = is_inside & ~is_colon
    doubles = (is_colon[:, 1:] & is_colon[:, :-1]).sum(1)
    parts = is_figure[:, 0] + (is_figure[:, 1:] & ~is_figure[:, :-1]).sum(1)
    too_large = is_figure[:, _LARGEST_PART:].copy()
    for place in range(_LARGEST_PART):
        too_large &= is_figure[:, place : place - _LARGEST_PART]
    is_valid = np.where(doubles == 0, parts == _PARTS, (doubles == 1) & (parts < _PARTS)) & ~too_large.any(1)
    has_point = ((window == _POINT) & is_inside).any(1)
    is_valid &= _is_in_use(window) & ~has_point
    for row in np.flatnonzero(has_point & (doubles == 1)).tolist():
        is_valid[row] = _ends_in_version_4(window[row, : end[row] - start[row]].tobytes())
    return np.asarray(is_valid)


def _is_in_use(window: Codes) -> Mask:
    first = window[:, :_LARGEST_PART] | 0x20
    is_local = np.zeros(len(window), np.bool_)
    for prefix in _LOCAL:
        is_local |= (first[:, : len(prefix)] == np.frombuffer(prefix, np.uint8)).all(1)
    return np.asarray((_GLOBAL[window[:, 0]] | is_local) & (window[:, :_LARGEST_PART] != _COLON).all(1))


def _ends_in_version_4(written: bytes) -> bool:
    try:
        IPv6Address(written.decode())
    except AddressValueError:
        return False
    return written.lower().startswith(_WITH_VERSION_4)
