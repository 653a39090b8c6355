import contextlib
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any, BinaryIO

from django.utils.translation import gettext as _

from tryggve import vault
from tryggve.audit import checkpoint_files, checkpoints, export, sequencer, signing, verification
from tryggve.audit import services as audit
from tryggve.audit.checkpoint_files import Checkpoint
from tryggve.audit.notes import NotANote, Verifier
from tryggve.audit.tiles import Unreadable
from tryggve.audit.verdict import Verdict
from tryggve.domains.access import actions
from tryggve.lib.errors import Refusal
from tryggve.vault import custody


class LogDamaged(Refusal):
    """A file of the log is missing or isn't what it should be."""

    def __init__(self) -> None:
        super().__init__(
            _(
                "A file of the audit log is missing or damaged. Nothing was changed. Keep a copy of the whole data "
                "folder, and verify the log."
            )
        )


class AlreadyThere(Refusal):
    """There is a file of that name."""

    def __init__(self) -> None:
        super().__init__(
            _("There is a file of that name already. Nothing was written over. Choose another name.")
        )


class NotWritten(Refusal):
    """The export could not be written."""


def verify_log(
    *, actor: str, at: datetime, saved: Sequence[bytes] = (), with_details: bool = False
) -> Verdict:
    """Sequence what waits, hold the log against itself and what was kept elsewhere, and log what came of that.

    Raises Locked for details that can't be had, and what sequencing refuses if the verification doesn't say why.
    """
    if with_details:
        _require_open()
    refused = _sequence(at)
    found = verification.verify(saved, now=at, with_details=with_details)
    facts: dict[str, Any] = {"ok": found.ok, "entries": found.entries}
    if found.first_bad is not None:
        facts |= {"why": found.first_bad.why, "epoch": found.first_bad.epoch}
    if saved:
        facts["saved"] = len(saved)
    if with_details:
        facts["with_details"] = True
    audit.record(actions.LOG_VERIFIED, actor=actor, at=at, **facts)
    if found.ok and refused is not None:
        raise refused
    return found


def sign_checkpoint(*, at: datetime) -> Checkpoint:
    """How the log stands now, signed. Raises LogDamaged, and as checkpoints.sign does."""
    try:
        return checkpoints.sign(now=at)
    except (Unreadable, NotANote) as cause:
        raise LogDamaged from cause


def replace_signing_key(*, actor: str, at: datetime) -> Checkpoint:
    """Sign with a new key in place of the lost one. Raises LogDamaged, and as checkpoints.sign_with_new_key does."""
    try:
        return checkpoints.sign_with_new_key(actor=actor, now=at)
    except (Unreadable, NotANote) as cause:
        raise LogDamaged from cause


def lost_signing_key() -> Verifier:
    """The key that can sign no more. Raises LogDamaged, and as signing.lost_key does."""
    try:
        return signing.lost_key()
    except NotANote as cause:
        raise LogDamaged from cause


def begin_export(*, with_details: bool, actor: str, at: datetime) -> Refusal | None:
    """Log that the log leaves, and sign how it stands; then ``export.write`` may begin.

    A log that can't be signed any more leaves as it was at its newest checkpoint, as evidence; answers why. Raises
    NotUnlocked for details while the register is locked, LogDamaged, and as signing does if nothing ever was signed.
    """
    if with_details:
        _require_open()
    audit.record(actions.LOG_EXPORTED, actor=actor, at=at, with_details=with_details)
    try:
        sign_checkpoint(at=at)
    except Refusal as refusal:
        if not checkpoint_files.keys_path().exists():
            raise
        return refusal
    return None


def write_export(to: BinaryIO | Path, *, with_details: bool) -> None:
    """Write what ``begin_export`` began; at a path nothing is left of a file that didn't become whole.

    Raises AlreadyThere, NotWritten, LogDamaged, BrokenPipeError and Locked.
    """
    try:
        export.write(to, with_details=with_details)
    except FileExistsError as cause:
        raise AlreadyThere from cause
    except BaseException as failure:
        if isinstance(to, Path):
            with contextlib.suppress(OSError):
                to.unlink()
        if refusal := _refusal_of(failure):
            raise refusal from failure
        raise


def _refusal_of(failure: BaseException) -> Refusal | None:
    if isinstance(failure, (Unreadable, NotANote)):
        return LogDamaged()
    if isinstance(failure, OSError) and not isinstance(failure, BrokenPipeError):
        return NotWritten(
            _(
                "The log can't be written there: the folder, its rights or the disk don't allow it. Nothing was left "
                "there. Choose another place, or write it to standard output with «-»."
            )
        )
    return None


def _require_open() -> None:
    """Asked before anything is done, also where there happen to be no details yet."""
    if custody.status().is_locked:
        raise vault.NotUnlocked


def _sequence(at: datetime) -> Refusal | None:
    """A log that was changed may be one that can't be gone on with: then that is what is found."""
    try:
        sequencer.sequence(now=at, thorough=True)
    except Refusal as refusal:
        return refusal
    except (Unreadable, NotANote):
        return LogDamaged()
    return None
