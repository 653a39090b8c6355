from django.utils.translation import gettext_lazy as _

from tryggve.notices.registry import declare

REPORTED = declare(
    "incidents.reported",
    _("Word that something has happened"),
    subject=_("Something has happened: look into Tryggve"),
    template="incidents/notices/reported.txt",
)
ANSWERED = declare(
    "incidents.answered",
    _("Word that what somebody told was answered"),
    subject=_("What you told has an answer"),
    template="incidents/notices/answered.txt",
)
TRIAL = declare(
    "incidents.trial",
    _("A made-up alarm, to see that alarms arrive"),
    subject=_("Test alarm from Tryggve: press the button, please"),
    template="incidents/notices/trial.txt",
)
SILENT = declare(
    "incidents.silent",
    _("Word that protections can't be measured any more"),
    subject=_("Tryggve can't measure something any more"),
    template="incidents/notices/silent.txt",
)
