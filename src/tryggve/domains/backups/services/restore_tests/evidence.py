"""What a test's row came to, held in the audit log and sealed for the service: nobody writes one by hand."""

import hashlib
from datetime import UTC, datetime
from typing import Any, Final

from tryggve import vault
from tryggve.audit import canonical, checkpoint_files, leaves
from tryggve.audit.models import Entry
from tryggve.audit.notes import NotANote
from tryggve.domains.backups import actions
from tryggve.domains.backups.models import RestoreTest

_PURPOSE: Final = "backups: what a restore test came to"
# In the canonical JSON of the facts; within a value the quotation marks would be written otherwise.
_UNKNOWN: Final = '"outcome":"unknown"'


def digest_of(row: RestoreTest) -> str:
    """SHA-256 over the canonical JSON (RFC 8785) of all that a test says, in hexadecimal digits."""
    words: dict[str, Any] = {
        "test": str(row.pk),
        "place": str(row.place_id or ""),
        "run": str(row.run_id or ""),
        "state": row.state,
        "began_at": _iso(row.began_at),
        "ended_at": _iso(row.ended_at) if row.ended_at else None,
        "step": row.step,
        "cause": row.cause,
        "found": dict(row.found),
    }
    return hashlib.sha256(canonical.encode(words).encode()).hexdigest()


def sealed(digest: str) -> bytes:
    """Raises vault.Locked without the service key."""
    return vault.seal_for_service(_PURPOSE, digest.encode())


def newest_conclusive() -> Entry | None:
    """The log's newest entry of a test that passed or failed. What stands in no entry never happened."""
    if not RestoreTest.objects.exists():
        return None  # or the whole log would be looked through, again and again
    entries = Entry.objects.filter(action=actions.RESTORE_TESTED.code).newest_first()
    return entries.exclude(facts__contains=_UNKNOWN).first()


def founded(entry: Entry) -> RestoreTest | None:
    """The test that the entry tells of, if its row says today what was logged and sealed, under a signed checkpoint.

    Raises vault.Locked without the service key.
    """
    row = _as_logged(entry)
    return row if row is not None and _is_under_checkpoint(row) else None


def waits_for_signature(entry: Entry) -> bool:
    """Whether the test is as it was logged and sealed, and no checkpoint was signed yet over its entry.

    Raises vault.Locked without the service key.
    """
    row = _as_logged(entry)
    return row is not None and row.checkpoint_size is None


def covering(row: RestoreTest) -> int | None:
    """The size of the first checkpoint that a key of the log signed over the test's entry. Raises NotANote, OSError."""
    place = leaves.place_of(row.entry) if row.entry is not None else None
    if place is None:
        return None
    return min((one.size for one in checkpoint_files.signed(place.epoch, above=place.index)), default=None)


def _as_logged(entry: Entry) -> RestoreTest | None:
    row = RestoreTest.objects.filter(pk=entry.facts["test"], entry=entry.pk).first()
    if row is None or entry.facts["outcome"] != row.state.lower():
        return None
    digest = digest_of(row)
    return row if entry.facts["evidence"] == digest and _is_sealed(row, digest) else None


def _is_sealed(row: RestoreTest, digest: str) -> bool:
    try:
        return vault.open_for_service(_PURPOSE, bytes(row.digest_sealed)) == digest.encode()
    except vault.CannotOpen:
        return False


def _is_under_checkpoint(row: RestoreTest) -> bool:
    """Whether a checkpoint of that size, which a key of the log signed, covers the entry's place."""
    if row.entry is None or row.checkpoint_size is None:
        return False
    place = leaves.place_of(row.entry)
    if place is None or place.index >= row.checkpoint_size:
        return False
    try:
        found = checkpoint_files.newest_within(place.epoch, row.checkpoint_size)
    except (checkpoint_files.CheckpointForged, NotANote, OSError):
        return False
    return found is not None and found.size == row.checkpoint_size


def _iso(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="microseconds")
