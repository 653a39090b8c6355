from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from tryggve.accounts.policy import EVERYBODY
from tryggve.domains.rights.demo import chosen
from tryggve.domains.rights.models import Case, Erasure, Keep
from tryggve.domains.rights.services.destruction import destroying
from tryggve.domains.rights.services.erasure import erasures as erasing
from tryggve.domains.rights.services.requests import cases
from tryggve.domains.rights.services.retention import finding_due, keeping_by_law
from tryggve.domains.rights.services.retention import keeping as deciding
from tryggve.lib.demonstration import Order

_HELD, _KEPT = slice(0, 1), slice(1, 2)
# The guarantee is over, and with it the last for which the firm needed them.
_YEARS_SINCE_THE_JOB = 11
_LAW = {"SE": "se-bookkeeping", "DK": "dk-bookkeeping"}
_ASKED, _LEFT, _DESTROYED = (timedelta(days=days) for days in (5, 25, 6))


def keeping(order: Order) -> None:
    """Customers whose job was done long ago and who are due now; one of them is held, one kept longer."""
    some = chosen.those(chosen.NOT_NEEDED)
    by: dict[str, Any] = {"actor": order.actor, "reach": EVERYBODY}
    today = timezone.localdate(order.at)
    ended_on = date(today.year - _YEARS_SINCE_THE_JOB, 6, 15)
    for customer in some:
        deciding.tell_end(customer=customer, ended_on=ended_on, at=order.at - timedelta(days=30), **by)
    for places, kind, reason in (
        (_HELD, Keep.Kind.HOLD, _("We don't agree about the stairs yet; our lawyer has the papers.")),
        (_KEPT, Keep.Kind.LONGER, _("Wants an offer for a new kitchen next spring.")),
    ):
        for customer in some[places]:
            deciding.keep(customer=customer, kind=kind, reason=reason, until=None, at=order.at, **by)
    finding_due.find_due(at=order.at)


def erasures(order: Order) -> None:
    """One customer who is put aside, and one who was erased and whose invoice the law has the firm keep."""
    if order.customers < chosen.FEWEST_TO_ERASE:
        return
    put_aside, gone = chosen.those(chosen.LEAVING)
    _keep_invoice(gone, order)
    _ask(gone, order, ago=_LEFT)
    destroying.destroy_due(at=order.at - _DESTROYED)
    _ask(put_aside, order, ago=_ASKED)


def _ask(customer: UUID, order: Order, *, ago: timedelta) -> None:
    by: dict[str, Any] = {"actor": order.actor, "at": order.at - ago, "reach": EVERYBODY}
    case = cases.open_case(
        customer=customer,
        kind=Case.Kind.ERASURE,
        channel=Case.Channel.PHONE,
        received_on=timezone.localdate(order.at - ago),
        words=_("Please erase all that you have about me."),
        **by,
    )
    cases.check_identity(case=case, seen_revision=1, how=cases.Identity.KNOWN, why="", **by)
    erasing.ask_erasure(customer=customer, ground=Erasure.Ground.REQUEST, case=case, **by)


def _keep_invoice(customer: UUID, order: Order) -> None:
    last_year = timezone.localdate(order.at).year - 1
    keeping_by_law.write_down(
        customer=customer,
        rule=_LAW[order.country],
        counted_from=date(last_year, 12, 31),
        words=_("Invoice 1042: a staircase of oak, 38 500, paid."),
        actor=order.actor,
        at=order.at - _LEFT - timedelta(days=1),
        reach=EVERYBODY,
    )
