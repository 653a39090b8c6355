"""What was deleted is gone with every byte, or it is known that it isn't: restic ends well in either case."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest

from tryggve.domains.backups.restic import Place, Refused, Repository, TookTooLong
from tryggve.domains.backups.tests import cheap_repositories

pytestmark = pytest.mark.process
_NOBODY: Final = 65534


@pytest.fixture
def room(monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder of somebody's who isn't the superuser, to whom nothing is closed; tests run by it go on as nobody."""
    is_root = os.geteuid() == 0
    if is_root:
        os.seteuid(_NOBODY)
    folder = Path(tempfile.mkdtemp(dir="/tmp"))
    monkeypatch.setenv("TMPDIR", str(folder))
    yield folder
    if is_root:
        os.seteuid(0)
    shutil.rmtree(folder)


@pytest.fixture
def repository(room: Path) -> Repository:
    cheap_repositories.make(room / "there", "password")
    made = Repository(Place(str(room / "there")), "password", room / "cache")
    for number in range(3):
        (room / "one").write_bytes(os.urandom(9_000 + number))
        made.backup([room / "one"], tags=["keys"])
    return made


def _close(repository: Repository, *, mode: int) -> None:
    data = Path(repository.place.location, "data")
    for folder in (*data.iterdir(), data):
        folder.chmod(mode)


def test_what_is_let_go_of_is_gone(repository: Repository) -> None:
    first, second, third = repository.snapshots()
    assert not repository.has_remains()
    repository.let_go([first.id, second.id])
    assert (repository.snapshots(), repository.has_remains()) == ([third], False)
    repository.let_go([third.id])
    assert (repository.packs(), repository.has_remains()) == ([], False)


def test_place_that_keeps_what_was_deleted_is_found_out(repository: Repository) -> None:
    """restic asks for it again and again, and then ends well."""
    before = set(repository.packs())
    repository.forget_alone(repository.snapshots()[0].id, seconds=60)
    _close(repository, mode=0o500)
    with pytest.raises(Refused):
        repository.let_go([])
    assert (set(repository.packs()) >= before, repository.has_remains()) == (True, True)
    _close(repository, mode=0o700)
    repository.let_go([])
    assert (before <= set(repository.packs()), repository.has_remains()) == (False, False)


def test_clearing_that_was_cut_off_is_known_and_made_up_for(repository: Repository) -> None:
    first, *_others = repository.snapshots()
    before = set(repository.packs())
    repository.forget_alone(first.id, seconds=60)
    assert repository.has_remains()
    repository.let_go([])
    assert (repository.has_remains(), before <= set(repository.packs())) == (False, False)


def test_whoever_waits_for_an_answer_waits_not_for_half_a_day(tmp_path: Path) -> None:
    stuck = Repository(
        Place("sftp:x:/y", options=("sftp.command=sleep 600",)), "password", tmp_path / "cache", longest=0.5
    )
    for deed in (stuck.has_remains, stuck.prune, lambda: stuck.forget(["ab12"])):
        with pytest.raises(TookTooLong):
            deed()
    assert stuck.brief().longest == stuck.brief().patience == 60
