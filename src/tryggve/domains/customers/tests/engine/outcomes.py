import io
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from tryggve.domains.customers.engine.comparison.matching import Matcher
from tryggve.domains.customers.engine.comparison.outcomes import Full, New, Out
from tryggve.domains.customers.engine.details import Details
from tryggve.domains.customers.engine.drafts import Draft, SetAside, Skipped
from tryggve.domains.customers.engine.files.tables import read_table
from tryggve.domains.customers.engine.rows.understood import understand


@dataclass
class Outcome:
    """What became of each line of a file, and who is known afterwards."""

    created: list[int] = field(default_factory=list)
    updated: list[int] = field(default_factory=list)
    unchanged: list[int] = field(default_factory=list)
    set_aside: list[dict[str, Any]] = field(default_factory=list)
    skipped: list[dict[str, Any]] = field(default_factory=list)
    duplicates: list[dict[str, Any]] = field(default_factory=list)
    drafts: list[Draft] = field(default_factory=list)
    known: dict[UUID, Details] = field(default_factory=dict)

    @property
    def lines(self) -> list[int]:
        told = [entry["line"] for entry in (*self.set_aside, *self.skipped)]
        return sorted([*self.created, *self.updated, *self.unchanged, *told])


def outcome_of(data: bytes, known: Iterable[tuple[UUID, Details]] = ()) -> Outcome:
    """Read a file and decide about each line; customers made get the number of their line as id."""
    read = understand(read_table(io.BytesIO(data)), "SE")
    outcome = Outcome(known=dict(known))
    for _cells, line_read in read.lines:
        match line_read:
            case Draft() as draft:
                outcome.drafts.append(draft)
            case SetAside(line, column, reason):
                outcome.set_aside.append({"line": line, "column": column, "reason": reason})
            case Skipped(line, reason):
                outcome.skipped.append({"line": line, "reason": reason})
    match_all(outcome)
    return outcome


def match_all(outcome: Outcome) -> None:
    """Decide about the drafts, one after the other."""
    ids = iter([UUID(int=draft.line) for draft in outcome.drafts])
    made: dict[UUID | None, int] = dict.fromkeys(outcome.known, 0)
    about = [draft.details for draft in outcome.drafts]
    matcher = Matcher(list(outcome.known.items()), about, country="SE", new_id=lambda: next(ids))
    met: set[UUID] = set()
    for draft in outcome.drafts:
        found = matcher.decide(draft.details)
        assert not isinstance(found, Full | Out)
        outcome.known[found.customer] = found.details
        double: tuple[UUID | None, str] | None
        if isinstance(found, New):
            made[found.customer] = draft.line
            outcome.created.append(draft.line)
            double = (found.double.customer, found.double.why) if found.double else None
        else:
            (outcome.updated if found.added else outcome.unchanged).append(draft.line)
            double = (found.customer, "same_person") if found.customer in met else None
        met.add(found.customer)
        if double:
            entry = {"line": draft.line, "customer_line": made[double[0]], "why": double[1]}
            outcome.duplicates.append(entry)
