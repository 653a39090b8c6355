from dataclasses import dataclass, field
from typing import Literal

from tryggve.domains.customers.engine.details import Details

SkipReason = Literal["empty", "forgotten", "left_out", "mended", "title", "total"]
SetAsideReason = Literal[
    "above_headings",
    "bad_answer",
    "bad_characters",
    "bad_email",
    "bad_phone",
    "cell_error",
    "control_characters",
    "cut_short",
    "group",
    "held_back",
    "identity_number",
    "nobody",
    "other_headings",
    "outside_cards",
    "spoilt_number",
    "too_long",
    "too_many_cells",
    "too_much",
    "unclosed_quote",
]


@dataclass(frozen=True, slots=True)
class Draft:
    """A customer as one row describes them; ``extra`` holds what no field takes, by heading.

    ``not_worked_out`` names columns whose formula had no value in the file: they count as empty.
    """

    line: int
    details: Details
    extra: dict[str, str] = field(default_factory=dict)
    not_worked_out: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SetAside:
    """A row that was not imported, whole, and the first thing that is wrong with it."""

    line: int
    column: str | None
    reason: SetAsideReason
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Skipped:
    """A row that describes nobody and holds nothing to lose."""

    line: int
    reason: SkipReason
