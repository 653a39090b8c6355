from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tryggve.accounts.policy import EVERYBODY
from tryggve.audit import actors
from tryggve.domains.rights.management.verbs.ids import customer_in
from tryggve.domains.rights.management.verbs.reasons import NoReason, reason_in
from tryggve.domains.rights.services import restrictions
from tryggve.lib.command import Command


class NotTold(NoReason):
    """The customer must know before the data is used again (GDPR art. 18(3))."""

    sentence = gettext_lazy(
        "First tell the customer that the data will be used again. Then say with --told how and when you did. "
        "Nothing was changed."
    )


def add(verbs: Any) -> Any:
    """The options of ``customers restrict``."""
    verb = verbs.add_parser("restrict", help=_("keep a customer's data from use, or let it be used again"))
    verb.add_argument("id", help=_("the customer's id; - reads standard input"))
    verb.add_argument("--lift", action="store_true", help=_("let the data be used again"))
    verb.add_argument(
        "--told",
        default="",
        metavar="WORDS",
        help=_("with --lift: how and when the customer was told of it; - reads standard input"),
    )
    return verb


def run(command: Command, options: dict[str, Any], *, at: datetime) -> int:
    """Begin or end the restriction. Raises NotTold, and as the services do."""
    customer = customer_in(options["id"])
    who: dict[str, Any] = {
        "customer": customer,
        "actor": actors.this_account(),
        "at": at,
        "reach": EVERYBODY,
    }
    if options["lift"]:
        restrictions.lift(**who, told=_told(options["told"]))
    else:
        restrictions.restrict(**who)
    if options["json"]:
        command.say_json({"restricted": not options["lift"]})
    elif options["lift"]:
        command.say(_("The customer's data may be used again."))
    else:
        command.say(_("The customer's data may be seen and kept from now on, and used for nothing else."))
    return 0


def _told(text: str) -> str:
    try:
        return reason_in(text)
    except NoReason:
        raise NotTold from None
