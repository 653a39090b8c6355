"""What leaving ends in this part, and what no program can do then."""

from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.utils.translation import gettext_lazy as _

from tryggve.accounts import handovers, tokens
from tryggve.accounts.handovers import Leaving
from tryggve.accounts.models import User
from tryggve.domains.access.services import invitations, leaving_steps, standby


def end_factors(leaving: Leaving) -> int:
    """Passkeys, the codes of a telephone, recovery codes: how many those were."""
    ended: int = Authenticator.objects.filter(user=leaving.person).delete()[0]
    return ended


def count_factors(person: User) -> int:
    found: int = Authenticator.objects.filter(user=person).count()
    return found


def end_identity(leaving: Leaving) -> int:
    """The link to another company's sign-in, so that it doesn't come back with the account."""
    ended: int = SocialAccount.objects.filter(user=leaving.person).delete()[0]
    return ended


def count_identities(person: User) -> int:
    found: int = SocialAccount.objects.filter(user=person).count()
    return found


def withdraw_invitations(leaving: Leaving) -> int:
    return invitations.withdraw_all_of(leaving.person, actor=leaving.actor, at=leaving.at)


def end_tokens(leaving: Leaving) -> int:
    return tokens.end_all(user=leaving.person, actor=leaving.actor, at=leaving.at)


def end_standby(leaving: Leaving) -> int:
    return standby.end(person=leaving.person, actor=leaving.actor, at=leaving.at)


def begin_list(leaving: Leaving) -> int:
    return leaving_steps.begin(leaving.person)


handovers.register(
    "access.factors",
    _("Passkeys, codes of the telephone and recovery codes end."),
    end_factors,
    count=count_factors,
)
handovers.register(
    "access.identities",
    _("The link to another company's sign-in ends."),
    end_identity,
    count=count_identities,
)
handovers.register(
    "access.tokens", _("Tokens for programs end."), end_tokens, count=lambda person: len(tokens.of(person))
)
handovers.register(
    "access.invitations",
    _("Invitations that this person sent and nobody has used are withdrawn."),
    withdraw_invitations,
    count=invitations.count_open_of,
)
handovers.register(
    "access.standby",
    _("If it is this person who steps in for the security captain, nobody does until you choose another."),
    end_standby,
    count=standby.count_of,
)
handovers.register(
    "access.leaving-list", _("You get a list of what else is to be done, with boxes to tick."), begin_list
)

handovers.remind(
    "access.shared-passwords",
    _("Change the passwords that several of you know"),
    _(
        "The mailbox you share, social media, the bank's card reader, the alarm, the door: whatever this person knew."
    ),
)
handovers.remind(
    "access.wifi",
    _("Change the password of the Wi-Fi"),
    _(
        "It is known, and reaches out onto the street. In the router's settings, then on every device that stays."
    ),
)
handovers.remind(
    "access.devices",
    _("Take back computers, telephones and keys"),
    _("Ask for each by name. Sign out of the company's accounts on devices that are the person's own."),
)
