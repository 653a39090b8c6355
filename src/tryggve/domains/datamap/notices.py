from django.utils.translation import gettext_lazy as _

from tryggve.notices.registry import declare

TURNED_UP = declare(
    "datamap.turned-up",
    _("Word that personal data turned up where none should be"),
    subject=_("Personal data turned up where none should be"),
    template="datamap/notices/turned_up.txt",
)
