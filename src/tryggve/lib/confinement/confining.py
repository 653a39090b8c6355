import contextlib
import os
from pathlib import Path
from typing import Literal

from tryggve.lib.confinement import landlock, limits, seccomp, system

Means = Literal["other_user", "landlock", "seccomp"]

_NOBODY = 65534

held: list[Means] = []


def confine(*, cpu_seconds: int, memory_bytes: int) -> None:
    """Give up everything but reading, writing and computing; ``held`` names by what means. Raises OSError.

    A means that this system doesn't have is left out; one that it has and that fails is an error.
    """
    if system.IS_LINUX:
        _be_first_when_memory_ends()
    if leave_root():
        held.append("other_user")
    if system.IS_LINUX:
        system.gain_nothing()  # not earlier: becoming another user takes the signal of the parent's death back
    if landlock.version():
        landlock.forbid_everything()
        held.append("landlock")
    limits.apply(cpu_seconds=cpu_seconds, memory_bytes=memory_bytes)
    if seccomp.is_there():
        seccomp.forbid_all_but_computing()
        held.append("seccomp")


def leave_root() -> bool:
    """Become nobody, if this is root: limits on processes don't hold for root, and every file is open to it."""
    if os.geteuid() != 0:
        return False
    try:
        os.setgroups([])
        os.setgid(_NOBODY)
        os.setuid(_NOBODY)
    except OSError:
        return False  # a root of its own namespace, where there is nobody else to become
    return True


def _be_first_when_memory_ends() -> None:
    with contextlib.suppress(OSError):
        Path("/proc/self/oom_score_adj").write_text("1000", encoding="ascii")
