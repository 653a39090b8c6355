"""How many questions a page asks the database."""

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext


def asked(browser: Client, page: str) -> list[str]:
    """By a session that is under way: the first look of a minute notes that the session was used."""
    assert browser.get(page).status_code == 200
    with CaptureQueriesContext(connection) as asked:
        assert browser.get(page).status_code == 200
    return [one["sql"] for one in asked]


def counts(browser: Client, *pages: str) -> dict[str, int]:
    return {page: len(asked(browser, page)) for page in pages}
