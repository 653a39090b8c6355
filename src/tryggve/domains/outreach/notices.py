from django.utils.translation import gettext_lazy as _

from tryggve.notices.registry import declare

FEEDBACK_QUESTION = declare(
    "outreach.feedback-question",
    _("Question to a customer: what do you think?"),
    subject=_("What do you think, asks %(firm)s"),
    template="outreach/notices/feedback_question.txt",
)
