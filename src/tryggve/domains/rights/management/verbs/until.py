from typing import Any

from django.utils.translation import gettext as _

from tryggve.domains.rights.engine.calendars import TooFarAway, UnknownRule, until
from tryggve.domains.rights.engine.calendars.keeping_rules import offered_rules
from tryggve.domains.rights.management.verbs import words
from tryggve.lib.command import Command
from tryggve.lib.errors import Refusal


class NoSuchRule(Refusal):
    """There is no rule of that name; the sentence names those that are offered."""

    def __init__(self, rule: str) -> None:
        told = {"rule": rule, "rules": ", ".join(one.code for one in offered_rules())}
        super().__init__(_("There is no rule called «%(rule)s». These are the rules: %(rules)s.") % told)


def add(verbs: Any) -> Any:
    """The options of ``retention until``."""
    verb = verbs.add_parser("until", help=_("how long something is kept"))
    verb.add_argument("--rule", metavar="RULE", required=True, help=_("by which rule: se-bookkeeping"))
    verb.add_argument(
        "--from",
        dest="from_date",
        metavar="DATE",
        type=words.day,
        required=True,
        help=_("the day that the rule counts from; for bookkeeping, the last day of the fiscal year"),
    )
    return verb


def run(command: Command, options: dict[str, Any]) -> int:
    """The last day of keeping and the code of the rule. Raises NoSuchRule and DateTooFar."""
    try:
        found = until(options["rule"], options["from_date"])
    except UnknownRule as cause:
        raise NoSuchRule(options["rule"]) from cause
    except TooFarAway as cause:
        raise words.DateTooFar from cause
    if options["json"]:
        command.say_json({"until": found.until.isoformat(), "rule": found.rule})
    else:
        told = {"day": words.in_words(found.until), "rule": found.rule}
        command.say(_("Kept to the end of %(day)s (%(rule)s).") % told)
    return 0
