import hashlib
from dataclasses import dataclass, field

from allauth.socialaccount.models import SocialAccount

from tryggve import vault
from tryggve.accounts.models import User
from tryggve.domains.access.models import IdentityProvider

SECRET_PURPOSE = "sign-in service"  # noqa: S105 - what it is sealed for
_ISSUER_DIGITS = 32


@dataclass(frozen=True, slots=True)
class Provider:
    """The firm's sign-in service, with the secret in the clear: held in memory only."""

    name: str
    issuer: str
    client_id: str
    secret: str = field(repr=False)
    links_by_email: bool
    trusts_factor: bool

    @property
    def key(self) -> str:
        return key_of(self.issuer)


def key_of(issuer: str) -> str:
    """What identities are kept under: another issuer's numbers for people are other people's."""
    return hashlib.sha256(issuer.encode()).hexdigest()[:_ISSUER_DIGITS]


def the_provider() -> IdentityProvider | None:
    """The settings as they are kept, with the secret sealed; None when there are none."""
    return IdentityProvider.objects.filter(pk=1).first()


def opened_provider() -> Provider | None:
    """The settings with the secret open. Raises vault.Locked and vault.CannotOpen."""
    row = the_provider()
    if row is None:
        return None
    return Provider(
        name=row.name,
        issuer=row.issuer,
        client_id=row.client_id,
        secret=vault.open_for_service(SECRET_PURPOSE, bytes(row.secret_sealed)).decode(),
        links_by_email=row.links_by_email,
        trusts_factor=row.trusts_factor,
    )


def name_of_provider() -> str:
    """What the button says; empty when there is none."""
    return IdentityProvider.objects.filter(pk=1).values_list("name", flat=True).first() or ""


def identity_of(user: User) -> SocialAccount | None:
    """The sign-in elsewhere that is linked to this person's account."""
    return SocialAccount.objects.filter(user=user).order_by("pk").first()
