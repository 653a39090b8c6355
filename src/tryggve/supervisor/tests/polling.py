import time
from collections.abc import Callable
from typing import TypeVar

Value = TypeVar("Value")
_DEADLINE_SECONDS = 30.0
_STEP_SECONDS = 0.02


def until(condition: Callable[[], Value | None]) -> Value:
    """The first true value of the condition. Fails when it doesn't come."""
    deadline = time.monotonic() + _DEADLINE_SECONDS
    while time.monotonic() < deadline:
        if value := condition():
            return value
        time.sleep(_STEP_SECONDS)
    raise AssertionError(f"waited in vain for {condition}")
