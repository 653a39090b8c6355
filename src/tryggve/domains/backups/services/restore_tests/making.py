"""One test from its beginning to its end."""

import errno
import logging
from collections.abc import Callable
from contextlib import ExitStack
from datetime import datetime
from typing import Final

from tryggve import vault
from tryggve.domains.backups.engine.restore_test import STEPS
from tryggve.domains.backups.models import RestoreTest
from tryggve.domains.backups.restic import ResticFailed
from tryggve.domains.backups.services import watching
from tryggve.domains.backups.services.pairs import causes, turns
from tryggve.domains.backups.services.restore_tests import (
    asking,
    choosing,
    customers,
    fetch,
    keeping,
    restored_database,
    scratch,
    steps,
)
from tryggve.domains.backups.services.restore_tests.outcomes import CouldNotTest, TestFailed, of_restic
from tryggve.domains.backups.services.restore_tests.trial import Trial
from tryggve.lib import write_points
from tryggve.routines import faults

logger = logging.getLogger(__name__)

Clock = Callable[[], datetime]
Told = Callable[[str], None]
_FULL: Final = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
_States = RestoreTest.State


def make(
    *, now: Clock, actor: str = "", is_everything: bool = False, told: Told | None = None
) -> RestoreTest:
    """Restore the newest pair and throw it away again; what came of it. ``told`` hears the code of each step.

    ``actor``: who asks for it now, if anybody. No backup is taken meanwhile: it would let go of what is being read.
    Raises turns.AlreadyAtIt.
    """
    with turns.held():
        clear(at=now())
        keeping.sign_left_behind(at=now())
        if actor:
            asking.ask(actor, now())
        row = _begun(at=now())
        _tell_outcome(row, now, is_everything=is_everything, told=told)
        keeping.keep(row, at=now())
        if row.state == _States.FAILED:
            watching.tell_failed_test(at=now())
        return row


def is_free(*, at: datetime) -> bool:
    """Whether nobody is at work on backups; then what a test left that was killed is cleared away, or signed."""
    try:
        with turns.held():
            if RestoreTest.objects.filter(state=_States.RUNNING).exists():
                clear(at=at)
            keeping.sign_left_behind(at=at)
    except turns.AlreadyAtIt:
        return False
    return True


def clear(*, at: datetime) -> None:
    """What a test left that was killed; for who holds the turn."""
    left = RestoreTest.objects.filter(state=_States.RUNNING)
    left.update(state=_States.UNKNOWN, cause="cut-off", ended_at=at)
    scratch.remove_left_behind()
    restored_database.remove_left_behind()


def _begun(*, at: datetime) -> RestoreTest:
    """The one that waits, if one does."""
    row = RestoreTest.objects.filter(state=_States.WAITING).first() or RestoreTest()
    row.state, row.began_at, row.step = _States.RUNNING, at, STEPS[0]
    row.save()
    return row


def _tell_outcome(row: RestoreTest, now: Clock, *, is_everything: bool, told: Told | None) -> None:
    """What the steps come to, in the row, which isn't saved."""
    try:
        locked = _gone_through(row, now, is_everything=is_everything, told=told)
        row.state, row.step, row.cause = (
            (_States.UNKNOWN, "customers", locked) if locked else (_States.PASSED, "", "")
        )
    except TestFailed as failed:
        row.state, row.cause = _States.FAILED, failed.code
        row.found = {**row.found, "lost": failed.count}
    except CouldNotTest as cannot:
        row.state, row.cause = _States.UNKNOWN, cannot.code
    except vault.Locked:
        row.state, row.cause = _States.UNKNOWN, "locked"
    except MemoryError:
        row.state, row.cause = _States.UNKNOWN, "memory"
    except Exception as error:  # noqa: BLE001 - whatever it is, it is told; its text may name somebody
        row.state, row.cause = _States.UNKNOWN, causes.FULL_HERE if _is_full(error) else "broke"
        fault = faults.fault_of(error)
        logger.error("a restore test broke", extra={"facts": {"fault": fault.kind, "place": fault.place}})


def _gone_through(row: RestoreTest, now: Clock, *, is_everything: bool, told: Told | None) -> str:
    """Every step; the code of why customers weren't read, if they weren't. Raises TestFailed and CouldNotTest."""
    with ExitStack() as until_the_end:
        try:
            trial = _trial(row, until_the_end, now, is_everything=is_everything)
            for code in STEPS:
                row.step = code
                row.save(update_fields=["step"])
                if told is not None:
                    told(code)
                steps.STEPS[code](trial)
                write_points.reached(f"restore test: {code}")
        except ResticFailed as failed:
            raise of_restic(failed) from None
        return trial.locked


def _trial(row: RestoreTest, until_the_end: ExitStack, now: Clock, *, is_everything: bool) -> Trial:
    chosen = choosing.chosen(row.began_at)
    row.place_id, row.run = chosen.place.id, chosen.run
    row.save(update_fields=["place", "run"])
    choosing.require_there(chosen)
    made = until_the_end.enter_context(scratch.made())
    chosen = chosen.read_anew(made.cache)
    manifest = fetch.manifest_of(chosen)
    age = row.began_at - manifest.taken_at
    row.found = {
        "data_age_minutes": max(0, int(age.total_seconds() // 60)),
        "elsewhere": int(chosen.place.is_elsewhere),
        "passed_over": chosen.passed_over,
    }
    restored_database.require_usable(manifest)
    return Trial(
        test=row,
        chosen=chosen,
        scratch=made,
        manifest=manifest,
        now=now,
        is_everything=is_everything,
        until_the_end=until_the_end,
        wanted=customers.READ,
        found=row.found,
    )


def _is_full(error: Exception) -> bool:
    return isinstance(error, OSError) and error.errno in _FULL
