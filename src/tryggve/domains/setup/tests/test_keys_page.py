"""The page of the keys: what it tells, and its buttons."""

from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from tests.cast import PASSWORD
from tryggve import vault
from tryggve.accounts import permissions
from tryggve.domains.setup import diagnosis
from tryggve.domains.setup.selectors import keys as keys_selectors
from tryggve.domains.setup.tests.keys_log import told
from tryggve.domains.setup.urls import keys as keys_urls
from tryggve.lib.folders import Folders
from tryggve.vault import custody as register
from tryggve.vault.keeper.custody import Custody
from tryggve.vault.keystore import Keystore
from tryggve.vault.tests.cheap import PASSPHRASE
from tryggve.vault.unlockers import unlockers

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("keeper")]

KEYS = "/company/keys/"
NEW = "elva gröna kaffekoppar sjunger"


def _kinds(where: Folders) -> list[str]:
    return [way.kind for way in unlockers(Keystore(where.keys))]


def _id_of(where: Folders, kind: str) -> str:
    return str(next(way.id for way in unlockers(Keystore(where.keys)) if way.kind == kind))


def test_page_tells_what_opens_the_register_and_what_the_key_file_does_not_protect(
    as_anna: Client, where: Folders
) -> None:
    page = as_anna.get(KEYS).content.decode()
    assert str(where.key_file) in page
    assert "not a stolen computer whose disk isn't encrypted" in page
    assert "You have no recovery kit that was tried" in page
    assert page.count('<section class="sheet">') == 2 + 4  # two ways in; four things to do


def test_page_asks_the_database_thrice(as_anna: Client, django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(3):  # session, user, firm
        as_anna.get(KEYS)


def test_page_of_a_missing_key_file_offers_a_new_one(as_anna: Client, where: Folders) -> None:
    where.key_file.unlink()
    assert "The key file is missing" in as_anna.get(KEYS).content.decode()
    as_anna.post(f"{KEYS}key-file/")
    assert (where.key_file.exists(), told()) == (True, [("setup.key-file-renewed", {})])
    assert "The key file is missing" not in as_anna.get(KEYS).content.decode()


def test_lock_locks_and_a_locked_page_changes_nothing(as_anna: Client, keeper: Custody) -> None:
    answer = as_anna.post(f"{KEYS}lock/", follow=True).content.decode()
    assert register.status().is_locked
    assert "nobody can read a customer" in answer
    assert f"{KEYS}rotate/" not in answer
    assert f"{KEYS}kit/" not in answer
    with pytest.raises(vault.NotUnlocked):
        vault.keyring()
    assert as_anna.post(f"{KEYS}rotate/").status_code == 503
    assert told() == [("setup.register-locked", {})]


def test_doctor_warns_of_a_locked_register_and_calls_nothing_broken(keeper: Custody, where: Folders) -> None:
    assert diagnosis._keys(where).verdict == "good"
    register.lock()
    found = diagnosis._keys(where)
    assert (found.verdict, "locked" in found.text) == ("warning", True)


def test_rotate_replaces_the_key_and_the_passphrase_stays(as_anna: Client) -> None:
    as_anna.post(f"{KEYS}rotate/")
    assert (register.status().generation, told()) == (2, [("setup.key-rotated", {"generation": 2})])
    register.lock()
    register.unlock_with_passphrase(PASSPHRASE, by="user:anna")
    assert not register.status().is_locked


def test_new_passphrase_replaces_the_one_before(as_anna: Client, where: Folders) -> None:
    answer = as_anna.post(f"{KEYS}passphrase/", {"passphrase": NEW, "passphrase_again": NEW})
    assert (answer.status_code, _kinds(where)) == (302, ["key-file", "passphrase"])
    assert told() == [("setup.passphrase-added", {"replaced": True})]
    register.lock()
    with pytest.raises(Exception, match="isn't the passphrase"):
        register.unlock_with_passphrase(PASSPHRASE, by="user:anna")
    register.unlock_with_passphrase(NEW, by="user:anna")


@pytest.mark.parametrize(
    ("first", "second", "why"),
    [
        (NEW, NEW + "!", "The two passphrases differ"),
        ("kort", "kort", "too short"),
        ("aaaaaaaaaaaaaaaa", "aaaaaaaaaaaaaaaa", "easy"),
        (PASSWORD, PASSWORD, "the password that you sign in with"),
    ],
)
def test_passphrase_that_will_not_do_changes_nothing(
    as_anna: Client, where: Folders, first: str, second: str, why: str
) -> None:
    before = unlockers(Keystore(where.keys))
    answer = as_anna.post(f"{KEYS}passphrase/", {"passphrase": first, "passphrase_again": second})
    assert (answer.status_code, unlockers(Keystore(where.keys)), told()) == (200, before, [])
    assert why in answer.content.decode()
    assert first not in answer.content.decode()


def test_key_file_is_taken_away_and_then_the_passphrase_can_not_be(as_anna: Client, where: Folders) -> None:
    as_anna.post(f"{KEYS}{_id_of(where, 'key-file')}/remove/")
    assert (_kinds(where), told()) == (["passphrase"], [("setup.unlocker-removed", {"kind": "key-file"})])

    page = as_anna.get(KEYS).content.decode()
    assert "This is the only thing that opens the register" in page
    assert "What the key file doesn't protect" not in page

    refused = as_anna.post(f"{KEYS}{_id_of(where, 'passphrase')}/remove/")
    assert (refused.status_code, _kinds(where)) == (409, ["passphrase"])
    assert len(told()) == 1


def test_removing_what_is_not_there_is_refused(as_anna: Client, where: Folders) -> None:
    assert as_anna.post(f"{KEYS}{uuid4()}/remove/").status_code == 409
    assert told() == []


def test_mallory_gets_nowhere(as_mallory: Client, where: Folders) -> None:
    before = Keystore(where.keys).contents()
    for name in ("", "lock/", "rotate/", "key-file/", "passphrase/", "kit/", "kit/try/", "kit/1/1/print/"):
        assert as_mallory.post(KEYS + name).headers["Location"] == "/sign-in/?next=/"
        assert as_mallory.get(KEYS + name).headers["Location"].startswith("/sign-in/")
    assert as_mallory.get("/unlock/").headers["Location"].startswith("/sign-in/")
    assert (Keystore(where.keys).contents(), told()) == (before, [])


def test_every_address_asks_for_a_permission() -> None:
    asked = {str(one.name): permissions.asked_by(one.callback, None) for one in keys_urls.urlpatterns}
    assert {name: asking for name, asking in asked.items() if asking != "setup.keys"} == {
        "unlock": "setup.unlock",
        "keys": "setup.view-keys",
        "keys-lock": "setup.lock",
    }


@pytest.mark.parametrize("name", ["lock", "rotate", "key-file"])
def test_deeds_need_a_button(as_anna: Client, name: str) -> None:
    assert as_anna.get(f"{KEYS}{name}/").status_code == 405
    assert told() == []


def test_standing_without_a_passphrase_is_opened_by_nobody(as_anna: Client, where: Folders) -> None:
    as_anna.post(f"{KEYS}{_id_of(where, 'passphrase')}/remove/")
    standing = keys_selectors.standing()
    assert (standing.opens_by_itself, standing.opens_by_somebody, standing.is_last) == (True, False, True)
    assert "only a restart of Tryggve opens it again" in as_anna.get(KEYS).content.decode()
