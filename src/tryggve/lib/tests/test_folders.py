import stat
from pathlib import Path

import pytest

from tryggve.lib import folders as folder
from tryggve.lib.folders import Folders
from tryggve.lib.tests.people import account

ANNA = account("anna", "/home/anna")
THE_PRODUCT = account("tryggve", "/var/lib/tryggve")


@pytest.fixture
def firm(tmp_path: Path) -> Folders:
    return Folders(data=tmp_path / "firm" / "data", config=tmp_path / "firm" / "config")


def _mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def _names(place: Path) -> list[str]:
    return sorted(path.name for path in place.iterdir())


def test_default_folders_of_a_person_lie_at_home() -> None:
    data = folder.default_data(ANNA)
    assert data == Path("/home/anna/.local/share/tryggve")
    assert folder.config_for(data, ANNA) == Path("/home/anna/.config/tryggve")


def test_default_folders_of_the_products_own_user_are_the_systems() -> None:
    data = folder.default_data(THE_PRODUCT)
    assert data == Path("/var/lib/tryggve")
    assert folder.config_for(data, THE_PRODUCT) == Path("/etc/tryggve")


def test_current_folders_are_those_of_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TRYGGVE_DATA", "/data")
    monkeypatch.setenv("TRYGGVE_CONFIG", "/config")
    assert folder.current() == Folders(data=Path("/data"), config=Path("/config"))


def test_keys_and_secrets_lie_outside_the_data(firm: Folders) -> None:
    apart = (firm.key_file, firm.secret_key_file, firm.database_url_file)
    assert [path.parent for path in apart] == [firm.config] * 3


def test_create_makes_every_folder_for_its_owner_alone(firm: Folders) -> None:
    folder.create(firm)
    made = (firm.data, firm.config, firm.files, firm.audit, firm.run, firm.logs)
    assert {_mode(path) for path in made} == {0o700}
    assert {_mode(path) for path in (firm.data / "id", firm.config / "id")} == {0o600}


def test_create_closes_an_empty_folder_that_was_open_to_others(firm: Folders) -> None:
    for path in (firm.data, firm.config):
        path.mkdir(parents=True, mode=0o755)
        path.chmod(0o755)
    folder.create(firm)
    assert [_mode(path) for path in (firm.data, firm.config)] == [0o700, 0o700]


def test_create_leaves_the_rights_of_a_folder_with_other_things(firm: Folders) -> None:
    firm.data.mkdir(parents=True)
    firm.data.chmod(0o755)
    (firm.data / "letter").touch()
    folder.create(firm)
    assert _mode(firm.data) == 0o755


def test_create_again_changes_nothing(firm: Folders) -> None:
    folder.create(firm)
    before = {path: path.lstat() for path in sorted(firm.data.parent.rglob("*"))}
    folder.create(firm)
    assert {path: path.lstat() for path in sorted(firm.data.parent.rglob("*"))} == before


def test_create_leaves_no_unfinished_file(firm: Folders) -> None:
    folder.create(firm)
    assert _names(firm.data) == ["audit", "files", "id", "logs", "run"]
    assert _names(firm.config) == ["id"]
