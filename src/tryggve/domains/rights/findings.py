from django.db import DatabaseError
from django.utils.translation import gettext as _

from tryggve.lib import findings
from tryggve.lib.folders import Folders
from tryggve.notices import selectors as notices
from tryggve.ui import own_address


@findings.question
def links_to_customers(folders: Folders) -> findings.Finding:
    try:
        is_mailing = notices.the_mail_server() is not None
    except DatabaseError:
        is_mailing = True
    if own_address.is_reached():
        text = _("Links in mails to customers lead to %(address)s.") % {"address": own_address.origin()}
        return findings.Finding("links_to_customers", "good", text)
    if is_mailing:
        return findings.Finding("links_to_customers", "warning", str(own_address.NotReached.sentence))
    text = _("No mail is sent yet, so no link has to lead here from another computer.")
    return findings.Finding("links_to_customers", "good", text)
