from dataclasses import asdict, dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Double:
    """A line that describes someone who may be, or is, in the register already; ``customer`` is their id.

    ``place`` is the row's place on the list, ``row`` that of the earlier row which brings the customer, if one does;
    ``verdict`` is what was decided: same, new or out, or nothing.
    """

    line: int
    customer: str | None
    why: str
    place: int = -1
    verdict: str = ""
    row: int | None = None


@dataclass(frozen=True, slots=True)
class Aside:
    """A row that was set aside: its line, the column at fault if it is one column's, and a code for the reason."""

    line: int
    column: str | None
    reason: str


@dataclass(frozen=True, slots=True)
class Left:
    """A line that describes nobody, and a code for why."""

    line: int
    reason: str


@dataclass(frozen=True, slots=True)
class Sample:
    """A line of the preview: what the list says, and what happens: new, updated or unchanged."""

    line: int
    title: str
    emails: tuple[str, ...]
    phones: tuple[str, ...]
    fate: str


@dataclass(frozen=True, slots=True)
class NumbersTold:
    """The headings of identity numbers, and what became of the filled cells below them.

    ``saved`` go into the sensitive details of their customers, ``known`` are about somebody who has a number, the same
    or another, ``invalid`` are no numbers that can be checked. What differs or is invalid is kept with the import.
    """

    columns: list[str] = field(default_factory=list)
    saved: int = 0
    known: int = 0
    invalid: int = 0


@dataclass(frozen=True)
class ImportResult:
    """What an import did, or would do. Every data line is counted once; ``duplicates`` names lines counted elsewhere.

    ``kept_columns`` are the headings that have no field; what stood in them is kept sealed with the import, but for
    what ``identity_numbers`` says.
    """

    rows: int = 0
    created: int = 0
    updated: int = 0
    unchanged: int = 0
    duplicates: list[Double] = field(default_factory=list)
    set_aside: list[Aside] = field(default_factory=list)
    skipped: list[Left] = field(default_factory=list)
    import_id: str | None = None
    kept_columns: list[str] = field(default_factory=list)
    identity_numbers: NumbersTold = field(default_factory=NumbersTold)

    def as_json(self) -> dict[str, Any]:
        """What a program is told: of doubles the line, the customer and why."""
        told = [{name: getattr(one, name) for name in ("line", "customer", "why")} for one in self.duplicates]
        return {**asdict(self), "duplicates": told}

    def to_document(self) -> dict[str, Any]:
        """All of it, to be kept; ``from_json`` reads it again."""
        return asdict(self)

    @classmethod
    def from_json(cls, fields: dict[str, Any]) -> "ImportResult":
        return cls(
            **{
                **fields,
                "duplicates": [Double(**one) for one in fields["duplicates"]],
                "set_aside": [Aside(**one) for one in fields["set_aside"]],
                "skipped": [Left(**one) for one in fields["skipped"]],
                "identity_numbers": NumbersTold(**fields.get("identity_numbers", {})),
            }
        )
