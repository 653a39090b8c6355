from dataclasses import dataclass, field

from tryggve import vault
from tryggve.domains.rights.models import CustomerProvider

SECRET_PURPOSE = "customers' sign-in service"  # noqa: S105 - what it is sealed for


@dataclass(frozen=True, slots=True)
class Provider:
    """The service, with the secret in the clear: held in memory only."""

    name: str
    issuer: str
    client_id: str
    secret: str = field(repr=False)
    scope: str
    acr_values: str
    number_claim: str
    number_country: str


def the_provider() -> CustomerProvider | None:
    """The settings as they are kept, with the secret sealed; None when there are none."""
    return CustomerProvider.objects.filter(pk=1).first()


def name_of_provider() -> str:
    """What stands on the button; empty when there is none."""
    row = the_provider()
    return row.name if row else ""


def opened_provider() -> Provider | None:
    """Raises vault.Locked and vault.CannotOpen."""
    row = the_provider()
    if row is None:
        return None
    return Provider(
        name=row.name,
        issuer=row.issuer,
        client_id=row.client_id,
        secret=vault.open_for_service(SECRET_PURPOSE, bytes(row.secret_sealed)).decode(),
        scope=row.scope,
        acr_values=row.acr_values,
        number_claim=row.number_claim,
        number_country=row.number_country,
    )
