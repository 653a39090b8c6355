import ctypes
import functools
from collections.abc import Callable


def give_back() -> None:
    """Return to the system what was let go of, where the C library keeps it: after large things were made anew.

    Costs about a millisecond (glibc's malloc_trim(3)); elsewhere nothing is done.
    """
    if (trim := _trim()) is not None:
        trim(0)


@functools.cache
def _trim() -> Callable[[int], int] | None:
    found: Callable[[int], int] | None = getattr(ctypes.CDLL(None), "malloc_trim", None)
    return found
