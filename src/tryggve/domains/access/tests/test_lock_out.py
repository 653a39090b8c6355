"""Whoever guesses is held up; whom he guesses at isn't. Known browsers are counted apart from strangers."""

from contextlib import suppress
from http import HTTPStatus
from typing import Any

import pytest
import time_machine
from django.contrib.auth.hashers import get_hasher
from django.core.exceptions import ValidationError
from django.db import connection
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext

from tests.cast import NOW, PASSWORD
from tryggve.accounts.models import User
from tryggve.domains.access.adapter import AccountAdapter
from tryggve.domains.access.tests import door, factors

pytestmark = pytest.mark.django_db
GUESSES = 5
FLOOD = 1_000


@pytest.fixture
def known(anna: User) -> Client:
    """Anna's browser, signed in with once and left."""
    browser = Client(REMOTE_ADDR="198.51.100.1")
    door.sign_in(browser)
    browser.post("/sign-out/")
    return browser


def _from(number: int) -> Client:
    return Client(REMOTE_ADDR=f"10.{number // 65536}.{number // 256 % 256}.{number % 256}")


def _tried() -> int:
    """How many passwords were looked at."""
    return door.codes().count("access.sign-in-failed")


def test_flood_of_guesses_from_many_places_are_five_and_anna_gets_in(known: Client) -> None:
    """Behind the form, where the passwords are looked at: the form's own limit would make it easy."""
    with time_machine.travel(NOW, tick=False):
        for number in range(FLOOD):
            request = RequestFactory().post("/", REMOTE_ADDR=f"10.0.0.{number % 250}")
            with suppress(ValidationError):
                AccountAdapter(request).authenticate(request, email=door.ANNA, password=door.WRONG)
        stranger = _from(FLOOD)
        door.sign_in(stranger)
        door.sign_in(known)
        assert (_tried(), door.is_signed_in(stranger), door.is_signed_in(known)) == (GUESSES, False, True)
    assert door.codes().count("access.sign-in-limited") == 1  # a flood fills no log


def test_flood_from_annas_own_network_does_not_hold_her_up(known: Client) -> None:
    """Mallory sits in the same office, behind the same address."""
    with time_machine.travel(NOW, tick=False):
        for number in range(40):
            door.sign_in(Client(REMOTE_ADDR="198.51.100.1"), f"guess{number}@example.se", door.WRONG)
        assert door.sign_in(Client(REMOTE_ADDR="198.51.100.1")).status_code == HTTPStatus.TOO_MANY_REQUESTS
        door.sign_in(known)
        assert door.is_signed_in(known)


def test_known_browser_guesses_no_more_often_than_others(known: Client) -> None:
    """Whoever sits at Anna's unlocked computer."""
    with time_machine.travel(NOW, tick=False):
        for _time in range(20):
            door.sign_in(known, password=door.WRONG)
        door.sign_in(known)
        stranger = Client()
        door.sign_in(stranger)
        assert (_tried(), door.is_signed_in(known), door.is_signed_in(stranger)) == (GUESSES, False, True)


def test_browser_known_to_bo_is_a_strangers_to_anna(known: Client, bo: User) -> None:
    bos = Client(REMOTE_ADDR="203.0.113.1")
    door.sign_in(bos, bo.email)
    bos.post("/sign-out/")
    with time_machine.travel(NOW, tick=False):
        for number in range(GUESSES):
            door.sign_in(_from(number), password=door.WRONG)
        door.sign_in(bos)
        assert not door.is_signed_in(bos)
        door.sign_in(bos, bo.email)
        assert door.is_signed_in(bos)


@pytest.mark.parametrize("cookie", ["", "x", "å", "a" * 4000])
def test_made_up_device_is_a_strangers(known: Client, cookie: str) -> None:
    with time_machine.travel(NOW, tick=False):
        for number in range(GUESSES):
            door.sign_in(_from(number), password=door.WRONG)
        pretender = Client()
        for name in list(known.cookies):
            pretender.cookies[name] = cookie
        door.sign_in(pretender)
        assert not door.is_signed_in(pretender)


def test_codes_are_guessed_five_times_and_anna_gets_in(known: Client, anna: User) -> None:
    """Mallory has the password, and begins the second step anew from many places."""
    secret = factors.telephone_of(anna)
    with time_machine.travel(NOW, tick=False):
        for number in range(30):
            mallory = _from(number)
            door.sign_in(mallory)
            mallory.post(factors.STEP, {"code": "000000"})
        door.sign_in(mallory)
        mallory.post(factors.STEP, {"code": factors.code_now(secret)})
        door.sign_in(known)
        known.post(factors.STEP, {"code": factors.code_now(secret)})
        assert (door.is_signed_in(mallory), door.is_signed_in(known)) == (False, True)
    assert door.codes().count("access.factor-failed") == GUESSES


def test_codes_are_guessed_thirty_times_a_day(anna: User) -> None:
    factors.telephone_of(anna)
    with time_machine.travel(NOW, tick=False) as clock:
        for number in range(12):
            mallory = _from(number)
            door.sign_in(mallory)
            for _time in range(5):
                mallory.post(factors.STEP, {"code": "000000"})
            clock.shift(301)
    assert door.codes().count("access.factor-failed") == 30


def test_right_codes_do_not_count(anna: User) -> None:
    secret = factors.telephone_of(anna)
    with time_machine.travel(NOW, tick=False) as clock:
        for _time in range(12):
            clock.shift(30)
            browser = Client()
            door.sign_in(browser)
            browser.post(factors.STEP, {"code": factors.code_now(secret)})
            assert door.is_signed_in(browser)


def test_passkey_is_never_held_up(known: Client, anna: User) -> None:
    """A new device of Anna's during the flood: the way in that can't be guessed stays open."""
    setting_up = Client(SERVER_NAME="localhost", REMOTE_ADDR="198.51.100.7")
    door.sign_in(setting_up)
    device = factors.passkey_of(setting_up)
    with time_machine.travel(NOW, tick=False):
        for number in range(20):
            door.sign_in(_from(number), password=door.WRONG)
        new = Client(SERVER_NAME="localhost", REMOTE_ADDR="203.0.113.77")
        new.post("/sign-in/passkey/", {"credential": factors.answer_of(new, device)})
        assert door.is_signed_in(new)


def _cost_and_words(email: str) -> tuple[int, str]:
    with CaptureQueriesContext(connection) as asked:
        answer = door.sign_in(Client(), email, door.WRONG)
    return len(asked), answer.content.decode().replace(email, "").split("csrfmiddlewaretoken")[-1][80:]


def test_known_and_unknown_addresses_cost_the_same_and_read_the_same(
    anna: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Not the clock is asked, which is noise, but what takes time: passwords hashed and questions to the database."""
    hashed: list[str] = []
    hasher = type(get_hasher())
    plain = hasher.encode

    def counted(self: Any, password: str, salt: str, *more: Any) -> str:
        hashed.append(password)
        return plain(self, password, salt, *more)

    monkeypatch.setattr(hasher, "encode", counted)
    seen = []
    for email in (anna.email, "nobody@example.se"):
        hashed.clear()
        cost, words = _cost_and_words(email)
        seen.append((cost, len(hashed), words))
    assert seen[0] == seen[1]
    assert seen[0][1] == 1


def test_limited_answers_read_the_same_for_known_and_unknown_addresses(anna: User) -> None:
    said = []
    with time_machine.travel(NOW, tick=False):
        for email in (anna.email, "nobody@example.se"):
            for number in range(GUESSES):
                door.sign_in(_from(number), email, door.WRONG)
            said.append(door.sign_in(Client(), email, PASSWORD).context["form"].non_field_errors())
    assert said[0] == said[1] == ["Too many failed login attempts. Try again later."]
