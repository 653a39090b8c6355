"""The firm's own settings for customers who show who they are by another service, such as a broker of BankID."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from tryggve import vault
from tryggve.audit import services as audit
from tryggve.domains.access import api as openid
from tryggve.domains.access.api import NotUsable, Trouble
from tryggve.domains.rights import actions
from tryggve.domains.rights.models import CustomerProvider, ProviderRound
from tryggve.domains.rights.selectors.customer_provider import SECRET_PURPOSE
from tryggve.lib.errors import Refusal

_REACHED = "reached"


class UnusableAddress(Refusal):
    """No such service can be called at that address."""


class SecretNeeded(Refusal):
    """The saved secret belongs to another service or another client id."""


@transaction.atomic
def set_provider(
    *,
    name: str,
    issuer: str,
    client_id: str,
    secret: str | None,
    scope: str,
    acr_values: str,
    number_claim: str,
    number_country: str,
    actor: str,
    at: datetime,
) -> None:
    """By which service customers may come in from now on. ``secret`` None keeps the old one; rounds under way end.

    Raises UnusableAddress, SecretNeeded and vault.Locked.
    """
    try:
        openid.discovery_of(issuer)
    except NotUsable as cause:
        raise UnusableAddress(str(openid.SENTENCES[cause.trouble])) from None
    told: dict[str, object] = {
        "name": name, "issuer": issuer, "client_id": client_id, "scope": scope, "acr_values": acr_values,
        "number_claim": number_claim, "number_country": number_country,
    }  # fmt: skip
    before = CustomerProvider.objects.select_for_update().filter(pk=1).first()
    changed = {field for field, value in told.items() if before is None or getattr(before, field) != value}
    if secret is not None:
        told["secret_sealed"] = vault.seal_for_service(SECRET_PURPOSE, secret.encode())
        changed.add("client_secret")
    elif before is None or (before.issuer, before.client_id) != (issuer, client_id):
        raise SecretNeeded(_("Type the client secret, too: a saved one is never sent to another service."))
    if not changed:
        return
    CustomerProvider.objects.update_or_create(pk=1, defaults={**told, "changed_at": at})
    ProviderRound.objects.all().delete()
    fields = sorted(field.replace("_", "-") for field in changed)
    audit.record(actions.CUSTOMER_PROVIDER_CHANGED, actor=actor, at=at, fields=fields)


@transaction.atomic
def remove_provider(*, actor: str, at: datetime) -> None:
    """From now on customers come in by a link in a mail alone. Nothing happens if there is none."""
    if CustomerProvider.objects.filter(pk=1).delete()[0]:
        ProviderRound.objects.all().delete()
        audit.record(actions.CUSTOMER_PROVIDER_REMOVED, actor=actor, at=at)


def try_provider(*, issuer: str, actor: str, at: datetime) -> Trouble | None:
    """Ask the service what it says of itself and for its keys; returns what is wrong."""
    try:
        openid.keys_of(openid.discovered(issuer))
    except NotUsable as found:
        trouble: Trouble | None = found.trouble
    else:
        trouble = None
    audit.record(actions.CUSTOMER_PROVIDER_TESTED, actor=actor, at=at, outcome=str(trouble or _REACHED))
    return trouble
