"""What was told that happened, and what became of it."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import median
from typing import Literal
from uuid import UUID

from django.core.paginator import Page, Paginator
from django.db.models import BooleanField, ExpressionWrapper, Q, QuerySet
from django_stubs_ext import StrOrPromise

from tryggve.accounts.models import User
from tryggve.audit import services as audit
from tryggve.domains.incidents import actions, wording
from tryggve.domains.incidents.first_steps import FIRST_STEPS
from tryggve.domains.incidents.models import Report
from tryggve.lib.errors import Missing

PAGE_SIZE = 50
# Until when somebody has said that the report is seen to.
ANSWERED_WITHIN = timedelta(hours=24)

State = Literal["new", "received", "answered", "closed"]


class NoSuchReport(Missing):
    """There is no report with that id."""


@dataclass(frozen=True, slots=True)
class Line:
    """One report without its words; ``who`` is empty for who didn't want to be known, or is here no more."""

    id: UUID
    kind: str
    told_at: datetime
    who: str
    is_anonymous: bool
    state: State


@dataclass(frozen=True, slots=True)
class Whole:
    """One report as it can be read; words that are damaged are None; ``steps``: what whoever told it was told to do."""

    line: Line
    steps: Sequence[StrOrPromise]
    happened: str
    words: str | None
    received_at: datetime | None
    answered_at: datetime | None
    answer: str | None
    closed_at: datetime | None
    note: str | None


@dataclass(frozen=True, slots=True)
class Response:
    """How reports were met: how many came, wait and waited too long, and the middle of minutes to the first sign."""

    told: int
    open: int
    late: int
    minutes: int | None


def reports(*, number: int, actor: str, at: datetime) -> tuple["Page[Report]", Sequence[Line]]:
    """A page of reports, those not closed first, then the newest; the look is in the log."""
    is_closed = ExpressionWrapper(Q(closed_at__isnull=False), output_field=BooleanField())
    rows = Report.objects.order_by(is_closed, "-told_at", "-pk")
    page = Paginator(rows.defer("words_sealed", "answer_sealed", "note_sealed"), PAGE_SIZE).get_page(number)
    audit.look(actions.LISTED, actor=actor, at=at, shown=len(page))
    names = _names({row.by_ref for row in page if row.by_ref})
    return page, [_line(row, names) for row in page]


def report(id: UUID, *, actor: str, at: datetime) -> Whole:
    """One with all its words; the look is in the log. Raises NoSuchReport and vault.Locked."""
    row = Report.objects.filter(pk=id).first()
    if row is None:
        raise NoSuchReport(id)
    audit.look(actions.VIEWED, actor=actor, at=at, report=str(id))
    return _whole(row, _names({row.by_ref} if row.by_ref else ()))


def reports_by(person: UUID) -> list[Whole]:
    """What somebody told under their own name, the newest first. Raises vault.Locked."""
    rows = Report.objects.filter(by_ref=person).order_by("-told_at", "-pk")[:PAGE_SIZE]
    return [_whole(row, {}) for row in rows]


def open_count() -> int:
    """How many nobody has said yet that they see to."""
    return _waiting().count()


def response(*, since: datetime, at: datetime) -> Response:
    """How the reports were met that were told since then; what waits is counted whenever it was told."""
    told = Report.objects.filter(told_at__gte=since).values_list("told_at", "received_at")
    minutes = [round((seen - told_at).total_seconds() / 60) for told_at, seen in told if seen]
    waits = list(_waiting().values_list("told_at", flat=True))
    late = sum(told_at <= at - ANSWERED_WITHIN for told_at in waits)
    return Response(len(told), len(waits), late, round(median(minutes)) if minutes else None)


def _waiting() -> "QuerySet[Report]":
    return Report.objects.filter(received_at=None, closed_at=None)


def _names(people: Collection[UUID]) -> Mapping[UUID, str]:
    return dict(User.objects.filter(pk__in=people).values_list("pk", "name")) if people else {}


def _line(row: Report, names: Mapping[UUID, str]) -> Line:
    return Line(
        id=row.pk,
        kind=row.get_kind_display(),
        told_at=row.told_at,
        who=names.get(row.by_ref, "") if row.by_ref else "",
        is_anonymous=row.is_anonymous,
        state=_state(row),
    )


def _state(row: Report) -> State:
    if row.closed_at:
        return "closed"
    if row.answered_at:
        return "answered"
    return "received" if row.received_at else "new"


def _whole(row: Report, names: Mapping[UUID, str]) -> Whole:
    return Whole(
        line=_line(row, names),
        steps=FIRST_STEPS.get(row.kind, ()),
        happened=row.get_happened_display(),
        words=wording.opened(row.words_sealed, report=row.pk, part="words"),
        received_at=row.received_at,
        answered_at=row.answered_at,
        answer=wording.opened(row.answer_sealed, report=row.pk, part="answer"),
        closed_at=row.closed_at,
        note=wording.opened(row.note_sealed, report=row.pk, part="note"),
    )
