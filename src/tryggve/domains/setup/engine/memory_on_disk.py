"""How what is in memory can reach a disk: swap, hibernation, core dumps.

Every function takes the folder that ``/proc``, ``/sys`` and ``/dev`` lie in.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from tryggve.domains.setup.engine import block_devices
from tryggve.domains.setup.engine.block_devices import Encryption, text_of

# A pipe gets the memory whatever the limit is. This one asks for the limit, and stores nothing beyond it.
_HEEDS_THE_LIMIT = "systemd-coredump"
_STORES_NOTHING = ("|/bin/false", "|/bin/true", "|/usr/bin/false", "|/usr/bin/true")
_SWITCHED_OFF = {"nohibernate", "noresume"}
_NO_DEVICE = "0:0"


@dataclass(frozen=True, slots=True)
class Swap:
    """A place on disk that the system moves memory to."""

    path: str
    encryption: Encryption


def swaps(root: Path) -> list[Swap] | None:
    """Every swap in use that isn't memory itself; None when that can't be told."""
    table = text_of(root / "proc/swaps")
    if table is None:
        return None
    rows = [line.split() for line in table.splitlines()[1:]]
    found = [_swap(root, block_devices.unescaped(row[0]), row[1]) for row in rows if len(row) > 1]
    return [swap for swap in found if swap is not None]


def _swap(root: Path, path: str, kind: str) -> Swap | None:
    if kind == "file":
        return Swap(path, block_devices.encryption_of_folder(root, Path(path)))
    if (name := Path(path).name).startswith("zram"):
        # Compressed memory, unless it was given a device to write what is seldom used to.
        written_to = text_of(root / "sys/class/block" / name / "backing_dev") or "none"
        if written_to == "none":
            return None
        path = written_to
    return Swap(path, block_devices.encryption_of_path(root, path))


def hibernation(root: Path) -> Literal["off"] | Encryption:
    """Whether the computer is set up to write all its memory to a disk, and how that disk is encrypted."""
    states, words = text_of(root / "sys/power/state"), (text_of(root / "proc/cmdline") or "").split()
    if states is None:
        return "unknown"
    if "disk" not in states.split() or _SWITCHED_OFF & set(words):
        return "off"
    number = text_of(root / "sys/power/resume") or _NO_DEVICE
    if number != _NO_DEVICE:
        return block_devices.encryption_of_number(root, number)
    named = [word.removeprefix("resume=") for word in words if word.startswith("resume=")]
    return block_devices.encryption_of_path(root, named[-1]) if named else "off"


def core_dumps(root: Path, processes: Iterable[int]) -> Literal["none", "possible", "unknown"]:
    """Whether one of these processes would leave its memory behind if it crashed (core(5))."""
    pattern = text_of(root / "proc/sys/kernel/core_pattern")
    if pattern is None:
        return "unknown"
    if pattern.startswith(_STORES_NOTHING):
        return "none"
    is_limited = not pattern.startswith("|") or _HEEDS_THE_LIMIT in pattern
    told = {_may_dump(root / "proc" / str(process), is_limited) for process in processes}
    if True in told:
        return "possible"
    return "none" if told == {False} else "unknown"


def _may_dump(process: Path, is_limited: bool) -> bool | None:
    limits, status = text_of(process / "limits"), text_of(process / "status")
    limit = re.search(r"^Max core file size\s+(\S+)", limits or "", re.MULTILINE)
    user = re.search(r"^Uid:\s+\d+\s+(\d+)", status or "", re.MULTILINE)
    try:
        owner = process.stat().st_uid
    except OSError:
        return None  # it ended just now
    if limit is None or user is None:
        return None
    # What belongs to a process that may not be dumped is shown as root's, not its user's (proc(5)).
    return owner == int(user[1]) and not (is_limited and limit[1] == "0")
