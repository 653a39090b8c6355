"""What looks like somebody encrypting or emptying the company's files, from the numbers of backups.

For most cases use :func:`signs`: codes of what is unlike the backups before. None of it proves anything; each is a
reason to ask a person before older snapshots are let go of.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from statistics import median
from typing import Final

# A year's closing of the books or a day of photographs doubles what a usual day brings. Encrypting everything brings
# everything anew: of a company that changes a hundredth a day, a hundred times as much.
JUMP_TIMES: Final = 3
# A jump of less is one big file, and the usual days of a small company are a few megabytes.
JUMP_BYTES: Final = 100 * 1000 * 1000
# Fewer say nothing of what is usual.
JUMP_RUNS: Final = 3
# More than half gone in a day is a clearing-out that somebody can say they made.
SHRUNK_TO: Final = 0.5
# In a small heap half is gone by chance.
SHRUNK_FROM: Final = 100
# People change a few files in a hundred between two backups.
CHANGED_SHARE: Final = 0.5
CHANGED_FILES: Final = 100
# One or two odd files are a download that broke, or a picture with a name of another kind.
STRANGE_FILES: Final = 3
STRANGE_SHARE: Final = 0.1


class Sign(StrEnum):
    """Codes that a run keeps; never renamed."""

    JUMP = "jump"
    FEWER_FILES = "fewer-files"
    FEWER_ROWS = "fewer-rows"
    MOST_CHANGED = "most-changed"
    STRANGE_CONTENT = "strange-content"


@dataclass(frozen=True, slots=True)
class Numbers:
    """Of one backup."""

    files: int
    changed_files: int
    bytes_added: int
    rows: int


@dataclass(frozen=True, slots=True)
class Sampled:
    """How many of the changed files were looked at, and how many of them don't look like their name."""

    judged: int = 0
    strange: int = 0


def signs(now: Numbers, *, before: Sequence[Numbers], sampled: Sampled) -> list[Sign]:
    """What is unlike the backups before, the newest of which comes first; none of the numbers where there are none."""
    found = [
        (Sign.JUMP, _is_jump(now, before)),
        (Sign.FEWER_FILES, bool(before) and _is_shrunk(now.files, before[0].files)),
        (Sign.FEWER_ROWS, bool(before) and _is_shrunk(now.rows, before[0].rows)),
        (Sign.MOST_CHANGED, bool(before) and _is_mostly_changed(now, before[0])),
        (Sign.STRANGE_CONTENT, _is_strange(sampled)),
    ]
    return [sign for sign, is_so in found if is_so]


def _is_jump(now: Numbers, before: Sequence[Numbers]) -> bool:
    if len(before) < JUMP_RUNS:
        return False
    usual = median(one.bytes_added for one in before)
    return now.bytes_added > JUMP_BYTES and now.bytes_added > JUMP_TIMES * usual


def _is_shrunk(now: int, before: int) -> bool:
    return before >= SHRUNK_FROM and now < SHRUNK_TO * before


def _is_mostly_changed(now: Numbers, before: Numbers) -> bool:
    """Of those that were there: what came beside them counts as changed, too. One by another name is one gone."""
    changed = now.changed_files - max(0, now.files - before.files)
    return changed > CHANGED_FILES and changed > CHANGED_SHARE * min(now.files, before.files)


def _is_strange(sampled: Sampled) -> bool:
    return sampled.strange >= STRANGE_FILES and sampled.strange >= STRANGE_SHARE * sampled.judged
