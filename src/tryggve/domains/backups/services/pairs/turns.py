"""Whose turn it is: one process at a time is at work on backups, by a lock that dies with it."""

import contextlib
import fcntl
import os
from collections.abc import Iterator
from datetime import datetime
from typing import Final

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from tryggve.domains.backups.models import Place, Run
from tryggve.domains.backups.services.pairs import causes
from tryggve.lib import folders
from tryggve.lib.errors import Refusal

_RANK: Final = (Run.Why.UPGRADE, Run.Why.ASKED, Run.Why.DUE, Run.Why.ERASURE)


class AlreadyAtIt(Refusal):
    exit_status = 1
    sentence = _(
        "Another process is at work on the backups: it takes one, or tries one out in a restore test. Nothing was "
        "changed. Try again when it is done; «./tryggve backup status» tells how far a backup has come."
    )


class NowhereToGo(Refusal):
    exit_status = 1
    sentence = _(
        "There is no place for backups yet. Nothing was changed. Add a place for the data and one for the keys, "
        "and try again."
    )


@contextlib.contextmanager
def held() -> Iterator[None]:
    """Inside, nobody else takes a backup of this register. Raises AlreadyAtIt."""
    descriptor = os.open(folders.current().run / "backing-up", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise AlreadyAtIt from None
        yield
    finally:
        os.close(descriptor)


def is_free(*, at: datetime) -> bool:
    """Whether nobody is at it; then it is written down of runs whose process was killed."""
    try:
        with held():
            close_left_behind(at=at)
    except AlreadyAtIt:
        return False
    return True


def close_left_behind(*, at: datetime) -> int:
    """The same, for who is at it."""
    left = Run.objects.filter(state=Run.State.RUNNING)
    return left.update(state=Run.State.FAILED, cause=causes.CUT_OFF, ended_at=at)


def require_somewhere() -> None:
    """Raises NowhereToGo."""
    if not Place.objects.filter(removed_at=None).exists():
        raise NowhereToGo


@transaction.atomic
def ask(*, why: Run.Why, at: datetime) -> Run:
    """Let the process that takes backups take one soon; one that waits already is the same. Raises NowhereToGo."""
    require_somewhere()
    waiting = Run.objects.filter(state=Run.State.WAITING, why=why).first()
    return waiting or Run.objects.create(why=why, state=Run.State.WAITING, began_at=at)


def next_waiting() -> Run.Why | None:
    """What was asked for and is next: whole pairs first, which bring the keys, too."""
    waiting = set(Run.objects.filter(state=Run.State.WAITING).values_list("why", flat=True))
    return next((why for why in _RANK if why in waiting), None)


@transaction.atomic
def begin(why: Run.Why, *, at: datetime) -> Run:
    """The run, for who is at it: the one that waits if one does. What would only bring the keys is done by a pair."""
    waiting = Run.objects.filter(state=Run.State.WAITING)
    row = waiting.filter(why=why).first() or Run(why=why)
    row.state, row.began_at = Run.State.RUNNING, at
    row.save()
    if why != Run.Why.ERASURE:
        waiting.filter(why=Run.Why.ERASURE).delete()
    return row
