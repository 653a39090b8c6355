from django.utils.translation import gettext_lazy as _

from tryggve.notices.registry import declare

CONSENT_QUESTION = declare(
    "rights.consent-question",
    _("Question to a customer: may we?"),
    subject=_("%(firm)s asks what you agree to"),
    template="rights/notices/consent_question.txt",
)
CONSENT_RECEIPT = declare(
    "rights.consent-receipt",
    _("Receipt to a customer for a consent"),
    subject=_("What you told %(firm)s, and how to change it"),
    template="rights/notices/consent_receipt.txt",
)
SIGN_UP = declare(
    "rights.sign-up",
    _("Question to somebody who signed up on the website"),
    subject=_("Press one button, and %(firm)s may write to you"),
    template="rights/notices/sign_up.txt",
)
ERASURE_BEGUN = declare(
    "rights.erasure-begun",
    _("Word that a customer was put aside, to be erased"),
    subject=_("No consent of a customer holds any more: they will be erased"),
    template="rights/notices/erasure_begun.txt",
)
PUT_BACK = declare(
    "rights.put-back",
    _("Word that an older copy of the data was put back"),
    subject=_("An older copy of the data was put back: look for what customers said no to"),
    template="rights/notices/put_back.txt",
)
PORTAL_LINK = declare(
    "rights.portal-link",
    _("Link to a customer's own page"),
    subject=_("Your own page at %(firm)s"),
    template="rights/notices/portal_link.txt",
    lets_in=True,
)
PORTAL_CODE = declare(
    "rights.portal-code",
    _("Code for a customer's own page"),
    subject=_("Your code for %(firm)s"),
    template="rights/notices/portal_code.txt",
    lets_in=True,
)
CASE_LETTER = declare(
    "rights.case-letter",
    _("Letter about a request"),
    subject="%(subject)s",
    template="rights/notices/case_letter.txt",
)
CASE_DUE = declare(
    "rights.case-due",
    _("Reminder of a request"),
    subject=_("A customer waits for an answer"),
    template="rights/notices/case_due.txt",
)
CASE_RECEIVED = declare(
    "rights.case-received",
    _("Receipt to a customer for a request"),
    subject=_("%(firm)s has got your request"),
    template="rights/notices/case_received.txt",
)
