from django.utils.translation import gettext_lazy as _

from tryggve.audit.registry import declare

MEASURED = declare(
    "controls.measured",
    _("A protection was measured"),
    control=str,
    verdict=str,
    cause=str,
    facts=int,
    evidence=str,
)
FINDING_OPENED = declare("controls.finding-opened", _("A protection began to fail"), control=str)
FINDING_CLOSED = declare(
    "controls.finding-closed", _("A protection that failed was measured and found mended"), control=str
)
ASKED = declare("controls.measuring-asked", _("A protection is to be measured again"), control=str)
ATTESTED = declare(
    "controls.attested", _("Somebody vouched for a protection"), control=str, attestation=str, days=int
)
ATTESTATION_WITHDRAWN = declare(
    "controls.attestation-withdrawn",
    _("Somebody's word for a protection was taken back"),
    control=str,
    attestation=str,
)
EXEMPTED = declare(
    "controls.exempted", _("A protection was said not to apply"), control=str, exemption=str, days=int
)
EXEMPTION_ENDED = declare(
    "controls.exemption-ended",
    _("A protection applies again, after it was said not to"),
    control=str,
    exemption=str,
)
