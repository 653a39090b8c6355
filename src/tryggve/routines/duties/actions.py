from django.utils.translation import gettext_lazy as _

from tryggve.audit.registry import declare

DONE = declare(
    "duties.done", _("A routine was done"), turn=str, duty=str, outcome=str, days_late=int, postponed=int
)
POSTPONED = declare("duties.postponed", _("A routine was put off"), turn=str, duty=str, days=int)
TAKEN_BACK = declare("duties.taken-back", _("That a routine was done was taken back"), turn=str, duty=str)
CALLED = declare("duties.called", _("Something happened that calls for a routine"), turn=str, duty=str)
ASSIGNED = declare("duties.assigned", _("It was chosen who does a routine"), duty=str, person=str)
SWITCHED_ON = declare("duties.switched-on", _("A routine was switched on"), duty=str)
SWITCHED_OFF = declare("duties.switched-off", _("A routine was switched off"), duty=str)
CALENDAR_MADE = declare("duties.calendar-made", _("An address for a calendar was made"))
CALENDAR_ENDED = declare("duties.calendar-ended", _("An address for a calendar was ended"))
AGENDA_MADE = declare("duties.agenda-made", _("An agenda for the staff meeting was made"), meeting=str)
MEETING_HELD = declare("duties.meeting-held", _("The staff meeting was held"), meeting=str, people=int)
MEETING_TAKEN_BACK = declare(
    "duties.meeting-taken-back", _("That the staff meeting was held was taken back"), meeting=str
)
ATTENDED = declare(
    "duties.attended", _("Somebody confirmed that they were at the staff meeting"), meeting=str
)
ATTENDANCE_TAKEN_BACK = declare(
    "duties.attendance-taken-back", _("Somebody took back that they were at the staff meeting"), meeting=str
)
