"""What the browser carries, and what the server keeps of it."""

from http import HTTPStatus

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from django.test import Client

from tryggve.accounts.models import User
from tryggve.domains.access.tests import door

pytestmark = pytest.mark.django_db


def test_cookie_is_for_this_site_only_and_out_of_reach_of_scripts(anna: User, as_mallory: Client) -> None:
    cookie = door.sign_in(as_mallory).cookies[settings.SESSION_COOKIE_NAME]
    assert (cookie["httponly"], cookie["samesite"], cookie["domain"], cookie["path"]) == (
        True,
        "Lax",
        "",
        "/",
    )


def test_cookie_ends_with_the_browser_and_the_session_after_half_a_day(
    anna: User, as_mallory: Client
) -> None:
    cookie = door.sign_in(as_mallory).cookies[settings.SESSION_COOKIE_NAME]
    assert (cookie["expires"], cookie["max-age"]) == ("", "")
    assert as_mallory.session.get_expiry_age() == 12 * 60 * 60


def test_cookies_of_two_firms_on_one_computer_differ() -> None:
    """Browsers share cookies between the ports of a host."""
    names = {settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME}
    assert {name.rpartition("_")[2] for name in names} == {settings._FIRM}
    assert len(names) == 2


def test_session_gets_another_key_when_anna_signs_in(anna: User, as_mallory: Client) -> None:
    """Mallory plants a session of hers in Anna's browser, waits, and is left with one that nobody signed in to."""
    planted = as_mallory.session
    planted["planted"] = True
    planted.save()
    as_mallory.cookies[settings.SESSION_COOKIE_NAME] = str(planted.session_key)
    door.sign_in(as_mallory)
    assert as_mallory.session.session_key != str(planted.session_key)
    assert not Session.objects.filter(pk=planted.session_key).exists()
    mallory = Client()
    mallory.cookies[settings.SESSION_COOKIE_NAME] = str(planted.session_key)
    assert mallory.get("/customers/").status_code == HTTPStatus.FOUND


def test_session_is_gone_from_the_server_after_signing_out(anna: User, as_mallory: Client) -> None:
    door.sign_in(as_mallory)
    stolen = as_mallory.cookies[settings.SESSION_COOKIE_NAME].value
    as_mallory.post("/sign-out/")
    assert Session.objects.count() == 0
    thief = Client()
    thief.cookies[settings.SESSION_COOKIE_NAME] = stolen
    assert thief.get("/customers/").status_code == HTTPStatus.FOUND


def test_session_holds_ids_and_codes_only(anna: User, as_mallory: Client) -> None:
    door.sign_in(as_mallory)
    kept = str(dict(as_mallory.session.items()))
    assert str(anna.pk) in kept
    assert [word for word in (anna.email, "anna", "Ek") if word in kept] == []


def test_no_message_carries_the_address_of_who_signed_in(anna: User, as_mallory: Client) -> None:
    assert set(door.sign_in(as_mallory).cookies) == {
        settings.SESSION_COOKIE_NAME,
        settings.DEVICE_COOKIE_NAME,
        settings.CSRF_COOKIE_NAME,
    }
    assert "anna@" not in as_mallory.get("/", follow=True).content.decode()


@pytest.mark.parametrize("address", ["/sign-in/", "/sign-out/"])
def test_form_without_its_token_is_refused(anna: User, address: str) -> None:
    browser = Client(enforce_csrf_checks=True)
    answer = browser.post(address, {"login": anna.email, "password": "x"})
    assert (answer.status_code, door.entries()) == (HTTPStatus.FORBIDDEN, [])
    assert "The form was too old" in answer.content.decode()


def test_form_from_another_site_is_refused(anna: User) -> None:
    browser = Client(enforce_csrf_checks=True)
    token = browser.get("/sign-in/").context["csrf_token"]
    for origin, status in (
        ("http://evil.example", HTTPStatus.FORBIDDEN),
        ("http://testserver", HTTPStatus.OK),
    ):
        answer = browser.post(
            "/sign-in/",
            {"login": anna.email, "password": door.WRONG, "csrfmiddlewaretoken": str(token)},
            headers={"origin": origin},
        )
        assert answer.status_code == status


@pytest.mark.parametrize(
    "host", ["evil.example", "localhost.evil.example", "192.168.1.2", "tryggve", "127.0.0.1.nip.io"]
)
def test_request_under_another_name_is_refused(as_anna: Client, host: str) -> None:
    """A page elsewhere whose name was made to lead to this computer reads nothing."""
    for address in ("/customers/", "/sign-in/", "/health"):
        assert as_anna.get(address, headers={"host": host}).status_code == HTTPStatus.BAD_REQUEST


@pytest.mark.parametrize("host", ["localhost:8000", "127.0.0.1:8123", "[::1]:8000"])
def test_request_under_the_names_of_this_computer_is_answered(as_anna: Client, host: str) -> None:
    assert as_anna.get("/sign-in/", headers={"host": host}).status_code == HTTPStatus.FOUND
