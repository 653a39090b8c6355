import time
from collections.abc import Callable

from django.utils.translation import gettext as _

from tryggve.lib.folders import Folders
from tryggve.supervisor import children, processes
from tryggve.supervisor.bell import Bell
from tryggve.supervisor.children import Child, ChildSpec
from tryggve.supervisor.pace import Pace


class Kept:
    """A child that is started again whenever it dies, slower and slower if it dies at its start."""

    def __init__(
        self,
        spec: ChildSpec,
        *,
        folders: Folders,
        token: str,
        pace: Pace,
        bell: Bell,
        say: Callable[[str], None],
    ) -> None:
        self._spec = spec
        self._folders = folders
        self._token = token
        self._pace = pace
        self._bell = bell
        self._say = say
        self._child: Child | None = None
        self._started = 0.0
        self._early_deaths = 0
        self.due = 0.0  # when it is to be started, on the clock of time.monotonic

    @property
    def group(self) -> int | None:
        """Its process group while it runs."""
        return self._child.group if self._child else None

    def tend(self) -> None:
        """Start it if it is due; if it died, end what it left behind and decide when it is due again."""
        if self._child is None:
            if time.monotonic() >= self.due:
                self._start()
        elif self._child.has_ended():
            processes.end_groups(
                [self._child.group],
                grace=self._pace.grace,
                pause=self._bell.wait,
                hurry=lambda: self._bell.stop_asked,
            )
            self._note_death(self.bury())

    def bury(self) -> int | None:
        """Reap it, after its group has ended; None if it wasn't running."""
        child, self._child = self._child, None
        return child.bury() if child else None

    def _start(self) -> None:
        self._started = time.monotonic()
        try:
            self._child = Child(self._spec, folders=self._folders, token=self._token)
        except OSError as failure:
            self._note_death(f"not started: {failure.strerror}")

    def _note_death(self, status: int | str | None) -> None:
        now = time.monotonic()
        self._early_deaths = self._early_deaths + 1 if now - self._started < self._pace.settled else 0
        self.due = now + self._pace.wait(self._early_deaths)
        children.log_end(self._folders, self._spec.name, status)
        if self._early_deaths == self._pace.patience:
            self._say(
                _(
                    "A part of Tryggve (%(name)s) stops each time right after its start. Nothing is lost. "
                    "It is tried again every %(seconds)d seconds. Why it stops is written in %(log)s."
                )
                % {
                    "name": self._spec.name,
                    "seconds": self._pace.slow,
                    "log": children.log_path(self._folders, self._spec.name),
                }
            )
