from django.utils.translation import gettext_lazy as _

from tryggve.audit.registry import declare

SIGNED_IN = declare("access.signed-in", _("Signed in"), method=str)
SIGNED_OUT = declare("access.signed-out", _("Signed out"))
SIGN_IN_FAILED = declare("access.sign-in-failed", _("An attempt to sign in failed"), account_exists=bool)
SIGN_IN_LIMITED = declare("access.sign-in-limited", _("Too many attempts to sign in"))
FACTOR_ADDED = declare("access.factor-added", _("A second way to sign in was set up"), kind=str)
FACTOR_REMOVED = declare("access.factor-removed", _("A second way to sign in was removed"), kind=str)
FACTOR_FAILED = declare("access.factor-failed", _("The second step of signing in failed"))
FACTOR_LIMITED = declare("access.factor-limited", _("Too many attempts at the second step of signing in"))
CONFIRMED = declare("access.confirmed", _("Showed again who it is"), kind=str)
RECOVERY_CODE_USED = declare("access.recovery-code-used", _("A recovery code was used"), left=int)
RECOVERY_CODES_MADE = declare("access.recovery-codes-made", _("New recovery codes were made"))
PASSWORD_CHANGED = declare("access.password-changed", _("The password was changed"))
PASSWORD_RULE_CHOSEN = declare(
    "access.password-rule-chosen", _("How old passwords may be was chosen"), days=int
)
PASSWORD_ASKED_FOR = declare(
    "access.password-asked-for", _("Somebody was asked to choose another password"), reason=str
)
PASSWORD_REQUEST_WITHDRAWN = declare(
    "access.password-request-withdrawn", _("Somebody needn't choose another password after all")
)
STANDBY_CHOSEN = declare("access.standby-chosen", _("Who steps in for the security captain was chosen"))
STANDBY_ENDED = declare("access.standby-ended", _("Somebody no longer steps in for the security captain"))
SESSIONS_ENDED = declare("access.sessions-ended", _("Sessions were ended"), sessions=int)
DEVICE_FORGOTTEN = declare("access.device-forgotten", _("A device was forgotten"))
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
INVITED = declare("access.invited", _("Somebody was invited"), invitation=str, role=str, by_mail=bool)
INVITATION_WITHDRAWN = declare(
    "access.invitation-withdrawn", _("An invitation was withdrawn"), invitation=str
)
INVITATION_ACCEPTED = declare(
    "access.invitation-accepted", _("Somebody accepted an invitation"), invitation=str, role=str
)
INVITATION_REFUSED = declare(
    "access.invitation-refused", _("A link of an invitation was refused"), reason=str, invitation=str
)
LEAVING_STEP_MARKED = declare(
    "access.leaving-step-marked",
    _("The list of what is left when somebody leaves was changed"),
    step=str,
    done=bool,
)
PROVIDER_CHANGED = declare(
    "access.provider-changed",
    _("Whose sign-in people may come with was changed"),
    fields=list[str],
    ended=int,
)
PROVIDER_REMOVED = declare(
    "access.provider-removed", _("Nobody can come with another company's sign-in any more"), ended=int
)
PROVIDER_TESTED = declare("access.provider-tested", _("Another company's sign-in was tried"), outcome=str)
IDENTITY_LINKED = declare(
    "access.identity-linked", _("Another company's sign-in was linked to an account"), by_mail=bool
)
IDENTITY_REMOVED = declare(
    "access.identity-removed", _("Another company's sign-in was taken from an account")
)
IDENTITY_REFUSED = declare(
    "access.identity-refused", _("Somebody came with another company's sign-in and was refused"), reason=str
)
ACCESS_CONFIRMED = declare(
    "access.access-confirmed", _("Somebody confirmed that this person needs the access they have"), review=str
)
ACCESS_REVIEWED = declare(
    "access.access-reviewed",
    _("Somebody went through who has access"),
    review=str,
    people=int,
    changed=int,
    closed=int,
)
