"""A customer who is made up and stands among the real ones for days, so that backups hold somebody to be tried with.

The state alone keeps this one out of every list, count, search and file. Erased as real ones are, by ``api.destroy``.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from tryggve.audit import actors
from tryggve.audit.registry import Action
from tryggve.domains.customers.engine.details import Details
from tryggve.domains.customers.models import Customer
from tryggve.domains.customers.services import records


@dataclass(frozen=True, slots=True)
class CardTable:
    """A table of a database, and its columns of what a sealed card is."""

    name: str
    customer: str
    revision: str
    blob: str


# For who reads a copy of the database by other ways.
CARD_TABLE: Final = CardTable(
    Customer._meta.db_table, customer="id", revision="revision", blob="details_sealed"
)


def add_stand_in(words: str, *, at: datetime, deed: Action) -> UUID:
    """Write down somebody who is called so, and nothing else; nobody is. Raises vault.Locked."""
    return records.add_customer(
        details=Details(name=words), actor=actors.SYSTEM, at=at, state=Customer.State.STAND_IN, deed=deed
    )
