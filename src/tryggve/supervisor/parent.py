import contextlib
import secrets
import time
from collections.abc import Callable, Sequence
from functools import partial

from tryggve.lib.folders import Folders
from tryggve.supervisor import bell as signals
from tryggve.supervisor import processes
from tryggve.supervisor.bell import Bell
from tryggve.supervisor.children import ChildSpec
from tryggve.supervisor.keeping import Kept
from tryggve.supervisor.pace import Pace

_LONGEST_WAIT_SECONDS = 5.0


def run(
    children: Sequence[ChildSpec],
    *,
    folders: Folders,
    ready: Callable[[], bool],
    on_ready: Callable[[], None],
    say: Callable[[str], None],
    pace: Pace | None = None,
) -> int:
    """Keep the children running until Ctrl-C, SIGTERM or a closed terminal; returns 0 when all have ended.

    ``ready`` is asked until it says yes, then ``on_ready`` is called, once. It may take a second, not more:
    signals wait for it. ``say`` prints a line for the owner. Call it with the lock held, on the main thread.
    """
    pace = pace or Pace()
    token = secrets.token_hex(16)
    with signals.listening() as bell:
        starting = partial(Kept, folders=folders, token=token, pace=pace, bell=bell, say=_unless_gone(say))
        kept = [starting(spec) for spec in children]
        try:
            _keep(kept, bell=bell, poll=pace.poll, announce=_Announcement(ready, on_ready))
        finally:
            _end(kept, bell=bell, grace=pace.grace)
    return 0


class _Announcement:
    """Said once, when it has become true."""

    def __init__(self, ready: Callable[[], bool], on_ready: Callable[[], None]) -> None:
        self._ready = ready
        self._on_ready = on_ready
        self.is_made = False

    def try_now(self) -> None:
        if not self.is_made and self._ready():
            self.is_made = True
            self._on_ready()


def _keep(kept: Sequence[Kept], *, bell: Bell, poll: float, announce: _Announcement) -> None:
    while not bell.stop_asked:
        for child in kept:
            child.tend()
        if not bell.stop_asked:
            announce.try_now()
        bell.wait(_until_next(kept) if announce.is_made else poll)


def _until_next(kept: Sequence[Kept]) -> float:
    """Seconds until a child is due; signals cut the wait short."""
    waits = [child.due - time.monotonic() for child in kept if child.group is None]
    return max(0.0, min([_LONGEST_WAIT_SECONDS, *waits]))


def _end(kept: Sequence[Kept], *, bell: Bell, grace: float) -> None:
    groups = [child.group for child in kept if child.group is not None]
    processes.end_groups(groups, grace=grace, pause=bell.wait, hurry=bell.is_hurry_asked)
    for child in kept:
        child.bury()


def _unless_gone(say: Callable[[str], None]) -> Callable[[str], None]:
    """A terminal that was closed must not keep the parent from its work."""

    def careful(text: str) -> None:
        with contextlib.suppress(OSError):
            say(text)

    return careful
