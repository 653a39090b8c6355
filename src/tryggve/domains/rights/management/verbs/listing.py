from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from tryggve.accounts.policy import EVERYBODY
from tryggve.audit import actors
from tryggve.domains.rights import case_words
from tryggve.domains.rights.selectors.requests import cases
from tryggve.lib.command import Command


def add(verbs: Any) -> Any:
    """The options of ``requests list``."""
    return verbs.add_parser(
        "list", help=_("what customers asked for that must be answered, the most pressing first")
    )


def run(command: Command, options: dict[str, Any], *, at: datetime) -> int:
    """Ids, kinds and dates, and no names; 1 when nothing waits."""
    found = cases.open_cases(actor=actors.this_account(), at=at, reach=EVERYBODY)
    if options["json"]:
        command.say_json([_told(one) for one in found])
        return 0 if found else 1
    for one in found:
        day = one.case.due_on.isoformat()
        command.say(
            f"{one.case.pk}  {day}  {case_words.KINDS[one.case.kind]}, {case_words.time_left(one.clock)}"
        )
    if not found:
        command.say(_("Nobody waits for an answer."))
    return 0 if found else 1


def _told(one: cases.Brief) -> dict[str, Any]:
    return {
        "id": str(one.case.pk),
        "customer": str(one.case.customer_ref),
        "kind": one.case.kind.lower(),
        "state": one.case.state.lower(),
        "received": one.case.received_on.isoformat(),
        "due": one.case.due_on.isoformat(),
        "days_left": one.clock.days_left,
        "extended": one.case.is_extended,
    }
