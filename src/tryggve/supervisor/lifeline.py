"""How a child notices that its parent is gone, however the parent went.

A child of ``up`` reads a pipe whose other end only the parent holds: the system closes it when the parent
dies. The workers that granian starts are killed by the system when granian's main process dies.
"""

import ctypes
import multiprocessing
import os
import signal
import threading
import time
from typing import Final

PARENT_VARIABLE: Final = "TRYGGVE_PARENT_FD"
GRACE_SECONDS: Final = 10.0
_PR_SET_PDEATHSIG: Final = 1  # prctl(2)


def has_parent() -> bool:
    """Whether this process was started by ``up``."""
    return PARENT_VARIABLE in os.environ


def tie_to_parent(*, grace: float = GRACE_SECONDS) -> None:
    """From now on this process doesn't outlive its parent. Does nothing in a process that a person started.

    A child of ``up`` asks its whole process group to end and kills it ``grace`` seconds later. A process that
    multiprocessing started is killed at once, so that no old worker answers beside a new one; its parent is
    the *thread* that started it. Raises OSError if it can't be tied.
    """
    starter = multiprocessing.parent_process()
    if starter is not None:
        _die_with(starter.pid)
    elif has_parent():
        pipe = int(os.environ[PARENT_VARIABLE])
        os.set_inheritable(pipe, False)  # and OSError here, not later, if it isn't there
        threading.Thread(target=_follow, args=(pipe, grace), name="lifeline", daemon=True).start()


def _die_with(parent: int | None) -> None:
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0) != 0:
        raise OSError(ctypes.get_errno(), "prctl(PR_SET_PDEATHSIG)")
    if os.getppid() != parent:  # it died before we asked
        os.kill(os.getpid(), signal.SIGKILL)


def _follow(pipe: int, grace: float) -> None:
    os.read(pipe, 1)  # nothing is ever written: this returns when the parent's end is closed
    _signal_group(signal.SIGTERM)
    time.sleep(grace)
    _signal_group(signal.SIGKILL)


def _signal_group(number: signal.Signals) -> None:
    """The group if it is this process's own; a group that somebody else leads is left alone."""
    if os.getpgrp() == os.getpid():
        os.killpg(0, number)
    else:
        os.kill(os.getpid(), number)
