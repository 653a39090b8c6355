"""What looks as if somebody encrypted or emptied the company's files, and backups that don't come: who is told."""

import secrets
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

from django.db import transaction
from django.utils import translation

from tryggve import vault
from tryggve.accounts import clock
from tryggve.accounts.models import User
from tryggve.audit import actors
from tryggve.audit import services as audit
from tryggve.domains.backups import actions, notices
from tryggve.domains.backups.engine import changes
from tryggve.domains.backups.engine.changes import Numbers
from tryggve.domains.backups.models import Alarm, Run
from tryggve.domains.backups.own_folders import sampling
from tryggve.domains.backups.selectors import taken
from tryggve.domains.backups.sign_words import signs_in_words
from tryggve.domains.customers import api as customers
from tryggve.domains.incidents import api as incidents
from tryggve.domains.setup import api as setup
from tryggve.lib.errors import Missing
from tryggve.notices import recipients
from tryggve.notices import services as mail
from tryggve.notices.registry import Kind
from tryggve.ui import own_address

_COMPARED: Final = 10
_SILENCE: Final = "silence"
_TAKEN_OVER: Final = "taken-over"
LOST_KEYS: Final = "lost-keys"
_TOLD_EVERY: Final = timedelta(days=1)
# A disk that nobody promised for tonight.
_DISK_TOLD_EVERY: Final = timedelta(days=7)
_ALWAYS: Final = datetime(1970, 1, 1, tzinfo=UTC)


class NothingToAnswer(Missing):
    """There is no such run with signs that wait for an answer."""


def signs_of(run: Run, folders: Sequence[Path], at: datetime) -> list[str]:
    """Compare a run that has ended with those before, keep what is unlike them, and tell whom alarms go to.

    ``folders``: the company's own that were copied. The run's numbers are those of a place that had a copy before.
    """
    before = taken.comparable(run, most=_COMPARED)
    sampled = sampling.sample(
        folders, since=before[0].began_at if before else _ALWAYS, salt=secrets.token_bytes(32)
    )
    found = changes.signs(_compared(run, before), before=[_numbers(one) for one in before], sampled=sampled)
    run.signs = codes = [sign.value for sign in found]
    run.save(update_fields=["signs"])
    if codes:
        _tell_signs(run, codes, at)
    return codes


def may_prune() -> bool:
    """Whether older snapshots may be let go of: never while it isn't known who changed what."""
    return not taken.unanswered().exists()


@transaction.atomic
def answer_signs(run: Run, actor: str, at: datetime) -> None:
    """Somebody says that it was the company itself, of this run and those before. Raises NothingToAnswer."""
    waiting = taken.unanswered().filter(began_at__lte=run.began_at)
    if not waiting.filter(pk=run.pk).exists():
        raise NothingToAnswer(run.pk)
    waiting.update(signs_answered_at=at)
    audit.record(actions.SIGNS_ANSWERED, actor=actor, at=at, run=str(run.pk))


@transaction.atomic
def tell_silence(*, at: datetime) -> bool:
    """Mail whom alarms go to that no backup comes, once a day while it lasts; whether it was. Raises vault.Locked.

    Once a week where nothing is missing but a disk that is carried away.
    """
    if not taken.is_silent(at=at):
        Alarm.objects.filter(pk=_SILENCE).delete()
        return False
    is_of_disks = taken.is_on_carried_disks_alone()
    kind, every = (notices.DISK_AWAITED, _DISK_TOLD_EVERY) if is_of_disks else (notices.SILENT, _TOLD_EVERY)
    if not _is_due(_SILENCE, at, every=every) or not _told(_SILENCE, _mail(kind, at=at), at):
        return False
    audit.record(actions.SILENCE_TOLD, actor=actors.SYSTEM, at=at)
    return True


def tell_lost_keys(lost: int, *, at: datetime) -> None:
    """Mail whom alarms go to at once that keys are missing, once a day while they are; a lost service key stops nobody.

    ``lost``: how many that the register names are nowhere.
    """
    with suppress(vault.Locked), transaction.atomic():
        if not lost:
            Alarm.objects.filter(pk=LOST_KEYS).delete()
        elif _is_due(LOST_KEYS, at):
            unread = str(customers.customers_without_key())
            _told(LOST_KEYS, _mail(notices.LOST_KEYS, at=at, customers=unread), at)
            audit.record(actions.LOST_KEYS_TOLD, actor=actors.SYSTEM, at=at, count=lost)


def tell_taken_over(*, is_so: bool, at: datetime) -> None:
    """Mail whom alarms go to that another computer has this register now, once a day while this one goes on.

    Once it was found it stays so, also where the next run met no place that tells, until the register is moved here.
    """
    if is_so:
        setup.note_taken_over()
    with suppress(vault.Locked), transaction.atomic():
        if not setup.is_taken_over():
            Alarm.objects.filter(pk=_TAKEN_OVER).delete()
        elif _is_due(_TAKEN_OVER, at):
            _told(_TAKEN_OVER, _mail(notices.TAKEN_OVER, at=at), at)


def tell_failed_test(*, at: datetime) -> None:
    """Mail whom alarms go to at once that a backup couldn't be restored; a lost service key stops nobody."""
    with suppress(vault.Locked), transaction.atomic():
        _mail(notices.TEST_FAILED, at=at)


def tell_failed_shredding(*, at: datetime) -> None:
    """Mail whom alarms go to at once that somebody erased can still be read; a lost service key stops nobody."""
    with suppress(vault.Locked), transaction.atomic():
        _mail(notices.SHREDDING_FAILED, at=at)


def _compared(run: Run, before: Sequence[Run]) -> Numbers:
    """The numbers of files tell nothing where folders were added or taken away, or some couldn't be read whole."""
    now = _numbers(run)
    if before and (
        taken.lacks_files(run) or taken.are_folders_changed(since=before[0].began_at, until=run.began_at)
    ):
        return replace(now, files=before[0].files, changed_files=0, bytes_added=0)
    return now


def _numbers(run: Run) -> Numbers:
    return Numbers(run.files, run.changed_files, run.bytes_added, run.rows)


def _tell_signs(run: Run, signs: Sequence[str], at: datetime) -> None:
    with suppress(vault.Locked), transaction.atomic():
        for person in incidents.people_alerted(at=at):
            _send(notices.SIGNS, person, at, signs=_in_words(signs, person))
        audit.record(actions.SIGNS_TOLD, actor=actors.SYSTEM, at=at, run=str(run.pk), count=len(signs))


def _in_words(signs: Sequence[str], person: User) -> str:
    with translation.override(person.language):
        return "\n".join(f"- {sentence}" for sentence in signs_in_words(signs))


def _is_due(alarm: str, at: datetime, *, every: timedelta = _TOLD_EVERY) -> bool:
    last = Alarm.objects.select_for_update().filter(pk=alarm).first()
    return last is None or not clock.is_within(every, last.told_at, at=at)


def _told(alarm: str, people: int, at: datetime) -> bool:
    """Whether it was told to anybody, which is written down."""
    if people:
        Alarm.objects.update_or_create(pk=alarm, defaults={"told_at": at})
    return bool(people)


def _mail(kind: Kind, *, at: datetime, **facts: str) -> int:
    people = incidents.people_alerted(at=at)
    for person in people:
        _send(kind, person, at, **facts)
    return len(people)


def _send(kind: Kind, person: User, at: datetime, **facts: str) -> None:
    told: Mapping[str, str] = {"address": own_address.link_to("backups:overview"), **facts}
    mail.send(kind, to=recipients.staff(person), at=at, **told)
