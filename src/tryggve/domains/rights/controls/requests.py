from datetime import datetime, timedelta

from django.utils.translation import gettext_lazy as _

from tryggve.controls import facts
from tryggve.controls.registry import Measured, Mend, Verdict, measure
from tryggve.domains.rights.selectors.requests import answer_clock
from tryggve.domains.rights.services.drills import requests

_MEBIBYTE = 1024 * 1024
_OF_THE_DRILL = {
    requests.Fault.NO_PACKAGE: _("No package could be made for a made-up customer"),
    requests.Fault.PACKAGE_NOT_WHOLE: _("Something was missing in the package of a made-up customer"),
    requests.Fault.STILL_SEARCHED: _("A made-up customer who was put aside was still found by the search"),
    requests.Fault.STILL_READABLE: _("A made-up customer who was erased could still be read"),
}


@measure(
    "DAT-03",
    every=timedelta(hours=24),
    waits=timedelta(minutes=10),
    valid=timedelta(hours=30),
    deadline=timedelta(minutes=5),
    memory_bytes=1024 * _MEBIBYTE,
    facts={
        "open": facts.count(_("Requests that wait for an answer")),
        "late": facts.count(_("Those of them that are past their last day")),
        "days_left": facts.count(_("Days until the first must be answered")),
        "wrong": facts.one_of(
            _("What is wrong"),
            {
                "late": _("A customer has waited longer for an answer than the law allows"),
                **{fault.value: words for fault, words in _OF_THE_DRILL.items()},
            },
        ),
    },
    mend=Mend("rights:cases", _("Go to requests"), "rights.requests"),
)
def whoever_asks_gets_an_answer_in_time(at: datetime) -> Measured:
    """Looks at each request's clock, and has somebody made up ask for all and be erased; none of it is kept."""
    clock = answer_clock.clock(at=at)
    told: dict[str, facts.Value] = {"open": clock.open, "late": clock.late}
    if clock.days_left is not None:
        told["days_left"] = clock.days_left
    fault = requests.fault(at=at)
    if clock.late or fault:
        return Measured(Verdict.FAILING, {**told, "wrong": "late" if clock.late else str(fault)})
    return Measured(Verdict.PROVED, told)
