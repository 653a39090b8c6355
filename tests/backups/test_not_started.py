"""A copy that came back whole and can't be worked with: the last step of a restore test finds it out."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from tests import ground
from tests.backups.backed_up import DATABASE, BackedUp, firm_backed_up, left_behind
from tryggve.audit.models import Entry
from tryggve.domains.backups.models import RestoreTest
from tryggve.domains.backups.services.restore_tests import starts
from tryggve.lib import write_points

__all__ = ["firm_backed_up"]
pytestmark = [pytest.mark.process, pytest.mark.both_databases, pytest.mark.django_db(transaction=True)]
_NOT_STARTED = ("FAILED", "starts", "does-not-start", 0)


@pytest.fixture(autouse=True)
def uncut() -> Iterator[None]:
    yield
    write_points.cut_with(None)


def _page_breaks(copy: Path) -> None:
    """Every row is there, and what the log-in page asks for is called something else."""
    with closing(sqlite3.connect(copy / DATABASE)) as database, database:
        database.execute("ALTER TABLE setup_firm RENAME COLUMN name TO another")


@pytest.mark.skipif(ground.on_postgresql(), reason="changes the copied file of the database")
def test_copy_whose_log_in_page_breaks_fails(
    firm_backed_up: BackedUp, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(starts, "_SECONDS", 10.0)
    with firm_backed_up.data_changed(_page_breaks):
        assert firm_backed_up.came_to() == _NOT_STARTED


def test_copy_on_which_the_program_ends_at_once_fails(
    firm_backed_up: BackedUp, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(starts, "_ANSWERS_WITHIN", 2.0)

    def spoil(name: str) -> None:
        if name == "restore test: shredding":
            [config] = [folder for home in left_behind() for folder in home.glob("config")]
            (config / "secret-key").write_bytes(b"\xff")

    write_points.cut_with(spoil)
    assert firm_backed_up.came_to() == _NOT_STARTED
    told = Entry.objects.get(pk=RestoreTest.objects.get().entry or 0).facts
    assert (told["outcome"], told["cause"]) == ("failed", "does-not-start")
