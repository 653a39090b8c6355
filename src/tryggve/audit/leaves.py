"""The places of entries in the trees of the log, and the leaves themselves as the database would form them now."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from django.db import DatabaseError, connection

from tryggve.audit import canonical

# Entries that commit late get their place too, as long as fewer than this many others came before them meanwhile;
# a thorough run finds the rest.
_LOOK_BACK = 10_000

# Text by way of CAST, or SQLite's driver would turn it into dates. Both give ``YYYY-MM-DD HH:MM:SS[.ffffff]``.
_AT = {
    "sqlite": "CAST(e.recorded_at AS TEXT)",
    "postgresql": (
        "replace(to_char(e.recorded_at AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS.US'), '.000000', '')"
    ),
}
_SUBJECT = {"sqlite": "e.subject", "postgresql": "replace(e.subject::text, '-', '')"}


@dataclass(frozen=True, slots=True)
class Place:
    """Where an entry stands: leaf ``index`` of ``epoch``."""

    epoch: int
    index: int
    entry: int


class Stretch(NamedTuple):
    """What the database has in a row of places, in order; one without a row is left out.

    A leaf is None when there is no such entry, or nothing that could ever have been one.
    """

    indexes: list[int]
    entries: list[int]
    leaves: list[bytes | None]


def newest() -> Place | None:
    """The last leaf of the log; None while nothing is sequenced."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT epoch, leaf_index, entry FROM audit_leaf ORDER BY id DESC LIMIT 1")
        row = cursor.fetchone()
    return Place(*row) if row else None


def place_of(entry: int) -> Place | None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT epoch, leaf_index, entry FROM audit_leaf WHERE entry = %s", [entry])
        row = cursor.fetchone()
    return Place(*row) if row else None


def entry_at(epoch: int, index: int) -> int | None:
    """The entry at a place."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT entry FROM audit_leaf WHERE epoch = %s AND leaf_index = %s", [epoch, index])
        row = cursor.fetchone()
    return int(row[0]) if row else None


def places_of(actions: Sequence[str]) -> list[Place]:
    """Where entries of these actions stand, in the order of the log."""
    with connection.cursor() as cursor:
        # One after the other: PostgreSQL, which knows a log that just grew as empty, would hold each against each.
        cursor.execute(f"SELECT id FROM audit_entry WHERE action IN ({_marks(actions)})", list(actions))  # noqa: S608 - no values
        entries = [row[0] for row in cursor.fetchall()]
        if not entries:
            return []
        cursor.execute(
            f"SELECT epoch, leaf_index, entry FROM audit_leaf WHERE entry IN ({_marks(entries)})"  # noqa: S608 - no values
            " ORDER BY epoch, leaf_index",
            entries,
        )
        return [Place(*row) for row in cursor.fetchall()]


def _marks(values: Sequence[object]) -> str:
    return ", ".join(["%s"] * len(values))


def sizes() -> dict[int, int]:
    """How many leaves each epoch has if there is none missing, the first epoch first."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT epoch, MAX(leaf_index) + 1 FROM audit_leaf GROUP BY epoch ORDER BY epoch")
        return dict(cursor.fetchall())


def entry_before_first(epoch: int) -> int | None:
    """An entry whose place no sequencer gives."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT MIN(entry) FROM audit_leaf WHERE epoch = %s AND leaf_index < 0", [epoch])
        row = cursor.fetchone()
    return None if row[0] is None else int(row[0])


def low_water() -> int:
    """An entry id that all but a few long waiting entries without a place lie above."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT COUNT(*), MIN(entry) FROM (SELECT entry FROM audit_leaf ORDER BY id DESC LIMIT %s) AS newest",
            [_LOOK_BACK],
        )
        count, lowest = cursor.fetchone()
    return int(lowest) if count == _LOOK_BACK else 0


def unsequenced(*, limit: int, above: int) -> list[int]:
    """Ids above that one of entries that have no place yet, the lowest first."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT e.id FROM audit_entry e WHERE e.id > %s"
            " AND NOT EXISTS (SELECT 1 FROM audit_leaf l WHERE l.entry = e.id) ORDER BY e.id LIMIT %s",
            [above, limit],
        )
        return [row[0] for row in cursor.fetchall()]


def first_unsequenced(*, before: datetime) -> int | None:
    """An entry of before that time that has no place; None when all have one."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT (SELECT COUNT(*) FROM audit_entry) - (SELECT COUNT(*) FROM audit_leaf)")
        if cursor.fetchone()[0] == 0:
            return None
        cursor.execute(
            "SELECT e.id FROM audit_entry e WHERE e.recorded_at < %s"
            " AND NOT EXISTS (SELECT 1 FROM audit_leaf l WHERE l.entry = e.id) ORDER BY e.id LIMIT 1",
            [connection.ops.adapt_datetimefield_value(before)],
        )
        row = cursor.fetchone()
    return int(row[0]) if row else None


def append(epoch: int, start: int, entries: Sequence[int]) -> None:
    """Give the entries the places from ``start`` on, in the caller's transaction.

    Raises IntegrityError when another sequencer gave one of the places or placed one of the entries.
    """
    with connection.cursor() as cursor:
        cursor.executemany(
            "INSERT INTO audit_leaf (epoch, leaf_index, entry) VALUES (%s, %s, %s)",
            [(epoch, start + number, entry) for number, entry in enumerate(entries)],
        )


def stretch(epoch: int, start: int, stop: int) -> Stretch:
    """What stands in the places from ``start`` to before ``stop``."""
    try:
        rows = _rows(epoch, start, stop)
        formed: list[bytes | None] = [*canonical.leaves(rows)]
        return Stretch([row[0] for row in rows], [row[1] for row in rows], formed)
    except (DatabaseError, TypeError, AttributeError, ValueError):
        # Somebody took a row away, or made of it what no entry can be: one by one, the others can still be read.
        each = [_one(epoch, index, entry) for index, entry in _placed(epoch, start, stop)]
        return Stretch([one[0] for one in each], [one[1] for one in each], [one[2] for one in each])


def is_there(entry: int) -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM audit_entry WHERE id = %s", [entry])
        return cursor.fetchone() is not None


def _one(epoch: int, index: int, entry: int) -> tuple[int, int, bytes | None]:
    try:
        return index, entry, canonical.leaves(_rows(epoch, index, index + 1))[0]
    except (DatabaseError, TypeError, AttributeError, ValueError):
        return index, entry, None


def _placed(epoch: int, start: int, stop: int) -> list[tuple[int, int]]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT leaf_index, entry FROM audit_leaf"
            " WHERE epoch = %s AND leaf_index >= %s AND leaf_index < %s ORDER BY leaf_index",
            [epoch, start, stop],
        )
        rows: list[tuple[int, int]] = cursor.fetchall()
        return rows


def _rows(epoch: int, start: int, stop: int) -> list[canonical.Row]:
    vendor = connection.vendor
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT l.leaf_index, l.entry, e.action, e.actor, {_AT[vendor]}, e.commitment, e.facts,"  # noqa: S608
            f" {_SUBJECT[vendor]} FROM audit_leaf l LEFT JOIN audit_entry e ON e.id = l.entry"
            " WHERE l.epoch = %s AND l.leaf_index >= %s AND l.leaf_index < %s ORDER BY l.leaf_index",
            [epoch, start, stop],
        )
        rows: list[canonical.Row] = cursor.fetchall()
        return rows
