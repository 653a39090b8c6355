"""The one INSERT of an entry, by hand: making a model instance would cost more than all the rest."""

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.backends.base.base import BaseDatabaseWrapper

from tryggve.audit.details import Sealed

_OFFSET = "+00:00"
_PLAIN = ("recorded_at", "action", "actor", "subject", "facts")
_SEALED = (*_PLAIN, "commitment", "details_id", "details_compartment", "details_sealed")


def _statement(columns: tuple[str, ...]) -> str:
    values = ", ".join(["%s"] * len(columns))
    return f"INSERT INTO audit_entry ({', '.join(columns)}) VALUES ({values})"  # noqa: S608 - the names above


_INSERT_PLAIN, _INSERT_SEALED = _statement(_PLAIN), _statement(_SEALED)


def append(
    *, action: str, actor: str, at: datetime, subject: UUID | None, facts: str, sealed: Sealed | None
) -> int:
    """Write the row in the caller's transaction, which can't be kept if this fails, and answer the row's id.

    Raises as the database does.
    """
    to = connections[DEFAULT_DB_ALIAS]  # asked for once: each use of Django's ``connection`` looks it up anew
    try:
        return _insert(to, action, actor, at, subject, facts, sealed)
    except BaseException:
        # As atomic(savepoint=False) does, at a fifth of its cost: the deed must not be kept without its entry.
        to.needs_rollback = to.in_atomic_block
        raise


def _insert(
    to: BaseDatabaseWrapper,
    action: str,
    actor: str,
    at: datetime,
    subject: UUID | None,
    facts: str,
    sealed: Sealed | None,
) -> int:
    in_own_type = to.vendor == "postgresql"
    moment = at if in_own_type else str(at.astimezone(UTC))[: -len(_OFFSET)]
    values: tuple[Any, ...] = (moment, action, actor, _uuid(subject, in_own_type), facts)
    statement = _INSERT_PLAIN
    if sealed is not None:
        id = _uuid(sealed.id, in_own_type)
        values = (*values, sealed.commitment, id, sealed.compartment, sealed.blob)
        statement = _INSERT_SEALED
    cursor = to.cursor()  # gone with its last name; closing it here would cost as much as checking the facts
    if in_own_type:
        cursor.execute(statement + " RETURNING id", values)
        return int(cursor.fetchone()[0])
    cursor.execute(statement, values)
    return int(cursor.lastrowid)


def _uuid(value: UUID | None, in_own_type: bool) -> UUID | str | None:
    return value if in_own_type or value is None else value.hex
