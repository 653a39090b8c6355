"""My sign-in: factors, recovery codes, password, sessions, devices; each change by who has just shown who it is."""

from datetime import timedelta
from http import HTTPStatus

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client
from django.utils import timezone

from tests import signing_in
from tests.cast import PASSWORD
from tryggve.accounts.models import Device, SignIn, User
from tryggve.domains.access.services import factors as services
from tryggve.domains.access.tests import door, factors

pytestmark = pytest.mark.django_db
PAGE = "/company/sign-in/"
END, NEW = f"{PAGE}sessions/end/", "sju lugna uttrar simmar"


@pytest.fixture
def secret(anna: User) -> str:
    return factors.telephone_of(anna)


@pytest.fixture
def as_anna(anna: User, secret: str) -> Client:
    browser = signing_in.browser_of(anna)
    browser.defaults["SERVER_NAME"] = "localhost"
    return browser


def _opens(browser: Client) -> bool:
    return browser.get("/customers/").status_code == HTTPStatus.OK


def _remove(browser: Client, kind: str) -> str:
    factor = Authenticator.objects.get(type=kind)
    return browser.post(f"{PAGE}factors/{factor.pk}/remove/", follow=True).content.decode()


def test_page_tells_factors_codes_sessions_and_devices(anna: User, as_anna: Client) -> None:
    factors.passkey_of(as_anna, name="Office <computer>")
    services.make_recovery_codes(user=anna, at=timezone.now())
    signing_in.browser_of(anna)
    page = as_anna.get(PAGE).content.decode()
    assert "Codes from a telephone" in page
    assert "Office &lt;computer&gt;" in page
    assert "10 are left." in page
    assert (page.count("Firefox"), page.count("this one")) == (4, 2)


def test_everybody_sees_the_own_sign_in_only(anna: User, as_anna: Client, as_bo: Client) -> None:
    factors.passkey_of(as_anna, name="In the drawer")
    assert "In the drawer" not in as_bo.get(PAGE).content.decode()


@pytest.mark.parametrize(
    "page",
    [
        f"{PAGE}password/",
        f"{PAGE}factors/1/remove/",
        END,
        f"{PAGE}devices/{'0' * 8}-0000-4000-8000-{'0' * 12}/forget/",
    ],
)
def test_changes_ask_for_a_fresh_proof(anna: User, secret: str, page: str) -> None:
    stale = signing_in.browser_of(anna, at=timezone.now() - timedelta(minutes=11))
    assert stale.post(page)["Location"].startswith(factors.CONFIRM)
    assert _opens(stale)


def test_only_factor_is_not_removed(as_anna: Client) -> None:
    assert "This is your only second way to sign in." in _remove(as_anna, "totp")
    assert Authenticator.objects.filter(type="totp").exists()


def test_recovery_codes_are_no_second_way(anna: User, as_anna: Client) -> None:
    services.make_recovery_codes(user=anna, at=timezone.now())
    assert "This is your only second way to sign in." in _remove(as_anna, "totp")


def test_one_of_two_factors_is_removed_and_lets_nobody_in(anna: User, as_anna: Client, secret: str) -> None:
    device = factors.passkey_of(as_anna)
    assert "Removed." in _remove(as_anna, "webauthn")
    browser = Client(SERVER_NAME="localhost")
    browser.post("/sign-in/passkey/", {"credential": factors.answer_of(browser, device)})
    assert not door.is_signed_in(browser)
    removed = door.entries()[-1]
    assert (removed.action, removed.facts) == ("access.factor-removed", {"kind": "passkey"})


def test_factor_of_another_person_is_not_removed(anna: User, as_anna: Client, as_bo: Client) -> None:
    factors.passkey_of(as_anna)
    _remove(as_bo, "webauthn")
    assert Authenticator.objects.filter(user=anna).count() == 2


def test_new_telephone_takes_the_old_ones_place(anna: User, as_anna: Client, secret: str) -> None:
    new = factors.set_up_telephone(as_anna)
    assert new != secret
    assert Authenticator.objects.filter(user=anna, type="totp").count() == 1
    browser = Client()
    door.sign_in(browser)
    browser.post(factors.STEP, {"code": factors.code_now(secret)})
    assert not door.is_signed_in(browser)
    browser.post(factors.STEP, {"code": factors.code_now(new, steps=1)})
    assert door.is_signed_in(browser)


def test_new_recovery_codes_take_the_place_of_the_old(anna: User, as_anna: Client) -> None:
    (old, *_others) = factors.recovery_codes(as_anna)
    (new, *_others) = factors.recovery_codes(as_anna)
    assert factors.keep_codes(as_anna)["Location"] == PAGE
    assert as_anna.post(factors.CONFIRM, {"code": old}).status_code == HTTPStatus.OK
    assert as_anna.post(factors.CONFIRM, {"code": new}).status_code == HTTPStatus.FOUND


def test_codes_are_shown_once(as_anna: Client) -> None:
    shown = factors.recovery_codes(as_anna)
    page = as_anna.get(factors.CODES).content.decode()
    assert [code for code in shown if code in page] == []


def test_codes_that_were_never_shown_cannot_be_kept(anna: User) -> None:
    browser = signing_in.browser_of(anna, with_factor=False)
    factors.set_up_telephone(browser)
    assert factors.keep_codes(browser).status_code == HTTPStatus.OK
    assert not _opens(browser)


def test_changed_password_counts_keeps_this_session_and_ends_the_others(
    anna: User, as_anna: Client, secret: str
) -> None:
    other = signing_in.browser_of(anna)
    assert as_anna.post(f"{PAGE}password/", {"password": NEW})["Location"] == PAGE
    assert (_opens(as_anna), _opens(other)) == (True, False)
    for password, location in ((PASSWORD, None), (NEW, factors.STEP)):
        assert door.sign_in(Client(), password=password).headers.get("Location") == location
    written = {entry.action: entry for entry in door.entries()}
    assert written["access.sessions-ended"].facts == {"sessions": 1}
    assert written["access.password-changed"].subject == anna.pk


@pytest.mark.parametrize("weak", ["kort", "anna@example.se", "password1234", ""])
def test_weak_password_is_refused(anna: User, as_anna: Client, weak: str) -> None:
    assert as_anna.post(f"{PAGE}password/", {"password": weak}).status_code == HTTPStatus.OK
    anna.refresh_from_db()
    assert anna.check_password(PASSWORD)


def test_one_session_is_ended_from_another_browser(anna: User, as_anna: Client) -> None:
    other, third = signing_in.browser_of(anna), signing_in.browser_of(anna)
    as_anna.post(END, {"session": other.session["signed_in"]["id"]})
    assert (_opens(as_anna), _opens(other), _opens(third)) == (True, False, True)


def test_all_other_sessions_are_ended(anna: User, as_anna: Client, as_bo: Client) -> None:
    others = [signing_in.browser_of(anna) for _time in range(2)]
    as_anna.post(END)
    assert [_opens(one) for one in (as_anna, as_bo, *others)] == [True, True, False, False]


@pytest.mark.parametrize("session", ["x", "", "00000000-0000-4000-8000-000000000000"])
def test_session_that_there_is_not_ends_nothing(as_anna: Client, session: str) -> None:
    assert as_anna.post(END, {"session": session})["Location"] == PAGE
    assert _opens(as_anna)


def test_session_of_another_person_is_not_ended(as_anna: Client, as_bo: Client) -> None:
    as_bo.post(END, {"session": as_anna.session["signed_in"]["id"]})
    assert _opens(as_anna)


def test_forgotten_device_is_signed_out_and_strange(anna: User, as_anna: Client) -> None:
    other = signing_in.browser_of(anna)
    device = SignIn.objects.get(pk=other.session["signed_in"]["id"]).device
    as_anna.post(f"{PAGE}devices/{device.pk}/forget/")
    assert door.codes() == ["access.device-forgotten"]
    assert (_opens(as_anna), _opens(other)) == (True, False)
    assert as_anna.get(PAGE).content.decode().count("Firefox") == 2


def test_device_of_another_person_is_not_forgotten(anna: User, as_anna: Client, as_bo: Client) -> None:
    as_bo.post(f"{PAGE}devices/{Device.objects.get(user=anna).pk}/forget/")
    assert door.codes() == []
    assert _opens(as_anna)


def test_first_factor_ends_sessions_that_know_the_password_alone(anna: User) -> None:
    """Mallory signed in with a guessed password before Anna set up her telephone."""
    browser, mallory = (signing_in.browser_of(anna, with_factor=False) for _time in range(2))
    factors.set_up_telephone(browser)
    factors.recovery_codes(browser)
    factors.keep_codes(browser)
    assert _opens(browser)
    assert mallory.get(factors.SET_UP)["Location"].startswith("/sign-in/?")
