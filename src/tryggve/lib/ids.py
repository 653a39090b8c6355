import secrets
import time
import uuid
from datetime import datetime

_RANDOM_BYTES = 10
# What is random of those 80 bits: version and variant lie between.
_RANDOM = 0xFFF << 64 | 2**62 - 1
_RESERVED_BYTES = 7


def new_id() -> uuid.UUID:
    """A random id that sorts by the time it was made: UUID version 7 (RFC 9562 §5.7)."""
    [id] = new_ids(1)
    return id


def new_ids(count: int) -> list[uuid.UUID]:
    """That many of one moment, made together: asking for randomness once costs less."""
    milliseconds = time.time_ns() // 1_000_000
    fixed = (milliseconds & (2**48 - 1)) << 80 | 0x7 << 76 | 0b10 << 62
    random = secrets.token_bytes(_RANDOM_BYTES * count)
    return [
        uuid.UUID(int=fixed | int.from_bytes(random[at : at + _RANDOM_BYTES]) & _RANDOM)
        for at in range(0, len(random), _RANDOM_BYTES)
    ]


def earliest_id(at: datetime) -> uuid.UUID:
    """What no id that is made at that time or later is smaller than."""
    return uuid.UUID(int=int(at.timestamp() * 1000) << 80)


def reserved(name: str) -> uuid.UUID:
    """The id of what there is one of, which every installation calls the same: UUID version 8 (RFC 9562 §5.8).

    It sorts before every id that was made at a time. ``name`` has at most seven ASCII letters.
    """
    letters = name.encode("ascii")
    if not 0 < len(letters) <= _RESERVED_BYTES:
        raise ValueError("a reserved id is named by one to seven letters")
    return uuid.UUID(int=0x8 << 76 | 0b10 << 62 | int.from_bytes(letters))
