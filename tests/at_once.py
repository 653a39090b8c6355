"""Several deeds at the same moment, each in a thread with a connection of its own."""

import threading
from collections.abc import Callable, Sequence

from django.db import connection


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
