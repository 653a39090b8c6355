"""A repository on another computer that is reached by SFTP: a real server, on this one."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from tryggve.domains.backups.restic import Repository, ResticFailed, Unreachable
from tryggve.domains.backups.tests.sftp_server import SftpServer

pytestmark = pytest.mark.process


@pytest.fixture
def server(tmp_path: Path) -> Iterator[SftpServer]:
    with SftpServer(tmp_path / "ssh") as server:
        yield server


def test_what_went_there_comes_back_and_a_server_that_is_gone_is_told(
    server: SftpServer, tmp_path: Path
) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "one").write_bytes(os.urandom(50_000))
    repository = Repository(server.place(), "password", tmp_path / "cache")
    assert not repository.exists()
    repository.make()
    snapshot = repository.backup([tmp_path / "data"]).snapshot
    repository.restore(snapshot, to=tmp_path / "back")
    back = tmp_path / "back" / (tmp_path / "data" / "one").relative_to("/")
    assert back.read_bytes() == (tmp_path / "data" / "one").read_bytes()

    server.stop()
    with pytest.raises(Unreachable):
        repository.snapshots()
    server.start()
    assert len(repository.snapshots()) == 1


def test_server_that_isnt_the_one_that_was_known_is_not_trusted(server: SftpServer, tmp_path: Path) -> None:
    repository = Repository(server.place(), "password", tmp_path / "cache")
    repository.make()
    known = tmp_path / "ssh" / "known"
    known.write_text(known.read_text().replace("AAAAC3Nza", "AAAAC3Nzb"))
    with pytest.raises(ResticFailed) as failed:
        repository.snapshots()
    assert failed.type is Unreachable
