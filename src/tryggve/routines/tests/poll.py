import time
from collections.abc import Callable

_SECONDS = 60.0


def until(condition: Callable[[], bool]) -> None:
    """Return as soon as it holds. Raises TimeoutError after a minute: nothing in the tests takes that long."""
    deadline = time.monotonic() + _SECONDS
    while not condition():
        if time.monotonic() > deadline:
            raise TimeoutError
        time.sleep(0.02)
