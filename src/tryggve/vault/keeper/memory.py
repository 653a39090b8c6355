"""Keeping secrets out of swap, core dumps and other programs' reach, as far as the system allows."""

import ctypes
import mmap
import resource
from typing import Final

_PR_SET_DUMPABLE: Final = 4  # prctl(2)


def close_to_others() -> None:
    """From now on this process leaves no core dump, and no other program of the same account reads its memory.

    Its children leave no core dump either. Raises OSError if the system doesn't do it.
    """
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0) != 0:
        raise OSError(ctypes.get_errno(), "prctl(PR_SET_DUMPABLE)")


class HeldSecret:
    """A few secret bytes on memory pages of their own, which are overwritten when they are let go.

    What is read from it is an ordinary copy, of which Python says neither where it lies nor when it goes.
    """

    def __init__(self, secret: bytes) -> None:
        self._size = len(secret)
        self._pages = mmap.mmap(-1, max(self._size, 1))
        self._pages.madvise(mmap.MADV_DONTDUMP)
        self.is_kept_from_swap = _is_kept_from_swap(self._pages)
        self._pages[: self._size] = secret

    def read(self) -> bytes:
        return self._pages[: self._size]

    def wipe(self) -> None:
        """Overwrite and give back the pages; reading raises ValueError from then on."""
        if not self._pages.closed:
            self._pages[:] = bytes(len(self._pages))
            self._pages.close()


def _is_kept_from_swap(pages: mmap.mmap) -> bool:
    """Locked if the account's allowance (RLIMIT_MEMLOCK) lets it."""
    first = ctypes.c_char.from_buffer(pages)
    libc = ctypes.CDLL(None, use_errno=True)
    done: int = libc.mlock(ctypes.c_void_p(ctypes.addressof(first)), ctypes.c_size_t(len(pages)))
    return done == 0
