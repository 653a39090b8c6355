from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from tryggve.domains.backups.management.backup_verbs import told
from tryggve.domains.backups.models import Run
from tryggve.domains.backups.selectors import taken
from tryggve.lib.command import Command


def add(verbs: Any) -> Any:
    """The options of ``backup status``."""
    return verbs.add_parser("status", help=_("the last backup, and the last one that came to a good end"))


def run(command: Command, options: dict[str, Any], *, at: datetime) -> int:
    """1 when there is no whole backup, or the last run failed."""
    last = Run.objects.exclude(why=Run.Why.ERASURE).first()
    whole = taken.newest_whole(at=at)
    if options["json"]:
        command.say_json(
            {
                "last": told.as_json(last) if last else None,
                "whole": told.as_json(whole) if whole else None,
                "is_silent": taken.is_silent(at=at),
            }
        )
    elif last is None:
        command.say(_("No backup was taken yet."))
    else:
        told.say(command, last)
        if whole is not None and whole != last:
            command.say(_("The last one that came to a good end:"))
            told.say(command, whole)
    return 0 if whole is not None and (last is None or last.state != Run.State.FAILED) else 1
