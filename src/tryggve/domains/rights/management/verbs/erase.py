import sys
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from tryggve.accounts.policy import EVERYBODY
from tryggve.audit import actors
from tryggve.domains.rights.management.verbs.ids import customer_in
from tryggve.domains.rights.models import Erasure
from tryggve.domains.rights.selectors.erasure import erasures as selectors
from tryggve.domains.rights.services.erasure import erasures
from tryggve.lib.command import Command
from tryggve.lib.errors import Refusal

_LONGEST_ANSWER = 100


class NotConfirmed(Refusal):
    """Something else than yes was typed, or nothing."""


def add(verbs: Any) -> Any:
    """The options of ``customers erase``."""
    verb = verbs.add_parser(
        "erase", help=_("put a customer aside, to be erased when the waiting time is over")
    )
    verb.add_argument("id", help=_("the customer's id; - reads standard input"))
    grounds = [one.lower() for one in Erasure.Ground if one is not Erasure.Ground.AGAIN]
    verb.add_argument("--ground", choices=grounds, default="request", help=_("why (request)"))
    verb.add_argument("--yes", action="store_true", help=_("don't ask"))
    return verb


def run(command: Command, options: dict[str, Any], *, at: datetime) -> int:
    """Ask, and put the customer aside. Raises NotConfirmed, and as erasures.ask_erasure does."""
    customer = customer_in(options["id"])
    if not options["yes"]:
        _require_yes(command)
    made = erasures.ask_erasure(
        customer=customer,
        ground=Erasure.Ground(options["ground"].upper()),
        actor=actors.this_account(),
        at=at,
        reach=EVERYBODY,
    )
    _tell(command, options, made, at=at)
    return 0


def _tell(command: Command, options: dict[str, Any], made: UUID, *, at: datetime) -> None:
    told = selectors.erasure(
        erasure=made, actor=actors.this_account(), at=at, reach=EVERYBODY, page="command"
    )
    if options["json"]:
        command.say_json({"erasure": str(made), "destroys_at": told.destroys_at.isoformat()})
        return
    day = date_format(timezone.localtime(told.destroys_at), "DATETIME_FORMAT")
    command.say(_("The customer is put aside and will be erased at %(moment)s.") % {"moment": day})


def _require_yes(command: Command) -> None:
    asked = _("The customer will be erased when the waiting time is over. Type yes to go on: ")
    command.stderr.write(asked, ending="")
    command.stderr.flush()
    if sys.stdin.readline(_LONGEST_ANSWER).strip().casefold() != _("yes").casefold():
        raise NotConfirmed(_("That isn't a yes. Nothing was changed."))
