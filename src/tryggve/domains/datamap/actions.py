from django.utils.translation import gettext_lazy as _

from tryggve.audit.registry import declare

# Where it lies stands nowhere: a path may tell of somebody.
SOURCE_ADDED = declare(
    "datamap.source-added", _("A place was added to those that are looked through"), source=str, kind=str
)
SOURCE_CHANGED = declare(
    "datamap.source-changed", _("Somebody changed what of a place is looked through"), source=str
)
SOURCE_REMOVED = declare("datamap.source-removed", _("A place isn't looked through any more"), source=str)
SOURCE_RESTORED = declare("datamap.source-restored", _("A place is looked through again"), source=str)
SCAN_ASKED = declare("datamap.scan-asked", _("Somebody asked to look through a place"), source=str, scan=str)
SCAN_ENDED = declare(
    "datamap.scan-ended",
    _("A place was looked through"),
    source=str,
    scan=str,
    outcome=str,
    files=int,
    holding=int,
    not_scanned=int,
)
FILES_LOOKED_AT = declare("datamap.files-looked-at", _("Somebody looked at what files hold"), source=str)
FILE_REVIEWED = declare("datamap.file-reviewed", _("Somebody said why a file may stay"), file=str)
REVIEW_TAKEN_BACK = declare(
    "datamap.review-taken-back", _("A file that may stay is asked about again"), file=str
)
FILE_DELETED = declare(
    "datamap.file-deleted", _("A file with personal data was deleted"), copy=str, persons=int
)
FILE_HAD_BACK = declare("datamap.file-had-back", _("A deleted file was had back"), copy=str)
COPY_DESTROYED = declare(
    "datamap.copy-destroyed", _("The safe copy of a deleted file was destroyed"), copy=str
)
FILE_IMPORTED = declare("datamap.file-imported", _("A file was handed to the register as a list"), file=str)
FILE_MOVED = declare("datamap.file-moved", _("A file was moved to a customer's documents"), file=str)
GOAL_SET = declare(
    "datamap.goal-set", _("Somebody said in how many places personal data may lie at the most"), places=int
)
# Written about the customer, who may see who looked.
NAMED_LOOKED_AT = declare("datamap.named-looked-at", _("Somebody saw that a file names a customer"), file=str)
TURNED_UP = declare(
    "datamap.turned-up", _("Personal data turned up where none should be"), source=str, files=int
)
