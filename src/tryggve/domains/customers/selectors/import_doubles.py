"""The rows of a list that may be about somebody who is known, for who decides of each."""

import json
from collections import Counter
from dataclasses import dataclass, replace
from datetime import datetime
from typing import cast
from uuid import UUID

from django.core.paginator import Page, Paginator

from tryggve.audit import services as audit
from tryggve.domains.customers import actions, import_papers, sealing
from tryggve.domains.customers.engine.comparison.decisions import Choice, Decisions, Verdict, Why
from tryggve.domains.customers.engine.details import Details
from tryggve.domains.customers.engine.drafts import Draft
from tryggve.domains.customers.engine.imports.results import Double
from tryggve.domains.customers.engine.imports.waiting_list import WaitingList
from tryggve.domains.customers.models import Customer, Import
from tryggve.domains.customers.selectors import merges, waiting
from tryggve.domains.customers.words import imports as import_words
from tryggve.domains.setup import api as setup

DOUBLES_PER_PAGE = 20


@dataclass(frozen=True, slots=True)
class DoubleShown:
    """A row beside the customer, or the earlier row, that it may be about; None where that one can't be seen."""

    place: int
    line: int
    why: Why
    verdict: str
    ours: Details
    theirs: Details | None
    customer: UUID | None
    row: int | None
    other_line: int | None = None

    @property
    def in_words(self) -> str:
        return str(import_words.DOUBLES[self.why])

    def choice(self, verdict: Verdict) -> Choice:
        """What it means to decide so."""
        return Choice(verdict, self.why, str(self.customer) if self.customer else None, self.row)


@dataclass(frozen=True)
class DoublesPage:
    """Some of them, how many there are of each kind, and the rules."""

    page: "Page[DoubleShown]"
    kinds: dict[Why, int]
    decided: Decisions
    is_stale: bool


def doubles_page(*, batch: UUID, number: int, actor: str, at: datetime) -> DoublesPage:
    """Twenty of them; the look is in the log. Raises waiting.NotWaiting."""
    row, held, decided = waiting.waiting(batch)
    doubles = [one for one in _doubles_of(row) if one.place >= 0]
    some = Paginator(doubles, DOUBLES_PER_PAGE).get_page(number)
    shown = _shown(held, list(some.object_list), decided)
    audit.look(actions.IMPORT_ROWS_VIEWED, actor=actor, at=at, batch=str(batch), shown=len(shown))
    kinds: Counter[Why] = Counter(one.why for one in doubles)  # type: ignore[misc]  # as planning wrote them
    page = Page(shown, some.number, cast("Paginator[DoubleShown]", some.paginator))
    return DoublesPage(page, dict(kinds), decided, held.is_stale)


def _doubles_of(row: Import) -> list[Double]:
    told = json.loads(import_papers.opened(row, "result", bytes(row.result_sealed or b"")))
    return [Double(**one) for one in told["result"]["duplicates"]]


def _shown(held: WaitingList, told: list[Double], decided: Decisions) -> list[DoubleShown]:
    kept = merges.led_on(one.customer for one in told if one.customer)
    doubles = [replace(one, customer=kept.get(one.customer or "", one.customer)) for one in told]
    places = {one.place for one in doubles} | {one.row for one in doubles if one.row is not None}
    lines = held.at(places, setup.firm_country())
    said = {place: line.details for place, (_cells, line) in lines.items() if isinstance(line, Draft)}
    known = _known({UUID(one.customer) for one in doubles if one.customer and one.row is None})
    return [
        _double(one, said, known, decided, lines[one.row][1].line if one.row is not None else None)
        for one in doubles
        if one.place in said
    ]


def _double(
    one: Double,
    said: dict[int, Details],
    known: dict[UUID, Details],
    decided: Decisions,
    other_line: int | None,
) -> DoubleShown:
    customer = UUID(one.customer) if one.customer and one.row is None else None
    choice = decided.choices.get(one.place)
    return DoubleShown(
        place=one.place,
        line=one.line,
        why=one.why,  # type: ignore[arg-type]  # as planning wrote it
        verdict=choice.verdict if choice else "",
        ours=said[one.place],
        theirs=known.get(customer) if customer else said.get(-1 if one.row is None else one.row),
        customer=customer if customer in known else None,
        row=one.row,
        other_line=other_line,
    )


def _known(customers: set[UUID]) -> dict[UUID, Details]:
    rows = Customer.objects.filter(pk__in=customers, state=Customer.State.ACTIVE).order_by("pk")
    return dict(sealing.opened(rows.values_list("pk", "revision", "details_sealed")))
