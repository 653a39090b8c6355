import time
from datetime import datetime
from typing import Any, Final

from django.utils import timezone
from django.utils.translation import gettext as _

from tryggve.audit import actors
from tryggve.domains.backups.management.backup_verbs import told
from tryggve.domains.backups.models import Run
from tryggve.domains.backups.services import pairs
from tryggve.lib.command import Command

_EVERY_SECONDS: Final = 5.0
_MEGABYTE: Final = 1_000_000


def add(verbs: Any) -> Any:
    """The options of ``backup run``."""
    return verbs.add_parser("run", help=_("take a backup now, and wait until it has ended"))


def run(command: Command, options: dict[str, Any], *, at: datetime) -> int:
    """Tell how far it has come, and what came of it; 1 when it failed. Raises AlreadyAtIt and NowhereToGo."""
    pairs.require_somewhere()
    progress = None if options["json"] else _Progress(command)
    run = pairs.take(
        why=Run.Why.ASKED,
        now=timezone.now,  # noqa: TID251 - it takes its time, and a verb is where the clock is read
        told=progress.tell if progress else None,
        actor=actors.this_account(),
    )
    if options["json"]:
        command.say_json(told.as_json(run))
    else:
        told.say(command, run)
    return 0 if run.state == Run.State.DONE else 1


class _Progress:
    """A line now and then."""

    def __init__(self, command: Command) -> None:
        self._command, self._said = command, time.monotonic()

    def tell(self, done: int, in_all: int) -> None:
        if in_all and time.monotonic() - self._said >= _EVERY_SECONDS:
            self._said = time.monotonic()
            facts = {"done": done // _MEGABYTE, "all": in_all // _MEGABYTE}
            self._command.say(_("%(done)d of %(all)d MB …") % facts)
