"""One sequencer at a time: a lock on a file, which a dead holder lets go; the table's unique columns fence it."""

import contextlib
from collections.abc import Iterator

from tryggve.lib import durable, folders


@contextlib.contextmanager
def held() -> Iterator[None]:
    """Wait for the lease. Not inside a transaction: who holds the lease waits for the database."""
    with durable.alone(folders.current().audit / "lock"):
        yield
