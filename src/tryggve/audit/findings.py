from django.db import DatabaseError
from django.utils.translation import gettext as _

from tryggve.audit import erasures
from tryggve.lib import findings
from tryggve.lib.folders import Folders


@findings.question
def erasures_kept(folders: Folders) -> findings.Finding:
    try:
        erasures.require_whole()
    except erasures.LedgerBehind as behind:
        return findings.Finding("erasures_kept", "bad", str(behind))
    except DatabaseError:
        text = _("Whether every erasure still stands can't be told while the database doesn't answer.")
        return findings.Finding("erasures_kept", "warning", text)
    return findings.Finding("erasures_kept", "good", _("Every erasure that was signed for still stands."))
