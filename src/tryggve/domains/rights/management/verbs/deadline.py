from typing import Any

from django.utils.translation import gettext as _

from tryggve.domains.rights.engine.calendars import TooFarAway, deadline
from tryggve.domains.rights.engine.calendars.working_days import countries
from tryggve.domains.rights.management.verbs import words
from tryggve.lib.command import Command


def add(verbs: Any) -> Any:
    """The options of ``requests deadline``."""
    verb = verbs.add_parser("deadline", help=_("when a request must be answered at the latest"))
    verb.add_argument(
        "--received", metavar="DATE", type=words.day, required=True, help=_("the day when it came")
    )
    verb.add_argument(
        "--country",
        choices=countries(),
        required=True,
        help=_("whose public holidays count: DK, FI, NO or SE"),
    )
    verb.add_argument("--extended", action="store_true", help=_("with the two further months"))
    return verb


def run(command: Command, options: dict[str, Any]) -> int:
    """The last day to answer and the code of the rule. Raises DateTooFar."""
    try:
        found = deadline(options["received"], country=options["country"], extended=options["extended"])
    except TooFarAway as cause:
        raise words.DateTooFar from cause
    if options["json"]:
        command.say_json({"due": found.due.isoformat(), "rule": found.rule})
        return 0
    told = {"day": words.in_words(found.due), "rule": found.rule}
    command.say(_("Answer on %(day)s at the latest (%(rule)s).") % told)
    if found.moved:
        command.say(_("The time ends on a weekend or a public holiday, so the next working day counts."))
    return 0
