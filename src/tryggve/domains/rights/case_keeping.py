"""How long it is kept how a request was answered."""

from django.utils.translation import gettext_lazy as _

from tryggve.privacy.retention import LegalBasis, Period, RetentionRule

# So long can an authority ask how a request was answered, and fine for it: the Swedish Act (2018:218) ch. 6 sec. 4, the
# Danish Data Protection Act (no. 289 of 2024) sec. 41(7).
KEPT_FOR = RetentionRule(
    until=_("the request was closed"), kept_for=Period(years=5), basis=LegalBasis.LEGAL_OBLIGATION
)
