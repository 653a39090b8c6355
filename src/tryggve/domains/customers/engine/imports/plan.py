"""What importing a file will do, as it is decided whole before anything is written."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple
from uuid import UUID

from tryggve.domains.customers.engine.custom_fields import Field
from tryggve.domains.customers.engine.details import Details
from tryggve.domains.customers.engine.identity_numbers import IdentityNumber
from tryggve.domains.customers.engine.imports.results import ImportResult, Sample
from tryggve.domains.customers.engine.imports.tracing import Trace

Numbers = Mapping[UUID, tuple[IdentityNumber, ...]]


class Taken(NamedTuple):
    """A cell with an identity number that its customer gets (``is_saved``) or has already: it isn't kept beside."""

    line: int
    customer: UUID
    heading: str
    text: str
    number: IdentityNumber
    is_saved: bool


@dataclass
class Plan:
    """Customers to make, what known ones gain, the result to tell, and what is to be kept sealed beside.

    ``additions`` holds the details of each line about a known customer, to be merged with what is known of them
    at the moment of writing. ``traces`` tells of each line that describes somebody whom it is about; ``leftovers``
    holds for each row set aside its line, cells, reason, whom it may be about, its marks, and the column at fault.
    ``questions`` are the firm's own, by the heading of the column that answers them.
    """

    columns: list[tuple[str, str | None]]
    number_headings: tuple[str, ...] = ()
    questions: Mapping[str, Field] = field(default_factory=dict)
    result: ImportResult = field(default_factory=ImportResult)
    new: dict[UUID, Details] = field(default_factory=dict)
    additions: dict[UUID, list[Details]] = field(default_factory=dict)
    samples: list[Sample] = field(default_factory=list)
    traces: list[Trace] = field(default_factory=list)
    leftovers: dict[str, list[Any]] = field(
        default_factory=lambda: {"set_aside": [], "kept": [], "not_taken": []}
    )

    taken: list[Taken] = field(default_factory=list)

    @property
    def changes(self) -> dict[UUID, list[Details]]:
        """The additions of all known customers who gain anything, also of those who get only a number."""
        numbered = {one.customer: list[Details]() for one in self.taken if one.is_saved}
        return {one: lines for one, lines in (numbered | self.additions).items() if one not in self.new}

    @property
    def writes(self) -> int:
        return len(self.new) + len(self.changes)
