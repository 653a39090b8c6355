"""Lists that wait for a yes, and what a person decides of them."""

import json
from uuid import UUID

from tests.cast import NOW
from tryggve.domains.customers import import_papers
from tryggve.domains.customers.engine.columns.heading_words import Field
from tryggve.domains.customers.engine.comparison.decisions import Choice, Rules, Verdict
from tryggve.domains.customers.engine.custom_fields import Field as Question
from tryggve.domains.customers.models import Import
from tryggve.domains.customers.selectors import import_doubles, import_rows, waiting
from tryggve.domains.customers.selectors.import_doubles import DoublesPage
from tryggve.domains.customers.selectors.import_rows import RowsPage
from tryggve.domains.customers.services import (
    deciding,
    import_jobs,
    imports,
)
from tryggve.domains.customers.tests.lists import MACHINE


def preview(content: bytes) -> UUID:
    return imports.preview_file(name="list.csv", content=content, source="fair", actor=MACHINE, at=NOW)


def carry_out(batch: UUID) -> None:
    imports.confirm(batch=batch, actor=MACHINE, at=NOW)
    import_jobs.run_confirmed(batch=batch, at=NOW)


def rows(batch: UUID, fate: str = "", number: int = 1) -> RowsPage:
    return import_rows.rows_page(batch=batch, fate=fate, number=number, actor=MACHINE, at=NOW)


def fates(batch: UUID) -> list[tuple[int, str, str]]:
    return [(row.line, row.fate, row.reason) for row in rows(batch).page]


def match(batch: UUID, **fields: Field | Question | None) -> None:
    """By the place of the column."""
    places = {int(name.removeprefix("at")): field for name, field in fields.items()}
    deciding.match_columns(batch=batch, fields=places, actor=MACHINE, at=NOW)


def mend(batch: UUID, place: int, *cells: str) -> None:
    deciding.mend_row(batch=batch, place=place, cells=cells, actor=MACHINE, at=NOW)


def doubles(batch: UUID) -> DoublesPage:
    return import_doubles.doubles_page(batch=batch, number=1, actor=MACHINE, at=NOW)


def decide(batch: UUID, verdict: Verdict | None = None, rules: Rules | None = None) -> None:
    """The same of each row that may be a double."""
    choices: dict[int, Choice | None] = {}
    if verdict:
        choices = {one.place: one.choice(verdict) for one in doubles(batch).page}
    deciding.decide_doubles(batch=batch, choices=choices, rules=rules or {}, actor=MACHINE, at=NOW)


def as_kept(batch: UUID) -> str:
    """All that is sealed with an import, opened."""
    row = Import.objects.get(pk=batch)
    told = [str(waiting.waiting(batch).held.understood("SE")), str(waiting.waiting(batch).held.traces())]
    return " ".join([*told, str(waiting.decisions_of(row))])


def left_of(batch: UUID) -> list[list[object]]:
    row = Import.objects.get(pk=batch)
    left: dict[str, list[list[object]]] = json.loads(
        import_papers.opened(row, "leftovers", bytes(row.leftovers_sealed or b""))
    )
    return left["set_aside"]
