from django.utils.translation import gettext_lazy as _

from tryggve.audit.registry import declare

EXPORTED = declare("privacy.exported", _("All that is held about a person was handed out"))
ERASED = declare("privacy.erased", _("All that is held about a person was erased"))
