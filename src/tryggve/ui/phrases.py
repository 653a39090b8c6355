"""Words that many pages share, so that they are the same everywhere and translated once."""

from django.utils.translation import gettext_lazy as _

SAVE = _("Save")
CANCEL = _("Cancel")
BACK = _("Back")
CONTINUE = _("Continue")
ADD = _("Add")
CHANGE = _("Change")
DELETE = _("Delete")
UNDO = _("Undo")
CLOSE = _("Close")
SEARCH = _("Search")
SIGN_IN = _("Sign in")
SIGN_OUT = _("Sign out")
TO_THE_FIRST_PAGE = _("To the first page")
