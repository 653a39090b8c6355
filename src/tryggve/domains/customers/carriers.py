"""What other domains hold about two cards goes with them when they are made one, and back when they are parted.

The domains register themselves, since this one knows nothing of them.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from tryggve import vault
from tryggve.domains.customers.models import Customer


@dataclass(frozen=True, slots=True)
class Side:
    """A card, and the key under which what is written about it is sealed."""

    customer: UUID
    key: UUID


@dataclass(frozen=True, slots=True)
class Made:
    """A merge: the card that is given up, the one that is kept, and when and by whom they were made one."""

    gone: Side
    kept: Side
    at: datetime
    actor: str


@dataclass(frozen=True, slots=True)
class Carrier:
    """Both join the transaction of the merge or of its undoing, and raise vault.CannotOpen for what is damaged.

    ``join`` gives the kept card what hangs on the other, and tells what that was, as ids; ``part`` gives that back.
    """

    code: str
    join: Callable[[Made], Sequence[str]]
    part: Callable[[Made, Sequence[str]], None]


_carriers: list[Carrier] = []

Bound = Callable[[UUID, UUID], vault.Binding]


def carrier(one: Carrier) -> None:
    """Have this carried along with every merge from now on. ``code`` is written down and never renamed."""
    _carriers.append(one)


def join(kept: Customer, gone: Customer, *, at: datetime, actor: str) -> dict[str, list[str]]:
    """What was moved, by the codes of those who carried it."""
    made = Made(_side(gone), _side(kept), at, actor)
    return {one.code: list(one.join(made)) for one in _carriers}


def part(
    kept: Customer, gone: Customer, moved: dict[str, list[str]], *, made_at: datetime, actor: str
) -> None:
    """Give back what ``join`` moved."""
    made = Made(_side(gone), _side(kept), made_at, actor)
    for one in _carriers:
        one.part(made, moved.get(one.code, ()))


def sealed_anew(
    blob: bytes | memoryview | None, record: UUID, bound: Bound, *, origin: Side, to: Side
) -> bytes:
    """What was sealed for the one card, sealed for the other; empty for nothing. ``bound`` takes record and customer.

    Raises vault.CannotOpen and vault.Locked.
    """
    if not blob:
        return b""
    words = vault.keyring().open(bytes(blob), bound_to=bound(record, origin.customer))
    return vault.keyring().seal(words, key=to.key, bound_to=bound(record, to.customer))


def _side(card: Customer) -> Side:
    return Side(card.pk, vault.key_id_of(bytes(card.details_sealed)))
