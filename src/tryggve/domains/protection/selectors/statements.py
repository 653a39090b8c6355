"""What people said of a control, opened for who may read it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from tryggve import vault
from tryggve.accounts import selectors as accounts
from tryggve.controls import notes
from tryggve.controls import selectors as controls
from tryggve.controls.models import Attestation, AttestationFile, Statement
from tryggve.lib.errors import Missing


class NoSuchFile(Missing):
    """Nobody put a file with that word."""


@dataclass(frozen=True, slots=True)
class Told:
    """One statement. ``note`` and ``file_name`` are None where they can't be opened any more, empty for none.

    All three are empty for a reader who doesn't see who works here: notes and files tell of people.
    """

    id: UUID
    is_attestation: bool
    who: str
    said_at: datetime
    until: datetime
    ended_at: datetime | None
    note: str | None
    file_name: str | None
    holds: bool


def statements_told(control: str, *, with_names: bool, now: datetime) -> Sequence[Told]:
    """All of them, the newest first; with names, notes and files, or without. At most three queries."""
    said = controls.statements_of(control)
    names = {one.id: one.name for one in accounts.colleagues()} if said and with_names else None
    return [_told(one, names, now) for one in said]


def file_of(attestation: UUID) -> tuple[str, bytes]:
    """Name and content of the file with somebody's word. Raises NoSuchFile, and vault.CannotOpen."""
    file = AttestationFile.objects.select_related("attestation").filter(pk=attestation).first()
    if file is None:
        raise NoSuchFile(attestation)
    return notes.opened_file_name(file), notes.opened_file(file)


def _told(statement: Statement, names: Mapping[UUID, str] | None, now: datetime) -> Told:
    return Told(
        id=statement.pk,
        is_attestation=isinstance(statement, Attestation),
        who="" if names is None else names.get(statement.by_ref, ""),
        said_at=statement.said_at,
        until=statement.until,
        ended_at=statement.ended_at,
        note="" if names is None else _note(statement),
        file_name="" if names is None else _file_name(statement),
        holds=statement.ended_at is None and statement.said.holds(now),
    )


def _note(statement: Statement) -> str | None:
    try:
        return notes.opened(statement)
    except vault.CannotOpen:
        return None


def _file_name(statement: Statement) -> str | None:
    file: AttestationFile | None = getattr(statement, "file", None)
    if file is None:
        return ""
    try:
        return notes.opened_file_name(file)
    except vault.CannotOpen:
        return None
