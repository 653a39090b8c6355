"""Why a run didn't come to a good end, beside what restic says; codes that are never renamed."""

from collections.abc import Sequence
from typing import Final

from tryggve.domains.backups.restic import Incomplete

NO_DATA_PLACE: Final = "no-data-place"
NO_KEY_PLACE: Final = "no-key-place"
# The data names keys that are neither in the copy of the keys nor in its ledger of erasures.
KEYS_MISSING: Final = "keys-missing"
KEYS_UNREADABLE: Final = "keys-unreadable"
COPY_DAMAGED: Final = "copy-damaged"
COPY_TOOK_TOO_LONG: Final = "copy-took-too-long"
# Another computer took the register over, and its copies lie there.
TAKEN_OVER: Final = "taken-over"
# Copies of the keys lie there that know of erasures which this register knows nothing of.
KEYS_KNOW_MORE: Final = "keys-know-more"
# A disk that is carried away hasn't been here for longer than it should.
DISK_OVERDUE: Final = "disk-overdue"
NOT_COPIED: Final = "not-copied"
FULL_HERE: Final = "full-here"
NO_DUMP_PROGRAM: Final = "no-pg-dump"
DUMP_FAILED: Final = "pg-dump-failed"
# The process was killed, or the computer turned off.
CUT_OFF: Final = "cut-off"
BROKE: Final = "broke"
ALL: Final = (
    NO_DATA_PLACE,
    NO_KEY_PLACE,
    KEYS_MISSING,
    KEYS_UNREADABLE,
    COPY_DAMAGED,
    COPY_TOOK_TOO_LONG,
    TAKEN_OVER,
    KEYS_KNOW_MORE,
    DISK_OVERDUE,
    NOT_COPIED,
    FULL_HERE,
    NO_DUMP_PROGRAM,
    DUMP_FAILED,
    CUT_OFF,
    BROKE,
)
# Nothing that comes by itself mends these.
FOR_PEOPLE: Final = frozenset({Incomplete.code, DISK_OVERDUE, TAKEN_OVER, KEYS_KNOW_MORE})


def foremost(found: Sequence[str]) -> str:
    """The one that is told of a run; empty where there is none."""
    return TAKEN_OVER if TAKEN_OVER in found else next(iter(found), "")


class CannotCopy(Exception):
    """The copy couldn't be made; ``cause`` is one of these."""

    def __init__(self, cause: str) -> None:
        super().__init__(cause)
        self.cause = cause
