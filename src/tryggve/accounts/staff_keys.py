"""The key of each staff member: it seals what the log says of them in words, and works while the register is locked."""

from collections.abc import Iterator
from uuid import UUID

from tryggve import vault
from tryggve.accounts.models import User


def key_of(user: User) -> UUID:
    """The person's key, made when first needed. Raises as vault.staff_keyring does."""
    if user.key_ref is not None:
        return user.key_ref
    (made,) = vault.staff_keyring().create_keys([user.pk])
    # Two who sign in at once make two: the first counts, the other is collected as left over.
    User.objects.filter(pk=user.pk, key_ref=None).update(key_ref=made)
    user.refresh_from_db(fields=["key_ref"])
    return user.key_ref or made


def ids_in_use() -> Iterator[UUID]:
    """The key of every account."""
    keys = User.objects.values_list("key_ref", flat=True).iterator()
    yield from (key for key in keys if key is not None)
