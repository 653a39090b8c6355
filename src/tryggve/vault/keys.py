import secrets
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from uuid import UUID

from tryggve.lib import ids
from tryggve.vault import derivation, sealing
from tryggve.vault.binding import GENERAL, Binding, Compartment
from tryggve.vault.keystore import Keystore, batches
from tryggve.vault.wrapping import KeyEncryptionKey, WrappedKey

# A killed import leaves one batch of keys without rows. More than a few of those are no leavings.
MOST_LEFT_OVER = 5_000


class MoreThanLeftOver(Exception):
    """So many keys without a row aren't what crashes left behind: the data is older than the keys."""


class Loaded:
    """Wrapped keys fetched at once, to seal and open many; each is unwrapped only while one blob needs it.

    An erasure meanwhile isn't noticed: hold it for one batch, never across requests.
    """

    def __init__(self, wrapped: Mapping[UUID, WrappedKey], *, under: KeyEncryptionKey) -> None:
        self._wrapped = wrapped
        self._under = under

    def seal(self, plaintext: bytes, *, key: UUID, bound_to: Binding) -> bytes:
        """A new blob. Raises KeyGone, and Damaged when the key isn't the subject's."""
        opened, nonce = self._unwrap(key, bound_to), secrets.token_bytes(sealing.NONCE_BYTES)
        return sealing.seal(plaintext, key=opened, key_id=key, nonce=nonce, bound_to=bound_to)

    def open(self, blob: bytes, *, bound_to: Binding) -> bytes:
        """The plaintext of a blob. Raises KeyGone, Damaged and NewerFormat."""
        opened = self._unwrap(sealing.key_id_of(blob), bound_to)
        return sealing.open_sealed(blob, key=opened, bound_to=bound_to)

    def _unwrap(self, key: UUID, bound_to: Binding) -> bytes:
        if key not in self._wrapped:
            raise sealing.KeyGone
        return self._under.unwrap(
            self._wrapped[key], subject=bound_to.subject, compartment=bound_to.compartment
        )


class Keyring:
    """One register's keys, unlocked. Every method also raises what Keystore raises."""

    def __init__(self, store: Keystore, under: KeyEncryptionKey) -> None:
        self._store = store
        self._under = under

    def create_keys(self, subjects: Sequence[UUID], *, compartment: Compartment = GENERAL) -> list[UUID]:
        """A fresh random key for each subject, kept before this returns; their ids in the subjects' order.

        A thousand a transaction: when it raises, some may stay as keys without a row, which open nothing.
        """
        made: list[UUID] = []
        for some in batches(subjects):
            keys = [self._fresh(subject, compartment) for subject in some]
            self._store.add(keys)
            made += [key.id for key in keys]
        return made

    def missing(self, key_ids: Iterable[UUID]) -> set[UUID]:
        """Those whose key isn't in the key store; nothing is unwrapped."""
        wanted = set(key_ids)
        return wanted - self._store.present(wanted)

    def destroy_unowned(self, *, in_use: Callable[[], Iterable[UUID]], made_before: datetime) -> int:
        """Destroy the keys made before that time that ``in_use`` doesn't name; returns how many.

        Raises MoreThanLeftOver, and what ``in_use`` raises: then no key is destroyed.
        """
        # Listed before the owners are asked: a row that is written meanwhile is still seen to name its key.
        unowned = set(self._store.ids_before(ids.earliest_id(made_before)))
        unowned.difference_update(in_use())
        if len(unowned) > MOST_LEFT_OVER:
            raise MoreThanLeftOver(len(unowned))
        self._store.destroy(unowned)
        return len(unowned)

    def newest_key(self) -> UUID | None:
        """The id of the key that was made last; None while there is none."""
        return self._store.newest_id()

    def destroy_keys(self, key_ids: Iterable[UUID]) -> None:
        """Make everything under these keys unreadable for ever. A key that isn't there is no error."""
        self._store.destroy(key_ids)

    def seal(self, plaintext: bytes, *, key: UUID, bound_to: Binding) -> bytes:
        """A blob that opens only with this key and binding. Raises KeyGone, and Damaged for another's key."""
        return self.loaded([key]).seal(plaintext, key=key, bound_to=bound_to)

    def open(self, blob: bytes, *, bound_to: Binding) -> bytes:
        """The plaintext of a blob. Raises KeyGone, Damaged and NewerFormat."""
        return self.loaded([sealing.key_id_of(blob)]).open(blob, bound_to=bound_to)

    def loaded(self, key_ids: Iterable[UUID]) -> Loaded:
        """Those of the keys that are there, for a batch where each blob's failure is dealt with by itself."""
        return Loaded(self._store.wrapped_keys(key_ids), under=self._under)

    def seal_many(self, items: Iterable[tuple[bytes, UUID, Binding]]) -> Iterator[bytes]:
        """The blobs of (plaintext, key, binding), in order. Raises as seal does, at the first that fails."""
        for some in batches(items):
            keys = self.loaded(key for _plaintext, key, _binding in some)
            yield from (keys.seal(text, key=key, bound_to=binding) for text, key, binding in some)

    def open_many(self, items: Iterable[tuple[bytes, Binding]]) -> Iterator[bytes]:
        """The plaintexts of (blob, binding), in order. Raises as open does, at the first that fails."""
        for some in batches(items):
            keys = self.loaded(sealing.key_id_of(blob) for blob, _binding in some)
            yield from (keys.open(blob, bound_to=binding) for blob, binding in some)

    def _fresh(self, subject: UUID, compartment: Compartment) -> WrappedKey:
        key = secrets.token_bytes(derivation.KEY_BYTES)
        return self._under.wrap(key, key_id=ids.new_id(), subject=subject, compartment=compartment)
