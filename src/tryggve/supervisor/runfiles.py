"""``run/<name>.json``: which process group a child is, for the next start to find it."""

import contextlib
import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from tryggve.lib.folders import Folders
from tryggve.supervisor import processes

RUN_VARIABLE = "TRYGGVE_RUN"


@dataclass(frozen=True)
class RunFile:
    """One child: its name, its process group, and the token of the start of ``up`` that it belongs to."""

    name: str
    group: int
    token: str


def write(folders: Folders, entry: RunFile) -> None:
    """Keep the entry: seen whole or not at all."""
    fresh = folders.run / f"{entry.name}.json.new"
    fresh.write_text(json.dumps(asdict(entry)), encoding="utf-8")
    fresh.replace(_path(folders, entry.name))


def remove(folders: Folders, name: str) -> None:
    """Forget the entry, if there is one."""
    _path(folders, name).unlink(missing_ok=True)


def groups(folders: Folders) -> list[int]:
    """The process groups of the children as they were last written, by name; they may have ended since."""
    return [entry.group for entry in _entries(folders)]


def end_left_behind(folders: Folders, *, grace: float) -> None:
    """End the groups that a dead parent left. Call it holding the lock: then no living parent owns them.

    A number is used again by the system, so a group is ours only if a member carries the token of its start.
    """
    entries = list(_entries(folders))
    processes.end_groups({entry.group for entry in entries if _is_ours(entry)}, grace=grace)
    for path in folders.run.glob("*.json"):
        path.unlink()


def _is_ours(entry: RunFile) -> bool:
    return any(processes.carries(pid, RUN_VARIABLE, entry.token) for pid in processes.living(entry.group))


def _entries(folders: Folders) -> Iterator[RunFile]:
    for path in sorted(folders.run.glob("*.json")):
        with contextlib.suppress(OSError, ValueError, KeyError, TypeError):
            told = json.loads(path.read_text(encoding="utf-8"))
            yield RunFile(name=path.stem, group=int(told["group"]), token=str(told["token"]))


def _path(folders: Folders, name: str) -> Path:
    return folders.run / f"{name}.json"
