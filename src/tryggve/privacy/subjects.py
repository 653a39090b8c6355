from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID


class Kind(StrEnum):
    """Whose data it can be."""

    CUSTOMER = "customer"
    STAFF = "staff"


@dataclass(frozen=True, slots=True)
class Subject:
    """A data subject (GDPR art. 4(1)): the one whom personal data is about."""

    kind: Kind
    id: UUID
