from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from tryggve.accounts.policy import EVERYBODY
from tryggve.audit import actors
from tryggve.audit import services as audit
from tryggve.domains.rights import actions
from tryggve.domains.rights.management.verbs import words
from tryggve.domains.rights.models import Due
from tryggve.domains.rights.selectors.retention import due
from tryggve.domains.rights.services.retention import finding_due
from tryggve.lib.command import Command

_AT_ONCE = 1000


def add(verbs: Any) -> Any:
    """The options of ``retention due``."""
    return verbs.add_parser("due", help=_("whom nothing needs any more, and why; nobody is erased by this"))


def run(command: Command, options: dict[str, Any], *, at: datetime) -> int:
    """Look for them now; ids, rules and days, and no names; 1 when there is nobody. Raises vault.Locked."""
    count = finding_due.find_due(at=at)
    audit.look(actions.DUE_LISTED, actor=actors.this_account(), at=at, shown=count)
    rows = due.due_within(EVERYBODY).order_by("needed_until", "pk").iterator(chunk_size=_AT_ONCE)
    if options["json"]:
        command.say_json([_told(row) for row in rows])
        return 0 if count else 1
    for row in rows:
        day = words.in_words(row.needed_until)
        command.say(f"{row.pk}  " + _("needed until %(day)s (%(rule)s)") % {"day": day, "rule": row.rule})
    if not count:
        command.say(_("Nobody is due."))
    return 0 if count else 1


def _told(row: Due) -> dict[str, Any]:
    return {
        "customer": str(row.pk),
        "purpose": str(row.purpose_ref),
        "rule": row.rule,
        "counted_from": row.counted_from.isoformat(),
        "needed_until": row.needed_until.isoformat(),
    }
