import fcntl
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from tryggve.lib import folders as folder


@contextmanager
def turn(*, waiting: Callable[[], None] | None = None) -> Iterator[None]:
    """One import at a time, whichever process runs it; others wait. A killed one lets go by dying.

    ``waiting`` is called once before the wait, if there is one. The worker never waits here, since a stopped
    program may hold the turn for ever: it takes `turn_if_free`.
    """
    descriptor = _open()
    try:
        if not _taken(descriptor):
            if waiting is not None:
                waiting()
            fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


@contextmanager
def turn_if_free() -> Iterator[bool]:
    """The same without waiting: whether nobody else had it."""
    descriptor = _open()
    try:
        yield _taken(descriptor)
    finally:
        os.close(descriptor)


def _taken(descriptor: int) -> bool:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _open() -> int:
    return os.open(folder.current().run / "import.lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
