"""After the password there is one thing to do: set up a second factor, and keep the recovery codes."""

from http import HTTPStatus

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client

from tryggve.accounts.models import User
from tryggve.domains.access.tests import door, factors

pytestmark = pytest.mark.django_db


@pytest.fixture
def with_password(anna: User) -> Client:
    """Anna's browser after the password, on the computer itself."""
    browser = Client(SERVER_NAME="localhost")
    door.sign_in(browser)
    return browser


def _opens(browser: Client) -> bool:
    return browser.get("/customers/").status_code == HTTPStatus.OK


def test_password_alone_opens_the_set_up_and_the_way_out(with_password: Client) -> None:
    assert with_password.get("/customers/")["Location"] == factors.SET_UP
    assert with_password.get(factors.SET_UP).status_code == HTTPStatus.OK
    assert with_password.get("/sign-out/").status_code == HTTPStatus.OK
    with_password.post("/sign-out/")
    assert not door.is_signed_in(with_password)


@pytest.mark.parametrize(
    "page",
    [
        "/",
        "/company/sign-in/",
        "/company/sign-in/password/",
        "/company/mail/",
        "/events/log/",
        "/company/keys/",
    ],
)
def test_no_other_page_opens_with_the_password_alone(with_password: Client, page: str) -> None:
    assert with_password.get(page)["Location"] == factors.SET_UP


def test_anna_sets_up_a_telephone_keeps_the_codes_and_is_in(with_password: Client, anna: User) -> None:
    factors.set_up_telephone(with_password)
    assert not _opens(with_password)
    codes = factors.recovery_codes(with_password)
    assert len(set(codes)) == 10
    assert not _opens(with_password)
    assert factors.keep_codes(with_password)["Location"] == "/"
    assert _opens(with_password)
    assert [one.type for one in Authenticator.objects.filter(user=anna).order_by("pk")] == [
        "totp",
        "recovery_codes",
    ]


def test_anna_sets_up_a_passkey_keeps_the_codes_and_is_in(with_password: Client, anna: User) -> None:
    factors.passkey_of(with_password)
    factors.recovery_codes(with_password)
    factors.keep_codes(with_password)
    assert _opens(with_password)
