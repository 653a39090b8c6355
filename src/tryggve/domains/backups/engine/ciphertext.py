"""Whether bytes that lie with somebody else could be read by them."""

import math
from collections import Counter
from typing import Final

# What a copy would hold if it weren't encrypted; long enough never to occur by chance.
_NEEDLES: Final = (
    b"SQLite format 3\x00",
    b"tryggve.sqlite3",
    b"keys.sqlite3",
    b"manifest.json",
    b"CREATE TABLE ",
    b"pg_dump",
)
# How packed files begin: gzip, zip, zstd, xz.
_BEGINNINGS: Final = (b"\x1f\x8b\x08", b"PK\x03\x04", b"\x28\xb5\x2f\xfd", b"\xfd7zXZ\x00")
# With fewer bytes the order in them can't be told from chance.
_ENOUGH: Final = 2_048
_MARGIN_BITS: Final = 0.15


def is_readable(stored: bytes, needles: tuple[bytes, ...] = ()) -> bool:
    """Whether there is order in it, a needle, or the beginning of a packed file."""
    if stored.startswith(_BEGINNINGS) or any(one in stored for one in (*_NEEDLES, *needles)):
        return True
    return len(stored) >= _ENOUGH and bits_a_byte(stored) < _of_chance(len(stored)) - _MARGIN_BITS


def bits_a_byte(stored: bytes) -> float:
    """Shannon's entropy, 8 for endless chance."""
    size = len(stored)
    return -sum(count / size * math.log2(count / size) for count in Counter(stored).values())


def _of_chance(size: int) -> float:
    """What so many random bytes come to (Miller 1955: 255 degrees of freedom)."""
    return 8 - 255 / (2 * size * math.log(2))
