"""The gate asks every page what it demands, whoever comes and by whichever way."""

from http import HTTPStatus
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client

from tests.cast import PASSWORD
from tryggve.accounts.models import User
from tryggve.accounts.tests import planted

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("planted_pages")]


def _next(location: str) -> tuple[str, list[str]]:
    parts = urlsplit(location)
    assert parts.netloc == ""
    return parts.path, parse_qs(parts.query).get("next", [])


def test_anna_opens_the_pages_of_staff(as_anna: Client) -> None:
    assert as_anna.get("/staff/").status_code == HTTPStatus.OK
    assert as_anna.get("/staff-class/").status_code == HTTPStatus.OK


def test_everybody_opens_a_public_page(as_mallory: Client) -> None:
    assert as_mallory.get("/open/").status_code == HTTPStatus.OK


@pytest.mark.parametrize("page", ["forgotten", "within/forgotten", "foreign", "nameless"])
def test_page_that_asks_for_nothing_is_nowhere_for_anybody(
    as_anna: Client, as_mallory: Client, page: str
) -> None:
    """A view of ours that nobody marked, and one of another package that the table doesn't list."""
    for browser in (as_anna, as_mallory):
        assert browser.get(f"/{page}/").status_code == HTTPStatus.NOT_FOUND
        assert browser.post(f"/{page}/").status_code == HTTPStatus.NOT_FOUND


def test_page_of_another_package_takes_its_permission_from_the_table(as_mallory: Client) -> None:
    assert as_mallory.get("/listed/")["Location"] == "/open/"


def test_page_that_asks_for_an_unknown_permission_is_closed_to_anna(as_anna: Client) -> None:
    assert as_anna.get("/misspelt/").status_code == HTTPStatus.FORBIDDEN


def test_mallory_is_sent_to_sign_in_with_the_page_she_wanted(as_mallory: Client) -> None:
    answer = as_mallory.get("/staff/?page=2&sort=name")
    assert (answer.status_code, planted.ASKED) == (HTTPStatus.FOUND, [])
    assert _next(answer["Location"]) == ("/sign-in/", ["/staff/?page=2&sort=name"])


def test_anna_comes_back_to_the_page_after_signing_in(anna: User, as_mallory: Client) -> None:
    to_sign_in = as_mallory.get("/staff/")["Location"]
    page, (wanted,) = _next(to_sign_in)
    answer = as_mallory.post(page, {"login": anna.email, "password": PASSWORD, "next": wanted})
    assert answer["Location"] == "/staff/"


def test_what_was_sent_before_signing_in_is_neither_done_nor_repeated(as_mallory: Client) -> None:
    answer = as_mallory.post("/staff/", {"name": "Cilla"})
    assert _next(answer["Location"]) == ("/sign-in/", ["/"])
    assert planted.ASKED == []


def test_page_is_closed_as_soon_as_an_account_is(anna: User, as_anna: Client) -> None:
    assert as_anna.get("/staff/").status_code == HTTPStatus.OK
    User.objects.filter(pk=anna.pk).update(is_active=False)
    assert _next(as_anna.get("/staff/")["Location"]) == ("/sign-in/", ["/staff/"])


def test_page_is_closed_after_the_session_ran_out(as_anna: Client) -> None:
    as_anna.session.flush()
    assert as_anna.get("/staff/").status_code == HTTPStatus.FOUND
