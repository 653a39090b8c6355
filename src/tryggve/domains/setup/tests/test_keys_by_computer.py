"""What opens the register by itself, on the page of the keys: the computer's keyring, and the key from the system."""

import shutil
from pathlib import Path

import pytest
from django.test import Client

from tryggve.domains.setup.selectors import keys as keys_selectors
from tryggve.domains.setup.tests.keys_log import told
from tryggve.lib.folders import Folders
from tryggve.vault import custody as register
from tryggve.vault import opening
from tryggve.vault.keystore import Keystore
from tryggve.vault.tests.desktop import Desktop
from tryggve.vault.tests.os_keyring.conftest import desktop
from tryggve.vault.unlockers import unlockers

__all__ = ["desktop"]

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("keeper")]

KEYS = "/company/keys/"
ADD_KEYRING, ADD_CREDENTIAL = "Add the keyring", "Add the key from the system"


@pytest.fixture
def credential(where: Folders, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The key file, as systemd hands it over."""
    handed_over = tmp_path / "credentials" / "tryggve-key"
    handed_over.parent.mkdir()
    shutil.copy(where.key_file, handed_over)
    monkeypatch.setenv("CREDENTIALS_DIRECTORY", str(handed_over.parent))
    return handed_over


def _kinds(where: Folders) -> list[str]:
    return [way.kind for way in unlockers(Keystore(where.keys))]


def _page(browser: Client) -> str:
    return browser.get(KEYS).content.decode()


def _take_away(browser: Client, where: Folders, kind: str) -> str:
    own = next(way.id for way in unlockers(Keystore(where.keys)) if way.kind == kind)
    return browser.post(f"{KEYS}{own}/remove/", follow=True).content.decode()


def test_page_without_a_keyring_or_a_key_from_the_system_offers_neither(as_anna: Client) -> None:
    page = _page(as_anna)
    assert (ADD_KEYRING in page, ADD_CREDENTIAL in page) == (False, False)
    refused = as_anna.post(f"{KEYS}os-keyring/", follow=True)
    assert (refused.status_code, b"No keyring of this computer" in refused.content) == (200, True)
    refused = as_anna.post(f"{KEYS}systemd-credential/")
    assert (refused.status_code, b"no credential" in refused.content) == (409, True)
    assert told() == []


def test_keyring_is_added_takes_the_key_files_place_and_is_taken_away(
    as_anna: Client, where: Folders, desktop: Desktop
) -> None:
    assert ADD_KEYRING in _page(as_anna)
    as_anna.post(f"{KEYS}os-keyring/")
    page = _page(as_anna)
    assert ("The computer's keyring opens the register as well" in page, ADD_KEYRING in page) == (
        True,
        False,
    )

    _take_away(as_anna, where, "key-file")
    page = _page(as_anna)
    assert "What the computer's keyring doesn't protect" in page
    assert keys_selectors.standing().opens_by_itself

    _take_away(as_anna, where, "os-keyring")
    assert (_kinds(where), desktop.entries()) == (["passphrase"], {})
    assert told() == [
        ("setup.unlocker-added", {"kind": "os-keyring"}),
        ("setup.unlocker-removed", {"kind": "key-file"}),
        ("setup.unlocker-removed", {"kind": "os-keyring"}),
    ]


def test_new_secret_is_put_into_the_keyring(as_anna: Client, where: Folders, desktop: Desktop) -> None:
    as_anna.post(f"{KEYS}os-keyring/")
    before = desktop.entries()
    assert "Put a new secret there" in _page(as_anna)

    as_anna.post(f"{KEYS}os-keyring/")

    assert (len(desktop.entries()), desktop.entries() == before) == (1, False)
    assert _kinds(where).count("os-keyring") == 1


def test_entry_that_stays_in_a_locked_keyring_is_told(
    as_anna: Client, where: Folders, desktop: Desktop
) -> None:
    as_anna.post(f"{KEYS}os-keyring/")
    desktop.lock()

    assert "delete the entry «Tryggve» there" in _take_away(as_anna, where, "os-keyring")


def test_locked_keyring_is_told_and_nothing_added(as_anna: Client, where: Folders, desktop: Desktop) -> None:
    desktop.lock()

    refused = as_anna.post(f"{KEYS}os-keyring/", follow=True)

    assert (refused.status_code, b"keyring is locked" in refused.content) == (200, True)
    assert ("os-keyring" in _kinds(where), told()) == (False, [])


def test_keyring_without_a_passphrase_or_kit_does_not_let_the_key_file_go(
    as_anna: Client, where: Folders, desktop: Desktop
) -> None:
    _take_away(as_anna, where, "passphrase")
    as_anna.post(f"{KEYS}os-keyring/")

    assert "what else there is isn't enough by itself" in _page(as_anna)
    assert "lost with the computer" in _take_away(as_anna, where, "key-file")
    assert _kinds(where) == ["key-file", "os-keyring"]


def test_key_from_the_system_takes_the_key_files_place(
    as_anna: Client, where: Folders, credential: Path
) -> None:
    assert ADD_CREDENTIAL in _page(as_anna)

    as_anna.post(f"{KEYS}systemd-credential/")

    page = _page(as_anna)
    assert (_kinds(where), ADD_CREDENTIAL in page) == (["systemd-credential", "passphrase"], False)
    assert ("The key file is still there" in page, str(where.key_file) in page) == (True, True)
    where.key_file.unlink()
    assert "The key file is still there" not in _page(as_anna)
    assert opening.unlock(where)
    assert told() == [("setup.unlocker-added", {"kind": "systemd-credential"})]


def test_key_from_the_system_that_is_no_key_is_not_offered(as_anna: Client, credential: Path) -> None:
    credential.write_text("something else")
    assert ADD_CREDENTIAL not in _page(as_anna)


def test_locked_register_asks_no_keyring(as_anna: Client, desktop: Desktop) -> None:
    register.lock()
    desktop.freeze("keyring")  # which would take the whole patience
    assert ADD_KEYRING not in _page(as_anna)


@pytest.mark.parametrize("name", ["os-keyring", "systemd-credential"])
def test_adding_needs_a_button_and_somebody_who_works_here(
    as_anna: Client, as_mallory: Client, where: Folders, credential: Path, name: str
) -> None:
    before = Keystore(where.keys).contents()
    assert as_anna.get(f"{KEYS}{name}/").status_code == 405
    assert as_mallory.post(f"{KEYS}{name}/").headers["Location"] == "/sign-in/?next=/"
    assert (Keystore(where.keys).contents(), told()) == (before, [])
