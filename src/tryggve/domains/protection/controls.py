from datetime import datetime, timedelta

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tryggve.controls import facts
from tryggve.controls.registry import CannotMeasure, Measured, Mend, Verdict, measure
from tryggve.privacy.retention import Period
from tryggve.routines.duties import whose
from tryggve.routines.duties.selectors import kept, meetings, tasks

_QUARTER = Period(months=3)
# So long may a routine be late before the calendar counts as not kept.
_GRACE_DAYS = 7
# Of fewer turns one makes no share.
_FEWEST = 8
_LEAST_PERCENT = 75


@measure(
    "GOV-02",
    every=timedelta(hours=24),
    valid=timedelta(hours=30),
    facts={
        "held_on": facts.day(_("Last meeting that enough people confirm")),
        "days_ago": facts.count(_("Days since that meeting")),
        "confirmed": facts.count(_("People who say that they were there")),
        "people": facts.count(_("People who worked here then")),
        "unconfirmed": facts.count(_("Later meetings that too few have confirmed")),
    },
    causes={
        "alone": _(
            "You are the only one who works here: there is nobody to meet. Say that it doesn't apply to you."
        ),
        "no-meeting": _("No staff meeting with an agenda from Tryggve was written down yet."),
    },
    asks={"no-meeting"},
    mend=Mend("protection:meetings", _("Make the agenda"), "protection.routines"),
)
def security_comes_up_at_the_staff_meeting(at: datetime) -> Measured:
    """Reads when the last meeting was that those who were there confirm: at least half, and two, in three months."""
    if len(whose.people_here(at)) < 2:
        raise CannotMeasure("alone")
    held = meetings.held(at)
    if not held:
        raise CannotMeasure("no-meeting")
    good = next((one for one in held if one.is_confirmed), None)
    if good is None:
        return Measured(Verdict.FAILING, {"unconfirmed": len(held)})
    today = timezone.localdate(at)
    is_recent = today <= _QUARTER.last_day(good.on)
    return Measured(
        Verdict.OBSERVED if is_recent else Verdict.FAILING,
        {
            "held_on": good.on,
            "days_ago": (today - good.on).days,
            "confirmed": good.confirmed,
            "people": good.people,
            "unconfirmed": held.index(good),
        },
    )


@measure(
    "GOV-04",
    every=timedelta(hours=6),
    valid=timedelta(hours=12),
    facts={
        "due": facts.count(_("Routines whose day came in the last 90 days")),
        "in_time": facts.count(_("Done in time")),
        "put_off": facts.count(_("Of these, put off with a reason before")),
        "late": facts.count(_("Done late")),
        "overdue": facts.count(_("Late now")),
        "days_late": facts.count(_("Days that the oldest is late")),
        "percent": facts.count(_("Share done in time, in percent")),
        "given_up": facts.count(_("Switched off while they were late")),
        "switched_off": facts.count(_("Routines that were switched off")),
        "calendars": facts.count(_("People whose calendar program fetches their routines")),
    },
    causes={
        "not-planned": _(
            "No routine is planned: the machine's own work has not planned any, or all are switched off."
        ),
        "nothing-due": _("The day of no routine has come yet."),
    },
    mend=Mend("protection:routines-everybody", _("To the routines"), "protection.routines"),
)
def what_is_to_be_done_gets_done(at: datetime) -> Measured:
    """Counts the turns of the last 90 days: done in time, late, and late still."""
    if not tasks.open_tasks(at):
        raise CannotMeasure("not-planned")
    found = kept.calendar_kept(at)
    if not found.counted:
        raise CannotMeasure("nothing-due")
    percent = 100 * found.in_time // found.counted
    is_kept = found.days_late <= _GRACE_DAYS and (percent >= _LEAST_PERCENT or found.counted < _FEWEST)
    return Measured(
        Verdict.OBSERVED if is_kept else Verdict.FAILING,
        {
            "due": found.counted,
            "in_time": found.in_time,
            "put_off": found.put_off,
            "late": found.late,
            "overdue": found.overdue,
            "days_late": found.days_late,
            "percent": percent,
            "given_up": found.given_up,
            "switched_off": tasks.count_of_switched_off(),
            "calendars": found.calendars,
        },
    )
