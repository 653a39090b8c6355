"""Row by row what would happen with a list that waits for a yes."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import cast
from uuid import UUID

from django.core.paginator import Page, Paginator

from tryggve.audit import services as audit
from tryggve.domains.customers import actions, sealing
from tryggve.domains.customers.engine.columns.headings import Column
from tryggve.domains.customers.engine.details import Details
from tryggve.domains.customers.engine.drafts import Draft, SetAside, Skipped
from tryggve.domains.customers.engine.imports.tracing import SET_ASIDE, Trace
from tryggve.domains.customers.engine.imports.waiting_list import PASSED_OVER, WaitingList
from tryggve.domains.customers.engine.rows.sections import Line
from tryggve.domains.customers.engine.rows.understood import Cells
from tryggve.domains.customers.models import Customer
from tryggve.domains.customers.selectors import waiting
from tryggve.domains.customers.words import imports as import_words
from tryggve.domains.setup import api as setup
from tryggve.lib.errors import Missing

ROWS_PER_PAGE = 50
_EXAMPLES = 3
_LONGEST_SAID = 80


class NoSuchRow(Missing):
    """The list has no such row, or nothing is left of it."""


@dataclass(frozen=True, slots=True)
class RowShown:
    """One row: what it says, what happens with it, whom it adds what to, or why it is set aside."""

    place: int
    line: int
    details: Details
    cells: Cells
    fate: str
    added: Sequence[str] = ()
    other: UUID | None = None
    other_title: str = ""
    reason: str = ""
    column: str = ""

    @property
    def fate_in_words(self) -> str:
        return str(import_words.FATES[self.fate])

    @property
    def why(self) -> str:
        """Why it is set aside or passed over; nothing for any other."""
        words = import_words.REASONS | import_words.SKIPS
        return str(words[self.reason]) if self.reason else ""

    @property
    def grows(self) -> list[str]:
        """The fields of the card that the row adds to, in words."""
        return [str(import_words.ON_THE_CARD[field]) for field in self.added]

    @property
    def is_set_aside(self) -> bool:
        return self.fate == SET_ASIDE

    @property
    def said(self) -> str:
        """What to call a row that is read as nobody: what stands in its first cells."""
        return self.details.title or " ".join(filter(None, self.cells))[:_LONGEST_SAID]


@dataclass(frozen=True)
class RowsPage:
    """Some rows of a list, those with one fate or all; how many there are of each."""

    page: "Page[RowShown]"
    counts: dict[str, int]
    fate: str
    is_stale: bool

    @property
    def passed_over(self) -> int:
        """How many lines are counted only: of all rows, those that describe nobody aren't shown."""
        return 0 if self.fate else self.counts.get(PASSED_OVER, 0)


@dataclass(frozen=True, slots=True)
class ColumnShown:
    """A column with what stands in its first cells."""

    column: Column
    examples: Sequence[str]


def rows_page(*, batch: UUID, fate: str, number: int, actor: str, at: datetime) -> RowsPage:
    """Fifty rows of a list that waits; the look is in the log. Raises waiting.NotWaiting."""
    held = waiting.waiting(batch).held
    counts = {one: count for one, count in held.counts().items() if count}
    fate = fate if fate in counts else ""
    places = Paginator(held.places_of(fate), ROWS_PER_PAGE).get_page(number)
    shown = rows_at(held, places.object_list)
    audit.look(actions.IMPORT_ROWS_VIEWED, actor=actor, at=at, batch=str(batch), shown=len(shown))
    page = Page(shown, places.number, cast("Paginator[RowShown]", places.paginator))
    return RowsPage(page, counts, fate, held.is_stale)


def row_shown(*, batch: UUID, place: int, actor: str, at: datetime) -> tuple[RowShown, tuple[Column, ...]]:
    """One row and the columns it stands under. Raises waiting.NotWaiting and NoSuchRow."""
    held = waiting.waiting(batch).held
    if not 0 <= place < len(held):
        raise NoSuchRow
    [row] = rows_at(held, [place])
    if not row.cells:
        raise NoSuchRow
    audit.look(actions.IMPORT_ROWS_VIEWED, actor=actor, at=at, batch=str(batch), shown=1)
    return row, held.columns


def next_set_aside(*, batch: UUID, after: int) -> int | None:
    """The next row after that place that is set aside, or the first one. Raises waiting.NotWaiting."""
    places = waiting.waiting(batch).held.places_of(SET_ASIDE)
    return next((place for place in places if place > after), places[0] if places else None)


def columns_shown(*, batch: UUID, actor: str, at: datetime) -> list[ColumnShown]:
    """The columns of a list that waits, with three cells of each; the look is in the log. Raises NotWaiting."""
    held = waiting.waiting(batch).held
    rows = held.first_cells(_EXAMPLES * 10)
    audit.look(
        actions.IMPORT_ROWS_VIEWED, actor=actor, at=at, batch=str(batch), shown=min(len(rows), _EXAMPLES)
    )
    examples = {column.index: _examples(rows, column.index) for column in held.columns}
    if not all(examples.values()):  # only a look at all of them tells that a column is empty
        rows = held.first_cells(len(held))
    return [
        ColumnShown(column, examples[column.index] or _examples(rows, column.index))
        for column in held.columns
    ]


def rows_at(held: WaitingList, places: Iterable[int]) -> list[RowShown]:
    """Some rows of a list in words, in that order."""
    places = list(places)
    lines = held.at(places, setup.firm_country())
    traces = held.traces_at(places)
    titles = titles_of({UUID(trace.customer) for trace in traces.values() if trace.customer})
    return [_row(place, *lines[place], traces.get(place), titles) for place in places]


def titles_of(customers: Iterable[UUID]) -> dict[UUID, str]:
    """What these customers are called; those who are in force no more have no title."""
    rows = Customer.objects.filter(pk__in=list(customers), state=Customer.State.ACTIVE).order_by("pk")
    opened = sealing.opened(rows.values_list("pk", "revision", "details_sealed"))
    return {customer: details.title for customer, details in opened}


def _row(place: int, cells: Cells, line: Line, trace: Trace | None, titles: dict[UUID, str]) -> RowShown:
    other = UUID(trace.customer) if trace and trace.customer else None
    match line:
        case Skipped():
            return RowShown(place, line.line, Details(), (), "passed_over", reason=line.reason)
        case SetAside():
            return RowShown(
                place, line.line, Details(), cells, SET_ASIDE, reason=line.reason, column=line.column or ""
            )
        case Draft():
            fate = trace.fate if trace else ""
            return RowShown(
                place,
                line.line,
                line.details,
                cells,
                fate,
                added=trace.added if trace else (),
                other=other if other in titles else None,
                other_title=titles.get(other, "") if other else "",
                reason="too_much" if fate == SET_ASIDE else "",
            )


def _examples(rows: Sequence[Cells], index: int) -> list[str]:
    found = dict[str, None]()
    for cells in rows:
        if index < len(cells) and cells[index].strip():
            found[cells[index]] = None
            if len(found) == _EXAMPLES:
                break
    return list(found)
