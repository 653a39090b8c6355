from django.utils.translation import gettext_lazy as _

from tryggve.accounts import handovers
from tryggve.accounts.handovers import Leaving
from tryggve.routines.duties.selectors import calendars as selectors
from tryggve.routines.duties.services import calendars, choosing


def hand_routines_over(leaving: Leaving) -> int:
    return choosing.hand_over(person=leaving.person, to=leaving.successor)


def end_calendar(leaving: Leaving) -> int:
    return calendars.end_calendar(user=leaving.person, actor=leaving.actor, at=leaving.at)


handovers.register(
    "duties.assigned",
    _("Routines that were given to them go to the successor."),
    hand_routines_over,
    count=choosing.count_of,
)
handovers.register(
    "duties.calendar", _("Their calendar with routines ends."), end_calendar, count=selectors.has_calendar
)
