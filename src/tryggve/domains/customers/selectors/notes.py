import logging
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.core.paginator import Page, Paginator

from tryggve import vault
from tryggve.accounts.policy import Reach
from tryggve.audit import services as audit
from tryggve.domains.customers import actions, sealing
from tryggve.domains.customers.models import Note
from tryggve.domains.customers.selectors import register
from tryggve.lib.errors import Missing

logger = logging.getLogger(__name__)

PAGE_SIZE = 20


class NoSuchNote(Missing):
    """No note of this customer has that id."""


@dataclass(frozen=True, slots=True)
class NoteText:
    """One note, opened; ``text`` is None for one that is damaged."""

    id: UUID
    revision: int
    text: str | None
    written_by: str
    written_at: datetime
    changed_at: datetime | None


@dataclass(frozen=True, slots=True)
class NewestNotes:
    """The first page of them, and whether there are more."""

    notes: Sequence[NoteText]
    has_older: bool


def newest_notes(customer: UUID) -> NewestNotes:
    """What the card shows; one question. The caller logs the look and has asked whether it is within reach."""
    rows = list(Note.objects.filter(customer=customer).order_by("-written_at", "-pk")[: PAGE_SIZE + 1])
    return NewestNotes(_opened(rows[:PAGE_SIZE]), has_older=len(rows) > PAGE_SIZE)


def note_page(*, customer: UUID, number: int, actor: str, at: datetime, reach: Reach) -> Page[NoteText]:
    """Twenty notes, the newest first; the look is in the log. Raises NoSuchCustomer and policy.Refused."""
    register.require_visible(customer, reach)
    rows = Note.objects.filter(customer=customer).order_by("-written_at", "-pk")
    page = Paginator(rows, PAGE_SIZE).get_page(number)
    notes = _opened(list(page.object_list))
    audit.look(actions.NOTES_VIEWED, actor=actor, at=at, subject=customer, shown=len(notes))
    return Page(notes, page.number, page.paginator)  # type: ignore[arg-type]  # of rows; it only counts them


def one_note(*, customer: UUID, note: UUID, actor: str, at: datetime, reach: Reach) -> NoteText:
    """A note of this customer; the look is in the log. Raises NoSuchNote, NoSuchCustomer and policy.Refused."""
    register.require_visible(customer, reach)
    row = Note.objects.filter(pk=note, customer=customer).first()
    if row is None:
        raise NoSuchNote
    audit.look(actions.NOTES_VIEWED, actor=actor, at=at, subject=customer, shown=1)
    return _opened([row])[0]


def text_of(note: Note) -> str:
    """What a note says; the caller logs the look. Raises vault.CannotOpen."""
    bound_to = sealing.note_binding(note.pk, note.customer_id, note.revision)
    return vault.keyring().open(bytes(note.text_sealed), bound_to=bound_to).decode()


def _opened(rows: Sequence[Note]) -> list[NoteText]:
    """All at once: they are one customer's, under one key."""
    keys = vault.keyring().loaded(set(_keys_of(rows)))
    return [
        NoteText(row.pk, row.revision, _text_of(row, keys), row.written_by, row.written_at, row.changed_at)
        for row in rows
    ]


def _text_of(row: Note, keys: vault.Loaded) -> str | None:
    bound_to = sealing.note_binding(row.pk, row.customer_id, row.revision)
    try:
        return keys.open(bytes(row.text_sealed), bound_to=bound_to).decode()
    except vault.CannotOpen as error:
        facts = {"note": str(row.pk), "error": type(error).__name__}
        logger.error("a note can't be opened", extra={"facts": facts})
        return None


def _keys_of(rows: Sequence[Note]) -> Iterator[UUID]:
    for row in rows:
        try:
            yield vault.key_id_of(bytes(row.text_sealed))
        except vault.CannotOpen:
            continue  # told when the note itself is opened
