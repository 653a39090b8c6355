"""The passphrase as an unlocker: Argon2id (RFC 9106) makes its slot key, at a cost that stands in the slot."""

import os
import threading
import unicodedata
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any, Final

from cryptography.hazmat.primitives.kdf.argon2 import Argon2id
from django.utils.translation import gettext_lazy

from tryggve.lib import errors
from tryggve.vault import derivation, sealing, slots
from tryggve.vault.locked import Locked

SHORTEST: Final = 12

_MOST_KIB: Final = 256 * 1024
_LEAST_KIB: Final = 64 * 1024
_SHARE_OF_MEMORY: Final = 8  # so that the most is reached with 2 GiB
_UNBELIEVABLE_KIB: Final = 4 * 1024 * 1024
_UNBELIEVABLE_COUNT: Final = 64
_one_at_a_time = threading.Lock()


class PassphraseTooShort(errors.Refusal):
    sentence = gettext_lazy(
        "The passphrase is too short: it needs at least %(least)s characters. Nothing was changed. "
        "Four or five words that don't belong together are easy to remember and hard to guess."
    )

    def __init__(self) -> None:
        super().__init__(least=SHORTEST)


class PassphraseWrong(Locked):
    sentence = gettext_lazy(
        "That isn't the passphrase of this register. Nothing is lost: try again, mind capitals and the "
        "keyboard's language, or use the recovery kit."
    )


class NoPassphrase(Locked):
    sentence = gettext_lazy(
        "This register has no passphrase. Nothing is lost: open it with the key file or the recovery kit."
    )


@dataclass(frozen=True)
class Cost:
    """What one try costs; it is stored in the slot, so that it can be raised later."""

    memory_kib: int
    iterations: int
    lanes: int


def cost_for_this_machine() -> Cost:
    """256 MiB where there are 2 GiB of memory, an eighth below, never under 64 MiB; RFC 9106 §4 for the rest."""
    memory_kib = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") // 1024
    return Cost(memory_kib=cost_in_kib(memory_kib), iterations=3, lanes=4)


def cost_in_kib(memory_kib: int) -> int:
    """How much of a machine's memory one try takes."""
    return max(_LEAST_KIB, min(_MOST_KIB, memory_kib // _SHARE_OF_MEMORY))


def require_long(passphrase: str) -> None:
    """Raises PassphraseTooShort."""
    if len(_prepared(passphrase)) < SHORTEST:
        raise PassphraseTooShort


def slot_key(passphrase: str, *, salt: bytes, cost: Cost) -> bytes:
    """The key that this passphrase gives with this salt; it takes the cost's memory, one at a time."""
    with _one_at_a_time:
        stretched = Argon2id(
            salt=salt,
            length=derivation.KEY_BYTES,
            iterations=cost.iterations,
            lanes=cost.lanes,
            memory_cost=cost.memory_kib,
        ).derive(_prepared(passphrase).encode())
    return derivation.slot_key(stretched, salt=salt, kind=slots.PASSPHRASE)


def parameters(cost: Cost) -> dict[str, int]:
    """The cost as a slot stores it."""
    return asdict(cost)


def cost_of(stored: Mapping[str, Any]) -> Cost:
    """The cost that a slot stores. Raises sealing.Damaged for one that nobody can have meant."""
    try:
        cost = Cost(*(int(stored[name]) for name in ("memory_kib", "iterations", "lanes")))
    except (KeyError, TypeError, ValueError):
        raise sealing.Damaged from None
    small = 1 <= cost.iterations <= _UNBELIEVABLE_COUNT and 1 <= cost.lanes <= _UNBELIEVABLE_COUNT
    if not small or not 8 * cost.lanes <= cost.memory_kib <= _UNBELIEVABLE_KIB:
        raise sealing.Damaged
    return cost


def _prepared(passphrase: str) -> str:
    """One passphrase typed on two keyboards gives the same bytes: NFC, and one kind of space (RFC 8265 §4.2)."""
    spaced = "".join(" " if unicodedata.category(letter) == "Zs" else letter for letter in passphrase)
    return unicodedata.normalize("NFC", spaced)
