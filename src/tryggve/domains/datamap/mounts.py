"""What the kernel shows as if it were files, and isn't: processes, devices, switches."""

import os
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Final

_MOUNTS: Final = Path("/proc/self/mountinfo")
_NO_FILES: Final = frozenset(
    [
        "autofs",
        "binfmt_misc",
        "bpf",
        "cgroup",
        "cgroup2",
        "configfs",
        "debugfs",
        "devpts",
        "devtmpfs",
        "efivarfs",
        "fusectl",
        "mqueue",
        "nsfs",
        "proc",
        "pstore",
        "rpc_pipefs",
        "securityfs",
        "selinuxfs",
        "sysfs",
        "tracefs",
    ]
)


def without_files() -> frozenset[int]:
    """The device numbers (``st_dev``) of such file systems; none where nobody tells them."""
    with suppress(OSError):
        return frozenset(_devices(_MOUNTS.read_text(errors="replace")))
    return frozenset()


def _devices(mounts: str) -> Iterator[int]:
    """See proc_pid_mountinfo(5): the third field is major:minor, the type follows a lone hyphen."""
    for line in mounts.splitlines():
        before, _hyphen, after = line.partition(" - ")
        if after.split(" ", 1)[0] in _NO_FILES:
            major, _colon, minor = before.split()[2].partition(":")
            yield os.makedev(int(major), int(minor))
