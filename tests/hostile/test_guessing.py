"""Ten thousand wrong passwords, each from an address of its own, in an hour."""

from contextlib import suppress
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.contrib.auth.hashers import get_hasher
from django.core.exceptions import ValidationError
from django.db import connection
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from pytest_django import Settings

from tryggve.accounts.models import User
from tryggve.domains.access.adapter import AccountAdapter
from tryggve.domains.access.tests import door

pytestmark = pytest.mark.django_db
GUESSES, HOUR = 10_000, timedelta(hours=1)
_A_WINDOW = timedelta(minutes=5)
MOST = 5 * (HOUR // _A_WINDOW)
_HOW_OFTEN_ANNA_COMES = 2_500


@pytest.fixture
def quick_counts(settings: Settings) -> None:
    """In memory: that files shared by the processes count alike has tests of its own."""
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}


@pytest.fixture
def hashed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Every password that is hashed, which is what signing in costs; done by the tests' cheap hasher."""
    seen: list[str] = []
    hasher = type(get_hasher())
    plain = hasher.encode

    def counted(self: Any, password: str, salt: str, *more: Any) -> str:
        seen.append(password)
        return plain(self, password, salt, *more)

    monkeypatch.setattr(hasher, "encode", counted)
    return seen


def test_hour_of_guesses_from_everywhere_looks_at_few_and_keeps_anna_out_at_no_time(
    anna: User, noon: time_machine.Traveller, quick_counts: None, hashed: list[str]
) -> None:
    """Three guesses a second; Anna comes now and then from a browser that she has used before."""
    known = Client()
    door.sign_in(known)
    for number in range(GUESSES):
        noon.shift(HOUR / GUESSES)
        request = RequestFactory().post("/", REMOTE_ADDR=f"10.0.{number // 250}.{number % 250}")
        with suppress(ValidationError):
            AccountAdapter(request).authenticate(request, email=door.ANNA, password=door.WRONG)
        if number % _HOW_OFTEN_ANNA_COMES == 0:
            known.post("/sign-out/")
            door.sign_in(known)
            assert door.is_signed_in(known)
    looked_at = door.codes().count("access.sign-in-failed")
    assert 5 <= looked_at <= MOST
    assert hashed.count(door.WRONG) == looked_at  # what is turned away costs no hash
    assert door.codes().count("access.sign-in-limited") <= HOUR // timedelta(minutes=1)


def test_guess_that_is_turned_away_costs_two_questions_and_no_hash(
    anna: User, noon: time_machine.Traveller, quick_counts: None, hashed: list[str]
) -> None:
    """Through the page, as a guesser comes; the first of a minute is told in the log."""
    for number in range(7):
        hashed.clear()
        with CaptureQueriesContext(connection) as asked:
            door.sign_in(Client(REMOTE_ADDR=f"10.1.0.{number}"), password=door.WRONG)
    assert (hashed, len(asked)) == ([], 2), asked.captured_queries
