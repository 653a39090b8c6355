"""The firm's own settings for signing in with Microsoft, Google or another service."""

from datetime import datetime

from allauth.socialaccount.models import SocialAccount
from django.db import transaction
from django.utils.translation import gettext as _

from tryggve import vault
from tryggve.audit import services as audit
from tryggve.domains.access import actions, provider_calls
from tryggve.domains.access.engine import openid
from tryggve.domains.access.engine.openid import NotUsable, Trouble
from tryggve.domains.access.models import IdentityProvider
from tryggve.domains.access.selectors.provider import SECRET_PURPOSE, key_of
from tryggve.domains.access.words.provider import SENTENCES
from tryggve.lib.errors import Refusal

_REACHED = "reached"


class UnusableAddress(Refusal):
    """No sign-in service can be called at that address."""


class SecretNeeded(Refusal):
    """The saved secret belongs to another service or another client id."""


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

    Raises UnusableAddress, SecretNeeded, vault.Locked.
    """
    try:
        openid.discovery_of(issuer)
    except NotUsable as cause:
        raise UnusableAddress(str(SENTENCES[cause.trouble])) from None
    told: dict[str, object] = {
        "name": name, "issuer": issuer, "client_id": client_id,
        "links_by_email": links_by_email, "trusts_factor": trusts_factor,
    }  # fmt: skip
    before = IdentityProvider.objects.select_for_update().filter(pk=1).first()
    changed = {field for field, value in told.items() if before is None or getattr(before, field) != value}
    if secret is not None:
        told["secret_sealed"] = vault.seal_for_service(SECRET_PURPOSE, secret.encode())
        changed.add("client_secret")
    elif before is None or (before.issuer, before.client_id) != (issuer, client_id):
        raise SecretNeeded(_("Type the client secret, too: a saved one is never sent to another service."))
    if not changed:
        return
    IdentityProvider.objects.update_or_create(pk=1, defaults={**told, "changed_at": at})
    ended = _end_links(before.issuer) if before and before.issuer != issuer else 0
    fields = sorted(field.replace("_", "-") for field in changed)
    audit.record(actions.PROVIDER_CHANGED, actor=actor, at=at, fields=fields, ended=ended)


@transaction.atomic
def remove_provider(*, actor: str, at: datetime) -> None:
    """From now on everybody signs in with what they have here; every link ends. Nothing happens if there is none."""
    before = IdentityProvider.objects.select_for_update().filter(pk=1).first()
    if before is not None:
        before.delete()
        audit.record(actions.PROVIDER_REMOVED, actor=actor, at=at, ended=_end_links(before.issuer))


def try_provider(*, issuer: str, actor: str, at: datetime) -> Trouble | None:
    """Ask the service what it says of itself and for its keys; returns what is wrong."""
    try:
        provider_calls.keys_of(provider_calls.discovered(issuer))
    except NotUsable as found:
        trouble: Trouble | None = found.trouble
    else:
        trouble = None
    audit.record(actions.PROVIDER_TESTED, actor=actor, at=at, outcome=str(trouble or _REACHED))
    return trouble


def _end_links(issuer: str) -> int:
    ended: int = SocialAccount.objects.filter(provider=key_of(issuer)).delete()[0]
    return ended
