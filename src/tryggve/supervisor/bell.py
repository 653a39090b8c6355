import contextlib
import os
import select
import signal
from collections.abc import Iterator
from types import FrameType
from typing import Final

_STOPPING: Final = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class Bell:
    """Rings when a signal comes: a child ended, or somebody wants the parent to stop."""

    def __init__(self, wakeup: int) -> None:
        self._wakeup = wakeup
        self.stop_asked = False
        self.hurry_asked = False

    def wait(self, seconds: float) -> None:
        """Return at the next signal, at the latest after that many seconds."""
        if select.select([self._wakeup], [], [], seconds)[0]:
            os.read(self._wakeup, 4096)

    def is_hurry_asked(self) -> bool:
        """Whether Ctrl-C was pressed again while stopping."""
        return self.hurry_asked

    def stop(self, number: int, _frame: FrameType | None) -> None:
        # Only Ctrl-C may hurry: a closing terminal or a service manager sends more than one signal by itself.
        self.hurry_asked |= self.stop_asked and number == signal.SIGINT
        self.stop_asked = True

    def ring(self, _number: int, _frame: FrameType | None) -> None:
        """Nothing to note: that there was a signal has already woken the waiting."""


@contextlib.contextmanager
def listening() -> Iterator[Bell]:
    """Inside, SIGINT, SIGTERM and SIGHUP ask to stop; call it on the main thread.

    A signal that the caller was told to ignore (nohup, or & in a script) stays ignored.
    """
    wakeup, write_end = os.pipe2(os.O_NONBLOCK | os.O_CLOEXEC)
    bell = Bell(wakeup)
    before = signal.set_wakeup_fd(write_end, warn_on_full_buffer=False)
    try:
        with contextlib.ExitStack() as handlers:
            for number in _STOPPING:
                if signal.getsignal(number) is not signal.SIG_IGN:
                    handlers.callback(signal.signal, number, signal.signal(number, bell.stop))
            handlers.callback(signal.signal, signal.SIGCHLD, signal.signal(signal.SIGCHLD, bell.ring))
            yield bell
    finally:
        signal.set_wakeup_fd(before)
        os.close(write_end)
        os.close(wakeup)
