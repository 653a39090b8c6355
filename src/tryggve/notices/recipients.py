from dataclasses import dataclass, field

from tryggve.accounts.models import User


@dataclass(frozen=True, slots=True)
class Recipient:
    """Whom a message is for: a reference for the row, and what is sealed or used at once."""

    ref: str
    address: str = field(repr=False)
    language: str


def staff(user: User) -> Recipient:
    """Someone who works here, at the address of the account."""
    return Recipient(ref=user.actor, address=user.email, language=user.language)
