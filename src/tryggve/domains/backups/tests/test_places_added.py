"""Places of every kind, added after a real trial: what is written comes back, what is deleted is gone or is kept."""

import getpass
from collections.abc import Iterator
from pathlib import Path

import pytest

from tryggve.audit.models import Entry
from tryggve.domains.backups import place_access
from tryggve.domains.backups.models import Place
from tryggve.domains.backups.place_kinds import Untold, sftp
from tryggve.domains.backups.restic import Repository
from tryggve.domains.backups.selectors import places as selectors
from tryggve.domains.backups.services import places
from tryggve.domains.backups.services.places import refusals
from tryggve.domains.backups.tests.added_places import AT, add, data_of, disk, short_patience, works
from tryggve.domains.backups.tests.object_store import ObjectStore
from tryggve.domains.backups.tests.rest_server import RestServer
from tryggve.domains.backups.tests.sftp_server import SftpServer
from tryggve.lib import folders

__all__ = ["disk", "short_patience"]
pytestmark = [pytest.mark.process, pytest.mark.django_db]


@pytest.fixture
def store() -> Iterator[ObjectStore]:
    with ObjectStore() as store:
        yield store


@pytest.fixture
def server(tmp_path: Path) -> Iterator[SftpServer]:
    with SftpServer(tmp_path / "ssh") as server:
        yield server


def _sftp_fields(server: SftpServer) -> dict[str, str]:
    """As whoever added Tryggve's key there."""
    pair = sftp.new_key_pair()
    server.let_in(pair.public)
    shown = sftp.host_key("127.0.0.1", str(server.port))
    return {
        "host": "127.0.0.1",
        "port": str(server.port),
        "user": getpass.getuser(),
        "path": str(server.home),
        "private_key": pair.private,
        "host_key": shown.line,
    }


def test_folder_holds_data_and_keys(disk: Path, tmp_path: Path) -> None:
    added = add("FOLDER", {"path": str(disk)}, keys=True)
    row = Place.objects.get()
    assert (row.keeps_old, row.tried_at, row.seen_at, row.country) == (False, AT, AT, "SE")
    assert Entry.objects.filter(action="backups.place-added").count() == 1
    assert str(disk).encode() not in bytes(row.access_sealed)
    works(added, tmp_path)


def test_computer_by_sftp_lets_in_our_own_key_alone(server: SftpServer, tmp_path: Path) -> None:
    added = add("SFTP", _sftp_fields(server), keys=True)
    works(added, tmp_path)
    left = folders.current().run / "backup-places"
    assert (added.keeps_old, list(left.iterdir())) == (False, [])


def test_computer_that_shows_another_host_key_later_is_not_trusted(server: SftpServer) -> None:
    added = add("SFTP", _sftp_fields(server))
    server.new_host_key()
    assert places.look(at=AT) == {added.id: False}
    assert Place.objects.get().trouble == "unreachable"


def test_host_key_is_shown_as_whoever_keeps_the_computer_sees_it(server: SftpServer) -> None:
    assert sftp.host_key("127.0.0.1", str(server.port)).fingerprint == server.fingerprint()
    server.stop()
    with pytest.raises(Untold, match="No SSH server answers"):
        sftp.host_key("127.0.0.1", str(server.port))


def test_bucket_that_forgets_holds_data_and_keys(store: ObjectStore, tmp_path: Path) -> None:
    added = add("S3", store.fields(store.bucket("plain")), keys=True)
    assert added.keeps_old is False
    works(added, tmp_path)


@pytest.mark.parametrize("kept", [{"is_versioned": True}, {"locked_days": 30}])
def test_bucket_that_keeps_versions_or_locks_holds_no_keys(store: ObjectStore, kept: dict[str, int]) -> None:
    fields = store.fields(store.bucket("kept", **kept))  # type: ignore[arg-type]
    with pytest.raises(refusals.KeepsVersions):
        add("S3", fields, keys=True)
    assert add("S3", fields).keeps_old is ("locked_days" in kept)


def test_rest_server_holds_data_and_keys(tmp_path: Path) -> None:
    with RestServer(tmp_path / "rest") as server:
        added = add("REST", server.fields, keys=True)
        assert added.keeps_old is False
        works(added, tmp_path)


def test_append_only_rest_server_keeps_old_data_and_holds_no_keys(tmp_path: Path) -> None:
    with RestServer(tmp_path / "rest", is_append_only=True) as server:
        with pytest.raises(refusals.KeepsAll):
            add("REST", server.fields, data=False, keys=True)
        # The keys' repository that the trial made can't be taken away there; data goes there all the same.
        added = add("REST", server.fields)
        assert (added.keeps_old, Place.objects.get(pk=added.id).keeps_old) == (True, True)
        place = selectors.one(added.id)
        assert places.note_deletion(place, at=AT) is True
        assert len(data_of(added).snapshots()) == 1


def test_wrong_password_of_a_rest_server_is_told(tmp_path: Path) -> None:
    with (
        RestServer(tmp_path / "rest") as server,
        pytest.raises(refusals.NotUsable, match="doesn't let Tryggve in"),
    ):
        add("REST", {**server.fields, "password": "another"})


def test_rclones_remote_is_used_by_its_own_configuration(disk: Path, tmp_path: Path) -> None:
    fields = {"remote": "far", "path": str(disk), "config": "[far]\ntype = local\n"}
    added = add("RCLONE", fields, keys=True)
    works(added, tmp_path)
    assert sorted(one.name for one in disk.iterdir()) == ["tryggve-data", "tryggve-keys"]


def test_rclones_storage_that_may_keep_a_history_holds_no_keys() -> None:
    with pytest.raises(refusals.RemoteKeeps, match="dropbox"):
        add("RCLONE", {"remote": "far", "config": "[far]\ntype = dropbox\n"}, keys=True)


@pytest.mark.parametrize(
    ("inside", "name"),
    [
        ("Dropbox", "Dropbox"), ("OneDrive - Anna AB", "OneDrive"), ("iCloud Drive", "iCloud"),
        ("Nextcloud", "Nextcloud"),
        ("Google Drive", "Google Drive"), (".stfolder", "Syncthing"), (".dropbox.cache", "Dropbox"),
        ("._sync_0123.db", "Nextcloud"),
    ],
)  # fmt: skip
def test_synced_folder_holds_data_but_no_keys(disk: Path, inside: str, name: str) -> None:
    (disk / inside).mkdir()
    folder = disk if inside.startswith(".") else disk / inside
    with pytest.raises(refusals.Synced, match=name):
        add("FOLDER", {"path": str(folder)}, data=False, keys=True)
    assert not (folder / "tryggve-keys").exists()
    assert add("FOLDER", {"path": str(folder)}).keeps_old is False


def test_carried_disk_holds_no_keys(disk: Path) -> None:
    with pytest.raises(refusals.OffLine):
        add("FOLDER", {"path": str(disk)}, keys=True, is_carried=True)
    added = add("FOLDER", {"path": str(disk)}, is_carried=True)
    with pytest.raises(refusals.KnownAlready):
        add("FOLDER", {"path": str(disk)}, keys=True)
    assert added.keeps_old is False


def test_folder_of_tryggves_own_or_that_isnt_there_is_refused(tmp_path: Path) -> None:
    for path in (folders.current().data, folders.current().config / "x", Path("relative"), tmp_path / "gone"):
        with pytest.raises(Untold):
            add("FOLDER", {"path": str(path)})
    assert not Place.objects.exists()


def test_backups_of_somebody_else_are_taken_up_with_their_password_only(disk: Path, tmp_path: Path) -> None:
    theirs = Repository(place_access.Access(str(disk)).data().place, "their password", tmp_path / "cache")
    theirs.make()
    with pytest.raises(refusals.OthersThere):
        add("FOLDER", {"path": str(disk)})
    assert theirs.exists()
    added = add("FOLDER", {"path": str(disk)}, password="their password")
    assert data_of(added).exists()
