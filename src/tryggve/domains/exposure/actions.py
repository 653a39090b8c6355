from django.utils.translation import gettext_lazy as _

from tryggve.audit.registry import declare

DOMAIN_ADDED = declare(
    "exposure.domain-added", _("A domain was added to those that are watched"), domain=str, kind=str
)
DOMAIN_CHANGED = declare(
    "exposure.domain-changed",
    _("How a watched domain is used was changed"),
    domain=str,
    kind=str,
    selectors=int,
)
DOMAIN_REMOVED = declare("exposure.domain-removed", _("A domain isn't watched any more"), domain=str)
REPORT_READ = declare(
    "exposure.report-read",
    _("A receiver's report on a watched domain was read"),
    domain=str,
    proven=int,
    unproven=int,
)
SENDER_JUDGED = declare(
    "exposure.sender-judged",
    _("It was said whether a sender writes for the company"),
    domain=str,
    is_own=bool,
)
SITE_ADDED = declare("exposure.site-added", _("A website was added to those that are watched"), site=str)
SITE_REMOVED = declare("exposure.site-removed", _("A website isn't watched any more"), site=str)
RESOLVERS_CHANGED = declare(
    "exposure.resolvers-changed", _("Which name servers Tryggve asks was changed"), servers=int
)
