import pytest
from django.conf import settings
from django.test import Client

from tryggve.accounts.models import User


@pytest.mark.parametrize("language", ["sv", "da", "en"])
def test_switch_keeps_the_language_and_returns(as_mallory: Client, language: str) -> None:
    answer = as_mallory.post("/language", {"language": language, "next": "/sign-in/?page=2"})
    assert (answer.status_code, answer.headers["Location"]) == (302, "/sign-in/?page=2")
    assert f'<html lang="{language}">' in as_mallory.get("/sign-in/").content.decode()


@pytest.mark.parametrize(
    "elsewhere",
    [
        "https://evil.example/",
        "//evil.example/",
        "/\\evil.example",
        "javascript:alert(1)",
        "evil",
        "",
        "///evil",
    ],
)
def test_switch_never_leads_elsewhere(as_mallory: Client, elsewhere: str) -> None:
    answer = as_mallory.post("/language", {"language": "sv", "next": elsewhere})
    assert answer.headers["Location"] == "/"


def test_unknown_language_changes_nothing(as_mallory: Client) -> None:
    answer = as_mallory.post("/language", {"language": "xx", "next": "/"})
    assert settings.LANGUAGE_COOKIE_NAME not in answer.cookies


def test_cookie_is_kept_from_scripts_and_other_sites(as_mallory: Client) -> None:
    cookie = as_mallory.post("/language", {"language": "sv"}).cookies[settings.LANGUAGE_COOKIE_NAME]
    assert (cookie["httponly"], cookie["samesite"], cookie["path"]) == (True, "Lax", "/")


def test_who_is_signed_in_finds_the_language_on_other_devices(as_anna: Client, anna: User) -> None:
    as_anna.post("/language", {"language": "da"})
    anna.refresh_from_db()
    assert anna.language == "da"
