"""Telling that something has happened, and seeing to it."""

from datetime import UTC, datetime, timedelta
from typing import ClassVar, Final
from uuid import UUID, uuid4

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from tryggve.accounts.models import User
from tryggve.audit import actors
from tryggve.audit import services as audit
from tryggve.domains.incidents import actions, notices, wording
from tryggve.domains.incidents.models import Report
from tryggve.domains.incidents.selectors.alerted import people_alerted
from tryggve.domains.incidents.selectors.reports import NoSuchReport
from tryggve.lib.errors import Refusal
from tryggve.lib.ids import new_id
from tryggve.notices import recipients
from tryggve.notices import services as mail
from tryggve.ui import own_address

KEPT_YEARS: Final = 3
KEPT_FOR: Final = timedelta(days=KEPT_YEARS * 366)
_STEP_SECONDS = 10 * 60


class AlreadyClosed(Refusal):
    """Nothing more is done about a report that is closed."""

    sentence: ClassVar = _("Somebody closed this report meanwhile. Nothing was changed.")


class NothingSaid(Refusal):
    """An answer or a note needs words."""

    sentence: ClassVar = _("Write a few words first. Nothing was changed.")


@transaction.atomic
def tell(*, kind: str, happened: str, words: str, by: User | None, at: datetime) -> UUID:
    """Keep what somebody told, and mail whom alarms go to that there is something to read.

    ``by`` None: whoever told it doesn't want to be known, and nothing that is written here says who it was, nor the
    moment at which they were there. Raises vault.Locked.
    """
    report = new_id() if by else uuid4()
    told_at = at if by else _about(at)
    Report.objects.create(
        pk=report,
        kind=kind,
        happened=happened,
        words_sealed=wording.sealed(words, report=report, part="words"),
        told_at=told_at,
        is_anonymous=by is None,
        by_ref=by.pk if by else None,
    )
    actor = by.actor if by else actors.ANONYMOUS
    audit.record(actions.REPORTED, actor=actor, at=told_at, report=str(report), incident=_code(kind))
    link = own_address.link_to("incidents:card", str(report))
    for person in people_alerted(at=at):
        mail.send(notices.REPORTED, to=recipients.staff(person), at=at, link=link)
    return report


@transaction.atomic
def receive(*, report: UUID, actor: str, at: datetime) -> None:
    """Say that somebody sees to it. Raises NoSuchReport and AlreadyClosed."""
    row = _open(report)
    if row.received_at is None:
        row.received_at = at
        row.save(update_fields=["received_at"])
        audit.record(actions.RECEIVED, actor=actor, at=at, report=str(report))


@transaction.atomic
def answer(*, report: UUID, words: str, actor: str, at: datetime) -> bool:
    """Answer whoever told it; whether they are known and here, and so mailed that there is one to read.

    Raises as receive, NothingSaid, vault.Locked.
    """
    row = _open(report)
    row.answer_sealed = _said(words, report, "answer")
    row.answered_at, row.received_at = at, row.received_at or at
    row.save(update_fields=["answer_sealed", "answered_at", "received_at"])
    audit.record(actions.ANSWERED, actor=actor, at=at, report=str(report))
    told_by = User.objects.filter(pk=row.by_ref, is_active=True).first() if row.by_ref else None
    if told_by is not None:
        link = own_address.link_to("incidents:mine")
        mail.send(notices.ANSWERED, to=recipients.staff(told_by), at=at, link=link)
    return told_by is not None


@transaction.atomic
def close(*, report: UUID, words: str, actor: str, at: datetime) -> None:
    """Nothing is left to do; what came of it is noted. Raises as receive, NothingSaid and vault.Locked."""
    row = _open(report)
    row.note_sealed = _said(words, report, "note")
    row.closed_at, row.received_at = at, row.received_at or at
    row.save(update_fields=["note_sealed", "closed_at", "received_at"])
    audit.record(actions.CLOSED, actor=actor, at=at, report=str(report))


@transaction.atomic
def forget_old(*, at: datetime) -> int:
    """Remove what was closed more than three years ago; returns how many."""
    count = Report.objects.filter(closed_at__lt=at - KEPT_FOR).delete()[0]
    if count:
        audit.record(actions.FORGOTTEN, actor=actors.SYSTEM, at=at, count=count)
    return count


def _about(at: datetime) -> datetime:
    """The same in steps that several people are here within."""
    return datetime.fromtimestamp(at.timestamp() // _STEP_SECONDS * _STEP_SECONDS, UTC)


def _open(report: UUID) -> Report:
    row = Report.objects.select_for_update().filter(pk=report).first()
    if row is None:
        raise NoSuchReport(report)
    if row.closed_at is not None:
        raise AlreadyClosed
    return row


def _said(words: str, report: UUID, part: wording.Part) -> bytes:
    sealed = wording.sealed(words, report=report, part=part)
    if sealed is None:
        raise NothingSaid
    return sealed


def _code(kind: str) -> str:
    return kind.lower().replace("_", "-")
