"""Of what a copy brings only a register's own gets to its place, whoever may add copies to where it lies."""

from pathlib import Path

import pytest

from tryggve.domains.backups.services.restoring import placing
from tryggve.lib.folders import Folders


@pytest.fixture
def where(tmp_path: Path) -> Folders:
    made = Folders(data=tmp_path / "data", config=tmp_path / "config")
    made.files.mkdir(parents=True)
    made.keys.write_text("this computer's")
    made.restore_mark.write_text("how far")
    return made


def _brought(tmp_path: Path) -> Path:
    folder = tmp_path / "data" / "restored"
    for name in ("files/documents", "audit", "backups/copy", "run"):
        (folder / name).mkdir(parents=True)
    (folder / "files/documents/one").write_text("sealed")
    (folder / "backups/copy/tryggve.sqlite3").write_text("rows")
    for name in ("in-use", "keys.sqlite3", "restoring", "rehearsal", "id", "tryggve.sqlite3-wal"):
        (folder / name).write_text("brought")
    return folder


def test_keys_and_marks_of_this_computer_stay_as_they_are(where: Folders, tmp_path: Path) -> None:
    placing.put_in_place(_brought(tmp_path), where)
    placing.clear(where)
    there = {path.name: path.read_text() for path in where.data.iterdir() if path.is_file()}
    assert there == {
        "keys.sqlite3": "this computer's", "restoring": "how far", "in-use": "brought", "tryggve.sqlite3": "rows",
    }  # fmt: skip
    assert (where.files / "documents" / "one").read_text() == "sealed"
    assert not where.run.exists()


@pytest.mark.parametrize("name", ["files", "audit", "files/documents", "backups/copy/tryggve.sqlite3"])
def test_nothing_that_leads_elsewhere_is_put_in_place(where: Folders, tmp_path: Path, name: str) -> None:
    brought, outside = _brought(tmp_path), tmp_path / "outside"
    (brought / name).rename(outside)
    (brought / name).symlink_to(outside)
    placing.put_in_place(brought, where)
    assert [path for path in where.data.rglob("*") if path.is_symlink()] == []
