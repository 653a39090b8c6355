"""A rehearsal is made by a process of its own, in folders of its own, which this one removes whatever happens."""

import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from types import FrameType
from typing import Any, Final

from django.utils.translation import gettext as _

from tryggve.domains.backups.restic.running import die_with_parent
from tryggve.domains.backups.services.restoring import thrown_away
from tryggve.lib.folders import Folders

_SAID: Final = ("keys_place", "data_place", "snapshot", "ssh_key", "database", "folders_to")
_ENDING: Final = (signal.SIGTERM, signal.SIGHUP, signal.SIGINT)
# As a shell tells it.
_KILLED_BY: Final = 128
_FLAGS: Final = ("rehearsal", "keep", "yes", "json")


def rehearse(options: dict[str, Any], *, tell: Callable[[str], object]) -> int:
    """Its exit status. Raises NoPrivateMemory and NoSuchFolder."""
    guarded = _Guarded()
    with thrown_away.folders(on_disk=options["on_disk"], is_kept=options["keep"]) as where:
        status = guarded.run([sys.executable, "-m", "tryggve", "restore", *_words(options, where)])
        left = thrown_away.all_of(where)
    if options["keep"]:
        return status
    if any(path.exists() for path in left):
        tell(_("It could not be removed. Delete it: %(left)s") % {"left": " ".join(map(str, left))})
    else:
        tell(_("Everything that was put back for the rehearsal was removed from this computer."))
    return status


def _words(options: dict[str, Any], where: Folders) -> Iterator[str]:
    yield from ("--data", str(where.data), "--config", str(where.config))
    yield from (f"--{name}" for name in _FLAGS if options[name])
    for name in _SAID:
        if options[name]:
            yield from (f"--{name.replace('_', '-')}", str(options[name]))
    if options["at"]:
        yield from ("--at", options["at"].isoformat())
    if options["secrets"]:
        yield "-"


class _Guarded:
    """Whoever ends this process ends the other, and waits for it: only then is there nothing that writes any more."""

    def __init__(self) -> None:
        self._ended = 0
        self._started: subprocess.Popen[bytes] | None = None
        for number in _ENDING:
            signal.signal(number, self._end)

    def run(self, command: list[str]) -> int:
        self._started = subprocess.Popen(command, preexec_fn=die_with_parent)  # noqa: S603 - our own program
        if self._ended:
            self._started.kill()
        status = self._started.wait()
        return _KILLED_BY + self._ended if self._ended else status

    def _end(self, number: int, _frame: FrameType | None) -> None:
        self._ended = number
        if self._started is not None:
            self._started.kill()
