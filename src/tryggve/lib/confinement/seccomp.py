"""A filter over system calls (seccomp(2)): what isn't needed to compute and to answer fails with EPERM."""

import ctypes
import errno
import os
import struct

from tryggve.lib.confinement import system

PR_GET_SECCOMP, PR_SET_SECCOMP = 21, 22
_MODE_FILTER = 2

# The instructions of classic BPF that are used here.
LOAD, JUMP_EQUAL, JUMP_AT_LEAST, JUMP_ANY_BIT, RETURN = 0x20, 0x15, 0x35, 0x45, 0x06
# Where the kernel lays the number of the call, the kind of processor, and the call's third argument (low half).
NUMBER, PROCESSOR, _PROTECTION = 0, 4, 32
ALLOW, _DENY, _KILL = 0x7FFF0000, 0x00050000 | errno.EPERM, 0x80000000

_EXECUTABLE = 4
_OTHER_NUMBERS = 0x40000000  # x86_64 answers a second set of numbers from here on
_PROCESSORS = {"x86_64": 0xC000003E, "aarch64": 0xC00000B7}
_NEEDED = {
    "x86_64": {
        *(0, 1, 3, 8),  # read, write, close, lseek: of what was inherited
        *(11, 12, 25, 28),  # munmap, brk, mremap, madvise
        *(14, 15, 24, 202, 219),  # rt_sigprocmask, rt_sigreturn, sched_yield, futex, restart_syscall
        *(39, 186, 228, 318),  # getpid, gettid, clock_gettime, getrandom
        *(60, 231),  # exit, exit_group
    },
    "aarch64": {
        *(63, 64, 57, 62),
        *(215, 214, 216, 233),
        *(135, 139, 124, 98, 128),
        *(172, 178, 113, 278),
        *(93, 94),
    },
}
# mmap and mprotect: memory yes, but none that can be run as a program.
_MEMORY = {"x86_64": (9, 10), "aarch64": (222, 226)}


class _Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("instructions", ctypes.c_char_p))


def is_there() -> bool:
    """Whether this kernel filters system calls, and we know the numbers of this processor."""
    if not system.IS_LINUX or os.uname().machine not in _PROCESSORS:
        return False
    try:
        system.prctl(PR_GET_SECCOMP)
    except OSError:
        return False
    return True


def forbid_all_but_computing() -> None:
    """Leave this thread reading, writing and memory; a foreign set of numbers kills it. Raises OSError.

    For a process of one thread. Needs ``system.gain_nothing`` first.
    """
    install(_rules(os.uname().machine))


def install(rules: bytes) -> None:
    """Put a filter of BPF instructions over this thread and what it starts. Raises OSError."""
    program = _Program(len(rules) // 8, rules)
    system.prctl(PR_SET_SECCOMP, _MODE_FILTER, ctypes.byref(program))


def step(code: int, value: int, *, on: int = 0, off: int = 0) -> bytes:
    """One instruction; ``on`` and ``off`` say how many to pass over after a comparison."""
    return struct.pack("=HBBI", code, on, off, value)


def _rules(machine: str) -> bytes:
    allow = step(RETURN, ALLOW)
    steps = [
        step(LOAD, PROCESSOR),
        step(JUMP_EQUAL, _PROCESSORS[machine], on=1),
        step(RETURN, _KILL),
        step(LOAD, NUMBER),
        step(JUMP_AT_LEAST, _OTHER_NUMBERS, off=1),
        step(RETURN, _KILL),
    ]
    for number in sorted(_NEEDED[machine]):
        steps += [step(JUMP_EQUAL, number, off=1), allow]
    mmap, mprotect = _MEMORY[machine]
    steps += [
        step(JUMP_EQUAL, mmap, on=1),
        step(JUMP_EQUAL, mprotect, off=3),
        step(LOAD, _PROTECTION),
        step(JUMP_ANY_BIT, _EXECUTABLE, on=1),
        allow,
        step(RETURN, _DENY),
    ]
    return b"".join(steps)
