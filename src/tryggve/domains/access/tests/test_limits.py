"""Guessing at passwords is slowed down, for all processes together and whatever the guesser pretends."""

from datetime import timedelta
from http import HTTPStatus
from pathlib import Path

import pytest
import time_machine
from django.core.cache import cache, caches
from django.test import Client

from tests.cast import NOW, PASSWORD
from tryggve.accounts.models import User
from tryggve.domains.access.services import sign_in
from tryggve.domains.access.tests import door

pytestmark = pytest.mark.django_db
FOR_ONE_ACCOUNT = 5
FROM_ONE_PLACE = 10


def _guess(times: int, email: str = door.ANNA, **headers: str) -> None:
    for _time in range(times):
        Client(headers=headers).post("/sign-in/", {"login": email, "password": door.WRONG})


def test_right_password_after_five_wrong_ones_waits(anna: User, as_mallory: Client) -> None:
    _guess(FOR_ONE_ACCOUNT)
    answer = door.sign_in(as_mallory)
    assert not door.is_signed_in(as_mallory)
    assert answer.context["form"].non_field_errors() == ["Too many failed login attempts. Try again later."]


def test_right_password_after_four_wrong_ones_is_let_in(anna: User, as_mallory: Client) -> None:
    _guess(FOR_ONE_ACCOUNT - 1)
    door.sign_in(as_mallory)
    assert door.is_signed_in(as_mallory)


def test_wait_is_over_after_five_minutes(anna: User, as_mallory: Client) -> None:
    with time_machine.travel(NOW, tick=False) as clock:
        _guess(FOR_ONE_ACCOUNT)
        clock.shift(299)
        door.sign_in(as_mallory)
        assert not door.is_signed_in(as_mallory)
        clock.shift(2)
        door.sign_in(as_mallory)
        assert door.is_signed_in(as_mallory)


def test_other_accounts_are_not_held_up_by_guesses_at_one(anna: User, as_mallory: Client) -> None:
    _guess(FOR_ONE_ACCOUNT, "bo@example.se")
    door.sign_in(as_mallory)
    assert door.is_signed_in(as_mallory)


def test_guesses_at_many_accounts_from_one_place_are_limited_together(anna: User, as_mallory: Client) -> None:
    for number in range(FROM_ONE_PLACE):
        _guess(1, f"guess{number}@example.se")
    door.sign_in(as_mallory)
    assert not door.is_signed_in(as_mallory)


def test_pretended_places_of_origin_change_nothing(anna: User, as_mallory: Client) -> None:
    for number in range(FROM_ONE_PLACE):
        place = f"203.0.113.{number}"
        _guess(
            1,
            f"guess{number}@example.se",
            **{"x-forwarded-for": place, "x-real-ip": place, "forwarded": place},
        )
    door.sign_in(as_mallory)
    assert not door.is_signed_in(as_mallory)


def test_right_passwords_do_not_count(anna: User, as_mallory: Client) -> None:
    for _time in range(FROM_ONE_PLACE + 1):
        browser = Client()
        door.sign_in(browser)
        assert door.is_signed_in(browser)


def test_limited_attempt_is_an_entry_of_its_own(anna: User, as_mallory: Client) -> None:
    _guess(FOR_ONE_ACCOUNT)
    door.sign_in(as_mallory)
    assert door.codes() == ["access.sign-in-failed"] * FOR_ONE_ACCOUNT + ["access.sign-in-limited"]
    last = door.entries()[-1]
    assert (last.actor, last.subject, last.facts) == ("anonymous", None, {})


def test_attempts_without_end_are_one_entry_a_minute(anna: User) -> None:
    """However many accounts they aim at."""
    with time_machine.travel(NOW, tick=False) as clock:
        _guess(FOR_ONE_ACCOUNT + 2)
        clock.shift(59)
        _guess(FOR_ONE_ACCOUNT + 2, "bo@example.se")
        assert door.codes().count("access.sign-in-limited") == 1
        clock.shift(2)
        _guess(2)
        assert [entry.recorded_at for entry in door.entries() if entry.action == "access.sign-in-limited"] == [
            NOW, NOW + timedelta(seconds=61),
        ]  # fmt: skip


def test_processes_keep_one_entry_a_minute_together(anna: User) -> None:
    """Another process is another object on the same folder."""
    assert caches.create_connection("default").add(sign_in._LIMITED_LATELY, value=True, timeout=60)
    _guess(FOR_ONE_ACCOUNT + 1)
    assert door.codes() == ["access.sign-in-failed"] * FOR_ONE_ACCOUNT


def test_flood_of_attempts_is_told_in_words_and_fills_no_log(anna: User) -> None:
    with time_machine.travel(NOW, tick=False):
        _guess(30)
        written = len(door.entries())
        answer = Client().post("/sign-in/", {"login": door.ANNA, "password": PASSWORD})
    assert answer.status_code == HTTPStatus.TOO_MANY_REQUESTS
    assert "Wait five minutes and try again." in answer.content.decode()
    assert len(door.entries()) == written


def test_limits_are_counted_in_files_that_all_processes_share() -> None:
    """Another process is another object on the same folder."""
    cache.set("limit", 3)
    assert caches.create_connection("default").get("limit") == 3


def test_names_of_the_files_tell_no_address(anna: User) -> None:
    _guess(1)
    folder = caches["default"]._dir  # type: ignore[attr-defined]  # a cache in files
    kept = [path.name.encode() + path.read_bytes() for path in Path(folder).iterdir()]
    assert len(kept) > 1
    assert [content for content in kept if b"anna" in content] == []
