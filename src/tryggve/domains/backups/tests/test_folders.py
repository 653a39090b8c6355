"""Folders of the company's own: which can be chosen, how they are taken back, and that nobody reads their names."""

import os
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connection

from tests.cast import NOW
from tryggve.accounts.models import User
from tryggve.audit.models import Entry
from tryggve.domains.backups import place_access
from tryggve.domains.backups.models import Folder
from tryggve.domains.backups.own_folders import told_paths
from tryggve.domains.backups.own_folders.walking import Walk
from tryggve.domains.backups.place_access import Access
from tryggve.domains.backups.selectors import folders as selectors
from tryggve.domains.backups.services import folders
from tryggve.domains.backups.tests import taken
from tryggve.lib.errors import Refusal
from tryggve.lib.folders import current

pytestmark = pytest.mark.django_db

_NOBODY = 65534


@pytest.fixture
def documents(tmp_path: Path) -> Path:
    folder = tmp_path / "Documents"
    (folder / "2026").mkdir(parents=True)
    (folder / "2026" / "offer.pdf").write_bytes(b"-" * 1000)
    (folder / "list.csv").write_bytes(b"-" * 500)
    return folder


def add(told: object, by: User) -> None:
    folders.add(told=str(told), actor=by.actor, at=NOW)


def test_folder_that_was_added_is_backed_up_and_its_path_is_sealed(documents: Path, anna: User) -> None:
    add(f"  {documents}/ ", anna)

    assert selectors.paths() == [documents]
    [row] = Folder.objects.all()
    assert b"Documents" not in bytes(row.path_sealed)
    entry = Entry.objects.get(action="backups.folder-added")
    assert (entry.actor, entry.facts) == (anna.actor, {"folder": str(row.pk)})
    assert "Documents" not in repr(selectors.own())


def test_link_is_followed_to_what_is_copied(documents: Path, tmp_path: Path, anna: User) -> None:
    (tmp_path / "link").symlink_to(documents)
    add(tmp_path / "link", anna)
    assert selectors.paths() == [documents]
    with pytest.raises(folders.Nested):
        add(documents, anna)


@pytest.mark.parametrize(
    "told", ["", " ", "Documents", "/nowhere/at/all", "~/Documents", "/etc/hostname", "/etc\0"]
)
def test_what_is_no_folder_here_is_refused(told: str, anna: User) -> None:
    with pytest.raises(told_paths.NotAFolder):
        add(told, anna)
    assert not Folder.objects.exists()


def test_whole_computer_is_refused(anna: User) -> None:
    with pytest.raises(folders.WholeComputer):
        add("/", anna)


@pytest.fixture
def somebody_else() -> Iterator[None]:
    """Nothing is closed to the superuser, so that tests run by it go on as nobody."""
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(_NOBODY)
    yield
    os.seteuid(0)


@pytest.mark.usefixtures("somebody_else")
def test_folder_that_may_not_be_read_is_refused() -> None:
    with pytest.raises(told_paths.Unreadable):
        told_paths.folder_at("/proc/1/fd")


def test_folders_of_tryggve_and_what_holds_them_are_refused(anna: User) -> None:
    here = current()
    for path in (here.data, here.data / "files", here.data.parent, here.config, here.config.parent):
        path.mkdir(parents=True, exist_ok=True)
        with pytest.raises((folders.OfTryggve, folders.WholeComputer)):
            add(path, anna)
    assert not Folder.objects.exists()


@pytest.mark.parametrize("path", ["/proc/self", "/etc", "/run", "/dev", "/sys", "/boot"])
def test_folders_of_the_system_are_refused(path: str, anna: User) -> None:
    with pytest.raises((folders.OfTheSystem, folders.OfTryggve, told_paths.NotAFolder)):
        add(path, anna)
    assert not Folder.objects.exists()


def test_what_is_hidden_in_a_home_is_refused(
    documents: Path, monkeypatch: pytest.MonkeyPatch, anna: User
) -> None:
    (documents / ".ssh").mkdir()
    monkeypatch.setenv("HOME", str(documents))
    with pytest.raises(folders.OfTheSystem):
        add(documents / ".ssh", anna)
    add(documents / "2026", anna)


def test_key_file_is_refused_wherever_it_comes_from(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, anna: User
) -> None:
    (tmp_path / "credentials").mkdir()
    monkeypatch.setenv("CREDENTIALS_DIRECTORY", str(tmp_path / "credentials"))
    for path in (tmp_path / "credentials", tmp_path):
        with pytest.raises(folders.OfTryggve):
            add(path, anna)


def test_key_file_behind_a_link_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, anna: User
) -> None:
    (tmp_path / "stick").mkdir()
    (tmp_path / "config").mkdir()
    (tmp_path / "stick" / "key").write_bytes(b"-")
    (tmp_path / "config" / "key").symlink_to(tmp_path / "stick" / "key")
    monkeypatch.setenv("TRYGGVE_CONFIG", str(tmp_path / "config"))
    with pytest.raises(folders.OfTryggve):
        add(tmp_path / "stick", anna)


def test_folder_of_a_removed_place_that_may_hold_keys_is_refused(documents: Path, anna: User) -> None:
    sealed = place_access.sealed(Access(str(documents)))
    row = taken.place(at=NOW, access_sealed=sealed, removed_at=NOW, seen_at=NOW)
    taken.run(row, at=NOW)
    with pytest.raises(folders.OfAPlace):
        add(documents, anna)


def test_folder_of_a_place_is_refused_both_ways(documents: Path, anna: User) -> None:
    disk = documents / "Backups"
    (disk / "tryggve-data").mkdir(parents=True)
    taken.place(at=NOW, access_sealed=place_access.sealed(Access(str(disk))))
    for path in (disk, disk / "tryggve-data", documents):
        with pytest.raises(folders.OfAPlace):
            add(path, anna)
    add(documents / "2026", anna)


def test_nested_folders_are_refused_both_ways(documents: Path, anna: User) -> None:
    add(documents / "2026", anna)
    with pytest.raises(folders.Nested):
        add(documents, anna)
    with pytest.raises(folders.Nested):
        add(documents / "2026", anna)
    (documents / "2026b").mkdir()
    add(documents / "2026b", anna)


def test_more_than_a_night_can_copy_are_refused(tmp_path: Path, anna: User) -> None:
    for number in range(folders.MOST + 1):
        (tmp_path / f"{number}").mkdir()
    for number in range(folders.MOST):
        add(tmp_path / f"{number}", anna)
    with pytest.raises(folders.TooManyFolders):
        add(tmp_path / f"{folders.MOST}", anna)


def test_every_refusal_says_that_nothing_was_changed() -> None:
    kinds = [one for one in vars(folders).values() if isinstance(one, type) and issubclass(one, Refusal)]
    kinds += [told_paths.NotAFolder, told_paths.Unreadable]
    told = [str(one.sentence) for one in kinds if one is not Refusal]
    assert len(told) == 8
    assert all("Nothing was changed." in one for one in told)


def test_removed_folder_can_be_taken_back_for_a_while(documents: Path, anna: User) -> None:
    add(documents, anna)
    [folder] = [one.id for one in selectors.own()]
    folders.remove(folder=folder, actor=anna.actor, at=NOW)
    assert (selectors.paths(), [one.path for one in selectors.removed(at=NOW)]) == ([], [documents])
    with pytest.raises(folders.NoSuchFolder):
        folders.remove(folder=folder, actor=anna.actor, at=NOW)

    folders.restore(folder=folder, actor=anna.actor, at=NOW + timedelta(days=29))
    assert selectors.paths() == [documents]

    folders.remove(folder=folder, actor=anna.actor, at=NOW)
    with pytest.raises(folders.NoSuchFolder):
        folders.restore(folder=folder, actor=anna.actor, at=NOW + timedelta(days=30))


def test_folder_is_not_taken_back_beside_one_that_holds_it(documents: Path, anna: User) -> None:
    add(documents / "2026", anna)
    [folder] = [one.id for one in selectors.own()]
    folders.remove(folder=folder, actor=anna.actor, at=NOW)
    add(documents, anna)
    with pytest.raises(folders.Nested):
        folders.restore(folder=folder, actor=anna.actor, at=NOW)


def test_size_is_what_plain_files_take(documents: Path) -> None:
    (documents / "link").symlink_to(documents / "list.csv")
    os.mkfifo(documents / "pipe")
    assert selectors.size_of(documents) == selectors.Size(files=2, bytes_in_all=1500, is_whole=True)


def test_walk_ends_at_its_limits_and_says_so(documents: Path) -> None:
    by_number, by_time = Walk(documents, most=2), Walk(documents, seconds=-1)
    assert (len(list(by_number)), by_number.is_whole) == (1, False)
    assert (len(list(by_time)), by_time.is_whole) == (2, True)  # the clock is asked now and then only
    for number in range(600):
        (documents / f"{number}").touch()
    by_time = Walk(documents, seconds=-1)
    assert len(list(by_time)) < 600
    assert not by_time.is_whole


def test_path_lies_nowhere_in_the_database_as_it_stands(documents: Path, anna: User) -> None:
    add(documents, anna)
    with connection.cursor() as cursor:
        cursor.execute("SELECT path_sealed FROM backups_folder")
        assert all(b"Documents" not in bytes(value) for (value,) in cursor.fetchall())
