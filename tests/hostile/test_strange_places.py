"""Somebody signs in as Anna from elsewhere, with all that it takes: told of, and asked a second time."""

import ipaddress
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django import Settings

from tests import address_files
from tests.hostile.conftest import NOON
from tryggve.accounts.addresses import giving
from tryggve.accounts.models import KnownNetwork, User
from tryggve.domains.access.tests import door, factors
from tryggve.notices import letters
from tryggve.notices.models import OutboxMessage

pytestmark = pytest.mark.django_db
HOME, OTHER_IN_SWEDEN, DENMARK, HOSTED = "2.64.1.1", "2.65.1.1", "2.104.1.1", "2.66.1.1"
UNKNOWN = "8.8.8.8"
COUNTRIES = {"2.64.0.0/14": "SE", "2.104.0.0/13": "DK"}
PASSWORD_PAGE = "/company/sign-in/password/"
PROXY = "10.0.0.7"


@pytest.fixture
def files(tmp_path: Path, db: None) -> Iterator[None]:
    """What the firm gave."""
    (tmp_path / "countries").write_bytes(address_files.mmdb(COUNTRIES))
    (tmp_path / "hosting").write_text("2.66.0.0/16\n")
    giving.give_countries(path=tmp_path / "countries", actor="machine:anna", at=NOON)
    giving.give_hosting(path=tmp_path / "hosting", actor="machine:anna", at=NOON)
    yield
    giving.forget(actor="machine:anna", at=NOON)


@pytest.fixture
def secret(anna: User) -> str:
    return factors.telephone_of(anna)


def _code(clock: time_machine.Traveller, secret: str) -> str:
    """Each code counts once."""
    clock.shift(30)
    return factors.code_now(secret)


def _sign_in(browser: Client, clock: time_machine.Traveller, secret: str, **place: Any) -> None:
    browser.post("/sign-out/", **place)
    door.sign_in(browser, **place)
    browser.post(factors.STEP, {"code": _code(clock, secret)}, **place)
    assert door.is_signed_in(browser)


def _why(browser: Client, **place: Any) -> str:
    """By which rule a page that asks for a fresh factor isn't opened; none: it is."""
    answer = browser.get(PASSWORD_PAGE, **place)
    return "" if answer.status_code == 200 else parse_qs(urlsplit(answer["Location"]).query)["why"][0]


def _confirm(browser: Client, clock: time_machine.Traveller, secret: str, **place: Any) -> None:
    assert browser.post(factors.CONFIRM, {"code": _code(clock, secret)}, **place).status_code == 302


def _mails() -> list[str]:
    rows = OutboxMessage.objects.filter(kind="access.new-place").order_by("pk")
    return [letters.opened(bytes(row.body_sealed or b""), row.pk).text for row in rows]


@pytest.fixture
def at_home(files: None, secret: str, noon: time_machine.Traveller) -> Client:
    """The browser that Anna signs in with at home."""
    browser = Client()
    _sign_in(browser, noon, secret, REMOTE_ADDR=HOME)
    assert (_why(browser, REMOTE_ADDR=HOME), _mails()) == ("", [])
    return browser


def test_new_country_is_told_of_and_takes_a_second_proof(
    at_home: Client, anna: User, secret: str, noon: time_machine.Traveller
) -> None:
    _sign_in(at_home, noon, secret, REMOTE_ADDR=DENMARK)
    (mail,) = _mails()
    assert "Country: DK." in mail
    assert "hosting" not in mail
    assert _why(at_home, REMOTE_ADDR=DENMARK) == "new-country"
    assert set(KnownNetwork.objects.filter(user=anna).values_list("country", flat=True)) == {"SE"}

    _confirm(at_home, noon, secret, REMOTE_ADDR=DENMARK)
    assert _why(at_home, REMOTE_ADDR=DENMARK) == ""
    _sign_in(at_home, noon, secret, REMOTE_ADDR="2.105.9.9")  # elsewhere in a country that is known by now
    assert (_why(at_home, REMOTE_ADDR="2.105.9.9"), len(_mails())) == ("", 1)


def test_signing_in_twice_from_a_new_country_does_not_make_it_known(
    at_home: Client, secret: str, noon: time_machine.Traveller
) -> None:
    for _time in range(2):
        _sign_in(at_home, noon, secret, REMOTE_ADDR=DENMARK)
    assert _why(at_home, REMOTE_ADDR=DENMARK) == "new-country"


def test_hosting_company_is_told_of_once_and_takes_a_second_proof_in_each_session(
    at_home: Client, secret: str, noon: time_machine.Traveller
) -> None:
    for _session in range(2):
        _sign_in(at_home, noon, secret, REMOTE_ADDR=HOSTED)
        assert _why(at_home, REMOTE_ADDR=HOSTED) == "hosting-network"
        _confirm(at_home, noon, secret, REMOTE_ADDR=HOSTED)
        assert _why(at_home, REMOTE_ADDR=HOSTED) == ""
    (mail,) = _mails()
    assert "hosting company" in mail


def test_session_that_moves_is_asked_where_it_has_come_to(
    at_home: Client, secret: str, noon: time_machine.Traveller
) -> None:
    met = {ip: _why(at_home, REMOTE_ADDR=ip) for ip in (HOME, OTHER_IN_SWEDEN, DENMARK, HOSTED, UNKNOWN)}
    assert met == {
        HOME: "",
        OTHER_IN_SWEDEN: "new-network",
        DENMARK: "new-country",
        HOSTED: "hosting-network",
        UNKNOWN: "new-network",
    }


def test_other_network_of_the_known_country_is_nothing_strange(
    at_home: Client, secret: str, noon: time_machine.Traveller
) -> None:
    _sign_in(at_home, noon, secret, REMOTE_ADDR=OTHER_IN_SWEDEN)
    assert (_why(at_home, REMOTE_ADDR=OTHER_IN_SWEDEN), _mails()) == ("", [])


def test_without_a_file_a_new_network_alone_counts(
    secret: str, anna: User, noon: time_machine.Traveller
) -> None:
    browser = Client()
    for place in (HOME, DENMARK, HOSTED):
        _sign_in(browser, noon, secret, REMOTE_ADDR=place)
        assert _why(browser, REMOTE_ADDR=place) == ""
    assert _why(browser, REMOTE_ADDR=OTHER_IN_SWEDEN) == "new-network"
    assert _mails() == []
    assert set(KnownNetwork.objects.filter(user=anna).values_list("country", flat=True)) == {""}


def test_country_is_learnt_where_anna_was_known_before_there_was_a_file(
    secret: str, anna: User, noon: time_machine.Traveller, request: pytest.FixtureRequest
) -> None:
    browser = Client()
    for place in (HOME, HOSTED):
        _sign_in(browser, noon, secret, REMOTE_ADDR=place)
    request.getfixturevalue("files")
    _sign_in(browser, noon, secret, REMOTE_ADDR=HOME)
    assert _mails() == []
    assert KnownNetwork.objects.get(user=anna, country="SE")


def test_forged_header_chooses_no_country(at_home: Client, settings: Settings) -> None:
    at_home.defaults["HTTP_X_FORWARDED_FOR"] = HOME
    assert _why(at_home, REMOTE_ADDR=DENMARK) == "new-country"
    settings.TRUSTED_PROXIES = (ipaddress.ip_network(PROXY),)
    assert _why(at_home, REMOTE_ADDR=DENMARK) == "new-country"
    assert _why(at_home, REMOTE_ADDR=PROXY) == ""
    at_home.defaults["HTTP_X_FORWARDED_FOR"] = f"{HOME}, {DENMARK}"  # the left one is whoever comes' own word
    assert _why(at_home, REMOTE_ADDR=PROXY) == "new-country"


def test_files_are_asked_once_for_a_session_and_network(at_home: Client) -> None:
    assert _why(at_home, REMOTE_ADDR=HOME) == ""
    assert _why(at_home, REMOTE_ADDR=DENMARK) == "new-country"
    giving.forget(actor="machine:anna", at=NOON)
    assert _why(at_home, REMOTE_ADDR=DENMARK) == "new-country"
    assert _why(at_home, REMOTE_ADDR="2.105.1.1") == "new-network"


def test_known_place_costs_no_question_to_the_database(at_home: Client) -> None:
    with CaptureQueriesContext(connection) as asked:
        at_home.get("/company/tokens/", REMOTE_ADDR=HOME)
    assert not [one for one in asked if "accounts_knownnetwork" in one["sql"]]


def test_session_keeps_no_address_and_few_places(at_home: Client) -> None:
    for number in range(30):
        at_home.get("/company/tokens/", REMOTE_ADDR=f"2.104.{number}.1")
    kept = at_home.session["networks"]
    assert len(kept) == 10
    assert "2.104." not in str(kept)
