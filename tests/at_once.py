"""Several deeds at the same moment, each in a thread with a connection of its own."""

import threading
from collections.abc import Callable, Sequence

from django.db import connection, transaction

_LONG_ENOUGH = 1.5  # seconds, for who doesn't have to wait


def in_between(deed: Callable[[], object], other: Callable[[], object]) -> Exception | None:
    """Do ``other`` beside while what ``deed`` has written isn't committed yet; what that one ended with, if not well.

    Where it must wait it is let on after the commit.
    """
    ends: list[Exception] = []

    def beside() -> None:
        try:
            other()
        except Exception as failure:  # noqa: BLE001 - the test asks for it
            ends.append(failure)
        finally:
            connection.close()

    thread = threading.Thread(target=beside)
    with transaction.atomic():
        deed()
        thread.start()
        thread.join(_LONG_ENOUGH)
    thread.join()
    return ends[0] if ends else None


def all_at_once(deeds: Sequence[Callable[[], object]]) -> list[object]:
    """What each returned, or the exception that it ended with, in their order."""
    gate = threading.Barrier(len(deeds))
    ends: list[object] = [None] * len(deeds)

    def start(number: int) -> None:
        gate.wait()
        try:
            ends[number] = deeds[number]()
        except Exception as failure:  # noqa: BLE001 - the test asks for it
            ends[number] = failure
        finally:
            connection.close()

    threads = [threading.Thread(target=start, args=(number,)) for number in range(len(deeds))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return ends
