import ctypes
import os
import sys

IS_LINUX = sys.platform == "linux"

_PR_SET_PDEATHSIG, _PR_SET_DUMPABLE, _PR_SET_NO_NEW_PRIVS = 1, 4, 38
_libc = ctypes.CDLL(None, use_errno=True)


def call(number: int, *arguments: object) -> int:
    """Ask the kernel by the number of a system call. Raises OSError."""
    return _checked(_libc.syscall(ctypes.c_long(number), *map(_widened, arguments)))


def prctl(option: int, *arguments: object) -> int:
    """Ask prctl(2); arguments left out are 0. Raises OSError."""
    padded = (*arguments, 0, 0, 0, 0)[:4]
    return _checked(_libc.prctl(option, *map(_widened, padded)))


def gain_nothing() -> None:
    """No new privileges from any program, no memory shown to others, and no life beyond the parent's."""
    prctl(_PR_SET_NO_NEW_PRIVS, 1)
    prctl(_PR_SET_DUMPABLE, 0)
    prctl(_PR_SET_PDEATHSIG, 9)


def _widened(argument: object) -> object:
    # Without its type a number would go as 32 bits, and the kernel reads 64.
    return ctypes.c_ulong(argument) if isinstance(argument, int) else argument


def _checked(answer: int) -> int:
    if answer < 0:
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number))
    return answer
