"""All of a customer's card, read in a number of questions that doesn't grow with what there is."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Subquery

from tryggve.accounts.policy import Reach
from tryggve.accounts.selectors import Colleague
from tryggve.audit import services as audit
from tryggve.domains.customers import actions
from tryggve.domains.customers.engine.custom_fields import Field, answered
from tryggve.domains.customers.engine.details import Details
from tryggve.domains.customers.selectors import custom_fields, history, people, register
from tryggve.domains.customers.selectors import notes as note_selectors
from tryggve.domains.customers.selectors import relations as relation_selectors
from tryggve.domains.customers.selectors.notes import NewestNotes, NoteText
from tryggve.domains.customers.selectors.relations import Relations
from tryggve.domains.customers.words import custom_fields as custom_words
from tryggve.domains.customers.words import history as history_words


@dataclass(frozen=True, slots=True)
class Answer:
    """An own field and what this customer's card says there, in the reader's words."""

    field: Field
    text: str


@dataclass(frozen=True, slots=True)
class SignedNote:
    """A note with the name of who wrote it."""

    note: NoteText
    who: str


@dataclass(frozen=True, slots=True)
class WholeCard:
    """What the card page shows."""

    card: register.Card
    answers: Sequence[Answer]
    notes: Sequence[SignedNote]
    has_older_notes: bool
    relations: Relations
    history: Sequence[history.Line]
    responsible: str
    everybody: Sequence[Colleague]


def whole_card(
    *,
    customer: UUID,
    actor: str,
    at: datetime,
    reach: Reach,
    with_sensitive: bool = False,
    beside: Mapping[str, Subquery] | None = None,
) -> WholeCard:
    """The card with its panels; one look in the log. Raises as register.customer_card does.

    ``with_sensitive``: the history also tells when sensitive details were opened and changed. ``beside``: what other
    domains ask in the same question as the customer's row, told in ``card.told_beside``.
    """
    card = register.opened_card(customer, reach, beside)
    notes = note_selectors.newest_notes(customer)
    relations = relation_selectors.relations_of(customer, reach)
    entries = history.newest_entries(customer, with_sensitive=with_sensitive)
    everybody = people.everybody()
    who = {entry.actor for entry in entries} | {note.written_by for note in notes.notes}
    names = people.names_of(who, everybody)
    audit.look(
        actions.VIEWED, actor=actor, at=at, subject=customer, page="card", **_counted(notes, relations)
    )
    return WholeCard(
        card=card,
        answers=answers_of(card.details),
        notes=signed(notes.notes, names),
        has_older_notes=notes.has_older,
        relations=relations,
        history=history.lines_for_card(entries, names),
        responsible=next((one.name for one in everybody if one.id == card.responsible), ""),
        everybody=everybody,
    )


def answers_of(details: Details) -> list[Answer]:
    """What the card says in ordinary fields of the firm's own, also in those put away."""
    fields = custom_fields.all_fields() if details.custom else []
    ordinary = (field for field in fields if not field.is_sensitive)
    return [
        Answer(field, custom_words.shown_answer(field, text))
        for field, text in answered(ordinary, details.custom)
    ]


def signed(notes: Sequence[NoteText], names: Mapping[str, str]) -> list[SignedNote]:
    """Notes with the names of who wrote them."""
    return [SignedNote(note, history_words.who(note.written_by, names)) for note in notes]


def _counted(notes: NewestNotes, relations: Relations) -> dict[str, Any]:
    """What else was read than the details."""
    counts = {"notes": len(notes.notes), "relations": len(relations.related)}
    return {fact: count for fact, count in counts.items() if count}
