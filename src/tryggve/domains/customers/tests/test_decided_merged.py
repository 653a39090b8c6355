"""Rows of a list that somebody decided to be a card's which is merged into another before the list comes in."""

from datetime import datetime, timedelta
from uuid import UUID

import pytest

from tests.cast import NOW
from tryggve.domains.customers.engine.details import Details
from tryggve.domains.customers.selectors import import_doubles, waiting
from tryggve.domains.customers.services import (
    deciding,
    import_batch,
    import_jobs,
    imports,
    merge_undo,
)
from tryggve.domains.customers.tests import deleting
from tryggve.domains.customers.tests.lists import MACHINE, add, csv_of, in_force
from tryggve.domains.customers.tests.merging import merge, undo

pytestmark = pytest.mark.django_db(transaction=True)

KEPT = Details(name="Cilla Ek", emails=("cilla@example.se",))
GONE = Details(name="Cecilia Quist", phones=("070-174 06 05",))


@pytest.fixture
def cards() -> tuple[UUID, UUID]:
    kept, gone = add(KEPT, GONE)
    return kept, gone


@pytest.fixture
def batch(cards: tuple[UUID, UUID]) -> UUID:
    """A list with one row, of which somebody said that it is about the card that goes."""
    content = csv_of("Sissi;;070-1740605;Ring henne;")
    batch = imports.preview_file(name="a.csv", content=content, source="", actor=MACHINE, at=NOW)
    [double] = _shown(batch)
    assert double.customer == cards[1]
    deciding.decide_doubles(
        batch=batch, choices={double.place: double.choice("same")}, rules={}, actor=MACHINE, at=NOW
    )
    return batch


def _shown(batch: UUID) -> list[import_doubles.DoubleShown]:
    return list(import_doubles.doubles_page(batch=batch, number=1, actor=MACHINE, at=NOW).page)


def _updated(batch: UUID) -> tuple[int, int]:
    """How many rows go onto a card, of how many that are left."""
    counts = waiting.waiting(batch).held.counts()
    return counts["updated"], sum(counts.values()) - counts["passed_over"]


def _bring_in(batch: UUID) -> None:
    imports.confirm(batch=batch, actor=MACHINE, at=NOW)
    import_jobs.run_confirmed(batch=batch, at=NOW)


def _notes() -> dict[str, str]:
    return {name: details.note for name, details in in_force().items()}


def test_row_comes_in_on_the_kept_card(cards: tuple[UUID, UUID], batch: UUID) -> None:
    merge(*cards)
    _bring_in(batch)
    assert _notes() == {KEPT.name: "Ring henne"}


def test_row_comes_in_on_the_last_card_of_a_chain(cards: tuple[UUID, UUID], batch: UUID) -> None:
    merge(*cards)
    merge(add(Details(name="Cissi"))[0], cards[0])
    _bring_in(batch)
    assert _notes() == {"Cissi": "Ring henne"}


def test_row_stays_when_the_list_is_compared_again(cards: tuple[UUID, UUID], batch: UUID) -> None:
    merge(*cards)
    deciding.compare_again(batch=batch, actor=MACHINE, at=NOW)
    assert _updated(batch) == (1, 1)
    _bring_in(batch)
    assert _notes() == {KEPT.name: "Ring henne"}


def test_row_of_a_long_list_stays_when_something_else_is_decided(
    cards: tuple[UUID, UUID], batch: UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    merge(*cards)
    monkeypatch.setattr(deciding, "AT_ONCE", 0)
    deciding.decide_doubles(batch=batch, choices={}, rules={}, actor=MACHINE, at=NOW)
    assert _updated(batch) == (1, 1)
    [double] = _shown(batch)
    assert (double.customer, double.verdict) == (cards[0], "same")
    _bring_in(batch)
    assert _notes() == {KEPT.name: "Ring henne"}


def test_row_is_the_parted_cards_again_when_the_merge_is_undone(
    cards: tuple[UUID, UUID], batch: UUID
) -> None:
    merged = merge(*cards)
    deciding.compare_again(batch=batch, actor=MACHINE, at=NOW)
    undo(merged)
    _bring_in(batch)
    assert _notes() == {KEPT.name: "", GONE.name: "Ring henne"}


def test_row_stays_when_the_merge_is_settled(cards: tuple[UUID, UUID], batch: UUID) -> None:
    merge(*cards)
    merge_undo.settle_merges(before=NOW + timedelta(days=31), actor="system", at=NOW)
    deciding.decide_doubles(batch=batch, choices={}, rules={}, actor=MACHINE, at=NOW)
    assert _updated(batch) == (1, 1)


def test_row_goes_when_the_kept_card_is_deleted(cards: tuple[UUID, UUID], batch: UUID) -> None:
    merge(*cards)
    deleting.delete_customer(customer=cards[0], actor=MACHINE, at=NOW)
    assert _updated(batch) == (0, 0)


def test_row_stays_when_its_card_is_merged_while_the_list_is_compared(
    cards: tuple[UUID, UUID], monkeypatch: pytest.MonkeyPatch
) -> None:
    real, merges = import_batch.plan, [cards]

    def plan(*arguments: object, at: datetime) -> object:
        made = real(*arguments, at=at)  # type: ignore[arg-type]
        while merges:
            merge(*merges.pop())
        return made

    monkeypatch.setattr(import_batch, "plan", plan)
    content = csv_of(f"{GONE.name};;{GONE.phones[0]};Ring henne;")
    batch = imports.preview_file(name="a.csv", content=content, source="", actor=MACHINE, at=NOW)
    assert _updated(batch) == (1, 1)
