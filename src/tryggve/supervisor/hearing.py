"""How a worker of granian hears that it is to end.

granian does it in a handler of Python's, with two gaps, both seen: a signal that comes just before the main thread
goes to sleep is heard only when it next wakes up, which is never; and a second one that comes while the worker starts
waits for ever, with everything else in the process. In both the worker goes on until it is killed.
"""

import os
import signal
import threading
from types import FrameType
from typing import Final

from granian import _granian, _signals

STOPPING: Final = (signal.SIGTERM, signal.SIGINT)


def replace_in_this_worker() -> None:
    """Let granian, in this process, wait for the end in the way of :func:`hear_the_end`."""
    _signals.set_sync_signals = hear_the_end


def hear_the_end() -> _granian.WorkerSignal:
    """What is set by the first of the signals, once, whatever the main thread does. Call it on the main thread."""
    end = _granian.WorkerSignal()
    read_end, write_end = os.pipe2(os.O_CLOEXEC)
    os.set_blocking(write_end, False)
    # The system's own handler writes the signal's number here: no turn of Python's is needed for that.
    signal.set_wakeup_fd(write_end, warn_on_full_buffer=False)
    for number in STOPPING:
        signal.signal(number, _noted)
    threading.Thread(target=_wait, args=(read_end, end), name="hearing", daemon=True).start()
    return end


def _wait(read_end: int, end: _granian.WorkerSignal) -> None:
    while os.read(read_end, 1)[0] not in STOPPING:
        pass
    end.set()


def _noted(_number: int, _frame: FrameType | None) -> None:
    """The signal has already been passed on."""
