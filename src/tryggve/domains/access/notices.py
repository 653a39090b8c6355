from django.utils.translation import gettext_lazy as _

from tryggve.notices.registry import declare

CHECKPOINT = declare(
    "access.checkpoint",
    _("Proof that the log is whole"),
    subject=_("Keep this mail: proof of Tryggve's log, %(day)s"),
    template="access/notices/checkpoint.txt",
)
