"""An import taken back by a process that dies on the way, or that is given up."""

from uuid import UUID

import pytest

from tests.cast import CILLA, NOW
from tryggve.domains.customers.models import Customer, Import
from tryggve.domains.customers.services import (
    records,
    undo_jobs,
)
from tryggve.domains.customers.tests import power
from tryggve.domains.customers.tests.lists import MACHINE, add, bring_in, in_force
from tryggve.domains.customers.tests.undone import LIST, told, undo

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def batch() -> UUID:
    """A list that made Åsa and wrote something about Cilla."""
    add(CILLA)
    return UUID(bring_in(LIST).import_id)


POINTS = [
    "undo: cards given back",
    "undo: customers marked for deletion",
    "undo: keys destroyed",
    "undo: customers deleted",
]


@pytest.mark.parametrize("place", range(1, 5), ids=POINTS)
@pytest.mark.parametrize("is_finished_by_the_routine", [False, True])
def test_undo_cut_anywhere_is_finished_by_the_next_try(
    batch: UUID, place: int, is_finished_by_the_routine: bool
) -> None:
    undo_jobs.order_undo(batch=batch, is_used_too=False, actor=MACHINE, at=NOW)
    with power.cut_at(place):
        undo_jobs.run_ordered(batch=batch, at=NOW)
    if is_finished_by_the_routine:
        records.finish_deletions(actor="system", at=NOW)
    undo_jobs.run_ordered(batch=batch, at=NOW)
    assert (in_force(), told(batch), Customer.objects.count()) == ({CILLA.name: CILLA}, (1, 1, 0, 0), 1)
    assert Import.objects.get(pk=batch).rows_done == Import.objects.get(pk=batch).rows_total == 2


def test_undo_passes_all_its_points(batch: UUID) -> None:
    undo_jobs.order_undo(batch=batch, is_used_too=False, actor=MACHINE, at=NOW)
    passed = power.points_of(lambda: undo_jobs.run_ordered(batch=batch, at=NOW))
    assert [name for name in passed if name.startswith("undo")] == POINTS


def test_undo_that_was_given_up_can_be_ordered_again_and_counts_on(batch: UUID) -> None:
    undo_jobs.order_undo(batch=batch, is_used_too=False, actor=MACHINE, at=NOW)
    with power.cut_at(1):
        undo_jobs.run_ordered(batch=batch, at=NOW)
    undo_jobs.stop_given_up(str(batch))
    assert Import.objects.get(pk=batch).state == "DONE"
    undo(batch)
    assert (in_force(), told(batch)) == ({CILLA.name: CILLA}, (1, 1, 0, 0))
