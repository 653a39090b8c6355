from datetime import datetime, timedelta

from django.utils.translation import gettext_lazy as _

from tryggve.controls import facts
from tryggve.controls.registry import CannotMeasure, Measured, Mend, Verdict, measure
from tryggve.domains.customers import api as customers
from tryggve.domains.rights.selectors import nightly_work, record_evidence

_KEEPING = "rights.keep-record"


@measure(
    "POL-03",
    every=timedelta(hours=24),
    valid=timedelta(hours=30),
    facts={
        "purposes": facts.count(_("Purposes in the record")),
        "missing": facts.count(_("Things that the law wants told and nobody has written")),
        "orphans": facts.count(_("Fields in the register that no purpose names")),
        "kept_on": facts.day(_("Newest version kept")),
        "wrong": facts.one_of(
            _("What is wrong"),
            {
                "no-purpose": _("Customers stand in the register, and the record is empty"),
                "missing": _("Something that the law wants told is missing"),
                "orphans": _("A field in the register belongs to no purpose"),
                "changed": _("The version that was kept was changed afterwards"),
                "not-kept": _("Changes of the record have not been kept lately"),
            },
        ),
    },
    causes={"nothing-yet": _("Neither customers nor purposes stand in Tryggve yet.")},
    asks={"nothing-yet"},
    mend=Mend("rights:record", _("Go to the record"), "rights.view"),
)
def the_record_holds_all_that_is_kept(at: datetime) -> Measured:
    """Makes the record as it would be handed out now, and holds the register's fields against it."""
    found = record_evidence.standing(at=at)
    if not found.purposes:
        if not customers.first_customers(1):
            raise CannotMeasure("nothing-yet")
        return Measured(Verdict.FAILING, {"purposes": 0, "wrong": "no-purpose"})
    told: dict[str, facts.Value] = {
        "purposes": found.purposes,
        "missing": found.missing,
        "orphans": found.orphans,
    }
    if found.kept_on is not None:
        told["kept_on"] = found.kept_on
    faults = (
        ("missing", found.missing),
        ("orphans", found.orphans),
        ("changed", not found.is_as_kept),
        ("not-kept", nightly_work.last_run(_KEEPING, at=at).is_late),
    )
    for code, is_wrong in faults:
        if is_wrong:
            return Measured(Verdict.FAILING, {**told, "wrong": code})
    return Measured(Verdict.OBSERVED, told)
