from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from tryggve import __version__
from tryggve.accounts import services as accounts
from tryggve.accounts.models import User
from tryggve.accounts.roles import Role
from tryggve.audit import services as audit
from tryggve.domains.setup import actions
from tryggve.domains.setup.models import Firm, OwnerLink
from tryggve.domains.setup.selectors import firm as selectors
from tryggve.lib import random_tokens
from tryggve.lib.errors import Refusal


class OwnerLinkUsed(Refusal):
    """The link was used before, or replaced by a newer start."""


@transaction.atomic
def make_owner_link(*, actor: str, at: datetime) -> str:
    """Make the link for the first owner, in place of any older one; returns its token, which is kept nowhere."""
    token = random_tokens.new_token()
    OwnerLink.objects.update_or_create(
        pk=1, defaults={"token_hash": random_tokens.hash_of(token), "made_at": at}
    )
    audit.record(actions.OWNER_LINK_MADE, actor=actor, at=at)
    return token


@transaction.atomic
def claim_firm(
    *,
    token: str,
    firm_name: str,
    country: str,
    owner_name: str,
    email: str,
    password: str,
    language: str,
    at: datetime,
) -> User:
    """Turn the link into a firm and its owner. Raises OwnerLinkUsed."""
    used, _by_model = OwnerLink.objects.filter(token_hash=random_tokens.hash_of(token)).delete()
    if not used or selectors.the_firm():
        raise OwnerLinkUsed(
            _("This link has been used. Sign in, or start Tryggve again in the terminal to get a new link.")
        )
    owner = accounts.create_user(
        email=email, password=password, name=owner_name, language=language, role=Role.OWNER
    )
    Firm.objects.create(pk=1, name=firm_name, country=country, language=language, claimed_at=at)
    audit.record(actions.FIRM_CLAIMED, actor=owner.actor, at=at)
    return owner


@transaction.atomic
def change_firm(
    *, firm_name: str, country: str, actor: str, at: datetime, language: str | None = None
) -> None:
    """What the company is called, where it is and, unless None, in which language it prints from now on."""
    firm = Firm.objects.select_for_update().get()
    wanted = {"name": firm_name, "country": country, "language": language or firm.language}
    changed = sorted(field for field, value in wanted.items() if getattr(firm, field) != value)
    if changed:
        Firm.objects.filter(pk=firm.pk).update(**wanted)
        audit.record(actions.FIRM_CHANGED, actor=actor, at=at, fields=changed)


def log_start(*, actor: str, at: datetime) -> None:
    audit.record(actions.STARTED, actor=actor, at=at, version=f"v{__version__}")
