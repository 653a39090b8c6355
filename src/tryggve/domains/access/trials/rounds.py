"""Going round many doors in short transactions, so that nobody who writes waits for long."""

import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime, timedelta
from typing import Final

from django.db import transaction

from tryggve.domains.access.trials.doors import Door
from tryggve.domains.access.trials.knocking import Met, Stack
from tryggve.domains.access.trials.visitors import Visitor

# SQLite has one writer at a time: this long it is us, and then others have their turn.
_HELD_SECONDS: Final = 0.4
_LEFT_SECONDS: Final = 0.1


def clock_from(at: datetime) -> Callable[[], datetime]:
    """What time it is for as long as the going round takes, from when it began."""
    began = time.monotonic()
    return lambda: at + timedelta(seconds=time.monotonic() - began)


def tried(
    doors: Iterable[Door],
    *,
    stack: Stack,
    plant: Callable[[], Visitor],
    pause: Callable[[float], None] = time.sleep,
) -> Iterator[Met]:
    """Knock at each of them as somebody who is made anew for each transaction, and is never kept."""
    left = deque(doors)
    while left:
        yield from _round(left, stack, plant)
        if left:
            pause(_LEFT_SECONDS)


def _round(left: deque[Door], stack: Stack, plant: Callable[[], Visitor]) -> list[Met]:
    met, until = [], time.monotonic() + _HELD_SECONDS
    with transaction.atomic():
        visitor = plant()
        while left:
            met.append(stack.knock(left.popleft(), visitor))
            if time.monotonic() >= until:
                break
        transaction.set_rollback(True)
    return met
