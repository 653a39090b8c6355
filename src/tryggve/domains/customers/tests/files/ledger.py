import csv
import io
import json
from dataclasses import dataclass, field
from typing import Any, Literal

Fate = Literal["created", "updated", "unchanged"]


def _no_lines() -> dict[Fate, list[int]]:
    return {"created": [], "updated": [], "unchanged": []}


@dataclass
class Ledger:
    """What has to become of each line of a list, written down while the list is made."""

    fates: dict[Fate, list[int]] = field(default_factory=_no_lines)
    duplicates: list[dict[str, Any]] = field(default_factory=list)
    set_aside: list[dict[str, Any]] = field(default_factory=list)
    skipped: list[dict[str, Any]] = field(default_factory=list)
    kept_columns: list[str] = field(default_factory=list)

    def as_json(self) -> str:
        counts: dict[str, int] = {fate: len(lines) for fate, lines in self.fates.items()}
        expected: dict[str, Any] = {
            "rows": sum(counts.values()) + len(self.set_aside) + len(self.skipped),
            **counts,
            "duplicates": self.duplicates,
            "set_aside": self.set_aside,
            "skipped": self.skipped,
            "kept_columns": self.kept_columns,
            "lines": self.fates,
        }
        return json.dumps(expected, ensure_ascii=False, indent=1) + "\n"


class TextList:
    """A text file with delimiters that grows line by line together with its ledger."""

    def __init__(self, *, delimiter: str, newline: str = "\r\n", first_line: int = 1) -> None:
        self.ledger = Ledger()
        self.line = first_line
        self._text = io.StringIO()
        self._newline = newline
        self._writer = csv.writer(self._text, delimiter=delimiter, lineterminator=newline)

    def encoded(self, encoding: str) -> bytes:
        return self._text.getvalue().encode(encoding)

    def headings(self, *cells: str, kept: tuple[str, ...] = ()) -> None:
        self._write(cells)
        self.ledger.kept_columns = list(kept)

    def customer(self, *cells: str, fate: Fate = "created") -> int:
        """Add a customer's line; gives its number."""
        line = self._write(cells)
        self.ledger.fates[fate].append(line)
        return line

    def double(self, *cells: str, of: int, why: str, fate: Fate) -> int:
        """Add a line about the customer of an earlier line."""
        line = self.customer(*cells, fate=fate)
        self.ledger.duplicates.append({"line": line, "customer_line": of, "why": why})
        return line

    def faulty(self, *cells: str, column: str | None, reason: str) -> None:
        line = self._write(cells)
        self.ledger.set_aside.append({"line": line, "column": column, "reason": reason})

    def passed_over(self, *cells: str, reason: str) -> None:
        line = self._write(cells)
        self.ledger.skipped.append({"line": line, "reason": reason})

    def _write(self, cells: tuple[str, ...]) -> int:
        line, before = self.line, self._text.tell()
        if cells:
            self._writer.writerow(cells)
        else:
            self._text.write(self._newline)
        self.line += self._text.getvalue()[before:].count("\n")
        return line
