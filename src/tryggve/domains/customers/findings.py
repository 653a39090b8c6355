from django.db import DatabaseError
from django.utils.translation import gettext as _

from tryggve.domains.customers import sealing, selectors
from tryggve.lib import findings
from tryggve.lib.folders import Folders


@findings.question
def customers_keys(folders: Folders) -> findings.Finding:
    try:
        lost = selectors.customers_without_key()
    except DatabaseError:
        text = _("Whether every customer has a key can't be told while the database doesn't answer.")
        return findings.Finding("customers_keys", "warning", text)
    if lost:
        return findings.Finding("customers_keys", "bad", str(sealing.KeysMissing(lost)))
    return findings.Finding("customers_keys", "good", _("Every customer has a key."))
