"""Sending a mailing, a few mails at a time so that the worker's other work isn't held up, until nobody is left.

There is one job at a time, known by its turn. Each that came forward queues the next, so that one which was killed
twice without coming forward is told to people instead of being tried for ever.
"""

from collections import Counter
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Count, F
from django.utils import timezone
from django_tasks import task

from tryggve import vault
from tryggve.accounts import orders
from tryggve.audit import actors
from tryggve.audit import services as audit
from tryggve.domains.outreach import actions, mail_bodies
from tryggve.domains.outreach.engine import pace
from tryggve.domains.outreach.mailing_words import Halt
from tryggve.domains.outreach.models import Addressee, Mailing
from tryggve.domains.outreach.services import carrying, pausing
from tryggve.domains.outreach.services.carrying import Outcome, Result, Run
from tryggve.notices import selectors as notices
from tryggve.notices.smtp import NotSent, Server
from tryggve.notices.troubles import Trouble
from tryggve.routines import jobs
from tryggve.ui import own_address

if TYPE_CHECKING:
    from django.db.models import QuerySet

State = Mailing.State
Clock = Callable[[], datetime]

PERMISSION = "outreach.write"
RESTS = (timedelta(minutes=1), timedelta(minutes=5), timedelta(minutes=15), timedelta(hours=1))
# About a day of resting; what is refused for what it says is refused to everybody else as well.
_MOST_RESTS = 24
_MOST_REFUSED_FOR_THE_TEXT = 5
# Rows in one round: most of them may be left out, which asks no server.
_MOST_IN_A_ROUND = 200
_ASKED_A_SERVER = frozenset(Outcome) - {Outcome.NOT_ANY_MORE, Outcome.LEFT_OUT}
_THE_SERVER_WORKS = frozenset({Outcome.SENT, Outcome.KEPT, Outcome.REFUSED})
_ENDS_THE_ROUND = frozenset({Outcome.NOT_ANY_MORE, Outcome.IN_TROUBLE, Outcome.UNCLEAR})


@task()
def send_some(mailing: str, turn: int) -> None:
    """What the worker runs."""
    run(mailing=UUID(mailing), turn=turn, now=timezone.now)  # noqa: TID251 - the worker's clock


@jobs.when_given_up(send_some)
def give_up(mailing: str, turn: int) -> None:
    """It was killed twice without coming forward."""
    at = timezone.now()  # noqa: TID251 - the same
    pausing.pause_turn(mailing=UUID(mailing), turn=turn, at=at, trouble=Halt.KILLED_TWICE)


def begin(mailing: UUID) -> None:
    """Queue the next job, in the caller's transaction on a locked row; those queued before do nothing any more."""
    Mailing.objects.filter(pk=mailing).update(
        state=State.SENDING,
        turn=F("turn") + 1,
        trouble="",
        reply_code=None,
        rests_until=None,
        ended_at=None,
        **pausing.NO_FAILURES,
    )
    jobs.enqueue(send_some, mailing, Mailing.objects.values_list("turn", flat=True).get(pk=mailing))


def run(*, mailing: UUID, turn: int, now: Clock) -> None:
    """Send what may leave now. ``now`` is asked for each mail: a no said meanwhile counts.

    Raises jobs.NotYet while it must wait, vault.NotUnlocked while the register is locked, and Refused for who may no
    longer have it sent, and what else went wrong: then it is paused.
    """
    vault.keyring().require_unlocked()
    row = Mailing.objects.filter(pk=mailing, turn=turn, state=State.SENDING).first()
    if row is None:
        return
    try:
        orders.require_still_allowed(ordered_by=row.started_by, name=PERMISSION, at=now())
        carrying.note_interrupted(at=now())
        _round(row, now)
    except (jobs.NotYet, vault.NotUnlocked):
        raise
    except PermissionDenied:
        _pause(row, Halt.NOT_ALLOWED, None, now())
        raise
    except own_address.NotReached:
        _pause(row, Halt.NOT_REACHED, None, now())
    except Exception:
        _pause(row, Halt.FAULT, None, now())
        raise


def _round(row: Mailing, now: Clock) -> None:
    at = now()
    if row.rests_until is not None and at < row.rests_until:
        raise jobs.NotYet
    server = _server_or_rest(row, at)
    share = Run(row.pk, row.turn, mail_bodies.frame_of(row.purpose_ref, row.language), server)
    left, came_forward = _allowance(row, at), False
    for addressee in _due(row, at):
        if not left:
            break
        result = carrying.carry(addressee, share, at=now())
        left -= result.outcome in _ASKED_A_SERVER
        came_forward |= result.outcome is not Outcome.NOT_ANY_MORE
        if _is_over(row, result, now()):
            break
    _end_round(row, came_forward, now())


def _allowance(row: Mailing, at: datetime) -> int:
    """What may leave now, of all mailings together."""
    asked = Addressee.objects.filter(claimed_at__gt=at - timedelta(minutes=1))
    recent = asked.filter(claimed_at__gt=at - timedelta(seconds=pace.ROUND_SECONDS))
    return pace.allowance(row.per_minute, in_the_last_minute=asked.count(), in_the_last_round=recent.count())


def _due(row: Mailing, at: datetime) -> list[UUID]:
    waiting = Addressee.objects.filter(mailing=row, state=Addressee.State.WAITING, next_try_at__lte=at)
    return list(waiting.order_by("next_try_at", "pk").values_list("pk", flat=True)[:_MOST_IN_A_ROUND])


def _server_or_rest(row: Mailing, at: datetime) -> Server:
    """Raises NotYet where there is none that can be used now."""
    try:
        server = notices.usable_mail_server()
    except NotSent as refusal:
        _rest(row, refusal.trouble, None, at)
        raise jobs.NotYet from None
    if server is None:
        _rest(row, Halt.NO_SERVER, None, at)
        raise jobs.NotYet
    return server


def _is_over(row: Mailing, result: Result, at: datetime) -> bool:
    """Whether nobody else is asked in this round; what the server said is written down."""
    refusal = result.refusal
    if result.outcome in _THE_SERVER_WORKS and row.rests_in_a_row:
        row.rests_in_a_row = 0
        _going(row).update(rests_in_a_row=0, trouble="", reply_code=None, rests_until=None)
    if result.outcome is Outcome.SENT and row.texts_refused:
        row.texts_refused = 0
        _going(row).update(texts_refused=0)
    if refusal is None:
        return result.outcome in _ENDS_THE_ROUND
    if result.outcome in _ENDS_THE_ROUND:
        _rest(row, refusal.trouble, refusal.reply, at)
        return True
    if refusal.trouble is Trouble.MESSAGE_REFUSED:
        return _counts_the_text_refused(row, refusal, at)
    return False


def _counts_the_text_refused(row: Mailing, refusal: NotSent, at: datetime) -> bool:
    row.texts_refused += 1
    _going(row).update(texts_refused=row.texts_refused)
    if row.texts_refused < _MOST_REFUSED_FOR_THE_TEXT:
        return False
    _pause(row, refusal.trouble, refusal.reply, at)
    return True


def _rest(row: Mailing, trouble: str, reply: int | None, at: datetime) -> None:
    """Try again after a while, longer each time; about a day later leave it to people."""
    row.rests_in_a_row += 1
    if row.rests_in_a_row > _MOST_RESTS:
        _pause(row, trouble, reply, at)
        return
    rests = RESTS[min(row.rests_in_a_row, len(RESTS)) - 1]
    _going(row).update(
        trouble=str(trouble),
        reply_code=reply,
        rests_in_a_row=row.rests_in_a_row,
        rests_until=at + rests,
    )


def _pause(row: Mailing, trouble: str, reply: int | None, at: datetime) -> None:
    pausing.pause_turn(mailing=row.pk, turn=row.turn, at=at, trouble=trouble, reply=reply)


@transaction.atomic
def _end_round(row: Mailing, came_forward: bool, at: datetime) -> None:
    """Done, or the next job, or this one again after a while (NotYet)."""
    going = _going(row).select_for_update().first()
    if going is None:
        return
    counted = Addressee.objects.filter(mailing=row).values_list("state").annotate(n=Count("pk")).order_by()
    states: Counter[str] = Counter(dict(counted))
    if not states[Addressee.State.WAITING] and not states[Addressee.State.CLAIMED]:
        _finish(row, states, at)
    elif came_forward and (going.rests_until is None or going.rests_until <= at):
        _going(row).update(turn=row.turn + 1)
        jobs.enqueue(send_some, row.pk, row.turn + 1)
    else:
        raise jobs.NotYet


def _finish(row: Mailing, states: Counter[str], at: datetime) -> None:
    _going(row).update(state=State.DONE, ended_at=at, trouble="", reply_code=None, rests_until=None)
    audit.record(
        actions.ENDED,
        actor=actors.SYSTEM,
        at=at,
        mailing=str(row.pk),
        sent=states[Addressee.State.SENT],
        left_out=states[Addressee.State.LEFT_OUT],
        refused=states[Addressee.State.REFUSED],
        perhaps=states[Addressee.State.PERHAPS],
    )


def _going(row: Mailing) -> "QuerySet[Mailing]":
    """The mailing, as long as this job is the one that sends it."""
    return Mailing.objects.filter(pk=row.pk, turn=row.turn, state=State.SENDING)
