"""Nobody is led elsewhere by an address that begins with ours: every place that takes where to go next."""

from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client

from tests import signing_in
from tests.cast import PASSWORD
from tests.hostile.conftest import NOON
from tryggve.accounts.models import User
from tryggve.domains.access.tests import factors

pytestmark = pytest.mark.django_db
TRICKS = [
    "https://evil.example/",
    "//evil.example",
    "///evil.example",
    "/\\evil.example",
    "\\\\evil.example",
    "/\t/evil.example",
    "/\n/evil.example",
    " //evil.example",
    "\x00//evil.example",
    "http:evil.example",
    "http:///evil.example",
    "http://testserver@evil.example/",
    "http://testserver.evil.example/",
    "javascript:alert(1)",
    "data:text/html,x",
    "/..//evil.example",
    "evil.example",
    "？//evil.example",
]


def _is_here(location: str) -> bool:
    """A path, and not one that browsers take for the name of another computer."""
    parts = urlsplit(location)
    return (parts.scheme, parts.netloc, location[:1]) == ("", "", "/") and location[1:2] not in ("/", "\\")


@pytest.mark.parametrize("trick", TRICKS)
def test_sign_in_with_both_steps_stays_here(anna: User, trick: str) -> None:
    secret, browser = factors.telephone_of(anna), Client()
    told = {"login": anna.email, "password": PASSWORD, "next": trick}
    assert _is_here(browser.post("/sign-in/", told)["Location"])
    assert _is_here(browser.post(factors.STEP, {"code": factors.code_now(secret), "next": trick})["Location"])


@pytest.mark.parametrize("trick", TRICKS)
def test_every_other_way_back_stays_here(anna: User, trick: str) -> None:
    secret, browser = factors.telephone_of(anna), signing_in.browser_of(anna)
    to = {"next": trick}
    confirmed = browser.post("/sign-in/confirm/", {"code": factors.code_now(secret), **to})
    language = browser.post("/language", {"language": "en", **to})
    out = browser.post("/sign-out/", to)
    for answer in (confirmed, language, out):
        assert _is_here(answer["Location"]), answer["Location"]
    assert _is_here(signing_in.browser_of(anna).get("/unlock/", to).context["goal"])


@pytest.mark.parametrize("trick", TRICKS)
def test_set_up_of_the_first_factor_stays_here(anna: User, trick: str) -> None:
    browser = signing_in.browser_of(anna, with_factor=False)
    browser.get(factors.SET_UP, {"next": trick})
    factors.set_up_telephone(browser)
    factors.recovery_codes(browser)
    assert _is_here(factors.keep_codes(browser)["Location"])


@pytest.mark.parametrize(
    "trick", [*TRICKS, "http://testserver//evil.example/", "http://testserver/\\evil.example"]
)
def test_page_that_a_form_is_said_to_have_stood_on_is_gone_back_to_only_here(anna: User, trick: str) -> None:
    """Who is asked again is led back to the page of the form, as the browser tells it."""
    secret, browser = factors.telephone_of(anna), signing_in.browser_of(anna, at=NOON - timedelta(minutes=11))
    referer = trick.strip("\x00\t\n ").encode("ascii", "replace").decode()
    asked = browser.post("/company/people/invite/", headers={"Referer": referer})["Location"]
    goal = parse_qs(urlsplit(asked).query)["next"][0]
    assert _is_here(browser.post(asked, {"code": factors.code_now(secret), "next": goal})["Location"])
