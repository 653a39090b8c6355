"""Shown once more before something important: what counts, where it leads, what is written."""

from collections.abc import Iterator
from datetime import timedelta
from http import HTTPStatus
from urllib.parse import parse_qs, urlsplit

import pytest
import time_machine
from django.conf import settings
from django.test import Client
from django.utils import timezone

from tests import signing_in
from tests.cast import NOW
from tryggve.accounts.models import KnownNetwork, User
from tryggve.domains.access.services import factors as services
from tryggve.domains.access.tests import door, factors

pytestmark = pytest.mark.django_db
PASSWORD_PAGE = "/company/sign-in/password/"


@pytest.fixture(autouse=True)
def by_day() -> Iterator[None]:
    """At night a proof is old sooner, and another sentence is said."""
    with time_machine.travel(NOW):
        yield


@pytest.fixture
def secret(anna: User) -> str:
    return factors.telephone_of(anna)


@pytest.fixture
def stale(anna: User, secret: str) -> Client:
    """Anna's browser, signed in an hour ago."""
    return signing_in.browser_of(anna, at=timezone.now() - timedelta(hours=1))


def test_page_that_wants_a_fresh_proof_asks_says_why_and_is_opened_afterwards(
    stale: Client, secret: str
) -> None:
    asked = stale.get(PASSWORD_PAGE)["Location"]
    assert parse_qs(urlsplit(asked).query) == {"next": [PASSWORD_PAGE], "why": ["factor-too-old"]}
    assert "Before this is done, show once more that it is you." in stale.get(asked).content.decode()
    assert stale.get(PASSWORD_PAGE).status_code == HTTPStatus.FOUND
    answer = stale.post(factors.CONFIRM, {"code": factors.code_now(secret), "next": PASSWORD_PAGE})
    assert answer["Location"] == PASSWORD_PAGE
    assert stale.get(PASSWORD_PAGE).status_code == HTTPStatus.OK


def test_proof_is_one_entry_of_who_and_by_what(stale: Client, secret: str, anna: User) -> None:
    stale.post(factors.CONFIRM, {"code": factors.code_now(secret)})
    (entry,) = door.entries()
    assert (entry.action, entry.actor, entry.subject, entry.facts) == (
        "access.confirmed",
        anna.actor,
        anna.pk,
        {"kind": "totp"},
    )


def test_passkey_and_recovery_code_are_proofs_too(anna: User, secret: str) -> None:
    browser = signing_in.browser_of(anna)
    browser.defaults["SERVER_NAME"] = "localhost"
    device = factors.passkey_of(browser)
    factors.recovery_codes(browser)
    factors.keep_codes(browser)
    code, *_others = services.make_recovery_codes(user=anna, at=NOW)
    for shown in ({"credential": factors.answer_of(browser, device)}, {"code": code}):
        assert browser.post(factors.CONFIRM, {**shown, "next": "/customers/"})["Location"] == "/customers/"
    assert [entry.facts["kind"] for entry in door.entries() if entry.action == "access.confirmed"] == [
        "passkey",
        "recovery",
    ]


def test_wrong_code_stays_and_keeps_where_to_go(stale: Client) -> None:
    answer = stale.post(factors.CONFIRM, {"code": "000000", "next": PASSWORD_PAGE})
    page = answer.content.decode()
    assert "This code isn" in page
    assert f'name="next" value="{PASSWORD_PAGE}"' in page
    assert stale.get(PASSWORD_PAGE).status_code == HTTPStatus.FOUND


@pytest.mark.parametrize(
    "goal", ["//evil.example/", "https://evil.example/", "/\\evil.example", "javascript:alert(1)", "", "\x00"]
)
def test_nobody_is_sent_elsewhere(stale: Client, secret: str, goal: str) -> None:
    answer = stale.post(factors.CONFIRM, {"code": factors.code_now(secret), "next": goal})
    assert answer["Location"] == "/"


def test_words_in_the_address_are_not_shown(stale: Client) -> None:
    answer = stale.get(f"{factors.CONFIRM}?why=Call+0700-123456")
    assert answer.context["why"] == ""


def test_who_has_no_factor_sets_one_up(anna: User) -> None:
    browser = signing_in.browser_of(anna, with_factor=False)
    assert browser.get(factors.CONFIRM)["Location"] == factors.SET_UP


def test_proof_makes_the_network_known(stale: Client, secret: str, anna: User) -> None:
    KnownNetwork.objects.all().delete()
    stale.defaults["REMOTE_ADDR"] = "203.0.113.9"
    asked = stale.get(PASSWORD_PAGE)["Location"]
    assert parse_qs(urlsplit(asked).query)["why"] == ["new-network"]
    stale.post(factors.CONFIRM, {"code": factors.code_now(secret)})
    assert stale.get(PASSWORD_PAGE).status_code == HTTPStatus.OK
    assert KnownNetwork.objects.filter(user=anna).count() == 1


def test_many_proofs_do_not_let_the_session_grow(anna: User, secret: str) -> None:
    browser = signing_in.browser_of(anna)
    sizes = []
    for steps in range(5):
        with time_machine.travel(timezone.now() + timedelta(minutes=steps), tick=False):
            browser.post(factors.CONFIRM, {"code": factors.code_now(secret)})
        sizes.append(len(browser.session["account_authentication_methods"]))
    assert sizes == [2] * 5


def test_session_with_another_device_cookie_proves_nothing(stale: Client, secret: str) -> None:
    stale.cookies[settings.DEVICE_COOKIE_NAME] = "stolen elsewhere"
    answer = stale.post(factors.CONFIRM, {"code": factors.code_now(secret)})
    assert answer["Location"].startswith("/sign-in/")


def test_who_has_a_factor_uses_it_before_another_is_added(anna: User, secret: str) -> None:
    """Mallory knows the password, and was signed in before Anna set up her telephone."""
    mallory = signing_in.browser_of(anna, with_factor=False)
    mallory.defaults["SERVER_NAME"] = "localhost"
    to_confirm = f"{factors.CONFIRM}?next=%2Fsign-in%2Fset-up%2F"
    assert mallory.get(factors.SET_UP)["Location"] == to_confirm
    assert mallory.post(factors.SET_UP, {"code": "000000"})["Location"].startswith(factors.CONFIRM)
    assert mallory.post(f"{factors.SET_UP}passkey/options/").status_code == HTTPStatus.CONFLICT
    assert mallory.post(f"{factors.SET_UP}passkey/", {"credential": "{}"}).status_code == HTTPStatus.FOUND
    assert mallory.post(factors.CODES)["Location"] == factors.SET_UP
    assert mallory.post(factors.CODES, {"kept": "yes"})["Location"] == factors.SET_UP
    assert mallory.get("/customers/").status_code == HTTPStatus.FOUND


def test_another_factor_is_added_only_by_who_has_just_shown_one(stale: Client) -> None:
    for page in (factors.SET_UP, factors.CODES):
        assert stale.get(page)["Location"].startswith(f"{factors.CONFIRM}?next=")
        assert stale.post(page)["Location"].startswith(f"{factors.CONFIRM}?next=")
