"""Requests: those that wait, one with all its steps, and what customers said no to."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils import timezone

from tryggve import vault
from tryggve.accounts import selectors as accounts
from tryggve.accounts.policy import Reach
from tryggve.audit import actors
from tryggve.audit import services as audit
from tryggve.domains.customers import api as customers
from tryggve.domains.rights import actions
from tryggve.domains.rights.engine.case_clock import Clock
from tryggve.domains.rights.models import Case, CaseStep, ConsentEvent, Erasure
from tryggve.domains.rights.selectors.requests import case_rows, case_words
from tryggve.domains.rights.selectors.requests.case_words import KeptLetter

_CLOSED_SHOWN = 50
_YES = (ConsentEvent.Kind.GIVEN, ConsentEvent.Kind.RENEWED)
_SAID = (*_YES, ConsentEvent.Kind.REFUSED, ConsentEvent.Kind.WITHDRAWN)


@dataclass(frozen=True, slots=True)
class Brief:
    """A case in a list; ``name`` is empty when the customer is gone or can't be opened."""

    case: Case
    clock: Clock
    name: str


@dataclass(frozen=True, slots=True)
class Step:
    """What was done, by whom, and what was said: a sentence or a letter. ``is_lost``: it can't be opened."""

    id: UUID
    code: str
    at: datetime
    who: str
    words: str = ""
    letter: KeptLetter | None = None
    is_lost: bool = False


@dataclass(frozen=True, slots=True)
class WholeCase:
    """All of a case; ``words`` is what the customer said, None when it can't be opened."""

    case: Case
    clock: Clock
    person: customers.Kept
    words: str | None
    steps: Sequence[Step]

    @property
    def is_about_erasure(self) -> bool:
        return self.case.kind == Case.Kind.ERASURE

    @property
    def is_about_portability(self) -> bool:
        return self.case.kind == Case.Kind.PORTABILITY

    @property
    def may_extend(self) -> bool:
        """Whether the customer can still be told in time that it takes longer."""
        return not self.case.is_extended and not self.clock.days_late


def open_cases(*, actor: str, at: datetime, reach: Reach) -> list[Brief]:
    """Those to be answered, the one that is due first before the others; the look is in the log."""
    return _briefly(Case.objects.filter(state=Case.State.OPEN).order_by("due_on", "pk"), actor, at, reach)


def closed_cases(*, actor: str, at: datetime, reach: Reach) -> list[Brief]:
    """The fifty that were closed last; the look is in the log."""
    rows = Case.objects.exclude(state=Case.State.OPEN).order_by("-closed_at", "-pk")
    if reach.people is not None:
        refs = set(rows.order_by().values_list("customer_ref", flat=True))
        rows = rows.filter(customer_ref__in=customers.within(refs, reach))
    return _briefly(rows[:_CLOSED_SHOWN], actor, at, reach)


def whole_case(*, case: UUID, actor: str, at: datetime, reach: Reach) -> WholeCase:
    """One case; the look is in the log. Raises NoSuchCase, CustomerGone, policy.Refused and vault.Locked."""
    row = Case.objects.filter(pk=case).first()
    if row is None:
        raise case_rows.NoSuchCase
    person = case_rows.kept(row.customer_ref, reach)
    names = {actors.user(one.id): one.name for one in accounts.colleagues()}
    steps = [_step(step, row, names) for step in row.steps.order_by("done_at", "pk")]
    audit.look(actions.CASE_VIEWED, actor=actor, at=at, subject=row.customer_ref, case=str(case))
    return WholeCase(row, _clock(row, timezone.localdate(at)), person, _words(row), steps)


def who_waits(customers: Collection[UUID]) -> set[UUID]:
    """Those of them who wait for an answer to something they asked for by right. One question."""
    rows = Case.objects.filter(customer_ref__in=list(customers), state=Case.State.OPEN)
    return set(rows.values_list("customer_ref", flat=True))


def erasure_of(customer: UUID) -> UUID | None:
    """The erasure that the customer is on the way to, if there is one."""
    rows = Erasure.objects.filter(customer_ref=customer, state__in=Erasure.GOING)
    return rows.values_list("pk", flat=True).first()


def erased_on(customer: UUID) -> date | None:
    """The day on which the customer will be erased, if that was begun."""
    rows = Erasure.objects.filter(customer_ref=customer, state__in=Erasure.GOING)
    at = rows.values_list("destroys_at", flat=True).first()
    return timezone.localdate(at) if at else None


def asking_erasure(customer: UUID) -> UUID | None:
    """The open case in which the customer asks to be erased; one of which it is sure who asks before others."""
    rows = Case.objects.filter(customer_ref=customer, kind=Case.Kind.ERASURE, state=Case.State.OPEN)
    sure = rows.exclude(identity_check__in=("", "refused"))
    found = sure.order_by("opened_at", "pk").first() or rows.order_by("opened_at", "pk").first()
    return found.pk if found else None


def answers_due(*, reach: Reach) -> list[date]:
    """By when each open case must be answered, the first first; one question or two."""
    rows = Case.objects.filter(state=Case.State.OPEN)
    found = dict(rows.values_list("pk", "due_on"))
    if found and reach.people is not None:
        refs = dict(rows.values_list("pk", "customer_ref"))
        within = {
            one.id
            for one in customers.kept_people(set(refs.values())).values()
            if reach.covers(one.responsible)
        }
        found = {pk: due for pk, due in found.items() if refs.get(pk) in within}
    return sorted(found.values())


def has_objected(customer: UUID, purpose: UUID | None) -> bool:
    """Whether a customer said no to being written to for that purpose; one no to advertising is a no to each.

    What waits for an answer counts; what was refused or taken back doesn't (GDPR art. 18(1)(d), 21(1) and 21(3)). A
    yes to that purpose which the customer said since is their newer word.
    """
    about = Q(purpose_ref=None) | Q(purpose_ref=purpose)
    newest = _objections().filter(about, customer_ref=customer).order_by("-opened_at").first()
    return newest is not None and not (purpose and _says_yes_since(customer, purpose, newest.opened_at))


def newest_objections(purpose: UUID | None) -> dict[UUID, datetime]:
    """When each who said no to that said it last; one question."""
    about = Q(purpose_ref=None) | Q(purpose_ref=purpose)
    return dict(_objections().filter(about).order_by("opened_at").values_list("customer_ref", "opened_at"))


def _says_yes_since(customer: UUID, purpose: UUID, objected_at: datetime) -> bool:
    said = ConsentEvent.objects.filter(customer_ref=customer, purpose=purpose, kind__in=_SAID)
    newest = said.order_by("-happened_at", "-recorded_at").first()
    return newest is not None and newest.kind in _YES and newest.happened_at > objected_at


def _objections() -> "QuerySet[Case]":
    counts = (Case.State.OPEN, Case.State.DONE)
    return Case.objects.filter(kind=Case.Kind.OBJECTION, state__in=counts)


def _briefly(rows: "QuerySet[Case]", actor: str, at: datetime, reach: Reach) -> list[Brief]:
    found = list(rows)
    people = customers.kept_people({row.customer_ref for row in found})
    today = timezone.localdate(at)
    shown = [
        Brief(row, _clock(row, today), people[row.customer_ref].name if row.customer_ref in people else "")
        for row in found
        if reach.covers(people[row.customer_ref].responsible if row.customer_ref in people else None)
    ]
    audit.look(actions.CASES_LISTED, actor=actor, at=at, shown=len(shown))
    return shown


def _clock(row: Case, today: date) -> Clock:
    return Clock(row.due_on, today)


def _words(row: Case) -> str | None:
    try:
        return case_words.words_of(row)
    except vault.CannotOpen:
        return None


def _step(step: CaseStep, row: Case, names: dict[str, str]) -> Step:
    told = (step.pk, step.code, step.done_at, names.get(step.done_by, ""))
    try:
        letter = case_words.letter_of(step, row.customer_ref)
        words = "" if letter else case_words.words_of_step(step, row.customer_ref)
    except vault.CannotOpen:
        return Step(*told, is_lost=True)
    return Step(*told, words=words, letter=letter)
