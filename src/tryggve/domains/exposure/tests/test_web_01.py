"""WEB-01: each protection of a website is broken for real, at the website, and mended again."""

import dataclasses
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta

import pytest
from pytest_django import Settings

from tryggve.accounts.models import User
from tryggve.controls import selectors as protections
from tryggve.controls import services as protecting
from tryggve.controls.answers import Outcome
from tryggve.controls.engine.standing import State
from tryggve.controls.facts import Value
from tryggve.controls.models import Evidence
from tryggve.controls.registry import Verdict
from tryggve.controls.tests import here
from tryggve.domains.exposure import selectors
from tryggve.domains.exposure.asking.reach import Reach
from tryggve.domains.exposure.services import sites
from tryggve.domains.exposure.tests import name_server, web_server
from tryggve.domains.exposure.tests.a_firm import WHO, firm_here, now, received
from tryggve.domains.exposure.tests.authority import Authority
from tryggve.domains.exposure.tests.name_server import NameServer
from tryggve.domains.exposure.tests.web_server import Websites

__all__ = ["firm_here", "now"]
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("firm_here")]

GOOD_WEB: Mapping[str, Value] = {
    "sites": 1, "open": 0, "unread": 0, "days_left": 59, "encryption": "tlsv1-3", "tips": 0,
}  # fmt: skip


@pytest.fixture
def web(now: datetime) -> Callable[[], Outcome]:
    """Measure it, as it is received."""
    sites.add(told="annas.se", actor=WHO, at=now)
    return lambda: received("WEB-01", now)


def test_without_a_site_nothing_is_proven(now: datetime) -> None:
    assert received("WEB-01", now) == Outcome(cause="no-site")


def test_a_site_that_is_safe_is_proven(web: Callable[[], Outcome]) -> None:
    assert web() == Outcome(Verdict.PROVED, facts=GOOD_WEB)


@pytest.mark.parametrize(
    ("door", "says", "wrong"),
    [
        ("pages", web_server.page(status="500 Fault"), "fault"),
        ("pages", web_server.page(headers={}), "no-hsts"),
        ("pages", web_server.moved("https://mallory.example/"), "leads-away"),
        ("pages", web_server.moved("https://annas.se/"), "round-and-round"),
        ("pages", web_server.huge_headers, "not-a-website"),
        ("open_pages", web_server.page(), "stays-open"),
    ],
)
def test_a_site_that_loses_a_protection_fails_until_it_is_mended(
    web: Callable[[], Outcome], websites: Websites, door: str, says: web_server.Says, wrong: str
) -> None:
    pages: dict[str, web_server.Says] = getattr(websites, door)
    whole = pages["annas.se/"]

    pages["annas.se/"] = says
    broken = web()
    assert (broken.verdict, broken.facts["wrong"]) == (Verdict.FAILING, wrong)

    pages["annas.se/"] = whole
    assert web() == Outcome(Verdict.PROVED, facts=GOOD_WEB)


def test_a_certificate_that_runs_out_fails_until_it_is_renewed(
    web: Callable[[], Outcome], authority: Authority, settings: Settings, reach: Reach
) -> None:
    for ends, wrong in ((timedelta(days=5), "certificate-ends"), (timedelta(days=-1), "certificate-expired")):
        context = authority.context("annas.se", begins=timedelta(days=-60), ends=ends)
        with Websites(context) as served:
            served.pages["annas.se/"] = web_server.page()
            settings.EXPOSURE_REACH = Reach(True, served.http, served.https, str(authority.file))
            broken = web()
        assert (broken.verdict, broken.facts["wrong"]) == (Verdict.FAILING, wrong)

    settings.EXPOSURE_REACH = reach
    assert web() == Outcome(Verdict.PROVED, facts=GOOD_WEB)


def test_a_site_that_leads_into_walls_fails_and_is_not_called(
    web: Callable[[], Outcome], websites: Websites, settings: Settings, reach: Reach
) -> None:
    settings.EXPOSURE_REACH = Reach(http=reach.http, https=reach.https, authority=reach.authority)

    assert web().facts["wrong"] == "private-address"
    assert websites.visits == []


def test_an_open_door_that_hangs_is_unknown_and_hides_no_hole(
    web: Callable[[], Outcome], websites: Websites, settings: Settings, reach: Reach
) -> None:
    settings.EXPOSURE_REACH = dataclasses.replace(reach, seconds=3)
    websites.open_pages["annas.se/"] = web_server.hang
    assert web() == Outcome(cause="slow-site")

    websites.pages["annas.se/"] = web_server.page(headers={})
    broken = web()
    assert (broken.verdict, broken.facts["wrong"]) == (Verdict.FAILING, "no-hsts")

    websites.pages["annas.se/"] = web_server.page()
    websites.open_pages["annas.se/"] = web_server.dripping_body
    assert web().facts["wrong"] == "stays-open"


def test_a_site_that_hangs_hides_no_other(
    web: Callable[[], Outcome], websites: Websites, names: NameServer, now: datetime, settings: Settings
) -> None:
    settings.EXPOSURE_REACH = dataclasses.replace(settings.EXPOSURE_REACH, seconds=5)
    sites.add(told="www.annas.se", actor=WHO, at=now)
    names.records["www.annas.se A"] = ["127.0.0.1"]
    websites.pages["www.annas.se/"] = web_server.hang

    found = web()

    assert (found.verdict, found.facts["wrong"], found.facts["open"]) == (Verdict.FAILING, "too-slow", 1)
    assert [one.holes for one in selectors.sites()] == [(), ("too-slow",)]


def test_a_site_whose_name_cannot_be_asked_for_is_unknown(
    web: Callable[[], Outcome], names: NameServer
) -> None:
    names.lies["annas.se"] = name_server.failure

    assert web() == Outcome(cause="broken-dns")


def test_nobodys_word_turns_it_green(
    anna: User, web: Callable[[], Outcome], websites: Websites, now: datetime
) -> None:
    whole = websites.pages["annas.se/"]
    websites.pages["annas.se/"] = web_server.page(status="500 Fault")
    here.measure("WEB-01", at=now)
    protecting.attest(control="WEB-01", by=anna, note="", until=None, at=now)

    standing = protections.protection("WEB-01", now=now).standing
    assert (standing.state, standing.is_attested, standing.disagrees) == (State.FAILING, True, True)

    websites.pages["annas.se/"] = whole
    here.measure("WEB-01", at=now + timedelta(seconds=5))
    assert protections.protection("WEB-01", now=now + timedelta(minutes=1)).standing.state == State.PROVED


def test_a_site_that_stays_as_it_is_fills_no_log(web: Callable[[], Outcome], now: datetime) -> None:
    for number in range(13):
        here.measure("WEB-01", at=now + number * timedelta(minutes=5))

    assert Evidence.objects.filter(control="WEB-01").count() == 2
