from tryggve.domains.setup.models import Firm, OwnerLink
from tryggve.lib import random_tokens


def the_firm() -> Firm | None:
    """The company this installation belongs to; None before it is claimed."""
    return Firm.objects.first()


def is_valid_owner_link(token: str) -> bool:
    """Whether the link still makes its bearer the owner: nobody else became it."""
    return the_firm() is None and OwnerLink.objects.filter(token_hash=random_tokens.hash_of(token)).exists()
