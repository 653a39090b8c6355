"""Through whose mailbox a link or a visit came: of the address a hash is kept, bound to a secret kept nowhere."""

from collections.abc import Iterable

from tryggve.domains.customers import api as customers
from tryggve.lib import random_tokens


def mark(address: str, *, secret: str) -> str:
    """What is kept of the address; whoever reads the database can't try addresses without the secret."""
    return random_tokens.hash_of(f"{secret}:{customers.email_key(address)}") if address else ""


def marked(addresses: Iterable[str], *, mark_kept: str, secret: str) -> str:
    """That one of the addresses of which the mark was kept; empty when it is none of them."""
    return next((one for one in addresses if mark(one, secret=secret) == mark_kept), "")


def same(addresses: Iterable[str], typed: str) -> str:
    """That one of the addresses which somebody typed, as the card has it; empty when it is none of them."""
    wanted = customers.email_key(typed.strip())
    return next((one for one in addresses if customers.email_key(one) == wanted), "")
