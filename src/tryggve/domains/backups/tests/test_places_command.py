"""``backup places``: added, tried, removed and taken back by words; what lets in there comes from standard input."""

import getpass
import io
import json
from pathlib import Path

import pytest

from tests.commands import database_in_its_place, run
from tryggve.domains.backups.management.backup_verbs.places import NoSuchPlace, NotFields
from tryggve.domains.backups.models import Place
from tryggve.domains.backups.tests.sftp_server import SftpServer

__all__ = ["database_in_its_place"]
pytestmark = [pytest.mark.process, pytest.mark.django_db, pytest.mark.usefixtures("register")]


@pytest.fixture
def register(database_in_its_place: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """The command asks for it first."""
    monkeypatch.setattr("tryggve.domains.setup.api.require", lambda: None)


def _places(*words: str) -> tuple[int, object]:
    status, said = run("backups", "backup", "places", *words, "--json")
    return status, json.loads(said)


def test_folder_from_its_adding_to_its_taking_back(tmp_path: Path) -> None:
    assert _places() == (0, [])
    (tmp_path / "disk").mkdir()
    words = ["--title", "Disk", "--holds", "both", "--country", "se", "--path", str(tmp_path / "disk")]
    status, added = _places("add", "folder", *words)
    assert (status, isinstance(added, dict) and added["keeps_old"]) == (0, False)
    id = str(Place.objects.get().pk)
    status, listed = _places("list")
    assert (status, isinstance(listed, list) and listed[0]["state"]) == (0, "reached")
    assert _places("test", id)[0] == 0
    assert _places("remove", id) == (0, [])
    assert _places("restore", id)[0] == 0

    (tmp_path / "disk" / "tryggve-place").unlink()
    status, told = run("backups", "backup", "places")
    assert (status, "Disk" in told) == (1, True)
    assert _places("test", id)[0] == 1


def test_sftp_by_a_key_that_nobody_else_can_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with SftpServer(tmp_path / "ssh") as server:
        _status, made = _places("sftp-key", "127.0.0.1", "--port", str(server.port))
        assert isinstance(made, dict)
        assert (made["fingerprint"], "PRIVATE" in json.dumps(made)) == (server.fingerprint(), False)
        server.let_in(made["public_key"])
        where = {
            "host": "127.0.0.1",
            "port": str(server.port),
            "user": getpass.getuser(),
            "path": str(server.home),
        }
        monkeypatch.setattr("sys.stdin", io.StringIO(json.dumps({**made["fields"], **where})))
        assert _places("add", "sftp", "-", "--title", "Far", "--elsewhere")[0] == 0
        assert (server.home / "tryggve-data" / "config").is_file()


@pytest.mark.parametrize("given", ["", "[]", '{"host": 1}', '{"unknown": "x"}'])
def test_what_isnt_its_fields_is_refused(given: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(given))
    with pytest.raises(NotFields):
        run("backups", "backup", "places", "add", "sftp", "-", "--title", "Far")
    with pytest.raises(NoSuchPlace):
        run("backups", "backup", "places", "remove", "no-id")
    assert not Place.objects.exists()


@pytest.mark.parametrize("deed", ["add", "change"])
def test_help_names_the_fields_of_each_kind(deed: str, capsys: pytest.CaptureFixture[str]) -> None:
    run("backups", "backup", "places", deed, "--help")
    told = " ".join(capsys.readouterr().out.split())
    assert (
        "s3: endpoint, bucket, prefix, region, key_id, secret;" in told,
        "carried_key, host_key." in told,
    ) == (
        True,
        True,
    )
