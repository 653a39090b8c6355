"""Means of sealing off taken away for real: a filter over system calls answers as a kernel without them would."""

import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from errno import EAGAIN, EINVAL, ENOSYS, EPERM
from typing import TypeVar

from tryggve.lib.confinement import landlock, seccomp, system
from tryggve.lib.confinement.seccomp import ALLOW, JUMP_EQUAL, LOAD, NUMBER, RETURN, step

Answer = TypeVar("Answer")

_FIRST_ARGUMENT = 16
_ERROR = 0x00050000
_PRCTL = {"x86_64": 157, "aarch64": 167}
_STARTS = {"x86_64": (56, 57, 58, 435), "aarch64": (220, 435)}  # clone, fork, vfork, clone3
_SETUID = {"x86_64": 105, "aarch64": 146}


def without(*means: str, ask: Callable[[], Answer]) -> Answer:
    """The answer in a thread for whose children these means don't exist; other threads keep theirs."""

    def asked() -> Answer:
        with suppress(OSError):
            system.prctl(38, 1)  # an ordinary user needs it for a filter; for this thread alone
        for one in means:
            seccomp.install(_FILTERS[one]())
        return ask()

    with ThreadPoolExecutor(1) as pool:
        return pool.submit(asked).result()


def _no_landlock() -> bytes:
    return _refusing(landlock.CREATE_RULESET, ENOSYS)


def _landlock_that_fails() -> bytes:
    """There by its version, and of no effect."""
    return _refusing(landlock.RESTRICT_SELF, EPERM)


def _no_other_user() -> bytes:
    return _refusing(_SETUID[os.uname().machine], EPERM)


def _no_processes() -> bytes:
    """No new ones; the thread's own beginning lies behind."""
    steps = [step(LOAD, NUMBER)]
    for number in _STARTS[os.uname().machine]:
        steps += [step(JUMP_EQUAL, number, off=1), step(RETURN, _ERROR | EAGAIN)]
    return b"".join([*steps, step(RETURN, ALLOW)])


def _no_seccomp() -> bytes:
    steps = [
        step(LOAD, NUMBER),
        step(JUMP_EQUAL, _PRCTL[os.uname().machine], off=4),
        step(LOAD, _FIRST_ARGUMENT),
        step(JUMP_EQUAL, seccomp.PR_GET_SECCOMP, on=1),
        step(JUMP_EQUAL, seccomp.PR_SET_SECCOMP, off=1),
        step(RETURN, _ERROR | EINVAL),
        step(RETURN, ALLOW),
    ]
    return b"".join(steps)


def _refusing(number: int, error: int) -> bytes:
    steps = [
        step(LOAD, NUMBER),
        step(JUMP_EQUAL, number, off=1),
        step(RETURN, _ERROR | error),
        step(RETURN, ALLOW),
    ]
    return b"".join(steps)


# The one that takes away filters comes last: after it no other can be installed.
_FILTERS = {
    "landlock, half-way": _landlock_that_fails,
    "processes": _no_processes,
    "other_user": _no_other_user,
    "landlock": _no_landlock,
    "seccomp": _no_seccomp,
}
EVERYTHING = ("other_user", "landlock", "seccomp")
