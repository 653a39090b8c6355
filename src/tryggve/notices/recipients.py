from dataclasses import dataclass, field
from uuid import UUID

from tryggve.accounts.models import User

CUSTOMER = "customer:"


@dataclass(frozen=True, slots=True)
class Recipient:
    """Whom a message is for: a reference for the row, and what is sealed or used at once."""

    ref: str
    address: str = field(repr=False)
    language: str
    # A customer's own key, under which the message waits; else the service key.
    key: UUID | None = None


def staff(user: User) -> Recipient:
    """Someone who works here, at the address of the account."""
    return Recipient(ref=user.actor, address=user.email, language=user.language)


def customer(id: UUID, *, address: str, language: str, key: UUID) -> Recipient:
    """A customer, who when erased takes along what still waits for them, copies of it included."""
    return Recipient(ref=f"{CUSTOMER}{id}", address=address, language=language, key=key)
