"""What importing a file will do, decided whole before anything is written."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, replace
from uuid import UUID

from tryggve.domains.customers.engine.columns.headings import Column
from tryggve.domains.customers.engine.comparison import outcomes
from tryggve.domains.customers.engine.comparison.decisions import Choice, Decisions
from tryggve.domains.customers.engine.comparison.matching import Matcher
from tryggve.domains.customers.engine.comparison.outcomes import Full, New, Out, Same
from tryggve.domains.customers.engine.details import Details
from tryggve.domains.customers.engine.drafts import Draft, SetAside, Skipped
from tryggve.domains.customers.engine.imports.plan import Plan
from tryggve.domains.customers.engine.imports.results import Aside, Double, ImportResult, Left, Sample
from tryggve.domains.customers.engine.imports.tracing import LEFT_OUT, SET_ASIDE, Trace, marks_of_aside
from tryggve.domains.customers.engine.rows.readings import AsideReader, Said
from tryggve.domains.customers.engine.rows.sections import Line
from tryggve.domains.customers.engine.rows.understood import Cells, Understood, understand
from tryggve.domains.customers.engine.table import Table
from tryggve.domains.customers.engine.values.phones import Country

_SAMPLES = 10


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
    decided: Decisions | None = None,
) -> Plan:
    """Compare a list that was read with the customers known, as was decided of doubles."""
    decided = decided or Decisions()
    lines = [(cells, _sourced(line, source)) for cells, line in read.lines] if source else read.lines
    asides = AsideReader(read.columns, country)
    said = {place: asides.read(line) for place, (_, line) in enumerate(lines) if isinstance(line, SetAside)}
    about = _all_details((line for _cells, line in lines), said)
    named = frozenset(map(UUID, decided.named()))
    matcher = Matcher(known, about, new_id=new_id, country=country, rules=decided.rules, named=named)
    planner = _Planner(read.columns, matcher, decided)
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
    def __init__(self, columns: Sequence[Column], matcher: Matcher, decided: Decisions) -> None:
        self._matcher = matcher
        self._decided = decided
        self._plan = Plan(columns=[(column.heading, column.field) for column in columns])
        self._created = self._updated = self._unchanged = 0
        self._aside: list[tuple[int, SetAside, UUID | None]] = []
        self._skipped: list[Left] = []
        self._doubles: list[Double] = []
        self._rows_of: dict[UUID, int] = {}
        self._made_by: dict[int, UUID] = {}
        self._kept = [column.heading for column in columns if not (column.field or column.question)]

    def take(self, place: int, cells: Cells, line: Line) -> None:
        match line:
            case Skipped():
                self._skipped.append(Left(line.line, line.reason))
            case SetAside():
                self._aside.append((place, line, None))
            case Draft():
                self._take_decided(place, cells, line)

    def _take_decided(self, place: int, cells: Cells, line: Draft) -> None:
        choice = self._decided.choices.get(place)
        decision = (choice and self._chosen(choice, line.details)) or self._matcher.decide(line.details)
        self._note_double(place, line.line, decision, choice)
        match decision:
            case Full():
                aside = SetAside(line.line, None, "too_much", cells)
                self._aside.append((place, aside, decision.customer))
            case Out():
                self._skipped.append(Left(line.line, LEFT_OUT))
                self._plan.traces.append(Trace(place, line.line, LEFT_OUT))
            case New() | Same():
                self._take_draft(place, line, decision)

    def _chosen(self, choice: Choice, details: Details) -> New | Same | Full | Out | None:
        """What a person decided; None when the customer whom it was about isn't there any more."""
        customer = (
            UUID(choice.customer)
            if choice.customer
            else self._made_by.get(-1 if choice.row is None else choice.row)
        )
        match choice.verdict:
            case "new":
                return self._matcher.take_as_new(details)
            case "out":
                return Out(outcomes.Double(customer, choice.why))
        return self._matcher.take_for(customer, details) if customer else None

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
            [line.line, list(line.cells), line.reason, trace.customer, trace.marks, line.column]
        )

    def _take_draft(self, place: int, draft: Draft, decision: New | Same) -> None:
        details = draft.details
        fate = self._new(decision) if isinstance(decision, New) else self._same(decision, details)
        self._made_by[place] = decision.customer
        self._rows_of.setdefault(decision.customer, place)
        added = decision.added if isinstance(decision, Same) else ()
        self._plan.traces.append(Trace(place, draft.line, fate, str(decision.customer), (), added))
        if draft.extra:
            self._plan.leftovers["kept"].append([draft.line, str(decision.customer), draft.extra])
        if isinstance(decision, Same) and decision.conflicts:
            self._plan.leftovers["not_taken"].append([draft.line, str(decision.customer), decision.conflicts])
        if len(self._plan.samples) < _SAMPLES:
            self._plan.samples.append(Sample(draft.line, details.title, details.emails, details.phones, fate))

    def _note_double(
        self, place: int, line: int, decision: New | Same | Full | Out, choice: Choice | None
    ) -> None:
        """Also of one that is decided: it may be decided anew."""
        double = None if isinstance(decision, Full) else decision.double
        if choice is not None:
            self._doubles.append(self._told(place, line, choice))
        elif double is not None:
            verdict = self._decided.rules.get(double.why, "")
            row = self._rows_of.get(double.customer) if double.customer else None
            self._doubles.append(Double(line, str(double.customer), double.why, place, verdict, row))

    def _told(self, place: int, line: int, choice: Choice) -> Double:
        made = self._made_by.get(choice.row) if choice.row is not None else None
        customer = choice.customer or (str(made) if made else None)
        return Double(line, customer, choice.why, place, choice.verdict, choice.row)

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
