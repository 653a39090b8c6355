import shutil
from pathlib import Path

import pytest

from tryggve import vault
from tryggve.lib import folders
from tryggve.lib.folders import Folders
from tryggve.vault import keyfile, opening
from tryggve.vault.keystore import Keystore
from tryggve.vault.tests.cast import CILLA, CILLAS_DETAILS

pytestmark = pytest.mark.usefixtures("chosen")


@pytest.fixture
def other_firm(tmp_path: Path) -> Folders:
    """Another firm on the same computer, started."""
    other = Folders(data=tmp_path / "other-data", config=tmp_path / "other-config")
    folders.create(other)
    vault.create(other)
    return other


def test_keyring_is_opened_once_for_the_process(where: Folders) -> None:
    vault.create(where)
    opened = vault.keyring()
    where.key_file.unlink()

    assert vault.keyring() is opened


def test_keyring_forgotten_is_opened_again(where: Folders) -> None:
    vault.create(where)
    vault.keyring()
    where.key_file.unlink()
    vault.forget()

    with pytest.raises(vault.KeyFileMissing):
        vault.keyring()


def test_keyring_of_other_folders_is_another(
    where: Folders, other_firm: Folders, monkeypatch: pytest.MonkeyPatch
) -> None:
    vault.create(where)
    first = vault.keyring()
    _choose(other_firm, monkeypatch)

    assert vault.keyring() is not first


def test_keyring_refused_once_opens_when_mended(where: Folders, tmp_path: Path) -> None:
    vault.create(where)
    where.key_file.rename(tmp_path / "kept")
    with pytest.raises(vault.KeyFileMissing):
        vault.keyring()
    (tmp_path / "kept").rename(where.key_file)

    assert vault.keyring()


def test_keyring_before_a_first_start_makes_nothing(where: Folders) -> None:
    with pytest.raises(vault.KeyStoreMissing):
        vault.keyring()
    assert (where.keys.exists(), where.key_file.exists()) == (False, False)


def test_keyring_with_another_firms_key_file_is_wrong(where: Folders, other_firm: Folders) -> None:
    vault.create(where)
    shutil.copy(other_firm.key_file, where.key_file)

    with pytest.raises(vault.KeyFileWrong, match=str(where.key_file)):
        vault.keyring()


def test_keyring_with_a_fresh_key_file_is_wrong(where: Folders) -> None:
    vault.create(where)
    where.key_file.unlink()
    keyfile.make(where.key_file)

    with pytest.raises(vault.KeyFileWrong):
        vault.keyring()


def test_keyring_with_one_changed_figure_in_the_secret_is_wrong(where: Folders) -> None:
    vault.create(where)
    text = where.key_file.read_text().rstrip()
    where.key_file.write_text(text[:-1] + ("0" if text[-1] != "0" else "1"))

    with pytest.raises(vault.KeyFileWrong):
        vault.keyring()


def test_keyring_where_the_generation_was_changed_by_hand_is_wrong(where: Folders) -> None:
    """Rather at the start than as one damaged customer after another."""
    vault.create(where)
    with Keystore(where.keys).transaction() as connection:
        connection.execute("UPDATE state SET generation = 5")

    with pytest.raises(vault.KeyFileWrong):
        vault.keyring()


def test_keyring_of_one_firm_opens_nothing_of_another(where: Folders, other_firm: Folders) -> None:
    """The key store is exchanged too: what is missing then is the customer's key."""
    vault.create(where)
    ours, theirs = opening.open_keyring(where), opening.open_keyring(other_firm)
    (key,) = ours.create_keys([CILLA])
    blob = ours.seal(b"hello", key=key, bound_to=CILLAS_DETAILS)

    with pytest.raises(vault.KeyGone):
        theirs.open(blob, bound_to=CILLAS_DETAILS)


def _choose(where: Folders, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TRYGGVE_DATA", str(where.data))
    monkeypatch.setenv("TRYGGVE_CONFIG", str(where.config))
