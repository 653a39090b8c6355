"""What is written while a pair is taken: the copy and what it says of itself are of one moment, and can be had back."""

from collections.abc import Callable, Iterator
from threading import Thread
from typing import Any

import pytest
from django.db import connection

from tests import ground
from tests.backups.backed_up import BackedUp, firm_backed_up
from tests.cast import CILLA
from tryggve.domains.backups.database_copies import postgresql_copies, sqlite_copies
from tryggve.domains.backups.models import Run
from tryggve.domains.backups.tests import child
from tryggve.domains.customers.models import Customer
from tryggve.domains.customers.tests.lists import add, bring_in, people
from tryggve.lib import write_points

__all__ = ["firm_backed_up"]
pytestmark = [pytest.mark.process, pytest.mark.both_databases, pytest.mark.django_db(transaction=True)]
COPIES = (postgresql_copies, "dump") if ground.on_postgresql() else (sqlite_copies, "copy")


@pytest.fixture(autouse=True)
def uncut() -> Iterator[None]:
    yield
    write_points.cut_with(None)


def _somebody_else_adds() -> None:
    """As another process would, with a connection of its own; it is written down once this returns."""

    def write() -> None:
        try:
            add(CILLA)
        finally:
            connection.close()

    writer = Thread(target=write)
    writer.start()
    writer.join()


def _written_around(deed: Callable[..., None]) -> Callable[..., None]:
    def around(*words: Any, **named: Any) -> None:
        _somebody_else_adds()
        deed(*words, **named)
        _somebody_else_adds()

    return around


def test_write_beside_the_copy_makes_it_disagree_with_nothing(
    firm_backed_up: BackedUp, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The rows are counted after the database was copied, and are those of the copy."""
    there = Customer.objects.count()
    monkeypatch.setattr(*COPIES, _written_around(getattr(*COPIES)))
    firm_backed_up.run = firm_backed_up.back_up()
    monkeypatch.undo()
    assert Customer.objects.count() == there + 2
    assert firm_backed_up.came_to() == ("PASSED", "", "", 0)


# SQLite has one write lock: while a list is put in force, whoever else writes waits for the end of it.
POINTS = ("import: new rows staged",) + (
    ("import: published, not committed",) if ground.on_postgresql() else ()
)


@pytest.mark.parametrize("point", POINTS)
def test_pair_from_the_middle_of_an_import_can_be_had_back(firm_backed_up: BackedUp, point: str) -> None:
    """Taken by a process of its own, as each night."""
    ended: list[int] = []
    write_points.cut_with(
        lambda name: ended.append(child.run("take")) if name == point and not ended else None
    )
    bring_in(people(range(3)))
    write_points.cut_with(None)
    run = Run.objects.latest("began_at")
    assert (ended, run.pk != firm_backed_up.run.pk, run.state, run.cause) == ([0], True, Run.State.DONE, "")
    row = firm_backed_up.test()
    assert (row.state, row.cause, row.run, row.found["customers"]) == ("PASSED", "", run, 2)
