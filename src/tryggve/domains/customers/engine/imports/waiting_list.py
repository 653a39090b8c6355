"""A list that waits for a yes, as it is kept: what its file said, line by line, and by what each is found again."""

import json
import zlib
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

from tryggve.domains.customers.engine.columns.habits import with_habits
from tryggve.domains.customers.engine.columns.headings import Column
from tryggve.domains.customers.engine.comparison.marks import general_marks
from tryggve.domains.customers.engine.drafts import Draft, SetAside, SetAsideReason, Skipped
from tryggve.domains.customers.engine.imports.packed import Packed
from tryggve.domains.customers.engine.imports.plan import Plan
from tryggve.domains.customers.engine.imports.tracing import SET_ASIDE, Trace, marks_of_aside
from tryggve.domains.customers.engine.rows.readings import AsideReader
from tryggve.domains.customers.engine.rows.rows import RowReader
from tryggve.domains.customers.engine.rows.sections import Line, without_lost_cells
from tryggve.domains.customers.engine.rows.understood import Cells, Understood
from tryggve.domains.customers.engine.table import Row
from tryggve.domains.customers.engine.values.phones import Country

MENDED = "mended"
PASSED_OVER = "passed_over"
# Wrong in a cell, as its column was understood: asked again each time. What is wrong with a whole row stays so.
_OF_A_CELL: frozenset[SetAsideReason] = frozenset(
    {
        "bad_answer", "bad_characters", "bad_email", "bad_phone", "control_characters", "identity_number", "nobody",
        "spoilt_number", "too_long", "too_much",
    }
)  # fmt: skip


class UnknownForm(ValueError):
    """What was kept isn't a list in any form that is known here."""


@dataclass(frozen=True, slots=True)
class WaitingList:
    """The traces are apart from the lines: who looks for somebody in many lists reads the lines of few.

    An entry of ``_lines`` is [line, cells, lost] of a customer (columns whose formula had no value), [line, cells,
    column, reason] of a row set aside, and [line, reason] of a line that describes nobody, whose cells aren't kept.
    ``_traces`` has one for each line, or nothing. ``is_stale``: something was changed since it was compared with the
    register. ``mends`` is the import whose rows set aside these were.
    """

    source: str
    columns: tuple[Column, ...]
    _traces: Packed
    _lines: Packed
    fates: str = ""
    is_stale: bool = False
    mends: str = ""

    @classmethod
    def of(
        cls, understood: Understood, plan: Plan, *, source: str, country: Country, mends: str = ""
    ) -> "WaitingList":
        """What is to be kept of a list that was read and compared with the register.

        Whom the list would bring gets another id when it is brought in.
        """
        lines = Packed.of(_entry(cells, line) for cells, line in understood.lines)
        held = cls(source, understood.columns, Packed(()), lines, mends=mends)
        return held.planned(understood, plan, country)

    def planned(self, understood: Understood, plan: Plan, country: Country) -> "WaitingList":
        """The same list compared anew with the register, as ``understood`` read it."""
        new, traces = set(map(str, plan.new)), {trace.place: trace for trace in plan.traces}
        fitted = [
            _fitted(traces.get(place), line, new, country)
            for place, (_cells, line) in enumerate(understood.lines)
        ]
        fates = "".join(_LETTERS[trace.fate if trace else PASSED_OVER] for trace in fitted)
        return replace(self, _traces=Packed.of(fitted), fates=fates, is_stale=False)

    def to_bytes(self) -> bytes:
        head = {
            "source": self.source,
            "columns": [asdict(column) for column in self.columns],
            "traces": self._traces.sizes,
            "lines": self._lines.sizes,
            "fates": self.fates,
            "is_stale": self.is_stale,
            "mends": self.mends,
        }
        written = json.dumps(head, ensure_ascii=False).encode()
        return written + b"\n" + self._traces.to_bytes() + self._lines.to_bytes()

    @classmethod
    def from_bytes(cls, document: bytes) -> "WaitingList":
        """Raises UnknownForm."""
        written, _newline, rest = document.partition(b"\n")
        try:
            head = json.loads(written)
            return cls._of_older(head, rest) if "traces_bytes" in head else cls._of(head, rest)
        except (AttributeError, KeyError, TypeError, ValueError, zlib.error) as cause:
            raise UnknownForm from cause

    @classmethod
    def _of(cls, head: dict[str, Any], rest: bytes) -> "WaitingList":
        columns, border = tuple(map(Column.from_json, head["columns"])), sum(head["traces"])
        traces = Packed.from_bytes(rest[:border], head["traces"])
        lines = Packed.from_bytes(rest[border:], head["lines"])
        return cls(head["source"], columns, traces, lines, head["fates"], head["is_stale"], head["mends"])

    @classmethod
    def _of_older(cls, head: dict[str, Any], rest: bytes) -> "WaitingList":
        """One that waited while the program was updated: both parts in one block, and traces of some lines only."""
        columns, border = tuple(map(Column.from_json, head["columns"])), head["traces_bytes"]
        known = {trace.place: trace for trace in (Trace(*one) for one in _of_one_block(rest[:border]))}
        lines = _of_one_block(rest[border:])
        traces = [known.get(place) for place in range(len(lines))]
        fates = "".join(_LETTERS[trace.fate if trace else PASSED_OVER] for trace in traces)
        return cls(head["source"], columns, Packed.of(traces), Packed.of(lines), fates, is_stale=True)

    def __len__(self) -> int:
        return len(self.fates)

    def traces(self) -> list[Trace]:
        return [Trace(*one) for one in self._traces if one]

    def traces_at(self, places: Collection[int]) -> dict[int, Trace]:
        """Those of some lines, by their places; a line that describes nobody has none."""
        return {place: Trace(*one) for place, one in self._traces.at(places).items() if one}

    def understood(self, country: Country) -> Understood:
        """The list as it was read, telephone numbers compared as written in that country."""
        return Understood(self.columns, [*self._read(self._lines, country)])

    def at(self, places: Collection[int], country: Country) -> dict[int, tuple[Cells, Line]]:
        """Some of its lines, by their places."""
        some = self._lines.at(places)
        return dict(zip(some, self._read(some.values(), country), strict=True))

    def first_cells(self, count: int) -> list[Cells]:
        """The cells of the first rows that have any, for who matches the columns."""
        found: list[Cells] = []
        for entry in self._lines:
            if len(found) == count:
                break
            if not isinstance(entry[1], str):
                found.append(tuple(entry[1]))
        return found

    def matched(self, columns: Sequence[Column]) -> "WaitingList":
        """The same rows under columns that somebody matched by hand; to be compared anew."""
        rows = [Row(entry[0], tuple(entry[1])) for entry in self._lines if not isinstance(entry[1], str)]
        return replace(self, columns=with_habits(columns, rows), is_stale=True)

    def mended(self, place: int, cells: Cells, country: Country) -> "WaitingList":
        """The same list with other cells in one row, which is found again by what it says now."""
        [(number, *_rest)] = self._lines.at([place]).values()
        lines = self._lines.changed({place: [number, cells, []]})
        [(_cells, line)] = self._read(lines.at([place]).values(), country)
        if isinstance(line, Draft):
            trace = Trace(place, number, MENDED, None, general_marks(line.details, country))
        else:
            aside = line if isinstance(line, SetAside) else SetAside(number, None, "nobody", cells)
            lines = lines.changed({place: _entry(cells, aside)})
            said = AsideReader(self.columns, country).read(aside)
            trace = Trace(place, number, SET_ASIDE, None, marks_of_aside(aside, said, country))
        return replace(self, _lines=lines).retraced([trace])

    def retraced(self, traces: Iterable[Trace]) -> "WaitingList":
        """The same list with another word of what becomes of some rows; to be compared anew."""
        fates, changed = list(self.fates), {trace.place: trace for trace in traces}
        for place, trace in changed.items():
            fates[place] = _LETTERS[trace.fate]
        return replace(self, _traces=self._traces.changed(changed), fates="".join(fates), is_stale=True)

    def without(self, places: Collection[int]) -> "WaitingList":
        """The same list with nothing left of those lines but their numbers."""
        lines = self._lines.at(places)
        fates = "".join(_LETTERS[PASSED_OVER] if at in places else one for at, one in enumerate(self.fates))
        return replace(
            self,
            _traces=self._traces.changed(dict.fromkeys(places)),
            _lines=self._lines.changed({place: [entry[0], "forgotten"] for place, entry in lines.items()}),
            fates=fates,
        )

    def places_of(self, fate: str) -> list[int]:
        """The places of the rows of which that becomes; for no fate of all but those passed over, which say nobody."""
        if fate not in _LETTERS:
            return [place for place, one in enumerate(self.fates) if one != _LETTERS[PASSED_OVER]]
        return [place for place, one in enumerate(self.fates) if one == _LETTERS[fate]]

    def counts(self) -> Mapping[str, int]:
        """How many rows have each fate."""
        return {fate: self.fates.count(letter) for fate, letter in _LETTERS.items()}

    def _read(self, entries: Iterable[Any], country: Country) -> Iterator[tuple[Cells, Line]]:
        reader = RowReader(self.columns, country=country)
        fed = {column.heading for column in self.columns if column.field}
        for line, *said in entries:
            match said:
                case [str(reason)]:
                    yield (), Skipped(line, reason)  # type: ignore[arg-type]  # as `_entry` wrote it
                case [cells, column, reason] if reason not in _OF_A_CELL:
                    yield tuple(cells), SetAside(line, column, reason, tuple(cells))
                case [cells, *lost]:
                    row = Row(line, tuple(cells))
                    formulas = tuple(lost[0]) if len(lost) == 1 else ()
                    yield row.cells, _never_lost(reader.read(row), row, formulas, fed)


_LETTERS: dict[str, str] = {
    "new": "n",
    "updated": "u",
    "unchanged": "e",
    SET_ASIDE: "a",
    "left_out": "o",
    MENDED: "m",
    PASSED_OVER: "p",
}


def _of_one_block(block: bytes) -> list[Any]:
    return [one for line in zlib.decompress(block).splitlines() for one in json.loads(line)]


def _never_lost(line: Line, row: Row, formulas: tuple[str, ...], fed: set[str]) -> Line:
    """A row that was kept with its cells stays one, whatever its columns are taken for now."""
    if isinstance(line, Skipped):
        return SetAside(row.line, None, "nobody", row.cells)
    if isinstance(line, Draft) and formulas:
        return without_lost_cells(replace(line, not_worked_out=formulas), row, fed)
    return line


def _fitted(trace: Trace | None, line: Line, new: set[str], country: Country) -> Trace | None:
    if trace is None:
        return None
    customer = None if trace.customer in new else trace.customer
    marks = general_marks(line.details, country) if isinstance(line, Draft) else trace.marks
    return trace._replace(customer=customer, marks=marks)


def _entry(cells: Cells, line: Line) -> list[Any]:
    match line:
        case Skipped():
            return [line.line, line.reason]
        case SetAside():
            return [line.line, cells, line.column, line.reason]
        case Draft():
            return [line.line, cells, line.not_worked_out]
