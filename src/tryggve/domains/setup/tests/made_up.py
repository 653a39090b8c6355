"""A computer that a test makes up: its ``/proc``, ``/sys`` and ``/dev`` in a folder."""

import os
from pathlib import Path


class Computer:
    """Empty at first: the kernel says nothing."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def tells(self, path: str, text: str) -> None:
        """What stands in a file of the kernel's."""
        file = self.root / path.lstrip("/")
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text + "\n")

    def device(
        self, name: str, number: str, *, on: tuple[str, ...] = (), uuid: str = "", called: str = ""
    ) -> None:
        """A block device, of device-mapper if it has a uuid; with a path of its own in ``/dev``."""
        place = self.root / "sys/class/block" / name
        place.mkdir(parents=True)
        self._link(f"sys/dev/block/{number}", place)
        for slave in on:
            self._link(f"sys/class/block/{name}/slaves/{slave}", self.root / "sys/class/block" / slave)
        if uuid:
            self.tells(f"sys/class/block/{name}/dm/uuid", uuid)
            self.tells(f"sys/class/block/{name}/dm/name", called)
        self.tells(f"dev/{name}", "")

    def partition(self, name: str, number: str, *, of: str) -> None:
        """A part of a device: sysfs shows it inside the whole."""
        place = self.root / "sys/class/block" / of / name
        place.mkdir()
        (place / "partition").write_text("1\n")
        self._link(f"sys/class/block/{name}", place)
        self._link(f"sys/dev/block/{number}", place)
        self.tells(f"dev/{name}", "")

    def mounts(self, *lines: str) -> None:
        """Number, place, type and source of each, in order."""
        told = []
        for line in lines:
            number, point, kind, source = line.split()
            told.append(f"36 35 {number} / {point} rw,noatime shared:1 - {kind} {source} rw")
        self.tells("proc/self/mountinfo", "\n".join(told))

    def swaps(self, *rows: str) -> None:
        """Path and type of each."""
        told = [f"{row}\t8388604\t0\t-2" for row in rows]
        self.tells("proc/swaps", "\n".join(["Filename\tType\tSize\tUsed\tPriority", *told]))

    def process(self, number: int, *, limit: str, user: int | None = None) -> None:
        """A running program with that limit on core dumps; of another user than its files, it may not be dumped."""
        user = os.getuid() if user is None else user
        self.tells(f"proc/{number}/status", f"Name:\tpython\nUid:\t{user}\t{user}\t{user}\t{user}")
        self.tells(
            f"proc/{number}/limits",
            f"Limit  Soft Limit  Hard Limit  Units\nMax core file size  {limit}  unlimited  bytes",
        )

    def _link(self, path: str, to: Path) -> None:
        link = self.root / path
        link.parent.mkdir(parents=True, exist_ok=True)
        link.symlink_to(to)


def with_two_disks(root: Path) -> Computer:
    """A disk in the clear, and one encrypted with two volumes and a file system of btrfs in it."""
    made = Computer(root)
    made.device("sda", "8:0")
    made.partition("sda1", "8:1", of="sda")
    made.device("sdb", "8:16")
    made.partition("sdb1", "8:17", of="sdb")
    made.device("dm-0", "254:0", on=("sdb1",), uuid="CRYPT-LUKS2-1f2e-luks", called="luks")
    made.device("dm-1", "254:1", on=("dm-0",), uuid="LVM-a-home", called="vg-home")
    made.device("dm-2", "254:2", on=("dm-0",), uuid="LVM-a-swap", called="vg-swap")
    made.device("dm-3", "254:3", on=("dm-0", "sda1"), uuid="LVM-a-both", called="vg-both")
    made.device("dm-4", "254:4", on=("sda1",), uuid="CRYPT-VERITY-77-root", called="root")
    made.device("dm-5", "254:5", on=("sda1",), uuid="CRYPT-INTEGRITY-77-root", called="checked")
    return made
