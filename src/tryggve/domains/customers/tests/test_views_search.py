"""Searching from a browser: by POST only, with scripts and without, and nothing of it kept."""

import re
from dataclasses import replace
from typing import Any
from urllib.parse import quote

import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.cast import CILLA, DAN, NOW
from tryggve.domains.customers.tests import deleting
from tryggve.domains.customers.tests.lists import MACHINE, add, bring_in, people

pytestmark = pytest.mark.django_db
AS_ONE_TYPES = {"HX-Request": "true"}


def _search(browser: Client, text: str, *, scripts: bool = False) -> Any:
    return browser.post("/customers/search/", {"text": text}, headers=AS_ONE_TYPES if scripts else {})


def test_search_as_one_types_answers_with_rows_alone(as_anna: Client) -> None:
    add(CILLA, DAN)
    answer = _search(as_anna, "akerst", scripts=True)
    text = answer.content.decode()
    assert (answer.status_code, CILLA.name in text, DAN.name in text, "<html" in text) == (
        200,
        True,
        False,
        False,
    )


def test_nobody_found_is_told(as_anna: Client) -> None:
    assert "Nobody found." in _search(as_anna, "zzz", scripts=True).content.decode()


@pytest.mark.parametrize("typed", ["", " ", "\n\t"])
def test_nothing_typed_shows_nothing(as_anna: Client, typed: str) -> None:
    add(CILLA)
    assert _search(as_anna, typed, scripts=True).content == b""
    assert _search(as_anna, typed).headers["Location"] == "/customers/"


@pytest.mark.parametrize(
    "typed", ["\x00", "\ud83d", "x" * 10_000, '"', "%", "<script>", "\u202e", "´", "🙂" * 300]
)
def test_odd_questions_are_answered(as_anna: Client, typed: str) -> None:
    add(CILLA)
    raw = "text=" + quote(typed.encode(errors="surrogatepass"))
    form = "application/x-www-form-urlencoded"
    answer = as_anna.post("/customers/search/", raw, content_type=form, headers=AS_ONE_TYPES)
    assert (answer.status_code, "Nobody found." in answer.content.decode()) == (200, True)


def test_those_who_match_nearly_come_after_the_others_and_are_marked(as_anna: Client) -> None:
    add(CILLA, DAN, replace(DAN, name="Dan Sörnesen"))
    text = _search(as_anna, "sörnesen", scripts=True).content.decode()
    assert "1 customer found" in text
    exact, near = text.split("Nearly what you typed:")
    assert ("Dan Sörnesen" in exact, DAN.name in exact) == (True, False)
    assert ("Dan Sörnesen" in near, DAN.name in near, CILLA.name in text) == (False, True, False)


def test_near_matches_are_marked_without_scripts_too_and_kept_for_that_search(as_anna: Client) -> None:
    add(CILLA, DAN, replace(DAN, name="Dan Sörnesen"))
    nearly, exactly = (_search(as_anna, typed).headers["Location"] for typed in ("sörnesen", "cilla"))
    text = as_anna.get(nearly).content.decode()
    exact, near = text.split("<h2>Nearly what you typed</h2>")
    assert ("Dan Sörnesen" in exact, DAN.name in exact, DAN.name in near) == (True, False, True)
    assert "Nearly" not in as_anna.get(exactly).content.decode()
    session = SessionStore(as_anna.session.session_key).load()
    assert session["customers_found_nearly"] == {nearly.split("/")[-2]: 1}


def test_nobody_is_nearly_found_when_enough_match(as_anna: Client) -> None:
    add(*(replace(CILLA, name=f"Lindgren {number}") for number in range(5)), replace(DAN, name="Lindgern"))
    assert "Nearly" not in _search(as_anna, "lindgren", scripts=True).content.decode()
    assert "Nearly" in _search(as_anna, "lindgern", scripts=True).content.decode()
    assert "Nobody matches exactly." in _search(as_anna, "lindgrne", scripts=True).content.decode()


def test_search_without_scripts_leads_to_an_address_that_says_nothing(as_anna: Client) -> None:
    [cilla, _dan] = add(CILLA, DAN)
    answer = _search(as_anna, "åkerström")
    address = answer.headers["Location"]
    assert (answer.status_code, answer.content) == (302, b"")
    assert re.fullmatch(r"/customers/found/[\w-]{16}/", address)
    text = as_anna.get(address).content.decode()
    assert (str(cilla) in text, CILLA.name in text, DAN.name in text) == (True, True, False)
    assert address not in {_search(as_anna, "åkerström").headers["Location"]}


def test_session_holds_ids_only_and_of_the_newest_searches(as_anna: Client) -> None:
    [cilla] = add(CILLA)
    tokens = [_search(as_anna, "cilla").headers["Location"].split("/")[-2] for _time in range(7)]
    session = SessionStore(as_anna.session.session_key).load()
    assert session["customers_found"] == {token: [str(cilla)] for token in tokens[-5:]}
    assert "illa" not in str(session)


def test_searches_of_another_or_too_old_lead_back_to_the_list(as_anna: Client) -> None:
    add(CILLA)
    addresses = [_search(as_anna, "cilla").headers["Location"] for _time in range(6)]
    for address in (addresses[0], "/customers/found/unknown/"):
        assert as_anna.get(address).headers["Location"] == "/customers/"


def test_customer_deleted_since_is_found_no_more(as_anna: Client) -> None:
    cilla, _dan = add(CILLA, DAN)
    address = _search(as_anna, "example").headers["Location"]
    deleting.delete_customer(customer=cilla, actor=MACHINE, at=NOW)
    text = as_anna.get(address).content.decode()
    assert (CILLA.name in text, DAN.name in text) == (False, True)


def test_number_of_questions_does_not_grow_with_the_register(as_anna: Client) -> None:
    def asked() -> int:
        _search(as_anna, "a", scripts=True)
        with CaptureQueriesContext(connection) as queries:
            _search(as_anna, "a", scripts=True)
        return len(queries)

    add(CILLA)
    few = asked()
    bring_in(people(range(60), note="a"))
    assert asked() == few <= 8
