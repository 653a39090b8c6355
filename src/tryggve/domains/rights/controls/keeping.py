from collections.abc import Collection
from datetime import datetime, timedelta

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tryggve.controls import facts
from tryggve.controls.registry import CannotMeasure, Measured, Mend, Verdict, measure
from tryggve.domains.customers import api as customers
from tryggve.domains.rights.engine.needed import Ground
from tryggve.domains.rights.selectors import nightly_work
from tryggve.domains.rights.selectors.retention import needs, past_limit
from tryggve.domains.rights.services.drills import expiry

_MEBIBYTE = 1024 * 1024
_FINDING, _CARRYING_OUT = "rights.find-due", "rights.carry-out-erasures"
_OF_THE_DRILL = {
    expiry.Fault.NOT_FOUND: _("A made-up customer whose time had passed was not found"),
    expiry.Fault.NOT_PUT_ASIDE: _("A made-up customer whose time had passed couldn't be put aside"),
    expiry.Fault.STILL_SEARCHED: _("A made-up customer who was put aside was still found by the search"),
    expiry.Fault.STILL_READABLE: _("A made-up customer who was erased could still be read"),
}


@measure(
    "DAT-02",
    every=timedelta(hours=24),
    waits=timedelta(minutes=10),
    valid=timedelta(hours=30),
    deadline=timedelta(minutes=5),
    memory_bytes=1024 * _MEBIBYTE,
    facts={
        "due": facts.count(_("Customers whom nothing needs any more, for a person to decide about")),
        "undecided": facts.count(_("Those of them who have waited for more than 30 days")),
        "unerased": facts.count(_("Customers who were put aside and should be erased by now")),
        "papers": facts.count(_("Papers that a law no longer demands")),
        "searched_on": facts.day(_("Last search for what is due")),
        "wrong": facts.one_of(
            _("What is wrong"),
            {
                "no-limit": _("Customers stand in the register, and nothing says how long they are needed"),
                "search-late": _("The nightly search for what is due has failed or not been made"),
                "undecided": _("Customers whose time has passed wait for somebody to decide"),
                "unerased": _("Customers who were put aside are not erased"),
                "papers": _("Papers are kept that a law no longer demands"),
                **{fault.value: words for fault, words in _OF_THE_DRILL.items()},
            },
        ),
    },
    causes={
        "nothing-yet": _("Neither customers nor purposes stand in Tryggve yet."),
        "not-searched": _("The nightly search for what is due has not been made yet."),
    },
    asks={"nothing-yet"},
    mend=Mend("rights:retention", _("Look through what is due"), "rights.retention"),
)
def nothing_is_kept_beyond_its_time(at: datetime) -> Measured:
    """Looks for what is past its time, and lets the time of somebody made up pass; nothing of that is kept."""
    grounds = needs.grounds_in_use()
    if not grounds:
        if not customers.first_customers(1):
            raise CannotMeasure("nothing-yet")
        return Measured(Verdict.FAILING, {"wrong": "no-limit"})
    runs = [nightly_work.last_run(code, at=at) for code in (_FINDING, _CARRYING_OUT)]
    searched_at = runs[0].at
    if searched_at is None:
        raise CannotMeasure("not-searched")
    found = past_limit.past_limit(at=at)
    told: dict[str, facts.Value] = {
        "due": found.due,
        "undecided": found.undecided,
        "unerased": found.unerased,
        "papers": found.papers,
        "searched_on": timezone.localdate(searched_at),
    }
    in_the_register = (
        ("search-late", any(run.is_late for run in runs)),
        ("undecided", found.undecided),
        ("unerased", found.unerased),
        ("papers", found.papers),
    )
    wrong = next((code for code, is_wrong in in_the_register if is_wrong), None) or _drill(grounds, at)
    if wrong:
        return Measured(Verdict.FAILING, {**told, "wrong": wrong})
    return Measured(Verdict.PROVED, told)


def _drill(grounds: Collection[Ground], at: datetime) -> str:
    try:
        fault = expiry.fault(grounds, at=at)
    except expiry.NoLimit:
        return "no-limit"
    return fault.value if fault else ""
