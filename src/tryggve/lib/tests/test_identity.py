"""Which keys belong to which data: a firm that moves keeps its own, and no two firms share any."""

import pwd
import shutil
from pathlib import Path

import pytest

from tryggve.lib import folders as folder
from tryggve.lib import identity
from tryggve.lib.folders import Folders
from tryggve.lib.tests.people import account


@pytest.fixture
def anna(tmp_path: Path) -> pwd.struct_passwd:
    return account("anna", str(tmp_path / "anna"))


def _begin(user: pwd.struct_passwd, data: Path | None = None) -> Folders:
    """A first start: the folders, the key file and the key store."""
    place = data or folder.default_data(user)
    chosen = Folders(data=place, config=folder.config_for(place, user))
    folder.create(chosen)
    chosen.keys.touch()
    chosen.key_file.touch()
    return chosen


def _found(user: pwd.struct_passwd, data: Path) -> Path:
    return folder.config_for(data, user)


def test_data_elsewhere_gets_a_folder_of_keys_of_its_own(tmp_path: Path, anna: pwd.struct_passwd) -> None:
    firm = _begin(anna, tmp_path / "firm")
    assert firm.config.parent == Path(anna.pw_dir) / ".config/tryggve"
    assert firm.config.name == (firm.data / "id").read_text()
    assert _found(anna, firm.data) == firm.config


def test_two_firms_never_share_a_folder_of_keys(tmp_path: Path, anna: pwd.struct_passwd) -> None:
    firms = [_begin(anna), _begin(anna, tmp_path / "one"), _begin(anna, tmp_path / "two")]
    assert len({firm.config for firm in firms}) == 3
    assert [_found(anna, firm.data) for firm in firms] == [firm.config for firm in firms]


def test_moved_data_keeps_its_keys(tmp_path: Path, anna: pwd.struct_passwd) -> None:
    firm = _begin(anna, tmp_path / "firm")
    firm.data.rename(tmp_path / "moved")
    assert _found(anna, tmp_path / "moved") == firm.config


def test_default_data_that_was_moved_keeps_its_keys(tmp_path: Path, anna: pwd.struct_passwd) -> None:
    firm = _begin(anna)
    firm.data.rename(tmp_path / "moved")
    assert _found(anna, tmp_path / "moved") == firm.config


def test_new_firm_at_the_default_place_of_a_moved_one_gets_other_keys(
    tmp_path: Path, anna: pwd.struct_passwd
) -> None:
    first = _begin(anna)
    first.data.rename(tmp_path / "moved")
    second = _begin(anna)
    assert second.config != first.config
    assert [_found(anna, tmp_path / "moved"), _found(anna, second.data)] == [first.config, second.config]


def test_new_firm_leaves_a_lone_key_file_at_the_default_place_alone(anna: pwd.struct_passwd) -> None:
    base = Path(anna.pw_dir) / ".config/tryggve"
    base.mkdir(parents=True)
    (base / "key").touch()
    assert _begin(anna).config.parent == base


def test_default_data_with_only_its_key_file_put_back_finds_it(anna: pwd.struct_passwd) -> None:
    firm = _begin(anna)
    shutil.rmtree(firm.config)
    firm.config.mkdir()
    (firm.config / "key").touch()
    assert _found(anna, firm.data) == firm.config


def test_start_cut_off_before_the_keys_finds_the_same_folder_again(
    tmp_path: Path, anna: pwd.struct_passwd
) -> None:
    for data in (folder.default_data(anna), tmp_path / "elsewhere"):
        chosen = Folders(data=data, config=_found(anna, data))
        folder.create(chosen)
        assert _found(anna, data) == chosen.config


def test_start_cut_off_while_the_name_was_written_is_taken_up(
    tmp_path: Path, anna: pwd.struct_passwd
) -> None:
    (tmp_path / "firm").mkdir()
    (tmp_path / "firm" / "id").touch()
    firm = _begin(anna, tmp_path / "firm")
    assert _found(anna, firm.data) == firm.config


def test_folder_of_keys_of_another_firm_is_refused_by_name(tmp_path: Path, anna: pwd.struct_passwd) -> None:
    firm = _begin(anna)
    with pytest.raises(identity.KeysOfAnother, match="no two share a key"):
        folder.create(Folders(data=tmp_path / "new", config=firm.config))
    assert not (tmp_path / "new" / "id").exists()
    other = _begin(anna, tmp_path / "other")
    with pytest.raises(identity.KeysOfAnother, match="belong to another register"):
        folder.create(Folders(data=other.data, config=firm.config))


def test_two_that_begin_the_same_folder_at_once_end_with_one(tmp_path: Path, anna: pwd.struct_passwd) -> None:
    data = tmp_path / "firm"
    slow, fast = (Folders(data=data, config=_found(anna, data)) for _ in range(2))
    folder.create(fast)
    with pytest.raises(identity.BegunTwice, match="Try again"):
        folder.create(slow)
    assert _found(anna, data) == fast.config


@pytest.mark.parametrize("left", ["", "../../.ssh", "0123456789abcdeF", "0" * 17])
def test_register_without_a_sound_name_is_refused(tmp_path: Path, anna: pwd.struct_passwd, left: str) -> None:
    firm = _begin(anna, tmp_path / "firm")
    (firm.data / "id").write_text(left)
    with pytest.raises(identity.IdentityLost, match="--config"):
        _found(anna, firm.data)
    folder.create(firm)
    assert _found(anna, firm.data) == firm.config


def test_default_register_without_a_name_has_its_keys_at_the_default_place(anna: pwd.struct_passwd) -> None:
    firm = _begin(anna)
    for place in (firm.data, firm.config):
        (place / "id").unlink()
    assert _found(anna, firm.data) == firm.config


def test_firm_on_postgresql_that_lost_its_data_folder_begins_no_other(anna: pwd.struct_passwd) -> None:
    firm = _begin(anna)
    firm.database_url_file.touch()
    shutil.rmtree(firm.data)
    assert _found(anna, firm.data) == firm.config
    folder.create(firm)
    assert (firm.data / "id").read_text() == (firm.config / "id").read_text()
