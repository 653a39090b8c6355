import secrets
import time
import uuid
from datetime import datetime

_RANDOM_BITS = 74


def new_id() -> uuid.UUID:
    """A random id that sorts by the time it was made: UUID version 7 (RFC 9562 §5.7)."""
    milliseconds = time.time_ns() // 1_000_000
    random = secrets.randbits(_RANDOM_BITS)
    return uuid.UUID(
        int=(milliseconds & (2**48 - 1)) << 80
        | 0x7 << 76
        | (random >> 62) << 64
        | 0b10 << 62
        | random & (2**62 - 1)
    )


def earliest_id(at: datetime) -> uuid.UUID:
    """What no id that is made at that time or later is smaller than."""
    return uuid.UUID(int=int(at.timestamp() * 1000) << 80)
