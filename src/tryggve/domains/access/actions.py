from django.utils.translation import gettext_lazy as _

from tryggve.audit.registry import declare

SIGNED_IN = declare("access.signed-in", _("Signed in"), "method")
SIGNED_OUT = declare("access.signed-out", _("Signed out"))
SIGN_IN_FAILED = declare("access.sign-in-failed", _("An attempt to sign in failed"), "account_exists")
SIGN_IN_LIMITED = declare("access.sign-in-limited", _("Too many attempts to sign in"))
