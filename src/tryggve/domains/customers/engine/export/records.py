from dataclasses import dataclass
from datetime import datetime

from tryggve.domains.customers.engine.details import Details


@dataclass(frozen=True, slots=True)
class Record:
    """One customer as a file is to tell of them; ``id`` is the register's own, which stays."""

    id: str
    details: Details
    changed_at: datetime

    @property
    def uid(self) -> str:
        """By what an address book, or Tryggve itself, knows the customer again (RFC 6350 §6.7.6, RFC 9562 §4)."""
        return f"urn:uuid:{self.id}"
