"""Going round many doors in short transactions, so that nobody who writes waits for long."""

import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import datetime, timedelta
from functools import partial
from typing import Final, TypeVar

from django.db import transaction

from tryggve.domains.access.trials.doors import Door
from tryggve.domains.access.trials.knocking import Met, Stack
from tryggve.domains.access.trials.visitors import Visitor

# SQLite has one writer at a time: this long it is us, and then others have their turn.
_HELD_SECONDS: Final = 0.4
_LEFT_SECONDS: Final = 0.1

T = TypeVar("T")
# Somebody who is there for as long as the block lasts, and what they meet at a door.
Planted = Callable[[], AbstractContextManager[Callable[[Door], T]]]


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
    return met_at(doors, planted=partial(_knocking, stack, plant), pause=pause)


def met_at(
    doors: Iterable[Door], *, planted: Planted[T], pause: Callable[[float], None] = time.sleep
) -> Iterator[T]:
    """What somebody meets at each of them, who is planted anew for each round; whoever has seen enough may stop."""
    left = deque(doors)
    while left:
        yield from _round(left, planted)
        if left:
            pause(_LEFT_SECONDS)


def _round(left: deque[Door], planted: Planted[T]) -> list[T]:
    met: list[T] = []
    with planted() as meet:
        until = time.monotonic() + _HELD_SECONDS
        while left:
            met.append(meet(left.popleft()))
            if time.monotonic() >= until:
                break
    return met


@contextmanager
def _knocking(stack: Stack, plant: Callable[[], Visitor]) -> Iterator[Callable[[Door], Met]]:
    with transaction.atomic():
        visitor = plant()
        yield lambda door: stack.knock(door, visitor)
        transaction.set_rollback(True)
