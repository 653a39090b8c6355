"""What is decided of one row: whom it is about."""

from dataclasses import dataclass, field
from uuid import UUID

from tryggve.domains.customers.engine.comparison.decisions import Why
from tryggve.domains.customers.engine.details import Details


@dataclass(frozen=True, slots=True)
class Double:
    """Another customer whom a row may be about too; None for one who was deleted since somebody decided it."""

    customer: UUID | None
    why: Why


@dataclass(frozen=True, slots=True)
class New:
    """Nobody here yet; ``double`` names one who may be the same after all."""

    customer: UUID
    details: Details
    double: Double | None = None


@dataclass(frozen=True, slots=True)
class Same:
    """A customer known already: all that is known afterwards, which fields grew, what was not taken over.

    ``double`` tells that an earlier line was about them too, or that a rule made these two one.
    """

    customer: UUID
    details: Details
    added: tuple[str, ...]
    conflicts: dict[str, str] = field(default_factory=dict)
    double: Double | None = None


@dataclass(frozen=True, slots=True)
class Full:
    """A customer known already, of whom more is known than one card is to hold: the row is not taken."""

    customer: UUID


@dataclass(frozen=True, slots=True)
class Out:
    """A row that is left out by a rule, since it may be about somebody who is known."""

    double: Double
