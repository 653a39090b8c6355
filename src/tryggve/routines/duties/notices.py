from django.utils.translation import gettext_lazy as _

from tryggve.notices.registry import declare

WEEK = declare(
    "duties.week",
    _("The week's routines"),
    subject=_("Your routines this week: %(count)s"),
    template="duties/notices/week.txt",
)
DUE = declare(
    "duties.due",
    _("Routines whose day has come"),
    subject=_("Your routines today: %(count)s"),
    template="duties/notices/due.txt",
)
MEETING = declare(
    "duties.meeting",
    _("Whether somebody was at the staff meeting"),
    subject=_("Were you at the staff meeting?"),
    template="duties/notices/meeting.txt",
)
