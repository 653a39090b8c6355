"""Customers as they lie in a copy of the register, and whether they can be read there with a copy of the keys."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Protocol
from uuid import UUID

from tryggve import vault
from tryggve.domains.customers import sealing
from tryggve.domains.customers.engine.details import Details
from tryggve.domains.customers.models import Customer


class Opens(Protocol):
    """A keyring, or the keys of a copy."""

    def open(self, blob: bytes, *, bound_to: vault.Binding) -> bytes: ...


@dataclass(frozen=True, slots=True)
class SealedCard:
    """What the database holds of one customer: nothing that could be read."""

    customer: UUID
    revision: int
    blob: bytes

    @property
    def key(self) -> UUID:
        """Raises vault.CannotOpen."""
        return vault.key_id_of(self.blob)


def random_cards(count: int) -> list[SealedCard]:
    """So many customers in force, whoever chance takes; all when there are fewer."""
    chosen = Customer.objects.filter(state=Customer.State.ACTIVE).order_by("?").values_list("pk", flat=True)
    return sealed_cards(list(chosen[:count]))


def sealed_cards(customers: Collection[UUID]) -> list[SealedCard]:
    """Those of them who have a row, in whatever state."""
    rows = Customer.objects.filter(pk__in=customers).values_list("pk", "revision", "details_sealed")
    return [SealedCard(customer, revision, bytes(blob)) for customer, revision, blob in rows]


def name_on(card: SealedCard, keys: Opens) -> str:
    """What the customer is called. Raises vault.CannotOpen, and as the keys do."""
    bound_to = sealing.customer_binding(card.customer, card.revision)
    return Details.from_bytes(keys.open(card.blob, bound_to=bound_to)).title
