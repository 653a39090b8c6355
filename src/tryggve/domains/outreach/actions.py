from django.utils.translation import gettext_lazy as _

from tryggve.audit.registry import declare

WRITTEN = declare("outreach.written", _("A message to customers was written"), mailing=str)
CHANGED = declare("outreach.changed", _("A message to customers was changed"), mailing=str)
DELETED = declare("outreach.deleted", _("A message to customers was deleted"), mailing=str)
TESTED = declare("outreach.tested", _("A message to customers was sent as a test"), mailing=str, outcome=str)
PREVIEWED = declare(
    "outreach.previewed",
    _("It was counted who would get a message, and who wouldn't"),
    mailing=str,
    gets=int,
    left_out=int,
)
STARTED = declare(
    "outreach.started",
    _("A message began to be sent to customers"),
    mailing=str,
    purpose=str,
    customers=int,
)
PAUSED = declare("outreach.paused", _("The sending of a message was paused"), mailing=str, trouble=str)
WENT_ON = declare("outreach.went-on", _("The sending of a message went on"), mailing=str)
STOPPED = declare("outreach.stopped", _("The sending of a message was stopped"), mailing=str, left_out=int)
INTERRUPTED = declare(
    "outreach.interrupted",
    _("Tryggve was stopped while it sent; some mails perhaps left"),
    mailing=str,
    perhaps=int,
)
ENDED = declare(
    "outreach.ended",
    _("A message was sent to customers"),
    mailing=str,
    sent=int,
    left_out=int,
    refused=int,
    perhaps=int,
)
SENT_AGAIN = declare(
    "outreach.sent-again",
    _("A message is sent again to those who perhaps didn't get it"),
    mailing=str,
    customers=int,
)
SETTLED = declare(
    "outreach.settled", _("Mails that perhaps left were left as they are"), mailing=str, customers=int
)
UNREACHED_READ = declare(
    "outreach.unreached-read", _("Whom a message didn't reach was read"), mailing=str, shown=int
)
WORD_LEFT_OUT = declare(
    "outreach.word-left-out",
    _("The word on how data is protected was left out this time"),
    year=int,
    quarter=int,
)
FORGOTTEN = declare("outreach.forgotten", _("Old messages to customers were removed"), count=int)
FEEDBACK_ASKED = declare("outreach.feedback-asked", _("A customer was mailed the questions about feedback"))
FEEDBACK_GIVEN = declare(
    "outreach.feedback-given", _("A customer told what they think"), feedback=str, channel=str
)
FEEDBACK_READ = declare("outreach.feedback-read", _("What a customer thinks was read"), feedback=str)
FEEDBACK_LISTED = declare("outreach.feedback-listed", _("The list of feedback was read"), shown=int)
FEEDBACK_FOLLOWED_UP = declare(
    "outreach.feedback-followed-up",
    _("Something was done about what a customer thinks"),
    feedback=str,
    state=str,
)
FEEDBACK_FORGOTTEN = declare("outreach.feedback-forgotten", _("Old feedback was removed"), count=int)
