"""The firm's own settings for signing in with Microsoft, Google or another service."""

from datetime import datetime

from allauth.socialaccount.models import SocialAccount
from django.db import transaction

from tryggve.audit import services as audit
from tryggve.domains.access import actions, client_keeping
from tryggve.domains.access.engine.openid import Trouble
from tryggve.domains.access.models import IdentityProvider
from tryggve.domains.access.selectors.provider import SECRET_PURPOSE, key_of


@transaction.atomic
def set_provider(
    *,
    name: str,
    issuer: str,
    client_id: str,
    secret: str | None,
    links_by_email: bool,
    trusts_factor: bool,
    actor: str,
    at: datetime,
) -> None:
    """Whose sign-in people may come with; another issuer ends all links. ``secret`` None keeps the old one.

    Raises as client_keeping.keep does.
    """
    told: dict[str, object] = {
        "name": name, "issuer": issuer, "client_id": client_id,
        "links_by_email": links_by_email, "trusts_factor": trusts_factor,
    }  # fmt: skip
    change = client_keeping.keep(IdentityProvider, told, secret=secret, sealed_for=SECRET_PURPOSE, at=at)
    if change.fields:
        before = change.before
        ended = _end_links(before.issuer) if before and before.issuer != issuer else 0
        audit.record(actions.PROVIDER_CHANGED, actor=actor, at=at, fields=change.fields, ended=ended)


@transaction.atomic
def remove_provider(*, actor: str, at: datetime) -> None:
    """From now on everybody signs in with what they have here; every link ends. Nothing happens if there is none."""
    before = IdentityProvider.objects.select_for_update().filter(pk=1).first()
    if before is not None:
        before.delete()
        audit.record(actions.PROVIDER_REMOVED, actor=actor, at=at, ended=_end_links(before.issuer))


def try_provider(*, issuer: str, actor: str, at: datetime) -> Trouble | None:
    """Ask the service what it says of itself and for its keys; returns what is wrong."""
    trouble = client_keeping.what_is_wrong(issuer)
    audit.record(actions.PROVIDER_TESTED, actor=actor, at=at, outcome=str(trouble or client_keeping.REACHED))
    return trouble


def _end_links(issuer: str) -> int:
    ended: int = SocialAccount.objects.filter(provider=key_of(issuer)).delete()[0]
    return ended
