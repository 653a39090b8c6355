from datetime import timedelta
from typing import Any
from uuid import UUID

from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from tryggve.accounts.policy import EVERYBODY
from tryggve.domains.rights.demo import chosen
from tryggve.domains.rights.engine.case_letters import Letter
from tryggve.domains.rights.models import Case
from tryggve.domains.rights.services.requests import case_answers, cases
from tryggve.lib.demonstration import Order

# The first of them must be answered within the week.
_AGO = (timedelta(days=26), timedelta(days=12))


def requests(order: Order) -> None:
    """Two customers who asked to see what is held: one waits, one was answered."""
    some = chosen.those(chosen.ASKING)
    for customer, ago in zip(some, _AGO, strict=False):
        case = cases.open_case(
            customer=customer,
            kind=Case.Kind.ACCESS,
            channel=Case.Channel.MAIL,
            received_on=timezone.localdate(order.at - ago),
            words=_("I would like to know what you hold about me."),
            actor=order.actor,
            at=order.at - ago,
            reach=EVERYBODY,
        )
        if customer == some[-1]:
            _answered(case, order)


def _answered(case: UUID, order: Order) -> None:
    by: dict[str, Any] = {"actor": order.actor, "at": order.at - timedelta(days=9), "reach": EVERYBODY}
    cases.check_identity(case=case, seen_revision=1, how=cases.Identity.KNOWN, why="", **by)
    letter = Letter(_("Answer to your request"), _("You got all of it on paper today."))
    written = case_answers.Written(letter, get_language() or "sv", case_answers.Way.PAPER)
    case_answers.answer(
        case=case, seen_revision=2, written=written, outcome=case_answers.Outcome.DONE, reason="", **by
    )
