import pytest
from django.conf import settings
from django.test import Client

from tryggve.accounts import services
from tryggve.accounts.models import User


@pytest.mark.parametrize("language", ["sv", "da", "en"])
def test_switch_keeps_the_language_and_returns(mallory: Client, language: str) -> None:
    answer = mallory.post("/language", {"language": language, "next": "/staff/?page=2"})
    assert (answer.status_code, answer.headers["Location"]) == (302, "/staff/?page=2")
    assert f'<html lang="{language}">' in mallory.get("/nowhere/").content.decode()


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
def test_switch_never_leads_elsewhere(mallory: Client, elsewhere: str) -> None:
    answer = mallory.post("/language", {"language": "sv", "next": elsewhere})
    assert answer.headers["Location"] == "/"


def test_unknown_language_changes_nothing(mallory: Client) -> None:
    answer = mallory.post("/language", {"language": "xx", "next": "/"})
    assert settings.LANGUAGE_COOKIE_NAME not in answer.cookies


def test_cookie_is_kept_from_scripts_and_other_sites(mallory: Client) -> None:
    cookie = mallory.post("/language", {"language": "sv"}).cookies[settings.LANGUAGE_COOKIE_NAME]
    assert (cookie["httponly"], cookie["samesite"], cookie["path"]) == (True, "Lax", "/")


@pytest.mark.django_db
def test_who_is_signed_in_finds_the_language_on_other_devices(mallory: Client) -> None:
    anna = services.create_user(email="anna@example.com", password="x" * 12, name="Anna", language="en")
    mallory.force_login(anna)
    mallory.post("/language", {"language": "da"})
    assert User.objects.get().language == "da"
