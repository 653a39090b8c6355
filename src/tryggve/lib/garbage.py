import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def not_collected() -> Iterator[None]:
    """Don't look for circles of objects in this block, where very many are made that go in no circle.

    Each new object brings the next look through all of them nearer: on large lists that was a fifth of the work. What
    is let go of is still freed at once; only circles wait. Nothing changes for who turned the collector off before.
    """
    if not gc.isenabled():
        yield
        return
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
