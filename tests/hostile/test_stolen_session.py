"""A session's cookie in another browser, and sessions that have lasted long enough."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.conf import settings
from django.contrib.sessions.models import Session
from django.test import Client

from tests import signing_in
from tests.hostile.conftest import NOON
from tryggve.accounts import sign_ins
from tryggve.accounts.models import SignIn, User
from tryggve.audit.models import Entry
from tryggve.domains.access.tests import factors

pytestmark = pytest.mark.django_db
PEOPLE, HOME = "/company/people/", "/customers/"
TO_SIGN_IN = "/sign-in/?next="
PRETENDED = {"X-Forwarded-For": "127.0.0.1", "X-Real-IP": "127.0.0.1", "Forwarded": "for=127.0.0.1"}


def _thief(of: Client, device: str | None) -> Client:
    """Mallory's browser with the session of another one."""
    thief = Client()
    thief.cookies[settings.SESSION_COOKIE_NAME] = of.cookies[settings.SESSION_COOKIE_NAME].value
    if device is not None:
        thief.cookies[settings.DEVICE_COOKIE_NAME] = device
    return thief


def _turned_away() -> list[tuple[str, dict[str, Any]]]:
    rows = Entry.objects.filter(action="accounts.session-turned-away").order_by("pk")
    return [(row.actor, row.facts) for row in rows]


@pytest.mark.parametrize("device", [None, "", "made-up", "å", "of Bo"])
def test_stolen_cookie_opens_nothing_ends_the_session_and_is_in_the_log(
    anna: User, as_anna: Client, as_bo: Client, device: str | None
) -> None:
    """Also with the cookie of another device that is known here, but not to this session."""
    if device == "of Bo":
        device = as_bo.cookies[settings.DEVICE_COOKIE_NAME].value
    session = as_anna.session.session_key
    assert as_anna.get(PEOPLE).status_code == 200
    answer = _thief(as_anna, device).get(PEOPLE)
    assert (answer.status_code, answer["Location"]) == (302, f"{TO_SIGN_IN}{PEOPLE}")
    assert _turned_away() == [(anna.actor, {"rule": "other-device"})]
    assert not Session.objects.filter(pk=session).exists()
    assert sign_ins.open_of(anna, since=NOON - timedelta(days=1)) == []
    assert as_anna.get(PEOPLE)["Location"] == f"{TO_SIGN_IN}{PEOPLE}"


def test_stolen_cookie_sends_no_form_and_gets_no_fragment(anna: User, as_anna: Client, bo: User) -> None:
    answer = _thief(as_anna, None).post(f"{PEOPLE}{bo.pk}/role/", {"role": "OWNER"})
    assert (answer["Location"], User.objects.get(pk=bo.pk).role) == (f"{TO_SIGN_IN}/", "EMPLOYEE")
    other = signing_in.browser_of(anna)
    answer = _thief(other, None).post("/customers/search/", {"text": "ci"}, headers={"HX-Request": "true"})
    assert (answer.content, TO_SIGN_IN in answer.headers.get("HX-Redirect", "")) == (b"", True)


def test_planted_session_is_worthless(as_anna: Client, anna: User) -> None:
    """A session that nobody began here, with Anna's id in it."""
    planted = Client()
    planted.force_login(anna)
    planted.cookies[settings.DEVICE_COOKIE_NAME] = as_anna.cookies[settings.DEVICE_COOKIE_NAME].value
    assert planted.get(PEOPLE)["Location"] == f"{TO_SIGN_IN}{PEOPLE}"
    assert _turned_away() == [(anna.actor, {"rule": "session-not-known"})]


@pytest.mark.parametrize(
    ("pauses", "status"), [([7200], 200), ([7201], 302), ([7000] * 6, 200), ([7000] * 6 + [1201], 302)]
)
def test_session_ends_after_two_idle_hours_and_after_twelve_whatever_is_done(
    as_anna: Client, noon: time_machine.Traveller, pauses: list[int], status: int
) -> None:
    for pause in pauses:
        noon.shift(pause)
        answer = as_anna.get("/company/sign-in/")
    assert answer.status_code == status
    if status != 200:
        assert _turned_away()[-1][1] == {"rule": "session-too-old"}


def test_session_that_was_signed_out_is_not_among_those_that_are_open(anna: User, as_anna: Client) -> None:
    other = signing_in.browser_of(anna)
    other.post("/sign-out/")
    assert SignIn.objects.filter(user=anna, ended_at=None).count() == 1


def test_deed_at_night_asks_for_a_factor_of_two_minutes(anna: User, noon: time_machine.Traveller) -> None:
    for hour, minutes, status in ((12, 3, 302), (12, 2, 200), (17, 9, 200)):
        night = NOON + timedelta(hours=hour)
        noon.move_to(night)
        browser = signing_in.browser_of(anna, at=night - timedelta(minutes=minutes))
        assert (hour, minutes, browser.get(f"{PEOPLE}invite/").status_code) == (hour, minutes, status)


def test_cookie_on_a_new_network_asks_again_and_the_network_is_known_then(anna: User, bo: User) -> None:
    """What the request says of addresses that it came by is believed of nobody."""
    secret, page = factors.telephone_of(anna), f"{PEOPLE}{bo.pk}/role/"
    browser = Client(REMOTE_ADDR="203.0.113.9")
    browser.cookies = signing_in.browser_of(anna).cookies
    assert browser.get(PEOPLE).status_code == 200
    asked = browser.get(page, headers=PRETENDED)["Location"]
    assert asked == f"/sign-in/confirm/?next={page.replace('/', '%2F')}&why=new-network"
    browser.post("/sign-in/confirm/", {"code": factors.code_now(secret)})
    assert browser.get(page).status_code == 200
    browser.cookies = signing_in.browser_of(anna).cookies
    assert browser.get(page).status_code == 200
