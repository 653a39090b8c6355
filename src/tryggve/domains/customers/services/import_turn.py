import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager

from tryggve.lib import folders as folder


@contextmanager
def turn() -> Iterator[None]:
    """One import at a time, whichever process runs it; others wait. A killed one lets go by dying."""
    descriptor = _open()
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


@contextmanager
def turn_if_free() -> Iterator[bool]:
    """The same without waiting: whether nobody else had it."""
    descriptor = _open()
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
        else:
            yield True
    finally:
        os.close(descriptor)


def _open() -> int:
    return os.open(folder.current().run / "import.lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
