"""How long it is kept what was written to customers."""

from django.utils.translation import gettext_lazy as _

from tryggve.privacy.retention import LegalBasis, Period, RetentionRule

# So long the company can show what it wrote to whom, and why it could (GDPR art. 5(2)).
KEPT_FOR = RetentionRule(
    until=_("the message was sent"), kept_for=Period(years=2), basis=LegalBasis.LEGITIMATE_INTERESTS
)
