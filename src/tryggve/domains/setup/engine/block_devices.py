"""Whether what is written to a disk is encrypted on it, and which disks that are, as far as Linux knows.

Every function takes the folder that ``/proc``, ``/sys`` and ``/dev`` lie in. What the disk, or the host of a virtual
machine, encrypts by itself can't be seen, nor can encryption of single folders (fscrypt).
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Literal

Encryption = Literal["encrypted", "open", "unknown"]

_OCTAL = re.compile(r"\\([0-7]{3})")
# The same program makes these two, to detect changes: they hide nothing (cryptsetup, lib/libdevmapper.c).
_NOT_ENCRYPTING = ("CRYPT-VERITY-", "CRYPT-INTEGRITY-")


@dataclass(frozen=True, slots=True)
class _Mount:
    """One line of ``/proc/self/mountinfo`` (proc(5))."""

    number: str
    point: str
    type: str
    source: str


def encryption_of_folder(root: Path, folder: Path) -> Encryption:
    """Of the file system that the folder lies on; it must be absolute and without symbolic links."""
    mount = _mount_over(root, folder)
    if mount is None:
        return "unknown"
    if mount.type == "ecryptfs":
        return "encrypted"
    return worst(encryption_of_device(root, name) for name in _devices(root, mount))


def disks_of_folder(root: Path, folder: Path) -> frozenset[str]:
    """What breaks when the folder's disk does, by names that are the same for another folder there; no disk is asked.

    The folder must be absolute and without symbolic links. Empty where nothing tells.
    """
    mount = _mount_over(root, folder)
    if mount is None:
        return frozenset()
    found = frozenset(disk for name in _devices(root, mount) for disk in _disks(root, name))
    return found or frozenset({mount.number})


def encryption_of_path(root: Path, path: str) -> Encryption:
    """Of a device by its path: ``/dev/sda2``, ``/dev/mapper/swap``."""
    name = _name_of(root, path)
    return "unknown" if name is None else encryption_of_device(root, name)


def encryption_of_number(root: Path, number: str) -> Encryption:
    """Of a device by its number ``major:minor``."""
    name = _name_of_number(root, number)
    return "unknown" if name is None else encryption_of_device(root, name)


def encryption_of_device(root: Path, name: str) -> Encryption:
    """Of a block device by the kernel's name for it: itself, or everything that it lies on."""
    place = root / "sys/class/block" / name
    if not place.exists():
        return "unknown"
    uuid = text_of(place / "dm/uuid") or ""
    if uuid.startswith("CRYPT-") and not uuid.startswith(_NOT_ENCRYPTING):
        return "encrypted"
    if file := text_of(place / "loop/backing_file"):
        return encryption_of_folder(root, Path(file))
    below = _below(place)
    return worst(encryption_of_device(root, one) for one in below) if below else "open"


def worst(found: Iterable[Encryption]) -> Encryption:
    """One part in the clear is enough; of nothing at all nothing is known."""
    parts = set(found)
    if "open" in parts:
        return "open"
    return "encrypted" if parts == {"encrypted"} else "unknown"


def text_of(file: Path) -> str | None:
    """What stands in a file of the kernel's; None when it isn't there or may not be read."""
    try:
        return file.read_text(encoding="utf-8", errors="surrogateescape").strip()
    except OSError:
        return None


def unescaped(path: str) -> str:
    """As the kernel writes paths in its tables: blanks and the like in octal."""
    return _OCTAL.sub(lambda found: chr(int(found[1], 8)), path)


def _below(place: Path) -> list[str]:
    """What a device lies on; nothing for a whole disk."""
    below = [slave.name for slave in sorted((place / "slaves").glob("*"))]
    if not below and (place / "partition").exists():
        return [place.resolve().parent.name]
    return below


def _disks(root: Path, name: str) -> frozenset[str]:
    place = root / "sys/class/block" / name
    if file := text_of(place / "loop/backing_file"):
        return disks_of_folder(root, Path(file))
    below = _below(place)
    return frozenset(disk for one in below for disk in _disks(root, one)) if below else frozenset({name})


def _mount_over(root: Path, folder: Path) -> _Mount | None:
    inside = [mount for mount in _mounts(root) if PurePosixPath(folder).is_relative_to(mount.point)]
    if not inside:
        return None
    longest = max(len(mount.point) for mount in inside)
    return [one for one in inside if len(one.point) == longest][-1]  # the last one hides those before


def _mounts(root: Path) -> Iterator[_Mount]:
    for line in (text_of(root / "proc/self/mountinfo") or "").splitlines():
        before, _dash, after = line.partition(" - ")
        first, last = before.split(), after.split()
        if len(first) > 4 and len(last) > 1:
            yield _Mount(first[2], unescaped(first[4]), last[0], unescaped(last[1]))


def _devices(root: Path, mount: _Mount) -> list[str]:
    """A file system may lie on several devices: btrfs names one, and has no number of its own there."""
    name = _name_of_number(root, mount.number) or _name_of(root, mount.source)
    if name is None:
        return []
    together = [folder for folder in (root / "sys/fs/btrfs").glob("*/devices") if (folder / name).exists()]
    return [device.name for folder in together for device in folder.iterdir()] or [name]


def _name_of_number(root: Path, number: str) -> str | None:
    place = root / "sys/dev/block" / number
    return place.resolve().name if place.exists() else None


def _name_of(root: Path, path: str) -> str | None:
    if not path.startswith("/dev/"):
        return None
    devices, name = root / "sys/class/block", (root / path.lstrip("/")).resolve().name
    if (devices / name).exists():
        return name
    mapped = (place for place in devices.glob("dm-*") if text_of(place / "dm/name") == name)
    return next((place.name for place in mapped), None)
