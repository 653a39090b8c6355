"""What customers have said: what waits for somebody, and one with all that was done about it."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from uuid import UUID

from django.db.models import QuerySet

from tryggve import vault
from tryggve.accounts import selectors as accounts
from tryggve.accounts.policy import Reach, asking
from tryggve.audit import actors
from tryggve.audit import services as audit
from tryggve.domains.customers import api as customers
from tryggve.domains.outreach import actions, feedback_sealing
from tryggve.domains.outreach.engine import questions
from tryggve.domains.outreach.engine.questions import Answers
from tryggve.domains.outreach.models import Feedback, FeedbackStep
from tryggve.lib.errors import Missing

MOST_SHOWN = 100
_AT_ONCE = 200


class NoSuchFeedback(Missing):
    """Nobody has said that, or it is gone."""


@dataclass(frozen=True, slots=True)
class Brief:
    """One in a list; ``name`` is empty when the customer can't be opened."""

    feedback: Feedback
    name: str


@dataclass(frozen=True, slots=True)
class Step:
    """What was done, by whom, and what came of it; ``words`` is None when it can't be opened."""

    state: str
    at: datetime
    who: str
    words: str | None


@dataclass(frozen=True, slots=True)
class Whole:
    """All of one; ``answers`` is None when they can't be opened."""

    feedback: Feedback
    person: customers.Kept
    answers: Sequence[tuple[str, str]] | None
    steps: Sequence[Step]

    @property
    def is_waiting(self) -> bool:
        return self.feedback.state in Feedback.WAITING


def waiting(*, actor: str, at: datetime, reach: Reach) -> list[Brief]:
    """What somebody has to look into, the hundred that waited longest; the look is in the log."""
    rows = Feedback.objects.filter(state__in=Feedback.WAITING).order_by("given_at", "pk")
    return _briefly(rows, actor, at, reach)


def ended(*, actor: str, at: datetime, reach: Reach) -> list[Brief]:
    """The hundred that came last of those with nothing left to do; the look is in the log."""
    rows = Feedback.objects.exclude(state__in=Feedback.WAITING).order_by("-given_at", "-pk")
    return _briefly(rows, actor, at, reach)


def one(feedback: UUID, *, language: str, actor: str, at: datetime, reach: Reach) -> Whole:
    """The look is in the log. Raises NoSuchFeedback, policy.Refused and vault.Locked."""
    row = Feedback.objects.filter(pk=feedback).first()
    person = customers.kept_people([row.customer_ref]).get(row.customer_ref) if row else None
    if row is None or person is None:
        raise NoSuchFeedback
    asking.require_within(reach, person.responsible)
    names = {actors.user(one.id): one.name for one in accounts.colleagues()}
    steps = [_step(step, row, names) for step in row.steps.order_by("done_at", "pk")]
    audit.look(actions.FEEDBACK_READ, actor=actor, at=at, subject=row.customer_ref, feedback=str(row.pk))
    return Whole(row, person, _in_words(row, language), steps)


def answers_of(row: Feedback) -> Answers:
    """Raises vault.CannotOpen and vault.Locked."""
    bound_to = feedback_sealing.answers_binding(row.pk, row.customer_ref)
    found: Answers = json.loads(vault.keyring().open(bytes(row.answers_sealed), bound_to=bound_to))
    return found


def words_of(step: FeedbackStep, customer: UUID) -> str:
    """Empty where nothing was written. Raises vault.CannotOpen and vault.Locked."""
    if step.words_sealed is None:
        return ""
    bound_to = feedback_sealing.step_binding(step.pk, customer)
    return vault.keyring().open(bytes(step.words_sealed), bound_to=bound_to).decode()


def _briefly(rows: "QuerySet[Feedback]", actor: str, at: datetime, reach: Reach) -> list[Brief]:
    shown = list(islice(_within(rows, reach), MOST_SHOWN))
    audit.look(actions.FEEDBACK_LISTED, actor=actor, at=at, shown=len(shown))
    return shown


def _within(rows: "QuerySet[Feedback]", reach: Reach) -> Iterator[Brief]:
    """Of customers within reach, whatever number of others stands before them."""
    left = rows.iterator(chunk_size=_AT_ONCE)
    while some := list(islice(left, _AT_ONCE)):
        people = customers.kept_people({row.customer_ref for row in some})
        for row in some:
            person = people.get(row.customer_ref)
            if person is not None and reach.covers(person.responsible):
                yield Brief(row, person.name)


def _in_words(row: Feedback, language: str) -> list[tuple[str, str]] | None:
    try:
        return questions.in_words(answers_of(row), language=language)
    except vault.CannotOpen:
        return None


def _step(step: FeedbackStep, row: Feedback, names: dict[str, str]) -> Step:
    try:
        words: str | None = words_of(step, row.customer_ref)
    except vault.CannotOpen:
        words = None
    return Step(step.get_state_display(), step.done_at, names.get(step.done_by, ""), words)
