"""What importing a file will do, decided whole before anything is written."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from typing import Any
from uuid import UUID

from tryggve.domains.customers.engine.details import Details
from tryggve.domains.customers.engine.drafts import Draft, SetAside, Skipped
from tryggve.domains.customers.engine.headings import Headings, find_headings
from tryggve.domains.customers.engine.matching import Full, Matcher, New, Same
from tryggve.domains.customers.engine.phones import Country
from tryggve.domains.customers.engine.results import Aside, Double, ImportResult, Left, Sample
from tryggve.domains.customers.engine.sections import Line, lines_of
from tryggve.domains.customers.engine.table import Row, Table

_SAMPLES = 10


@dataclass
class Plan:
    """Customers to make, what known ones gain, the result to tell, and what is to be kept sealed beside.

    ``additions`` holds the details of each line about a known customer, to be merged with what is known of them
    at the moment of writing.
    """

    columns: list[tuple[str, str | None]]
    result: ImportResult = field(default_factory=ImportResult)
    new: dict[UUID, Details] = field(default_factory=dict)
    additions: dict[UUID, list[Details]] = field(default_factory=dict)
    samples: list[Sample] = field(default_factory=list)
    leftovers: dict[str, list[Any]] = field(
        default_factory=lambda: {"set_aside": [], "kept": [], "not_taken": []}
    )

    @property
    def writes(self) -> int:
        return len(self.new) + len(self.additions)


def plan(
    table: Table,
    *,
    known: Iterable[tuple[UUID, Details]],
    source: str,
    country: Country,
    new_id: Callable[[], UUID],
) -> Plan:
    """Understand a table and compare it with the customers known. Raises UnreadableFile."""
    headings = find_headings(table.rows)
    lines = [_sourced(line, source) for line in lines_of(table, headings, country=country)]
    about = (line.details for line in lines if isinstance(line, Draft))
    planner = _Planner(headings, Matcher(known, about, new_id=new_id, country=country))
    rows = table.rows[: headings.place] + table.rows[headings.place + 1 :]
    for row, line in zip(rows, lines, strict=True):
        planner.take(row, line)
    return planner.finished()


def _sourced(line: Line, source: str) -> Line:
    if isinstance(line, Draft) and not line.details.source:
        return replace(line, details=replace(line.details, source=source))
    return line


class _Planner:
    def __init__(self, headings: Headings, matcher: Matcher) -> None:
        self._matcher = matcher
        self._plan = Plan(columns=[(column.heading, column.field) for column in headings.columns])
        self._created = self._updated = self._unchanged = 0
        self._aside: list[Aside] = []
        self._skipped: list[Left] = []
        self._doubles: list[Double] = []
        self._met: set[UUID] = set()
        self._kept = [column.heading for column in headings.unmatched]

    def take(self, row: Row, line: Line) -> None:
        match line:
            case Skipped():
                self._skipped.append(Left(line.line, line.reason))
            case SetAside():
                self._set_aside(line)
            case Draft():
                decision = self._matcher.decide(line.details)
                if isinstance(decision, Full):
                    self._set_aside(SetAside(line.line, None, "too_much", row.cells))
                else:
                    self._take_draft(line, decision)

    def finished(self) -> Plan:
        self._plan.result = ImportResult(
            rows=self._created + self._updated + self._unchanged + len(self._aside) + len(self._skipped),
            created=self._created,
            updated=self._updated,
            unchanged=self._unchanged,
            duplicates=self._doubles,
            set_aside=self._aside,
            skipped=self._skipped,
            kept_columns=self._kept,
        )
        return self._plan

    def _set_aside(self, line: SetAside) -> None:
        self._aside.append(Aside(line.line, line.column, line.reason))
        self._plan.leftovers["set_aside"].append([line.line, list(line.cells)])

    def _take_draft(self, draft: Draft, decision: New | Same) -> None:
        details = draft.details
        self._note_double(draft.line, decision)
        fate = self._new(decision) if isinstance(decision, New) else self._same(decision, details)
        if draft.extra:
            self._plan.leftovers["kept"].append([draft.line, str(decision.customer), draft.extra])
        if isinstance(decision, Same) and decision.conflicts:
            self._plan.leftovers["not_taken"].append([draft.line, str(decision.customer), decision.conflicts])
        if len(self._plan.samples) < _SAMPLES:
            self._plan.samples.append(Sample(draft.line, details.title, details.emails, details.phones, fate))

    def _note_double(self, line: int, decision: New | Same) -> None:
        if isinstance(decision, New) and decision.double is not None:
            self._doubles.append(Double(line, str(decision.double.customer), decision.double.why))
        if isinstance(decision, Same) and decision.customer in self._met:
            self._doubles.append(Double(line, str(decision.customer), "same_person"))
        self._met.add(decision.customer)

    def _new(self, decision: New) -> str:
        self._plan.new[decision.customer] = decision.details
        self._created += 1
        return "new"

    def _same(self, decision: Same, details: Details) -> str:
        if not decision.added:
            self._unchanged += 1
            return "unchanged"
        if decision.customer in self._plan.new:
            self._plan.new[decision.customer] = decision.details
        else:
            self._plan.additions.setdefault(decision.customer, []).append(details)
        self._updated += 1
        return "updated"
