"""Gives each entry its place in the log: one after the other, by one process at a time."""

from datetime import datetime

from django.db import transaction

from tryggve.audit import epochs, lease, leaves, standing, tile_writing
from tryggve.audit.leaves import Place
from tryggve.lib import write_points

BATCH = standing.MOST_BEHIND


def sequence(*, now: datetime, thorough: bool = False) -> int:
    """Place the entries that have no place yet, then write the tiles; answers how many were placed.

    Entries that were written early and committed late are found as long as they are among the last ten thousand
    or so; ``thorough`` looks through all. Cut off anywhere, the next run goes on. Not inside a transaction.
    Raises RolledBack, FilesMissing, LogDisagrees, FileDisagrees, Unreadable, NotANote, OSError, and as the database
    does.
    """
    with lease.held():
        return advance(now=now, thorough=thorough)


def advance(*, now: datetime, thorough: bool = False) -> int:
    """The same for who holds the lease."""
    last = standing.newest()
    if last is None:
        last = epochs.open_first(now=now)
    tile_writing.catch_up(last.epoch, to=last.index + 1)
    last = epochs.open_year(last, now=now)
    tile_writing.catch_up(last.epoch, to=last.index + 1)
    placed, above = 0, 0 if thorough else leaves.low_water()
    while entries := leaves.unsequenced(limit=BATCH, above=above):
        last, above = _place(last, entries), entries[-1]
        placed += len(entries)
        tile_writing.catch_up(last.epoch, to=last.index + 1)
    return placed


def _place(last: Place, entries: list[int]) -> Place:
    with transaction.atomic():
        leaves.append(last.epoch, last.index + 1, entries)
        write_points.reached("audit: leaves placed, not committed")
    write_points.reached("audit: leaves placed")
    return Place(last.epoch, last.index + len(entries), entries[-1])
