from django.utils.translation import gettext_lazy as _

from tryggve.audit.registry import declare

REPORT_MADE = declare(
    "protection.report-made",
    _("A report on the protections was made"),
    reader=str,
    language=str,
    with_names=bool,
    report=str,
)
# Apart from who made it: this entry goes out with the report as proof, and the other stays here.
REPORT_SEALED = declare(
    "protection.report-sealed", _("What a report says was bound to the log"), report=str, controls=int
)
SIZE_CHOSEN = declare(
    "protection.size-chosen", _("It was chosen by which list the company is counted"), size=str
)
