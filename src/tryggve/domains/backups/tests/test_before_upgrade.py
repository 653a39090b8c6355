"""Data of an older program, and `up` of this one: a backup first, and the upgrade in any case."""

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from tests.program import Program
from tryggve.domains.backups.restic import Place, Repository
from tryggve.domains.backups.tests import lost_firm
from tryggve.domains.backups.tests.lost_firm import LostFirm

pytestmark = pytest.mark.process
_OLDER = ("DELETE FROM django_migrations WHERE app = 'sessions'", "DROP TABLE django_session")


@pytest.fixture(scope="module")
def firm() -> Iterator[LostFirm]:
    made = LostFirm()
    yield made
    made.clear()


def _change(firm: LostFirm, *statements: str) -> None:
    with closing(sqlite3.connect(firm.program.data / "tryggve.sqlite3", isolation_level=None)) as connection:
        for statement in statements:
            connection.execute(statement)
    firm.program._give_to_nobody()


def _upgraded(firm: LostFirm, *statements: str) -> str:
    """What `up` printed, once it has made that older register one of this version."""
    _change(firm, *_OLDER, *statements)
    firm.program.start()
    firm.program.stop()
    with closing(sqlite3.connect(firm.program.data / "tryggve.sqlite3")) as connection:
        assert connection.execute("SELECT count(*) FROM django_session").fetchone() == (0,)
    return firm.program.printed.read_text()


def _named(firm: LostFirm, tmp_path: Path) -> int:
    """How many copies at the far place are from before an upgrade."""
    place = Place(str(firm.far / "tryggve-data"))
    return len(Repository(place, "data Far place", tmp_path).snapshots(tags=["data", "why=UPGRADE"]))


def test_pair_is_taken_before_the_upgrade_also_while_one_place_is_away(
    firm: LostFirm, tmp_path: Path
) -> None:
    assert "The backup is taken." in _upgraded(firm)
    assert _named(firm, tmp_path) == 1
    firm.near.rename(firm.folder / "carried away")
    printed = _upgraded(firm)
    (firm.folder / "carried away").rename(firm.near)
    assert "«Disk in the office» has no backup from before this upgrade" in printed
    assert "The upgrade goes on" in printed
    assert _named(firm, tmp_path) == 2


def test_copy_from_before_the_upgrade_is_put_back_by_the_newer_program(
    firm: LostFirm, tmp_path: Path
) -> None:
    place, bare = Place(str(firm.far / "tryggve-data")), Program()
    if not _named(firm, tmp_path):
        _upgraded(firm)
    older = Repository(place, "data Far place", tmp_path).snapshots(tags=["data", "why=UPGRADE"])[0].id
    words = ("restore", "-", "--keys-place", str(firm.near), "--yes", "--json", "--snapshot", older)
    try:
        done = lost_firm.run(bare, *words, given="".join(f"{one}\n" for one in firm.shares[:2]))
        assert (done.returncode, json.loads(done.stdout)["damaged_tables"]) == (0, 0), done.stderr
        assert b"Cilla Karlsson" in bare.run("customers", "find", "cilla").stdout
        with closing(sqlite3.connect(bare.data / "tryggve.sqlite3")) as connection:
            assert connection.execute("SELECT count(*) FROM django_session").fetchone() == (0,)
    finally:
        bare.clear()


def test_older_program_without_backups_has_the_copy_on_this_computer_alone(
    firm: LostFirm, tmp_path: Path
) -> None:
    before = _named(firm, tmp_path)
    with closing(sqlite3.connect(firm.program.data / "tryggve.sqlite3")) as connection:
        tables = [
            name
            for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
            if name.startswith("backups_")
        ]
    without = [f"DROP TABLE {table}" for table in tables]
    printed = _upgraded(firm, "DELETE FROM django_migrations WHERE app = 'backups'", *without)
    assert "kept on this computer alone" in printed
    assert (firm.program.data / "before-upgrade.sqlite3").exists()
    assert _named(firm, tmp_path) == before
