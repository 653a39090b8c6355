"""The firm's own settings for customers who show who they are by another service, such as a broker of BankID."""

from datetime import datetime

from django.db import transaction

from tryggve.audit import services as audit
from tryggve.domains.access.api import Trouble, clients
from tryggve.domains.rights import actions
from tryggve.domains.rights.models import CustomerProvider, ProviderRound
from tryggve.domains.rights.selectors.portal.customer_provider import SECRET_PURPOSE


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

    Raises as access.client_keeping.keep does.
    """
    told: dict[str, object] = {
        "name": name, "issuer": issuer, "client_id": client_id, "scope": scope, "acr_values": acr_values,
        "number_claim": number_claim, "number_country": number_country,
    }  # fmt: skip
    change = clients.keep(CustomerProvider, told, secret=secret, sealed_for=SECRET_PURPOSE, at=at)
    if change.fields:
        ProviderRound.objects.all().delete()
        audit.record(actions.CUSTOMER_PROVIDER_CHANGED, actor=actor, at=at, fields=change.fields)


@transaction.atomic
def remove_provider(*, actor: str, at: datetime) -> None:
    """From now on customers come in by a link in a mail alone. Nothing happens if there is none."""
    if CustomerProvider.objects.filter(pk=1).delete()[0]:
        ProviderRound.objects.all().delete()
        audit.record(actions.CUSTOMER_PROVIDER_REMOVED, actor=actor, at=at)


def try_provider(*, issuer: str, actor: str, at: datetime) -> Trouble | None:
    """Ask the service what it says of itself and for its keys; returns what is wrong."""
    trouble = clients.what_is_wrong(issuer)
    audit.record(
        actions.CUSTOMER_PROVIDER_TESTED, actor=actor, at=at, outcome=str(trouble or clients.REACHED)
    )
    return trouble
