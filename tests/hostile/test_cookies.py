"""Behind an encrypted address no cookie goes in clear, and none that another host has set is taken."""

import json
import os
import subprocess
import sys
from http.cookies import Morsel

import pytest
from django.conf import settings as django_settings
from django.test import Client
from pytest_django import Settings

from tryggve.accounts.models import User
from tryggve.domains.access.tests import door

ORIGIN = "https://tryggve.example.se"
_NAMES = ("SESSION_COOKIE_NAME", "CSRF_COOKIE_NAME", "DEVICE_COOKIE_NAME")
_SECURE = ("SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE", "LANGUAGE_COOKIE_SECURE", "COOKIES_ARE_SECURE")
_PROGRAM = """
import json
from tryggve.config import settings
names, secure = {names!r}, {secure!r}
print(json.dumps([[getattr(settings, one) for one in names], [getattr(settings, one) for one in secure]]))
"""


def _settings_at(origin: str) -> tuple[list[str], set[bool]]:
    """What a fresh process makes of that address."""
    done = subprocess.run(
        [sys.executable, "-c", _PROGRAM.format(names=_NAMES, secure=_SECURE)],
        env={**os.environ, "TRYGGVE_ORIGIN": origin}, capture_output=True, text=True, check=True,
    )  # fmt: skip
    names, secure = json.loads(done.stdout)
    return names, set(secure)


def test_encrypted_address_makes_cookies_secure_and_of_this_host_alone() -> None:
    names, secure = _settings_at(ORIGIN)
    assert secure == {True}
    assert [name.startswith("__Host-tryggve_") for name in names] == [True, True, True]


@pytest.mark.parametrize("origin", ["", "http://localhost:8000"])
def test_this_computer_itself_keeps_plain_ones(origin: str) -> None:
    names, secure = _settings_at(origin)
    assert secure == {False}
    assert [name.startswith("tryggve_") for name in names] == [True, True, True]


def _cookies(browser: Client) -> dict[str, "Morsel[str]"]:
    """Those that come with signing in and with choosing a language."""
    browser.get("/sign-in/")
    door.sign_in(browser)
    assert door.is_signed_in(browser)
    browser.post("/language", {"language": "sv"})
    return dict(browser.cookies)


@pytest.mark.django_db
def test_every_cookie_has_what_its_name_promises(anna: User, settings: Settings) -> None:
    """Secure, for the whole site, of no other host (no Domain), and no script's; also where a proxy doesn't say so."""
    for name in _NAMES:
        setattr(settings, name, f"__Host-{getattr(settings, name)}")
    for name in _SECURE:
        setattr(settings, name, True)
    met = _cookies(Client())
    assert set(met) == {
        *(getattr(django_settings, name) for name in _NAMES),
        django_settings.LANGUAGE_COOKIE_NAME,
    }
    for one in met.values():
        assert (one["secure"], one["path"], one["domain"], one["httponly"]) == (True, "/", "", True)


@pytest.mark.django_db
def test_cookies_without_an_encrypted_address_are_for_this_computer(anna: User) -> None:
    assert {bool(one["secure"]) for one in _cookies(Client()).values()} == {False}
