"""Whose a register is: one computer's and one key store's, until another takes it over."""

import shutil
from collections.abc import Callable
from pathlib import Path
from uuid import uuid4

import pytest
from django.db import connection

from tests.cast import NOW
from tryggve import vault
from tryggve.audit import selectors as audit
from tryggve.domains.setup import home, installation
from tryggve.domains.setup.models import Home
from tryggve.lib import folders as folder
from tryggve.lib import machine, write_points
from tryggve.lib.folders import Folders
from tryggve.supervisor import lock

pytestmark = pytest.mark.django_db

ANNAS, OTHER = "a" * 32, "b" * 32
ANOTHER_COMPUTER = (
    r"^This register belongs to another computer, since March 2, 2026\. .* «./tryggve keys take-over» here\.$"
)
ANOTHER_FOLDER = (
    r"^This database belongs to another data folder than .*, since March 2, 2026\. .*take-over»\.$"
)

Go = Callable[[Folders], Folders]


@pytest.fixture
def system_id(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """What the computer says it is. Written to, it is another computer."""
    path = tmp_path / "machine-id"
    path.write_text(ANNAS)
    monkeypatch.setattr(machine, "SYSTEM_ID", path)
    return path


@pytest.fixture
def go(monkeypatch: pytest.MonkeyPatch) -> Go:
    """From now on the program works on these folders."""

    def to(folders: Folders) -> Folders:
        vault.forget()
        monkeypatch.setenv("TRYGGVE_DATA", str(folders.data))
        monkeypatch.setenv("TRYGGVE_CONFIG", str(folders.config))
        return folders

    return to


def _made(place: Path, go: Go) -> Folders:
    made = go(Folders(data=place / "data", config=place / "config"))
    folder.create(made)
    vault.create(made)
    made.database.touch()  # the tests' database lies elsewhere
    return made


@pytest.fixture
def firm(tmp_path: Path, go: Go, system_id: Path) -> Folders:
    """Anna's register after its first start; everything is done by its own computer."""
    made = _made(tmp_path / "anna", go)
    installation.prepare(made, at=NOW)
    return made


def _copied(source: Folders, place: Path) -> Folders:
    shutil.copytree(source.data.parent, place)
    return Folders(data=place / "data", config=place / "config")


def _refused(folders: Folders, told: str) -> None:
    """Both for a start and for a command, and nothing is changed."""
    before = list(Home.objects.values())
    with pytest.raises(home.BelongsElsewhere, match=told):
        installation.require(folders)
    with pytest.raises(home.BelongsElsewhere, match=told):
        installation.prepare(folders, at=NOW)
    assert list(Home.objects.values()) == before


def _serves(folders: Folders) -> None:
    installation.require(folders)
    installation.prepare(folders, at=NOW)


def _taken_over() -> int:
    return sum(entry.action == "setup.taken-over" for entry in audit.newest_entries())


def test_first_start_writes_down_where_the_register_belongs_and_later_ones_keep_it(firm: Folders) -> None:
    before = list(Home.objects.values())
    assert [(one["machine"], one["settled_at"]) for one in before] == [(machine.named(firm.config), NOW)]
    _serves(firm)
    assert list(Home.objects.values()) == before


def test_neither_machine_id_nor_folder_stands_in_the_database(firm: Folders) -> None:
    written = str(list(Home.objects.values()))
    assert [word for word in (ANNAS, "anna", str(firm.data)) if word in written.replace("-", "")] == []


def test_another_computer_is_refused_and_the_own_one_is_not(firm: Folders, system_id: Path) -> None:
    system_id.write_text(OTHER)
    _refused(firm, ANOTHER_COMPUTER)
    system_id.write_text(ANNAS)
    _serves(firm)


def test_both_folders_copied_to_another_computer_are_refused(
    firm: Folders, system_id: Path, tmp_path: Path, go: Go
) -> None:
    copy = go(_copied(firm, tmp_path / "copy"))
    system_id.write_text(OTHER)
    _refused(copy, ANOTHER_COMPUTER)


def test_both_folders_copied_between_computers_without_machine_id_are_refused(
    tmp_path: Path, go: Go, system_id: Path
) -> None:
    system_id.write_text("")
    first = _made(tmp_path / "first", go)
    installation.prepare(first, at=NOW)
    for other_id in ("", OTHER):
        system_id.write_text(other_id)
        _refused(go(_copied(first, tmp_path / f"copy{other_id}")), ANOTHER_COMPUTER)


def test_computer_that_gets_a_machine_id_later_goes_on(tmp_path: Path, go: Go, system_id: Path) -> None:
    system_id.write_text("uninitialized\n")
    first = _made(tmp_path / "first", go)
    installation.prepare(first, at=NOW)
    system_id.write_text(ANNAS)
    _serves(first)


def test_data_folder_restored_on_its_computer_goes_on(firm: Folders, tmp_path: Path) -> None:
    shutil.copytree(firm.data, tmp_path / "backup")
    shutil.rmtree(firm.data)
    shutil.copytree(tmp_path / "backup", firm.data)
    _serves(firm)


def test_second_key_store_of_the_same_computer_is_refused(firm: Folders, tmp_path: Path, go: Go) -> None:
    second = _made(tmp_path / "second", go)
    _refused(second, ANOTHER_FOLDER)


def test_copied_data_folder_is_another_key_store_only_where_the_database_was_not_copied_too(
    firm: Folders, tmp_path: Path, go: Go
) -> None:
    copy = go(_copied(firm, tmp_path / "copy"))
    if connection.vendor == "sqlite":
        _serves(copy)
    else:
        _refused(copy, ANOTHER_FOLDER)


def test_register_from_before_is_the_computers_that_starts_it_first(firm: Folders, system_id: Path) -> None:
    Home.objects.all().delete()
    installation.require(firm)  # a command that reads writes nothing down
    assert not Home.objects.exists()
    installation.prepare(firm, at=NOW)
    system_id.write_text(OTHER)
    _refused(firm, ANOTHER_COMPUTER)


def test_of_two_that_begin_at_once_the_later_is_refused(firm: Folders, system_id: Path) -> None:
    system_id.write_text(OTHER)
    with pytest.raises(home.BelongsElsewhere):
        home.settle(firm, at=NOW)


def test_start_cut_off_after_it_wrote_down_where_it_belongs_is_taken_up(firm: Folders) -> None:
    Home.objects.all().delete()
    points: list[str] = []

    def cut(point: str) -> None:
        points.append(point)
        raise KeyboardInterrupt

    write_points.cut_with(cut)
    try:
        with pytest.raises(KeyboardInterrupt):
            installation.prepare(firm, at=NOW)
    finally:
        write_points.cut_with(None)
    assert points == ["setup: home written down"]
    _serves(firm)


def test_taken_over_the_register_belongs_here_and_the_other_computer_is_refused(
    firm: Folders, system_id: Path
) -> None:
    system_id.write_text(OTHER)
    installation.take_over(firm, actor="machine:anna", at=NOW)
    _serves(firm)
    assert (Home.objects.count(), _taken_over()) == (1, 1)
    system_id.write_text(ANNAS)
    _refused(firm, ANOTHER_COMPUTER)


def test_taking_over_that_is_cut_off_changes_nothing(firm: Folders, system_id: Path) -> None:
    before = list(Home.objects.values())
    system_id.write_text(OTHER)

    def cut(point: str) -> None:
        assert point == "setup: taken over, not committed"
        raise KeyboardInterrupt

    write_points.cut_with(cut)
    try:
        with pytest.raises(KeyboardInterrupt):
            installation.take_over(firm, actor="machine:anna", at=NOW)
    finally:
        write_points.cut_with(None)
    assert (list(Home.objects.values()), _taken_over()) == (before, 0)


def test_register_that_runs_from_the_same_folder_cannot_be_taken_over(firm: Folders, system_id: Path) -> None:
    """As two containers may share the folder, each with a machine-id of its own."""
    before = list(Home.objects.values())
    with lock.hold(firm):
        system_id.write_text(OTHER)
        with pytest.raises(lock.AlreadyRunning):
            installation.take_over(firm, actor="machine:anna", at=NOW)
    assert (list(Home.objects.values()), _taken_over()) == (before, 0)


def test_nothing_is_taken_over_where_nothing_is(tmp_path: Path) -> None:
    nowhere = Folders(data=tmp_path / str(uuid4()), config=tmp_path / "config")
    with pytest.raises(installation.NotYetStarted):
        installation.take_over(nowhere, actor="machine:anna", at=NOW)
    assert not nowhere.data.exists()


def test_line_of_the_status_names_the_date(firm: Folders) -> None:
    assert list(home.lines()) == ["The register belongs to this computer alone, since March 2, 2026."]
    assert home.since_as_json() == NOW.isoformat()
    Home.objects.all().delete()
    assert (list(home.lines()), home.since_as_json()) == ([], None)


def test_start_and_status_say_that_another_computer_has_it_until_it_is_moved_here(firm: Folders) -> None:
    said: list[str] = []
    installation.prepare(firm, at=NOW, say=said.append)
    assert said == []
    home.note_taken_over(firm)
    installation.prepare(firm, at=NOW, say=said.append)
    assert said == list(home.lines()) == [home.told_taken_over()]
    assert "Stop Tryggve on this computer" in said[0]

    installation.take_over(firm, actor="machine:anna", at=NOW)
    installation.prepare(firm, at=NOW, say=said.append)
    assert (len(said), home.is_taken_over(firm)) == (1, False)
