from django.utils.translation import gettext_lazy as _

from tryggve.audit.registry import declare

SIGNED_IN = declare("access.signed-in", _("Signed in"), method=str)
SIGNED_OUT = declare("access.signed-out", _("Signed out"))
SIGN_IN_FAILED = declare("access.sign-in-failed", _("An attempt to sign in failed"), account_exists=bool)
SIGN_IN_LIMITED = declare("access.sign-in-limited", _("Too many attempts to sign in"))
CHECKPOINT_PLACES_CHANGED = declare(
    "access.checkpoint-places-changed",
    _("Where proof of the log is left was changed"),
    fields=list[str],
)
LOG_VIEWED = declare("access.log-viewed", _("The log was read"), shown=int, filters=list[str])
LOG_DETAILS_READ = declare(
    "access.log-details-read", _("What entries of the log say in words was read"), entries=int
)
LOG_VERIFIED = declare(
    "access.log-verified",
    _("Somebody had the log verified"),
    ok=bool,
    entries=int,
    why=str,
    epoch=int,
    saved=int,
    with_details=bool,
)
LOG_EXPORTED = declare("access.log-exported", _("The log was exported"), with_details=bool)
