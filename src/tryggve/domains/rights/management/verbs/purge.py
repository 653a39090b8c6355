from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tryggve.accounts.policy import EVERYBODY
from tryggve.audit import actors
from tryggve.domains.rights import retention_words
from tryggve.domains.rights.services.retention import finding_due, purging
from tryggve.lib.command import Command


def add(verbs: Any) -> Any:
    """The options of ``retention purge``."""
    verb = verbs.add_parser(
        "purge",
        help=_("put everybody aside whom nothing needs any more, to be erased after the waiting time"),
    )
    how = verb.add_mutually_exclusive_group(required=True)
    how.add_argument("--dry-run", action="store_true", help=_("only say what would be done"))
    how.add_argument("--yes", action="store_true", help=_("do it"))
    return verb


def run(command: Command, options: dict[str, Any], *, at: datetime) -> int:
    """Look for them now, and put them aside; who is left out is told with the reason. 1 when nobody can be.

    Raises vault.Locked.
    """
    finding_due.find_due(at=at)
    chosen = purging.everybody_due()
    if options["dry_run"]:
        done = purging.rehearsed(chosen, at=at, reach=EVERYBODY)
    else:
        done = purging.purge(chosen, actor=actors.this_account(), at=at, reach=EVERYBODY)
    if options["json"]:
        command.say_json(_told(done, is_done=not options["dry_run"]))
    else:
        _say(command, done, is_done=not options["dry_run"])
    return 0 if done.put_aside else 1


def _say(command: Command, done: purging.Purged, *, is_done: bool) -> None:
    for customer, why in done.left_out.items():
        whom = {"customer": customer, "why": retention_words.LEFT_OUT[why]}
        command.say(_("%(customer)s is left out: %(why)s.") % whom)
    count = len(done.put_aside)
    if is_done:
        told = ngettext("%(count)d customer is put aside.", "%(count)d customers are put aside.", count)
    else:
        told = ngettext(
            "%(count)d customer would be put aside. Nothing was changed.",
            "%(count)d customers would be put aside. Nothing was changed.",
            count,
        )
    command.say(told % {"count": count})


def _told(done: purging.Purged, *, is_done: bool) -> dict[str, Any]:
    return {
        "done": is_done,
        "put_aside": [
            {"customer": str(customer), "erasure": str(erasure) if erasure else None}
            for customer, erasure in done.put_aside.items()
        ],
        "left_out": [
            {"customer": str(customer), "why": why.value} for customer, why in done.left_out.items()
        ],
    }
