"""The index is thrown away when it is damaged; it lies in no backup and is readable by its owner alone."""

import sqlite3
import stat
from pathlib import Path

import pytest

from tests.cast import NOW
from tryggve.domains.backups.services.pairs import staging
from tryggve.domains.datamap import index_file
from tryggve.domains.datamap.models import Source
from tryggve.domains.datamap.services import scans
from tryggve.domains.datamap.tests import mapped
from tryggve.lib import folders
from tryggve.lib.ids import new_id

pytestmark = [pytest.mark.django_db(transaction=True)]


@pytest.fixture
def disk(tmp_path: Path) -> Source:
    return mapped.folder(tmp_path / "disk")


def _put(count: int) -> None:
    index_file.put((new_id(), [number.to_bytes(16)]) for number in range(count))


def test_new_index_has_another_identity() -> None:
    before = index_file.identity()
    assert (len(before), index_file.identity()) == (32, before)
    index_file.path().unlink()
    assert index_file.identity() != before


@pytest.mark.parametrize("damage", [b"no database at all" * 100, b"SQLite format 3\x00" + b"\xff" * 5000])
def test_damaged_index_is_made_anew(damage: bytes) -> None:
    _put(3)
    before = index_file.identity()
    index_file.path().write_bytes(damage)
    assert (index_file.identity() != before, index_file.tags()) == (True, set())
    _put(2)
    assert len(index_file.tags()) == 2


def test_index_damaged_within_is_thrown_away_when_that_shows() -> None:
    """Its first page is whole, so that it opens."""
    _put(2000)
    before = index_file.identity()
    with index_file.path().open("r+b") as file:
        for page in range(2, index_file.path().stat().st_size // 4096):
            file.seek(page * 4096)
            file.write(b"\xff" * 4096)
    for _time in range(2):
        try:
            list(index_file.tags_by_file())
        except sqlite3.DatabaseError:
            continue
    assert index_file.identity() != before
    assert index_file.tags() == set()


def test_values_of_files_without_a_row_are_let_go_of(disk: Source, tmp_path: Path) -> None:
    """A scan was killed between both."""
    file = mapped.lying(disk, tmp_path / "disk/a.csv", mapped.people(range(2)))
    _put(3)
    scans.run(scans.ask_now(source=disk.pk, actor=mapped.MACHINE, at=NOW), now=lambda: NOW)
    assert {one for one, _tag in index_file.tags_by_file()} == {file.pk}


def test_index_holds_no_value_readable_and_is_its_owners_alone(disk: Source, tmp_path: Path) -> None:
    mapped.lying(disk, tmp_path / "disk/a.csv", mapped.people([7]))
    assert b"kund00007" not in index_file.path().read_bytes()
    assert stat.S_IMODE(index_file.path().parent.stat().st_mode) == 0o700


def test_no_copy_takes_the_index_along(disk: Source, tmp_path: Path) -> None:
    mapped.lying(disk, tmp_path / "disk/a.csv", mapped.people(range(2)))
    assert index_file.path().is_relative_to(folders.current().data)
    index = index_file.path().read_bytes()
    with staging.staged(pair=new_id(), at=NOW) as copy:
        taken = [path for path in copy.folder.rglob("*") if path.is_file()]
        assert taken
        assert not [path for path in taken if index_file.path().name in path.name or "index" in path.parts]
        assert not [path for path in taken if path.read_bytes() == index]
