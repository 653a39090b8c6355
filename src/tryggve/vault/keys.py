import secrets
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from uuid import UUID

from tryggve.lib import ids
from tryggve.vault import derivation, ledger, sealing, tags
from tryggve.vault.binding import GENERAL, Binding, Compartment
from tryggve.vault.holding import KeyEncryptionKeys, KeysChanging
from tryggve.vault.keystore import Keystore, StateChanged
from tryggve.vault.storage import batches
from tryggve.vault.wrapping import KeyEncryptionKey, WrappedKey

# A killed import leaves one batch of keys without rows. More than a few of those are no leavings.
MOST_LEFT_OVER = 5_000

CUSTOMERS: tuple[Compartment, ...] = (GENERAL, "retained")
_ATTEMPTS = 3


class MoreThanLeftOver(Exception):
    """So many keys without a row aren't what crashes left behind: the data is older than the keys."""


class Loaded:
    """Wrapped keys fetched at once, to seal and open many; each is unwrapped only while one blob needs it.

    An erasure meanwhile isn't noticed: hold it for one batch, never across requests.
    """

    def __init__(self, wrapped: Mapping[UUID, WrappedKey], *, under: KeyEncryptionKeys) -> None:
        self._wrapped = wrapped
        self._under = under

    def seal(self, plaintext: bytes, *, key: UUID, bound_to: Binding) -> bytes:
        """A new blob. Raises KeyGone, and Damaged when the key isn't the subject's."""
        opened, nonce = self._unwrap(key, bound_to), secrets.token_bytes(sealing.NONCE_BYTES)
        return sealing.seal(plaintext, key=opened, key_id=key, nonce=nonce, bound_to=bound_to)

    def open(self, blob: bytes, *, bound_to: Binding) -> bytes:
        """The plaintext of a blob. Raises KeyGone, Damaged and NewerFormat."""
        key = sealing.key_id_of(blob)
        return sealing.open_named(blob, key=self._unwrap(key, bound_to), key_id=key, bound_to=bound_to)

    def tags(self, values: Iterable[bytes], *, register: UUID) -> list[str]:
        """A keyed hash of each value, under the key of that register. Raises KeyGone."""
        key = derivation.tag_key(self._unwrap(register, tags.binding(register)))
        return [tags.tag(value, key=key) for value in values]

    def _unwrap(self, key: UUID, bound_to: Binding) -> bytes:
        wrapped = self._wrapped.get(key)
        if wrapped is None:
            raise sealing.KeyGone
        return self._under.of(wrapped.generation).unwrap(
            wrapped, subject=bound_to.subject, compartment=bound_to.compartment
        )


class Keyring:
    """One register's keys, unlocked. Every method also raises what Keystore raises, and what ``unlocked`` does.

    ``unlocked`` is asked for the key-encryption keys when first needed, and again whenever the key store says
    that the register was locked or that they were replaced.
    """

    def __init__(
        self,
        store: Keystore,
        unlocked: Callable[[], KeyEncryptionKeys],
        *,
        compartments: Sequence[Compartment] = CUSTOMERS,
    ) -> None:
        self._store = store
        self._unlocked = unlocked
        self._compartments = compartments
        self._held: KeyEncryptionKeys | None = None

    def unlock(self) -> None:
        """Ask for the key-encryption keys now, so that a refusal comes now."""
        self._held = self._unlocked()

    def require_unlocked(self) -> None:
        """For who holds what he once opened: raises NotUnlocked, by ``unlocked``, if the register is locked by now."""
        self.loaded([])

    def let_go_if_locked(self) -> None:
        """Drop the key-encryption keys if a lock or a rotation has made them stale; nothing is asked for anew."""
        held = self._held
        if held is not None and not held.serves(self._store.state()):
            self._held = None

    def create_keys(self, subjects: Sequence[UUID], *, compartment: Compartment | None = None) -> list[UUID]:
        """A fresh random key for each subject, kept before this returns; their ids in the subjects' order.

        In the keyring's first compartment when none is named. A thousand a transaction: when it raises, some
        may stay as keys without a row, which open nothing. Raises ValueError for another's compartment.
        """
        chosen = compartment or self._compartments[0]
        self._require_own(chosen)
        return [
            key
            for some in batches(subjects)
            for key, _secret in self._create([(one, chosen) for one in some])
        ]

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
        """Make everything under these keys unreadable for ever. A key that isn't there is no error.

        For what is nobody's: the keys of people go with ``erase_keys``, which also keeps that it was done.
        """
        self._store.destroy(key_ids)

    def erase_keys(
        self, keys: Mapping[UUID, Collection[UUID]], *, at: datetime, barred: Collection[str] = ()
    ) -> None:
        """Destroy the keys of these subjects, and enter that in the ledger, in one transaction: no way back from here.

        ``keys`` are each subject's, with those of what holds copies of theirs; none where it isn't known any more. A
        key that isn't there is no error, and is entered once. ``barred``: tags that ``barred_tags`` tells from then on.
        """
        ledger.erase_keys(self._store, keys, at=at, barred=barred)

    def seal(self, plaintext: bytes, *, key: UUID, bound_to: Binding) -> bytes:
        """A blob that opens only with this key and binding. Raises KeyGone, and Damaged for another's key."""
        return self.loaded([key]).seal(plaintext, key=key, bound_to=bound_to)

    def open(self, blob: bytes, *, bound_to: Binding) -> bytes:
        """The plaintext of a blob. Raises KeyGone, Damaged and NewerFormat."""
        return self.loaded([sealing.key_id_of(blob)]).open(blob, bound_to=bound_to)

    def loaded(self, key_ids: Iterable[UUID]) -> Loaded:
        """Those of the keys that are there, for a batch where each blob's failure is dealt with by itself."""
        wanted = list(key_ids)
        for _attempt in range(_ATTEMPTS):
            held = self._held or self._unlocked()
            wrapped, state = self._store.wrapped_keys_and_state(wanted)
            if held.serves(state):
                self._held = held
                return Loaded(wrapped, under=held)
            self._held = None
        raise KeysChanging

    def seal_many(self, items: Iterable[tuple[bytes, UUID, Binding]]) -> Iterator[bytes]:
        """The blobs of (plaintext, key, binding), in order. Raises as seal does, at the first that fails."""
        for some in batches(items):
            keys = self.loaded(key for _plaintext, key, _binding in some)
            yield from (keys.seal(text, key=key, bound_to=binding) for text, key, binding in some)

    def seal_with_new_keys(self, items: Iterable[tuple[bytes, Binding]]) -> Iterator[bytes]:
        """The blobs of (plaintext, binding), in order, each under a fresh key of the binding's subject.

        As create_keys and then seal_many, but no key is fetched back: a thousand keys are kept before the first of
        their blobs is given out. Raises as create_keys does.
        """
        for some in batches(items):
            for _text, binding in some:
                self._require_own(binding.compartment)
            keys = self._create([(binding.subject, binding.compartment) for _text, binding in some])
            nonces = _random(len(some), sealing.NONCE_BYTES)
            for (text, binding), (key, secret), nonce in zip(some, keys, nonces, strict=True):
                yield sealing.seal(text, key=secret, key_id=key, nonce=nonce, bound_to=binding)

    def tags(self, values: Iterable[bytes], *, register: UUID) -> list[str]:
        """A keyed hash of each value, by which equal ones are known again. Raises KeyGone before ``begin_tags``.

        ``register`` is the id of a key of its own, fixed in the program (``ids.reserved``): a rotation wraps it anew
        like all, copies of the keys hold it, and its domain's owner names it.
        """
        return self.loaded([register]).tags(values, register=register)

    def begin_tags(self, register: UUID) -> None:
        """Make that key unless it is there."""
        self._require_own(GENERAL)
        if not self.missing([register]):
            return
        for _attempt in range(_ATTEMPTS):
            held, secret = self._held or self._unlocked(), secrets.token_bytes(derivation.KEY_BYTES)
            wrapped = held.current.wrap(secret, key_id=register, subject=register, compartment=GENERAL)
            try:
                self._store.add_unless_there(wrapped, in_state=held.state)
            except StateChanged:
                self._held = None
                continue
            self._held = held
            return
        raise KeysChanging

    def open_many(self, items: Iterable[tuple[bytes, Binding]]) -> Iterator[bytes]:
        """The plaintexts of (blob, binding), in order. Raises as open does, at the first that fails."""
        for some in batches(items):
            keys = self.loaded(sealing.key_id_of(blob) for blob, _binding in some)
            yield from (keys.open(blob, bound_to=binding) for blob, binding in some)

    def _require_own(self, compartment: Compartment) -> None:
        if compartment not in self._compartments:
            raise ValueError("this keyring makes no keys in that compartment")

    def _create(self, owners: Sequence[tuple[UUID, Compartment]]) -> list[tuple[UUID, bytes]]:
        """Keep a fresh key for each subject and compartment; the ids, and the keys themselves."""
        secret_keys = _random(len(owners), derivation.KEY_BYTES)
        fresh = list(zip(ids.new_ids(len(owners)), secret_keys, strict=True))
        for _attempt in range(_ATTEMPTS):
            held = self._held or self._unlocked()
            try:
                self._store.add(_wrapped(fresh, owners, under=held.current), in_state=held.state)
            except StateChanged:
                self._held = None
                continue
            self._held = held
            return fresh
        raise KeysChanging


def _wrapped(
    fresh: Sequence[tuple[UUID, bytes]],
    owners: Sequence[tuple[UUID, Compartment]],
    *,
    under: KeyEncryptionKey,
) -> list[WrappedKey]:
    nonces = _random(len(fresh), sealing.NONCE_BYTES)
    return [
        under.wrap(secret, key_id=key, subject=subject, compartment=compartment, nonce=nonce)
        for (key, secret), (subject, compartment), nonce in zip(fresh, owners, nonces, strict=True)
    ]


def _random(count: int, size: int) -> list[bytes]:
    """So many keys or nonces, all fresh: the system is asked once for the randomness of all of them."""
    drawn = secrets.token_bytes(count * size)
    return [drawn[at : at + size] for at in range(0, len(drawn), size)]
