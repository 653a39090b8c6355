from datetime import datetime, timedelta

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tryggve.controls import facts
from tryggve.controls.registry import CannotMeasure, Measured, Mend, Verdict, measure
from tryggve.domains.customers import api as customers
from tryggve.domains.outreach.engine.quarters import Quarter
from tryggve.domains.outreach.selectors import answer_times, quarter_words
from tryggve.domains.outreach.selectors.quarter_words import Sent


@measure(
    "DAT-05",
    every=timedelta(hours=24),
    valid=timedelta(hours=30),
    facts={
        "told_on": facts.day(_("Last word to customers")),
        "told": facts.count(_("Customers it reached")),
        "not_reached": facts.count(_("Customers whose mail server didn't take it")),
        "answers": facts.count(_("Answers from customers in the last three months")),
        "waiting": facts.count(_("Answers that wait for somebody")),
        "late": facts.count(_("Those of them that have waited for more than 14 days")),
        "slowest_days": facts.count(_("Longest time until an answer was looked into, in days")),
        "wrong": facts.one_of(
            _("What is wrong"),
            {
                "not-told": _(
                    "Customers have not been told how their data was protected in the last quarter"
                ),
                "refused": _("The last word was refused by more customers' mail servers than took it"),
                "left-out": _("Somebody decided to leave out the last quarter's word to customers"),
                "feedback-late": _("A customer who wrote has waited for more than 14 days"),
            },
        ),
    },
    causes={
        "no-customers": _("There are no customers in Tryggve yet."),
        "no-quarter": _("The first word of a quarter to customers isn't due yet."),
    },
    asks={"no-customers"},
    mend=Mend("outreach:mailings", _("Go to messages"), "outreach.view"),
)
def customers_hear_from_us(at: datetime) -> Measured:
    """Reads what was sent of the quarters' words, and how long customers who wrote have waited."""
    if not customers.first_customers(1):
        raise CannotMeasure("no-customers")
    times = answer_times.answer_times(at=at)
    told: dict[str, facts.Value] = {
        "answers": times.given,
        "waiting": times.waiting,
        "late": times.late,
    }
    if times.slowest_days is not None:
        told["slowest_days"] = times.slowest_days
    sent = quarter_words.newest_sent()
    if sent is not None:
        told |= {"told_on": timezone.localdate(sent.at), "told": sent.customers, "not_reached": sent.refused}
    owed = quarter_words.owed(today=timezone.localdate(at))
    wrong = _untold(owed, sent) or ("feedback-late" if times.late else "")
    if wrong:
        return Measured(Verdict.FAILING, {**told, "wrong": wrong})
    if owed is None and sent is None:
        raise CannotMeasure("no-quarter")
    return Measured(Verdict.OBSERVED, told)


def _untold(owed: Quarter | None, sent: Sent | None) -> str:
    if owed is None or (sent is not None and sent.quarter >= owed.code):
        return "refused" if sent is not None and sent.refused > sent.customers else ""
    return "left-out" if quarter_words.is_left_out(owed) else "not-told"
