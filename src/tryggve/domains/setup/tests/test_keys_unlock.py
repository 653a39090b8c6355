"""The page that opens the register, and the way to it from pages that need it open."""

import pytest
from django.http import HttpRequest
from django.test import Client

from tests.cast import PASSWORD
from tests.telephone import telephone_of
from tryggve.accounts.models import User
from tryggve.audit import actors
from tryggve.domains.setup.middleware import UnlockDoor
from tryggve.domains.setup.services.keys import unlock_with_passphrase
from tryggve.domains.setup.tests.keys_log import told
from tryggve.lib.folders import Folders
from tryggve.vault import custody as register
from tryggve.vault import locked
from tryggve.vault.keeper.attempts import MOST_FAILURES
from tryggve.vault.keeper.custody import Custody
from tryggve.vault.tests.cheap import PASSPHRASE
from tryggve.vault.tests.keeper.conftest import NOW

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("keeper")]

UNLOCK = "/unlock/"


@pytest.fixture
def shares(keeper: Custody) -> list[str]:
    """Of a kit that was made and not tried; the register is locked then."""
    number, words = register.make_kit(by="user:anna", now=NOW), []
    for share in (1, 2, 3):
        words.append(" ".join(register.sheet(number=number, share=share, by="user:anna").words))
        register.put_sheet_away(number=number, share=share, by="user:anna")
    register.lock()
    return words


@pytest.fixture
def is_locked(keeper: Custody) -> None:
    register.lock()


def _type(browser: Client, way: str, **typed: str) -> tuple[int, str]:
    answer = browser.post(UNLOCK, {"way": way, **typed})
    return answer.status_code, answer.headers.get("Location", "") or answer.content.decode()


@pytest.mark.usefixtures("is_locked")
def test_customers_lead_to_the_unlock_page_and_back(as_anna: Client) -> None:
    answer = as_anna.get("/customers/?page=2")
    assert (answer.status_code, answer.headers["Location"]) == (
        302,
        "/unlock/?next=%2Fcustomers%2F%3Fpage%3D2",
    )
    page = as_anna.get(answer.headers["Location"]).content.decode()
    assert 'name="next" value="/customers/?page=2"' in page
    assert _type(as_anna, "passphrase", passphrase=PASSPHRASE, next="/customers/?page=2") == (
        302,
        "/customers/?page=2",
    )
    assert told() == [("setup.register-unlocked", {"method": "passphrase"})]
    assert as_anna.get("/customers/").status_code == 200


@pytest.mark.parametrize("elsewhere", ["https://example.org/", "//example.org/", "javascript:go()", ""])
@pytest.mark.usefixtures("is_locked")
def test_nobody_is_sent_elsewhere(as_anna: Client, elsewhere: str) -> None:
    assert _type(as_anna, "passphrase", passphrase=PASSPHRASE, next=elsewhere) == (302, "/")


@pytest.mark.usefixtures("is_locked")
def test_search_while_typing_is_answered_with_a_fragment(as_anna: Client) -> None:
    answer = as_anna.post("/customers/search/", {"text": "cilla"}, headers={"HX-Request": "true"})
    assert (answer.status_code, "<html" in answer.content.decode()) == (503, False)
    assert 'href="/unlock/"' in answer.content.decode()


def test_outsider_is_not_led_to_the_page(as_mallory: Client) -> None:
    request = HttpRequest()
    request.method, request.user = "GET", as_mallory.get("/sign-in/").wsgi_request.user
    assert UnlockDoor(lambda _request: None).process_exception(request, locked.NotUnlocked()) is None  # type: ignore[arg-type,return-value] # never called


@pytest.mark.usefixtures("is_locked")
def test_sign_in_works_while_locked(anna: User) -> None:
    browser, telephone = Client(), telephone_of(anna)
    browser.post("/sign-in/", {"login": "anna@example.se", "password": PASSWORD})
    answer = browser.post("/sign-in/second-step/", {"code": telephone.code()}, follow=True)
    assert answer.redirect_chain[-1] == ("/today/", 302)
    assert "The register is locked" in answer.content.decode()
    assert browser.get("/customers/")["Location"] == "/unlock/?next=%2Fcustomers%2F"


def test_today_of_an_open_register_tells_of_no_lock(as_anna: Client) -> None:
    assert "The register is locked" not in as_anna.get("/today/").content.decode()


def test_open_register_has_nothing_to_unlock(as_anna: Client) -> None:
    page = as_anna.get(f"{UNLOCK}?next=/company/keys/").content.decode()
    assert 'class="btn btn-primary" href="/company/keys/"' in page
    assert "passphrase" not in page


@pytest.mark.usefixtures("is_locked")
def test_wrong_passphrase_is_told_and_too_many_make_it_wait(as_anna: Client) -> None:
    for _try in range(MOST_FAILURES):
        status, page = _type(as_anna, "passphrase", passphrase="not the right words")
        assert (status, "isn&#x27;t the passphrase of this register" in page) == (200, True)
        assert "not the right words" not in page
    status, page = _type(as_anna, "passphrase", passphrase=PASSPHRASE)
    assert (status, "try again in 5 minutes" in page, register.status().is_locked) == (200, True, True)
    failed = ("setup.unlock-failed", {"method": "passphrase", "reason": "passphrase-wrong"})
    waiting = ("setup.unlock-failed", {"method": "passphrase", "reason": "too-many-attempts"})
    assert told() == [*[failed] * MOST_FAILURES, waiting]


@pytest.mark.usefixtures("is_locked")
def test_wrong_passphrases_of_karin_keep_neither_anna_nor_the_terminal_out(
    as_karin: Client, as_anna: Client
) -> None:
    for _try in range(MOST_FAILURES):
        _type(as_karin, "passphrase", passphrase="not the right words")
    assert "try again in 5 minutes" in _type(as_karin, "passphrase", passphrase=PASSPHRASE)[1]

    unlock_with_passphrase(passphrase=PASSPHRASE, actor=actors.this_account(), at=NOW)
    register.lock()
    assert _type(as_anna, "passphrase", passphrase=PASSPHRASE) == (302, "/")
    register.lock()
    assert "try again in 5 minutes" in _type(as_karin, "passphrase", passphrase=PASSPHRASE)[1]


def test_two_shares_open_the_register(as_anna: Client, shares: list[str]) -> None:
    assert _type(as_anna, "kit", first=shares[2], second=shares[0].upper(), next="/customers/") == (
        302,
        "/customers/",
    )
    assert told() == [("setup.register-unlocked", {"method": "kit"})]


def test_two_shares_with_the_key_file_gone_lead_to_a_new_one(
    as_anna: Client, shares: list[str], where: Folders
) -> None:
    where.key_file.unlink()
    typed = _type(as_anna, "kit", first=shares[1], second=shares[0], next="/customers/")
    assert typed == (302, "/company/keys/")
    assert "The key file is missing" in as_anna.get("/company/keys/").content.decode()


def test_mistyped_share_stays_in_its_field_and_stands_in_no_log(
    as_anna: Client, shares: list[str], caplog: pytest.LogCaptureFixture
) -> None:
    words = shares[0].split()
    mistyped = " ".join([*words[:4], "bananna", *words[5:]])
    answer = as_anna.post(UNLOCK, {"way": "kit", "first": mistyped, "second": shares[1]})
    page = answer.content.decode()
    assert (mistyped in page, shares[1] in page) == (True, True)
    assert "The page typed first, word 5: «bananna» isn&#x27;t a word of the kit" in page
    assert answer.headers["Cache-Control"] == "no-store"
    assert (caplog.text, told()) == (
        "",
        [("setup.unlock-failed", {"method": "kit", "reason": "word-unknown"})],
    )


def test_without_passphrase_or_kit_the_page_says_what_to_do(as_anna: Client, where: Folders) -> None:
    own = next(way for way in register.status().unlockers if way.kind == "passphrase")
    register.remove_unlocker(own.id)
    register.lock()
    page = as_anna.get(UNLOCK).content.decode()
    assert "There is neither a passphrase nor a recovery kit" in page
    assert '<form class="sheet"' not in page
