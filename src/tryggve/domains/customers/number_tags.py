"""By what an identity number is known again without being opened: keyed hashes, kept inside the sealed details.

Only a whole number can be asked for. The key that makes them is one of its own in the key store.
"""

from collections.abc import Collection, Mapping, Sequence

from tryggve import vault
from tryggve.domains.customers.engine.identity_numbers import IdentityNumber
from tryggve.lib import ids

REGISTER = ids.reserved("numbers")


def made(numbers: Sequence[IdentityNumber]) -> tuple[str, ...]:
    """A tag for each number, in their order. Raises vault.Locked."""
    tags = by_number(numbers)
    return tuple(tags[number] for number in numbers)


def by_number(numbers: Collection[IdentityNumber]) -> Mapping[IdentityNumber, str]:
    """The tags of many at once; the key for them is made with the first. Raises vault.Locked."""
    if not numbers:
        return {}
    vault.keyring().begin_tags(REGISTER)
    tags = vault.keyring().tags(map(_told, numbers), register=REGISTER)
    return dict(zip(numbers, tags, strict=True))


def looked_up(numbers: Collection[IdentityNumber]) -> Mapping[IdentityNumber, str]:
    """The tags of many that are looked for; none while no customer has any. Raises vault.Locked."""
    try:
        tags = vault.keyring().tags(map(_told, numbers), register=REGISTER)
    except vault.KeyGone:
        return {}
    return dict(zip(numbers, tags, strict=True))


def of(number: IdentityNumber) -> str | None:
    """The tag of a number that is looked for; None while no customer has any. Raises vault.Locked."""
    try:
        [tag] = vault.keyring().tags([_told(number)], register=REGISTER)
    except vault.KeyGone:
        return None
    return tag


def _told(number: IdentityNumber) -> bytes:
    return f"{number.kind}:{number.digits}".encode()
