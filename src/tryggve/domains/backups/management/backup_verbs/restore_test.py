from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from tryggve.audit import actors
from tryggve.domains.backups.models import RestoreTest
from tryggve.domains.backups.services import restore_tests
from tryggve.domains.backups.words.overview import whence
from tryggve.domains.backups.words.pages import test_cause_in_words
from tryggve.domains.backups.words.restore_tests import step_in_words
from tryggve.lib.command import Command


def add(verbs: Any) -> Any:
    """The options of ``backup restore-test``."""
    verb = verbs.add_parser(
        "restore-test",
        help=_("restore the newest backup beside the real data, try it, and throw it away again"),
    )
    verb.add_argument(
        "--everything",
        action="store_true",
        help=_("read all that lies in the place, older backups too; else a part of it each time"),
    )
    return verb


def run(command: Command, options: dict[str, Any], *, at: datetime) -> int:
    """Tell each step as it begins, and what came of it; 1 unless it passed. Raises AlreadyAtIt."""
    row = restore_tests.make(
        now=timezone.now,  # noqa: TID251 - it takes its time, and a verb is where the clock is read
        actor=actors.this_account(),
        is_everything=options["everything"],
        told=None if options["json"] else lambda code: command.say(f"… {step_in_words(code)}"),
    )
    if options["json"]:
        command.say_json(_as_json(row))
    else:
        _say(command, row)
    return 0 if row.state == RestoreTest.State.PASSED else 1


def _say(command: Command, row: RestoreTest) -> None:
    if row.state == RestoreTest.State.PASSED:
        seconds = row.found["answered_seconds"]
        command.say(
            _(
                "Passed: people could have signed in after %(minutes)d min %(seconds)d s. The newest data in it was "
                "%(hours)d hours old."
            )
            % {
                "minutes": seconds // 60,
                "seconds": seconds % 60,
                "hours": row.found["data_age_minutes"] // 60,
            }
        )
        command.say(whence(row))
        return
    if row.state == RestoreTest.State.FAILED:
        command.say(_("Failed: what was backed up can't be had back as it is."))
    else:
        command.say(_("The test could not be made; it says nothing of the backup."))
    command.say(str(test_cause_in_words(row.cause)))
    if lost := row.found.get("lost"):
        command.say(_("Concerned: %(count)d.") % {"count": lost})


def _as_json(row: RestoreTest) -> dict[str, Any]:
    return {
        "id": str(row.pk),
        "outcome": row.state.lower(),
        "step": row.step,
        "cause": row.cause,
        "place": str(row.place_id) if row.place_id else None,
        "pair": str(row.run_id) if row.run_id else None,
        "began_at": row.began_at.isoformat(),
        "ended_at": row.ended_at.isoformat() if row.ended_at else None,
        "found": row.found,
        "entry": row.entry,
        "checkpoint_size": row.checkpoint_size,
    }
