"""What a process holds of the key-encryption keys, and how it notices that it must let go of them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext_lazy

from tryggve.vault import sealing
from tryggve.vault.locked import Locked
from tryggve.vault.wrapping import KeyEncryptionKey

SERVICE_GENERATION = 0


@dataclass(frozen=True)
class State:
    """The key store's current generation, and how often the register was locked."""

    generation: int
    lock_count: int


class KeysChanging(Locked):
    """The register was locked or its keys were replaced meanwhile."""

    sentence = gettext_lazy(
        "The keys were being locked or replaced just now, so this was not carried out. Nothing is lost: "
        "try again."
    )


class KeyEncryptionKeys:
    """The key-encryption key of each generation in use, good for one state of the key store.

    Without a state they are the service key's, which no lock and no rotation concerns.
    """

    def __init__(self, keys: Iterable[KeyEncryptionKey], *, state: State | None) -> None:
        self._by_generation: Mapping[int, KeyEncryptionKey] = {key.generation: key for key in keys}
        self.state = state

    @property
    def current(self) -> KeyEncryptionKey:
        """The one that wraps new keys."""
        return self._by_generation[max(self._by_generation)]

    def of(self, generation: int) -> KeyEncryptionKey:
        """The one of that generation. Raises sealing.Damaged: in this state of the store no key has another."""
        if generation not in self._by_generation:
            raise sealing.Damaged
        return self._by_generation[generation]

    def serves(self, state: State) -> bool:
        """Whether they may still be used, now that the key store is in that state."""
        return self.state is None or self.state == state
