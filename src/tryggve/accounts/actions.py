from django.utils.translation import gettext_lazy as _

from tryggve.audit.registry import declare

REFUSED = declare("accounts.refused", _("Somebody was refused"), permission=str, rule=str)
ASKED_AGAIN = declare(
    "accounts.asked-again", _("Somebody was asked to show again who it is"), permission=str, rule=str
)
SESSION_TURNED_AWAY = declare("accounts.session-turned-away", _("A session was turned away"), rule=str)

# Of people: the subject is whom it was done to.
ROLE_CHANGED = declare("accounts.role-changed", _("Somebody's role was changed"), role=str, before=str)
AREA_CHANGED = declare(
    "accounts.area-changed",
    _("What is different for one person was changed"),
    area=str,
    level=str,
    before=str,
)
SCOPE_CHANGED = declare(
    "accounts.scope-changed", _("Whose customers somebody sees was changed"), scope=str, before=str
)
TEAM_MADE = declare("accounts.team-made", _("A team was made"), team=str)
TEAM_RENAMED = declare("accounts.team-renamed", _("A team was renamed"), team=str)
TEAM_REMOVED = declare("accounts.team-removed", _("A team was removed"), team=str, members=int)
JOINED_TEAM = declare("accounts.joined-team", _("Somebody was put in a team"), team=str)
LEFT_TEAM = declare("accounts.left-team", _("Somebody was taken out of a team"), team=str)
DEPUTY_MADE = declare(
    "accounts.deputy-made",
    _("Somebody was made deputy for the security captain"),
    # In seconds since 1970 (UTC).
    starts=int,
    ends=int,
)
DEPUTY_ENDED = declare("accounts.deputy-ended", _("Somebody stopped being deputy"))
LEFT = declare(
    "accounts.left", _("Somebody's account was closed"), successor=str, sessions=int, handed_over=list[str]
)
REOPENED = declare("accounts.reopened", _("Somebody's account was opened again"))

TOKEN_MADE = declare("accounts.token-made", _("A token for a program was made"), token=str, scopes=list[str])
TOKEN_ENDED = declare("accounts.token-ended", _("A token for a program was ended"), token=str)

ADDRESSES_GIVEN = declare(
    "accounts.addresses-given", _("A file of network addresses was given"), kind=str, networks=int
)
ADDRESSES_FORGOTTEN = declare(
    "accounts.addresses-forgotten", _("What was known of network addresses was forgotten")
)
