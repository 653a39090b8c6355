from datetime import datetime, timedelta

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tryggve.controls import facts
from tryggve.controls.registry import CannotMeasure, Measured, Mend, Verdict, measure
from tryggve.domains.backups.selectors import heartbeats
from tryggve.domains.backups.selectors.heartbeats import Pulse
from tryggve.domains.backups.services import heartbeats as looking


@measure(
    "BAK-04",
    every=timedelta(hours=1),
    valid=timedelta(hours=26),
    keeps=timedelta(hours=24),
    deadline=timedelta(minutes=10),
    facts={
        "wrong": facts.one_of(_("What is wrong"), {"late": _("A backup wasn't heard of in time")}),
        "watched": facts.count(_("Other backups that are watched")),
        "late": facts.count(_("Those of them that are late")),
        "awaited": facts.count(_("Those of them that haven't been heard of yet")),
        "heard_on": facts.day(_("Day on which the one that was silent longest was heard of")),
    },
    causes={
        "nothing-yet": _("Tryggve doesn't know yet which other backups you have."),
        "awaited": _("A backup that was added hasn't been heard of yet."),
    },
    asks={"nothing-yet"},
    mend=Mend("backups:others", _("To the other backups"), "backups.view"),
)
def computers_and_phones_are_copied_too(at: datetime) -> Measured:
    """Looks when each other backup was heard of last, and how new the newest file is in each watched folder."""
    looking.look_at_folders(at=at)
    watched = heartbeats.watched()
    if not watched:
        raise CannotMeasure("nothing-yet")
    pulses = [one.pulse(at=at) for one in watched]
    told: dict[str, facts.Value] = {
        "watched": len(watched),
        "late": pulses.count(Pulse.LATE),
        "awaited": pulses.count(Pulse.AWAITED),
    }
    if heard := [one.heard_at for one in watched if one.heard_at is not None]:
        told["heard_on"] = timezone.localdate(min(heard))
    if told["late"]:
        return Measured(Verdict.FAILING, told | {"wrong": "late"})
    if told["awaited"]:
        raise CannotMeasure("awaited")
    return Measured(Verdict.PROVED, told)
