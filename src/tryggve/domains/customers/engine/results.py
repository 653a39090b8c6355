from dataclasses import asdict, dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Double:
    """A line that describes someone who may be, or is, in the register already; ``customer`` is their id."""

    line: int
    customer: str | None
    why: str


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


@dataclass(frozen=True)
class ImportResult:
    """What an import did, or would do. Every data line is counted once; ``duplicates`` names lines counted elsewhere.

    ``kept_columns`` are the headings that have no field yet; what stood in them is kept sealed with the import.
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

    def as_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_json(cls, fields: dict[str, Any]) -> "ImportResult":
        return cls(
            **{
                **fields,
                "duplicates": [Double(**one) for one in fields["duplicates"]],
                "set_aside": [Aside(**one) for one in fields["set_aside"]],
                "skipped": [Left(**one) for one in fields["skipped"]],
            }
        )
