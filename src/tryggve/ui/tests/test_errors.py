import json
import logging
import re
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client
from django.utils import translation
from django.utils.translation import gettext
from pytest_django import Settings

from tryggve.lib import logs
from tryggve.lib.language import LANGUAGES
from tryggve.ui.tests.planted import SECRET

TITLES = {
    "/garbled/": (400, "Tryggve did not understand that"),
    "/closed/": (403, "This page is not open to you"),
    "/nowhere/": (404, "There is nothing here"),
    "/missing/": (404, "There is nothing here"),
    "/button-only/": (405, "This page can't be opened like that"),
    "/refused/": (409, "That did not work"),
    "/broken/": (500, "Something went wrong in Tryggve"),
    "/locked/": (503, "That is not possible right now"),
}


def heading(page: bytes) -> str:
    found = re.search(r"<h1>(.*?)</h1>", page.decode())
    assert found
    return found[1].replace("&#x27;", "'")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("address", TITLES)
def test_error_page_speaks_the_visitors_language_without_a_database(
    mallory: Client, address: str, language: str
) -> None:
    status, title = TITLES[address]
    answer = mallory.get(address, headers={"accept-language": language})
    with translation.override(language):
        expected = gettext(title)
    assert (answer.status_code, heading(answer.content)) == (status, expected)
    assert f'<html lang="{language}">' in answer.content.decode()


@pytest.mark.parametrize("language", LANGUAGES)
def test_page_whose_database_is_away_becomes_an_error_page(mallory: Client, language: str) -> None:
    mallory.cookies[settings.SESSION_COOKIE_NAME] = (
        "a" * 32
    )  # whoever has a session is asked for in the database
    for address in ("/", "/needs-database/", "/nowhere/"):
        answer = mallory.get(address, headers={"accept-language": language})
        assert answer.status_code == 500
        assert f'<html lang="{language}">' in answer.content.decode()


def test_form_without_its_token_is_told_as_too_old(planted_pages: None) -> None:
    answer = Client(enforce_csrf_checks=True).post("/language", {"language": "sv"})
    assert (answer.status_code, heading(answer.content)) == (403, "The form was too old")


def test_refusal_shows_its_own_sentence(mallory: Client) -> None:
    page = mallory.get("/refused/").content.decode()
    assert "The list is empty. Nothing was lost. Choose another file." in page


def test_not_allowed_says_what_is(mallory: Client) -> None:
    assert mallory.get("/button-only/").headers["Allow"] == "POST"


def test_page_and_log_share_a_number_and_hold_no_value(
    mallory: Client, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.ERROR, logger="tryggve.errors"):
        page = mallory.get("/broken/").content.decode()
    (record,) = [record for record in caplog.records if record.name == "tryggve.errors"]
    line = logs.JsonLine().format(record)
    number = json.loads(line)["number"]
    assert f'<p class="number">{number}</p>' in page
    assert "ValueError" in line
    assert "planted.py" in line
    assert SECRET not in page + line
    assert "cannot read" not in page + line


@pytest.mark.parametrize("address", ["/refused/", "/broken/", "/nowhere/"])
def test_htmx_gets_the_words_alone(mallory: Client, address: str) -> None:
    fragment = mallory.get(address, headers={"hx-request": "true"}).content.decode()
    assert fragment.startswith('<div class="notice notice-danger" role="alert">')
    assert "<html" not in fragment


def test_error_is_told_in_plain_text_while_the_pages_are_not_built(
    mallory: Client, settings: Settings, tmp_path: Path
) -> None:
    settings.STATIC_ROOT = tmp_path
    answer = mallory.get("/nowhere/")
    assert (answer.status_code, answer.headers["Content-Type"]) == (404, "text/plain; charset=utf-8")
    assert answer.content.decode().startswith("There is nothing here\n\n")
