from django.utils.translation import gettext_lazy as _

from tryggve.audit.registry import declare

REPORTED = declare(
    "incidents.reported", _("Somebody told that something has happened"), report=str, incident=str
)
LISTED = declare("incidents.listed", _("The reports of what has happened were read"), shown=int)
VIEWED = declare("incidents.viewed", _("A report of what has happened was read"), report=str)
RECEIVED = declare("incidents.received", _("Somebody took on a report of what has happened"), report=str)
ANSWERED = declare("incidents.answered", _("A report of what has happened was answered"), report=str)
CLOSED = declare("incidents.closed", _("A report of what has happened was closed"), report=str)
FORGOTTEN = declare("incidents.forgotten", _("Old reports of what has happened were removed"), count=int)
TRIAL_SENT = declare("incidents.trial-sent", _("A made-up alarm was mailed, to see that alarms arrive"))
TRIAL_CONFIRMED = declare(
    "incidents.trial-confirmed", _("Somebody confirmed that a made-up alarm arrived"), minutes=int
)
SILENCE_TOLD = declare(
    "incidents.silence-told", _("Word was sent that protections can't be measured any more"), count=int
)
