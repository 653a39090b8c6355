"""What importing a file will do, decided whole before anything is written."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from typing import Any
from uuid import UUID

from tryggve.domains.customers.engine.details import Details
from tryggve.domains.customers.engine.drafts import Draft, SetAside, Skipped
from tryggve.domains.customers.engine.headings import Column
from tryggve.domains.customers.engine.matching import Full, Matcher, New, Same
from tryggve.domains.customers.engine.phones import Country
from tryggve.domains.customers.engine.readings import AsideReader, Said
from tryggve.domains.customers.engine.results import Aside, Double, ImportResult, Left, Sample
from tryggve.domains.customers.engine.sections import Line
from tryggve.domains.customers.engine.table import Table
from tryggve.domains.customers.engine.tracing import SET_ASIDE, Trace, marks_of_aside
from tryggve.domains.customers.engine.understood import Cells, Understood, understand

_SAMPLES = 10


@dataclass
class Plan:
    """Customers to make, what known ones gain, the result to tell, and what is to be kept sealed beside.

    ``additions`` holds the details of each line about a known customer, to be merged with what is known of them
    at the moment of writing. ``traces`` tells of each line that describes somebody whom it is about; ``leftovers``
    holds for each row set aside its line, cells, reason, whom it may be about, and its marks.
    """

    columns: list[tuple[str, str | None]]
    result: ImportResult = field(default_factory=ImportResult)
    new: dict[UUID, Details] = field(default_factory=dict)
    additions: dict[UUID, list[Details]] = field(default_factory=dict)
    samples: list[Sample] = field(default_factory=list)
    traces: list[Trace] = field(default_factory=list)
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
    read = understand(table, country)
    return plan_understood(read, known=known, source=source, country=country, new_id=new_id)


def plan_understood(
    read: Understood,
    *,
    known: Iterable[tuple[UUID, Details]],
    source: str,
    country: Country,
    new_id: Callable[[], UUID],
) -> Plan:
    """Compare a list that was read with the customers known."""
    lines = [(cells, _sourced(line, source)) for cells, line in read.lines]
    asides = AsideReader(read.columns, country)
    said = {place: asides.read(line) for place, (_, line) in enumerate(lines) if isinstance(line, SetAside)}
    about = _all_details((line for _cells, line in lines), said)
    planner = _Planner(read.columns, Matcher(known, about, new_id=new_id, country=country))
    for place, (cells, line) in enumerate(lines):
        planner.take(place, cells, line)
    return planner.finished(said, asides)


def _all_details(lines: Iterable[Line], said: Mapping[int, Said]) -> Iterator[Details]:
    for place, line in enumerate(lines):
        if isinstance(line, Draft):
            yield line.details
        elif place in said:
            yield from said[place].readings


def _sourced(line: Line, source: str) -> Line:
    if isinstance(line, Draft) and not line.details.source:
        return replace(line, details=replace(line.details, source=source))
    return line


class _Planner:
    def __init__(self, columns: Sequence[Column], matcher: Matcher) -> None:
        self._matcher = matcher
        self._plan = Plan(columns=[(column.heading, column.field) for column in columns])
        self._created = self._updated = self._unchanged = 0
        self._aside: list[tuple[int, SetAside, UUID | None]] = []
        self._skipped: list[Left] = []
        self._doubles: list[Double] = []
        self._met: set[UUID] = set()
        self._kept = [column.heading for column in columns if column.field is None]

    def take(self, place: int, cells: Cells, line: Line) -> None:
        match line:
            case Skipped():
                self._skipped.append(Left(line.line, line.reason))
            case SetAside():
                self._aside.append((place, line, None))
            case Draft():
                decision = self._matcher.decide(line.details)
                if isinstance(decision, Full):
                    aside = SetAside(line.line, None, "too_much", cells)
                    self._aside.append((place, aside, decision.customer))
                else:
                    self._take_draft(place, line, decision)

    def finished(self, said: Mapping[int, Said], reader: AsideReader) -> Plan:
        for place, line, customer in self._aside:
            self._set_aside(place, line, customer, said.get(place) or reader.read(line), reader.country)
        self._plan.leftovers["columns"] = [asdict(column) for column in reader.columns]
        self._plan.result = ImportResult(
            rows=self._created + self._updated + self._unchanged + len(self._aside) + len(self._skipped),
            created=self._created,
            updated=self._updated,
            unchanged=self._unchanged,
            duplicates=self._doubles,
            set_aside=[Aside(line.line, line.column, line.reason) for _place, line, _customer in self._aside],
            skipped=self._skipped,
            kept_columns=self._kept,
        )
        return self._plan

    def _set_aside(
        self, place: int, line: SetAside, customer: UUID | None, said: Said, country: Country
    ) -> None:
        """Whom it may be about is asked when all who are on the list are known."""
        about = customer or next(filter(None, map(self._matcher.whose, said.readings)), None)
        trace = Trace(
            place, line.line, SET_ASIDE, str(about) if about else None, marks_of_aside(line, said, country)
        )
        self._plan.traces.append(trace)
        self._plan.leftovers["set_aside"].append(
            [line.line, list(line.cells), line.reason, trace.customer, trace.marks]
        )

    def _take_draft(self, place: int, draft: Draft, decision: New | Same) -> None:
        details = draft.details
        self._note_double(draft.line, decision)
        fate = self._new(decision) if isinstance(decision, New) else self._same(decision, details)
        self._plan.traces.append(Trace(place, draft.line, fate, str(decision.customer)))
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
