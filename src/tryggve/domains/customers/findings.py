from django.db import DatabaseError
from django.utils.translation import gettext as _

from tryggve.domains.customers import sealing
from tryggve.domains.customers.selectors import register
from tryggve.domains.customers.words import imports as import_words
from tryggve.lib import findings, sandbox
from tryggve.lib.folders import Folders


@findings.question
def customers_keys(folders: Folders) -> findings.Finding:
    try:
        lost = register.customers_without_key()
    except DatabaseError:
        text = _("Whether every customer has a key can't be told while the database doesn't answer.")
        return findings.Finding("customers_keys", "warning", text)
    if lost:
        return findings.Finding("customers_keys", "bad", str(sealing.KeysMissing(lost)))
    return findings.Finding("customers_keys", "good", _("Every customer has a key."))


@findings.question
def foreign_files(folders: Folders) -> findings.Finding:
    try:
        means = sandbox.means()
    except sandbox.Failed:
        text = _("The program that reads lists from elsewhere doesn't start, so no list can be brought in.")
        return findings.Finding("foreign_files", "bad", text)
    if means.is_sealed:
        text = _(
            "Lists from elsewhere are read by a program that is sealed off from files, network and other programs."
        )
        return findings.Finding("foreign_files", "good", text)
    return findings.Finding("foreign_files", "warning", str(import_words.UNSEALED))
