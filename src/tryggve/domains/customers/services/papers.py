"""What is sealed with one import, opened, and sealed anew when somebody is taken out of it."""

import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Any

from tryggve.domains.customers import import_papers
from tryggve.domains.customers.engine.columns.headings import Column
from tryggve.domains.customers.engine.comparison.decisions import Decisions
from tryggve.domains.customers.engine.drafts import SetAside
from tryggve.domains.customers.engine.imports import forgetting, recognition, undoing
from tryggve.domains.customers.engine.imports.recognition import Candidates, Known
from tryggve.domains.customers.engine.imports.results import ImportResult, Sample
from tryggve.domains.customers.engine.imports.tracing import Sought, Trace, found, is_of_number
from tryggve.domains.customers.engine.imports.undoing import UndoTold
from tryggve.domains.customers.engine.imports.waiting_list import WaitingList
from tryggve.domains.customers.engine.rows.sections import Line
from tryggve.domains.customers.engine.rows.understood import Cells
from tryggve.domains.customers.engine.values.phones import Country
from tryggve.domains.customers.models import Import
from tryggve.lib.ids import new_id

FIELDS = ("file_sealed", "leftovers_sealed", "result_sealed", "decisions_sealed")


@dataclass(frozen=True, slots=True)
class Rows:
    """Rows that may be somebody's: traces, lines with their cells, and the columns they stand under."""

    columns: tuple[Column, ...]
    traces: dict[int, Trace]
    lines: dict[int, tuple[Cells, Line]]

    def candidates(self, sought: Sought, country: Country) -> Candidates:
        lines = {place: line for place, (_cells, line) in self.lines.items()}
        return Candidates.of(lines, columns=self.columns, sought=sought, country=country)

    def own(self, sought: Sought, others: list[Known], country: Country) -> set[int]:
        """The places of those that are this customer's."""
        tied = {place for place, trace in self.traces.items() if trace.customer == sought.customer}
        read = self.candidates(sought, country)
        return tied | recognition.places_about(sought, read, others=others, country=country, new_id=new_id)

    def told(self, place: int) -> Iterator[tuple[str, str]]:
        """What a row says, by heading; a cell beyond the last heading has none."""
        cells, _line = self.lines[place]
        headings = [column.heading for column in self.columns]
        for at, cell in enumerate(cells):
            if cell:
                yield (headings[at] if at < len(headings) else ""), cell


@dataclass(frozen=True, slots=True)
class Papers:
    """The documents of an import that are there."""

    batch: Import
    waiting: WaitingList | None
    leavings: dict[str, list[Any]] | None
    shown: dict[str, Any] | None
    decided: Decisions | UndoTold | None
    waiting_traces: list[Trace]
    aside_traces: list[Trace]

    def waiting_rows(self, sought: Sought, country: Country) -> Rows | None:
        """Those of the list that may be about somebody; None when there are none."""
        if self.waiting is None or not (near := found(self.waiting_traces, sought)):
            return None
        places = {trace.place: trace for trace in near}
        return Rows(self.waiting.columns, places, self.waiting.at(places, country))

    def rows_aside(self, sought: Sought) -> Rows | None:
        """Those that were set aside and may be about somebody; None when there are none."""
        if self.leavings is None or not (near := found(self.aside_traces, sought)):
            return None
        places = {trace.place: trace for trace in near}
        lines = {place: _aside(self.leavings["set_aside"][place]) for place in places}
        return Rows(_columns(self.leavings), places, lines)

    def numbers_of(self, customer: str) -> Iterator[str]:
        """Identity numbers that the list named for a customer."""
        if self.leavings is not None:
            columns = _columns(self.leavings)
            for _line, whose, said in self.leavings["kept"]:
                if whose == customer:
                    yield from recognition.numbers_in(said, columns)

    def number_marks(self) -> set[str]:
        """By what rows that name nobody are found."""
        asides = [trace for trace in (*self.waiting_traces, *self.aside_traces) if trace.is_aside]
        return {mark for trace in asides for mark in trace.marks if is_of_number(mark)}

    def is_tied_to(self, customer: str) -> bool:
        """Whether something that was left or decided, or a word of the result, is about this customer."""
        return customer in self.tied()

    def tied(self) -> set[str]:
        """The ids of all whom something that was left or decided, or a word of the result, is about."""
        doubles = self.shown["result"]["duplicates"] if self.shown else ()
        tied = forgetting.tied_customers(self.leavings) if self.leavings else set()
        named = self.decided.named() if self.decided else frozenset()
        return tied | named | {one["customer"] for one in doubles}


def opened(row: Import) -> Papers:
    """Everything that an import holds. Raises vault.CannotOpen."""
    left, shown, decided = (_opened(row, field) for field in FIELDS if field != "file_sealed")
    waiting = None if row.file_sealed is None else import_papers.waiting_list(row)
    leavings = json.loads(left) if left else None
    return Papers(
        batch=row,
        waiting=waiting,
        leavings=leavings,
        shown=json.loads(shown) if shown else None,
        decided=_decided(decided) if decided else None,
        waiting_traces=waiting.traces() if waiting else [],
        aside_traces=forgetting.traces_of(leavings) if leavings else [],
    )


def without(papers: Papers, sought: Sought, others: list[Known], country: Country) -> dict[str, bytes]:
    """The documents that change when this customer is taken out, sealed anew, by the fields of the row."""
    changed: dict[str, bytes] = {}
    gone: list[tuple[int, str]] = []
    places: set[int] = set()
    if papers.waiting:
        own = _own(papers.waiting_rows(sought, country), sought, others, country)
        gone += _lines(own)
        places.update(own)
        if own:
            changed["file_sealed"] = papers.waiting.without(own).to_bytes()
    if papers.leavings:
        own = _own(papers.rows_aside(sought), sought, others, country)
        gone += _lines(own)
        left = forgetting.leavings_without(papers.leavings, {sought.customer}, own)
        if left != papers.leavings:
            changed["leftovers_sealed"] = json.dumps(left, ensure_ascii=False).encode()
    if papers.shown and (shown := shown_without(papers.shown, gone, {sought.customer})) != papers.shown:
        changed["result_sealed"] = json.dumps(shown, ensure_ascii=False).encode()
    if papers.decided and (rest := papers.decided.without({sought.customer}, places)) != papers.decided:
        changed["decisions_sealed"] = rest.to_bytes()
    return {
        field: import_papers.sealed(papers.batch, field.removesuffix("_sealed"), document)
        for field, document in changed.items()
    }


def _own(rows: Rows | None, sought: Sought, others: list[Known], country: Country) -> dict[int, Trace]:
    return {place: rows.traces[place] for place in rows.own(sought, others, country)} if rows else {}


def _lines(traces: dict[int, Trace]) -> list[tuple[int, str]]:
    return [(trace.line, trace.fate) for trace in traces.values()]


def shown_without(shown: dict[str, Any], gone: list[tuple[int, str]], customers: set[str]) -> dict[str, Any]:
    """What the pages show of the import, without those lines (number and fate) and customers."""
    result = forgetting.result_without(ImportResult.from_json(shown["result"]), gone, customers)
    samples = [Sample(**one) for one in shown["samples"]]
    rest = forgetting.samples_without(samples, {line for line, _fate in gone})
    return {**shown, "samples": [asdict(one) for one in rest], "result": result.to_document()}


def _opened(row: Import, field: str) -> bytes | None:
    blob = getattr(row, field)
    return None if blob is None else import_papers.opened(row, field.removesuffix("_sealed"), bytes(blob))


def _decided(document: bytes) -> Decisions | UndoTold:
    kind: type[Decisions | UndoTold] = UndoTold if undoing.is_of_undo(document) else Decisions
    return kind.from_bytes(document)


def _aside(entry: list[Any]) -> tuple[Cells, Line]:
    line, cells, reason, *_tied = entry
    return tuple(cells), SetAside(line, None, reason, tuple(cells))


def _columns(leavings: dict[str, list[Any]]) -> tuple[Column, ...]:
    return tuple(map(Column.from_json, leavings["columns"]))
