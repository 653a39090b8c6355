"""A restore that people made on another computer, shown by a code that only a restored pair of ours can tell."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import ClassVar, Final
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from tryggve import vault
from tryggve.audit import services as audit
from tryggve.domains.backups import actions
from tryggve.domains.backups.models import Run
from tryggve.domains.backups.selectors import elsewhere as selectors
from tryggve.lib.errors import Refusal
from tryggve.routines.duties.services import doing

DUTY: Final = "watch-restore"
# How long a code may lie on a desk.
KEEPS: Final = timedelta(days=31)
_DAY: Final = timedelta(days=1)
_PURPOSE: Final = "backups: restored on another computer"
# 64 bits: nobody guesses that among the few that would be right.
_DIGITS: Final = 16
_GROUP: Final = 4
_MOST_RUNS: Final = 400


class NoSuchCode(Refusal):
    """No pair of ours was restored for it."""

    sentence: ClassVar = _(
        "This isn't the code of a restore of one of your backups in the last %(days)s days. Nothing was noted. Compare "
        "each sign with what you wrote down, or rehearse once more on the other computer."
    )


class NotedBefore(Refusal):
    """It counts once."""

    sentence: ClassVar = _(
        "This code was entered before: the restore of %(date)s is noted already. Nothing was changed."
    )


@dataclass(frozen=True, slots=True)
class Noted:
    """On which day it was restored there, and of when the copy was."""

    on: date
    taken_on: date


def code_of(pair: UUID, at: datetime) -> str:
    """What the restored copy shows. Raises vault.Locked without the service key."""
    [code] = _codes([(pair, timezone.localdate(at))])
    return "-".join(code[start : start + _GROUP] for start in range(0, _DIGITS, _GROUP))


@transaction.atomic
def note(*, typed: str, actor: str, at: datetime) -> Noted:
    """It was restored: that is in the log, and the routine is done. Raises NoSuchCode, NotedBefore, vault.Locked."""
    run, on = _shown_by(typed, at)
    if selectors.is_noted(pair=run.pk, on=on):
        raise NotedBefore(date=date_format(on, "DATE_FORMAT"))
    taken_on = timezone.localdate(run.began_at)
    audit.record(
        actions.RESTORED_ELSEWHERE,
        actor=actor,
        at=at,
        pair=str(run.pk),
        days_ago=(timezone.localdate(at) - on).days,
        days_old=(on - taken_on).days,
    )
    doing.note_done(duty=DUTY, actor=actor, at=at)
    return Noted(on, taken_on)


def _shown_by(typed: str, at: datetime) -> tuple[Run, date]:
    digits = "".join(sign for sign in typed.casefold() if sign.isalnum())
    runs = Run.objects.filter(state=Run.State.DONE).exclude(why=Run.Why.ERASURE)[:_MOST_RUNS]
    today = timezone.localdate(at)
    # The other computer may be a day ahead.
    days = [today + _DAY - ago * _DAY for ago in range(KEEPS.days + 2)]
    known = [(run, on) for run in runs for on in days]
    codes = _codes((run.pk, on) for run, on in known)
    for one, code in zip(known, codes, strict=True):
        if code == digits:
            return one
    raise NoSuchCode(days=KEEPS.days)


def _codes(restores: Iterable[tuple[UUID, date]]) -> list[str]:
    values = (f"{pair.hex} {on.isoformat()}".encode() for pair, on in restores)
    return [tag[:_DIGITS] for tag in vault.tags_for_service(_PURPOSE, values)]
