"""A list that waits for a yes, as it is kept: what its file said, line by line, and by what each is found again."""

import json
import zlib
from collections.abc import Collection, Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

from tryggve.domains.customers.engine.details import Details
from tryggve.domains.customers.engine.drafts import Draft, SetAside, Skipped
from tryggve.domains.customers.engine.headings import Column
from tryggve.domains.customers.engine.marks import general_marks
from tryggve.domains.customers.engine.phones import Country
from tryggve.domains.customers.engine.planning import Plan
from tryggve.domains.customers.engine.rows import RowReader
from tryggve.domains.customers.engine.sections import Line
from tryggve.domains.customers.engine.table import Row
from tryggve.domains.customers.engine.tracing import Trace
from tryggve.domains.customers.engine.understood import Cells, Understood

_FASTEST = 1
_TOGETHER = 1000
_WRITTEN = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))


@dataclass(frozen=True, slots=True)
class WaitingList:
    """The traces are apart from the lines: who looks for somebody in many lists reads the lines of few.

    An entry of ``_lines`` is [line, cells] of a customer, [line, cells, column, reason] of a row set aside, and
    [line, reason] of a line that describes nobody, whose cells aren't kept.
    """

    source: str
    columns: tuple[Column, ...]
    _traces: bytes
    _lines: bytes

    @classmethod
    def of(cls, understood: Understood, plan: Plan, *, source: str, country: Country) -> "WaitingList":
        """What is to be kept of a list that was read and compared with the register.

        Whom the list would bring gets another id when it is brought in.
        """
        drafts = [line.details if isinstance(line, Draft) else None for _cells, line in understood.lines]
        new = set(map(str, plan.new))
        known = (trace._replace(customer=None) if trace.customer in new else trace for trace in plan.traces)
        traces = [_with_marks(trace, drafts[trace.place], country) for trace in known]
        lines = [_entry(cells, line) for cells, line in understood.lines]
        return cls(source, understood.columns, _packed(traces), _packed(lines))

    def to_bytes(self) -> bytes:
        columns = [asdict(column) for column in self.columns]
        head = {"source": self.source, "columns": columns, "traces_bytes": len(self._traces)}
        return json.dumps(head, ensure_ascii=False).encode() + b"\n" + self._traces + self._lines

    @classmethod
    def from_bytes(cls, document: bytes) -> "WaitingList":
        written, _newline, rest = document.partition(b"\n")
        head = json.loads(written)
        columns, border = tuple(Column(**column) for column in head["columns"]), head["traces_bytes"]
        return cls(head["source"], columns, rest[:border], rest[border:])

    def traces(self) -> list[Trace]:
        return [Trace(*one) for one in _unpacked(self._traces)]

    def understood(self, country: Country) -> Understood:
        """The list as it was read, telephone numbers compared as written in that country."""
        return Understood(self.columns, [*self._read(_unpacked(self._lines), country)])

    def at(self, places: Collection[int], country: Country) -> dict[int, tuple[Cells, Line]]:
        """Some of its lines, by their places."""
        entries = _unpacked(self._lines)
        some = sorted(places)
        return dict(zip(some, self._read([entries[place] for place in some], country), strict=True))

    def without(self, places: Collection[int]) -> "WaitingList":
        """The same list with nothing left of those lines but their numbers."""
        lines = _unpacked(self._lines)
        for place in places:
            lines[place] = [lines[place][0], "forgotten"]
        traces = [trace for trace in self.traces() if trace.place not in places]
        return replace(self, _traces=_packed(traces), _lines=_packed(lines))

    def _read(self, entries: Sequence[Any], country: Country) -> Iterator[tuple[Cells, Line]]:
        reader = RowReader(self.columns, country=country)
        for line, *said in entries:
            match said:
                case [str(reason)]:
                    yield (), Skipped(line, reason)  # type: ignore[arg-type]  # as `_entry` wrote it
                case [cells]:
                    yield tuple(cells), reader.read(Row(line, tuple(cells)))
                case [cells, column, reason]:
                    yield tuple(cells), SetAside(line, column, reason, tuple(cells))


def _with_marks(trace: Trace, details: Details | None, country: Country) -> Trace:
    return trace if details is None else trace._replace(marks=general_marks(details, country))


def _entry(cells: Cells, line: Line) -> list[Any]:
    match line:
        case Skipped():
            return [line.line, line.reason]
        case SetAside():
            return [line.line, cells, line.column, line.reason]
        case Draft():
            return [line.line, cells]


def _packed(entries: Sequence[Any]) -> bytes:
    """Some at a time: a long list would otherwise stand in memory once more, as text."""
    packer = zlib.compressobj(_FASTEST)
    parts = [
        packer.compress(_WRITTEN.encode(entries[first : first + _TOGETHER]).encode() + b"\n")
        for first in range(0, len(entries), _TOGETHER)
    ]
    return b"".join([*parts, packer.flush()])


def _unpacked(packed: bytes) -> list[Any]:
    return [entry for part in zlib.decompress(packed).splitlines() for entry in json.loads(part)]
