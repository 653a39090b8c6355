from django.utils.translation import gettext_lazy as _

from tryggve.audit.registry import declare

OWNER_LINK_MADE = declare("setup.owner-link-made", _("A link for the first owner was made"))
FIRM_CLAIMED = declare("setup.firm-claimed", _("The first owner took over the installation"))
STARTED = declare("setup.started", _("Tryggve was started"), "version")
