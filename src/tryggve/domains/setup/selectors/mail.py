from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.core.paginator import Page, Paginator
from django.utils.translation import gettext as _
from django_stubs_ext import StrOrPromise

from tryggve.accounts.models import User
from tryggve.audit import actors
from tryggve.notices import recipients, registry
from tryggve.notices.models import OutboxMessage
from tryggve.notices.troubles import in_words

State = OutboxMessage.State

PAGE_SIZE = 50
_NOT_SENT = (State.WAITING, State.SENDING, State.FAILED, State.GIVEN_UP)


@dataclass(frozen=True, slots=True)
class Line:
    """One message in the outbox, as its row tells it: nothing is opened for the list."""

    id: UUID
    title: StrOrPromise
    recipient: str
    state: str
    is_refused: bool
    is_waiting: bool
    is_leaving: bool
    made_at: datetime
    next_try_at: datetime
    attempts: int
    error: str


@dataclass(frozen=True, slots=True)
class Outbox:
    """One page of what hasn't left, oldest first, and how many left in the last 90 days."""

    page: "Page[OutboxMessage]"
    lines: Sequence[Line]
    sent: int


def outbox(*, number: int) -> Outbox:
    """The page of that number, or the nearest."""
    rows = OutboxMessage.objects.filter(state__in=_NOT_SENT).defer("body_sealed").order_by("made_at", "pk")
    page = Paginator(rows, PAGE_SIZE).get_page(number)
    names = _names({row.recipient_ref for row in page})
    sent = OutboxMessage.objects.filter(state=State.SENT).count()
    return Outbox(page, [_line(row, names) for row in page], sent)


def _names(references: set[str]) -> dict[str, str]:
    users = User.objects.filter(
        pk__in=[one.partition(":")[2] for one in references if one.startswith("user:")]
    )
    return {actors.user(pk): name for pk, name in users.values_list("pk", "name")}


def _invited(reference: str) -> str:
    if reference.startswith(recipients.CUSTOMER):
        return _("a customer")
    return _("somebody who is invited") if reference.startswith("invitation:") else ""


def _line(row: OutboxMessage, names: dict[str, str]) -> Line:
    kind = registry.kinds().get(row.kind)
    return Line(
        id=row.pk,
        title=kind.title if kind else row.kind,
        recipient=names.get(row.recipient_ref, "") or _invited(row.recipient_ref),
        state=row.get_state_display(),
        is_refused=row.state in (State.FAILED, State.GIVEN_UP),
        is_waiting=row.state == State.WAITING,
        is_leaving=row.state == State.SENDING,
        made_at=row.made_at,
        next_try_at=row.next_try_at,
        attempts=row.attempts,
        error=in_words(row.error, row.reply_code),
    )
