"""restic is really killed at each of its requests while it lets go of old copies: what is kept stays whole, nothing
half done is believed, and the next time clears it all away."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tryggve.domains.backups.restic import Place, Repository, ResticFailed
from tryggve.domains.backups.services.pairs import carrying
from tryggve.domains.backups.tests import cheap_repositories
from tryggve.domains.backups.tests.cutting_server import CuttingServer

pytestmark = pytest.mark.process
PASSWORD = "four words and a half"
_CHANGING = ("DELETE", "POST")
POINTS = (
    ("DELETE", "snapshots"),
    ("POST", "data"),
    ("POST", "index"),
    ("DELETE", "index"),
    ("DELETE", "data"),
    ("DELETE", "locks"),
)


@pytest.fixture
def server(tmp_path: Path) -> Iterator[CuttingServer]:
    with CuttingServer(tmp_path / "rest") as server:
        yield server


@pytest.fixture
def repository(server: CuttingServer, tmp_path: Path) -> Repository:
    """Three copies of the keys, whose packs hold something of each other's."""
    cheap_repositories.make(server.home / "keys", PASSWORD)
    made = Repository(Place(f"{server.location}keys"), PASSWORD, tmp_path / "cache")
    for number in range(3):
        folder = tmp_path / "of" / str(number)
        folder.mkdir(parents=True)
        (folder / "own").write_bytes(os.urandom(50_000))
        (folder / "next").write_bytes(f"{number}".encode() * 20_000)
        given = [folder, *([tmp_path / "of" / str(number - 1) / "next"] if number else [])]
        made.backup(given, tags=["keys"])
    return made


def _tried(repository: Repository, going: list[str]) -> None:
    carrying.unlocked(repository, lambda: repository.let_go(going))


def test_killed_anywhere_while_it_lets_go_of_keys(
    server: CuttingServer, repository: Repository, tmp_path: Path
) -> None:
    first, second, third = (one.id for one in repository.snapshots())
    whole = shutil.copytree(server.home / "keys", tmp_path / "whole")
    server.asked.clear()
    _tried(repository, [first, second])
    points = {one for one in server.asked if one[0] in _CHANGING} - {("POST", "locks")}
    assert points == set(POINTS)
    for point in POINTS:
        shutil.rmtree(server.home / "keys")
        shutil.copytree(whole, server.home / "keys")
        server.cut_at_first(point)
        with pytest.raises(ResticFailed):
            _tried(repository, [first, second])
        assert server.killed == [point]
        server.cut_no_more()

        left = {one.id for one in repository.snapshots()}
        assert third in left
        assert repository.has_remains() or first in left or second in left or point == ("DELETE", "locks")
        own = f"{tmp_path}/of/2/own"
        assert repository.dump(third, own) == Path(own).read_bytes()

        _tried(repository, [one for one in (first, second) if one in left])
        assert [one.id for one in repository.snapshots()] == [third]
        carrying.unlocked(repository, repository.check_all_data)
