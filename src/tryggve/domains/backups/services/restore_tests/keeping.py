"""What a test came to is written down: its row, the log's entry, and a checkpoint that is signed at once."""

import logging
from datetime import datetime
from typing import Final

from django.db import transaction

from tryggve.audit import actors, checkpoints
from tryggve.audit import services as audit
from tryggve.domains.backups import actions
from tryggve.domains.backups.models import RestoreTest
from tryggve.domains.backups.services import watching
from tryggve.domains.backups.services.restore_tests import evidence
from tryggve.lib import write_points
from tryggve.lib.errors import Refusal

logger = logging.getLogger(__name__)

_NONE: Final = "none"


def keep(row: RestoreTest, *, at: datetime) -> None:
    """The row has its outcome; it is ended at that time. Raises vault.Locked without the service key."""
    row.ended_at = at
    row.found = {**row.found, "seconds": int((at - row.began_at).total_seconds())}
    digest = evidence.digest_of(row)
    row.digest_sealed = evidence.sealed(digest)
    with transaction.atomic():
        row.entry = _record(row, digest, at)
        row.save()
    write_points.reached("restore test: written, not signed")
    _sign(row, at)


def sign_left_behind(*, at: datetime) -> None:
    """What was written down and not signed, when a test was killed or the log couldn't be signed, is signed now."""
    for row in RestoreTest.objects.filter(checkpoint_size=None).exclude(entry=None):
        try:
            size = evidence.covering(row)
            if size is None:
                checkpoints.sign(now=at)
                size = evidence.covering(row)
        except (Refusal, OSError, ValueError):
            return  # told of where the log is looked after
        if size is not None:
            RestoreTest.objects.filter(pk=row.pk).update(checkpoint_size=size)
            _tell_belated(row, at)


def _tell_belated(row: RestoreTest, at: datetime) -> None:
    if row.state == RestoreTest.State.FAILED:
        watching.tell_failed_test(at=at)


def _record(row: RestoreTest, digest: str, at: datetime) -> int:
    told: dict[str, int] = row.found
    return audit.record(
        actions.RESTORE_TESTED,
        actor=actors.SYSTEM,
        at=at,
        test=str(row.pk),
        outcome=row.state.lower(),
        step=row.step or _NONE,
        cause=row.cause or _NONE,
        lost=told.get("lost", 0),
        place=str(row.place_id) if row.place_id else _NONE,
        pair=str(row.run_id) if row.run_id else _NONE,
        seconds=told.get("answered_seconds", told["seconds"]),
        data_age_minutes=told.get("data_age_minutes", 0),
        customers=told.get("customers", 0),
        files=told.get("files", 0),
        rows=told.get("rows", 0),
        evidence=digest,
    ).pk


def _sign(row: RestoreTest, at: datetime) -> None:
    """A log that can't be signed now is told of elsewhere; the test is evidence of nothing until then."""
    try:
        signed = checkpoints.sign(now=at)
    except (Refusal, OSError, ValueError) as error:
        facts = {"test": str(row.pk), "error": type(error).__name__}
        logger.error("the log couldn't be signed after a restore test", extra={"facts": facts})
        return
    row.checkpoint_size = signed.size
    row.save(update_fields=["checkpoint_size"])
