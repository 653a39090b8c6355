import shutil
import signal
import stat
from pathlib import Path

import pytest

from tryggve import vault
from tryggve.lib import folders, write_points
from tryggve.lib.folders import Folders
from tryggve.vault import opening
from tryggve.vault.tests import programs
from tryggve.vault.tests.cast import CILLA, CILLAS_DETAILS

POINTS = [
    "vault: key written",
    "key named",
    "key in place",
    "vault: service-key written",
    "service-key named",
    "service-key in place",
    "vault: keys.sqlite3 begun",
    "vault: keys.sqlite3 written",
    "keys.sqlite3 named",
    "keys.sqlite3 in place",
]
DIE_AT = """
def die(point):
    if point == sys.argv[3]:
        os.kill(os.getpid(), signal.SIGKILL)
write_points.cut_with(die)
vault.create(where)
"""


def test_create_makes_both_files_for_their_owner_alone(where: Folders) -> None:
    vault.create(where)

    assert [stat.S_IMODE(path.stat().st_mode) for path in (where.key_file, where.keys)] == [0o600, 0o600]
    assert _names(where.config) == ["key", "service-key"]
    assert _names(where.data) == ["keys.sqlite3", "keys.sqlite3.lock"]


def test_create_passes_every_point_in_order(where: Folders) -> None:
    passed: list[str] = []
    write_points.cut_with(passed.append)
    try:
        vault.create(where)
    finally:
        write_points.cut_with(None)

    assert passed == POINTS


def test_create_again_changes_nothing(where: Folders, ring: vault.Keyring) -> None:
    blob = _cillas_blob(ring)
    before = where.key_file.read_bytes(), where.keys.read_bytes()

    vault.create(where)

    assert (where.key_file.read_bytes(), where.keys.read_bytes()) == before
    assert opening.open_keyring(where).open(blob, bound_to=CILLAS_DETAILS) == b"hello"


@pytest.mark.parametrize("point", POINTS)
def test_create_killed_anywhere_is_taken_up_by_the_next_start(where: Folders, point: str) -> None:
    status, printed = programs.run(DIE_AT, where, point)
    assert (status, printed) == (-signal.SIGKILL, "")
    key_left_behind = where.key_file.read_bytes() if where.key_file.exists() else None

    vault.create(where)

    ring = opening.open_keyring(where)
    assert ring.open(_cillas_blob(ring), bound_to=CILLAS_DETAILS) == b"hello"
    assert key_left_behind in (None, where.key_file.read_bytes())
    assert _names(where.config) == ["key", "service-key"]
    assert _names(where.data) == ["keys.sqlite3", "keys.sqlite3.lock"]


def test_create_without_key_file_beside_a_key_store_is_refused(where: Folders) -> None:
    vault.create(where)
    where.key_file.unlink()

    with pytest.raises(vault.KeyFileMissing):
        vault.create(where)
    assert not where.key_file.exists()


@pytest.mark.parametrize("data", ["tryggve.sqlite3", "files/1", "audit/tile"])
def test_create_without_key_store_beside_data_is_refused(where: Folders, data: str) -> None:
    vault.create(where)
    where.keys.unlink()
    (where.data / data).write_bytes(b"data")

    with pytest.raises(vault.KeyStoreMissing):
        vault.create(where)
    assert not where.keys.exists()


def test_create_without_key_store_and_told_of_data_is_refused(where: Folders) -> None:
    with pytest.raises(vault.KeyStoreMissing):
        vault.create(where, has_data=True)
    assert _names(where.config) == []


def test_create_beside_an_empty_database_begins(where: Folders) -> None:
    where.database.touch()

    vault.create(where)

    assert opening.open_keyring(where)


def test_create_with_a_broken_key_file_leaves_it_alone(where: Folders) -> None:
    where.key_file.write_text("my own notes")
    where.key_file.chmod(0o600)

    with pytest.raises(vault.KeyFileUnreadable):
        vault.create(where)
    assert where.key_file.read_text() == "my own notes"
    assert not where.keys.exists()


@pytest.mark.parametrize("inside", ["", "config", "deep/er"])
def test_create_with_keys_inside_the_data_folder_is_refused(where: Folders, inside: str) -> None:
    together = Folders(data=where.data, config=where.data / inside)
    folders.create(together)

    with pytest.raises(vault.KeyFileInsideData) as caught:
        vault.create(together)
    assert (caught.value.exit_status, together.key_file.exists()) == (2, False)


def test_create_through_a_link_into_the_data_folder_is_refused(where: Folders) -> None:
    shutil.rmtree(where.config)
    where.config.symlink_to(where.files)

    with pytest.raises(vault.KeyFileInsideData):
        vault.create(where)


def test_create_without_a_data_folder_is_refused_in_words(tmp_path: Path) -> None:
    nowhere = Folders(data=tmp_path / "data", config=tmp_path / "config")

    with pytest.raises(vault.KeyStoreUnavailable):
        vault.create(nowhere)


def test_create_by_two_processes_at_once_makes_one_key(where: Folders) -> None:
    both = [programs.begin("vault.create(where)", where) for _ in range(2)]
    answers = [(process.communicate(timeout=60), process.returncode) for process in both]

    assert answers == [(("", ""), 0), (("", ""), 0)]
    assert opening.open_keyring(where)


def _cillas_blob(ring: vault.Keyring) -> bytes:
    (key,) = ring.create_keys([CILLA])
    return ring.seal(b"hello", key=key, bound_to=CILLAS_DETAILS)


def _names(folder: Path) -> list[str]:
    """The files in a folder, but for the data folder's own mark."""
    return sorted(path.name for path in folder.iterdir() if path.is_file() and path.name != "id")
