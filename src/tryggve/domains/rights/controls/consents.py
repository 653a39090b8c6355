from datetime import datetime, timedelta

from django.utils.translation import gettext_lazy as _

from tryggve.controls import facts
from tryggve.controls.registry import CannotMeasure, Measured, Mend, Verdict, measure
from tryggve.domains.customers import api as customers
from tryggve.domains.rights.selectors.consents import consent_evidence
from tryggve.domains.rights.services.drills import withdrawals

_MEBIBYTE = 1024 * 1024


@measure(
    "DAT-01",
    every=timedelta(hours=24),
    waits=timedelta(minutes=10),
    valid=timedelta(hours=30),
    deadline=timedelta(minutes=5),
    memory_bytes=1024 * _MEBIBYTE,
    facts={
        "purposes": facts.count(_("Purposes for which customers may be written to")),
        "yeses": facts.count(_("Yeses that were written down")),
        "unshown": facts.count(_("Yeses without words, time or way")),
        "let_through": facts.count(_("Purposes for which a no stopped nothing")),
        "wrong": facts.one_of(
            _("What is wrong"),
            {
                "no-purpose": _(
                    "Customers stand in the register, and nothing says what their data is used for"
                ),
                "let-through": _("Somebody who had said no could be written to all the same"),
                "unshown": _("It can't be shown what somebody said yes to, when or how"),
            },
        ),
    },
    causes={"nothing-yet": _("Neither customers nor purposes stand in Tryggve yet.")},
    asks={"nothing-yet"},
    mend=Mend("rights:consent-texts", _("Go to consents"), "rights.view"),
)
def whoever_says_no_gets_no_mail(at: datetime) -> Measured:
    """Asks of somebody made up what every mail asks, before a yes, after it and after a no; nothing is sent or kept."""
    purposes, yeses = consent_evidence.purposes_about_customers(), consent_evidence.yeses(at=at)
    told: dict[str, facts.Value] = {
        "purposes": len(purposes),
        "yeses": yeses.count,
        "unshown": yeses.unshown,
    }
    if not purposes:
        if not customers.first_customers(1):
            raise CannotMeasure("nothing-yet")
        return Measured(Verdict.FAILING, {**told, "wrong": "no-purpose"})
    through = withdrawals.let_through(purposes, at=at)
    told["let_through"] = len(through)
    for code, is_wrong in (("let-through", through), ("unshown", yeses.unshown)):
        if is_wrong:
            return Measured(Verdict.FAILING, {**told, "wrong": code})
    return Measured(Verdict.PROVED, told)
