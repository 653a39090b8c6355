"""How far a restore has come: a file in the data folder, without which no register is put back or served there."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime
from typing import Any, Final

from django.utils.translation import gettext_lazy

from tryggve.lib import durable
from tryggve.lib.errors import Refusal
from tryggve.lib.folders import Folders

KEYS: Final = "keys"
PLACED: Final = "placed"
POURING: Final = "pouring"
POURED: Final = "poured"
LOGGED: Final = "logged"
_STAGES: Final = (KEYS, PLACED, POURING, POURED, LOGGED)


class ProgressUnreadable(Refusal):
    sentence = gettext_lazy(
        "The file %(path)s, which tells how far a restore has come, isn't whole. Nothing was changed. Choose an empty "
        "folder with --data, and begin again."
    )


@dataclass(frozen=True, slots=True)
class Progress:
    """``stage``: the last thing that was done. ``checkpoint``: the newest statement of the log that came with the keys.

    ``counts``: what came of what was done once. The snapshots are restic's ids.
    """

    stage: str
    began_at: datetime
    keys_snapshot: str
    keys_taken_at: datetime
    checkpoint: str = ""
    data_snapshot: str = ""
    data_taken_at: datetime | None = None
    pair: str = ""
    place: str = ""
    vendor: str = ""
    damaged_files: int = 0
    counts: Mapping[str, int] = field(default_factory=dict)
    tables: Mapping[str, int] = field(default_factory=dict)

    def has_come_to(self, stage: str) -> bool:
        return _STAGES.index(self.stage) >= _STAGES.index(stage)


def read(where: Folders) -> Progress | None:
    """None where no restore is under way. Raises ProgressUnreadable."""
    try:
        told = json.loads(where.restore_mark.read_bytes())
        return _read(told)
    except FileNotFoundError:
        return None
    except (ValueError, KeyError, TypeError):
        raise ProgressUnreadable(path=where.restore_mark) from None


def note(where: Folders, progress: Progress) -> Progress:
    """Write it down, whole or not at all. Raises OSError."""
    durable.clear_unfinished(where.restore_mark)
    fresh = durable.write_unfinished(where.restore_mark, json.dumps(asdict(progress), default=_told).encode())
    fresh.replace(where.restore_mark)
    durable.sync_folder(where.data)
    return progress


def come_to(where: Folders, progress: Progress, stage: str, **facts: Any) -> Progress:
    """Write down that this was done, too."""
    return note(where, replace(progress, stage=stage, **facts))


def end(where: Folders) -> None:
    """From now on it is a register like any other."""
    where.restore_mark.unlink(missing_ok=True)


def _read(told: dict[str, Any]) -> Progress:
    moments = {
        name: datetime.fromisoformat(told[name]) if told[name] else None
        for name in ("began_at", "keys_taken_at", "data_taken_at")
    }
    found = Progress(**{**told, **moments})
    if found.stage not in _STAGES:
        raise ValueError
    return found


def _told(value: object) -> str:
    if isinstance(value, datetime):
        return value.isoformat()
    raise TypeError
