"""The list of protections, and how many of them count."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from django.utils.html import escape

from tests.cast import PASSWORD
from tests.counting import asked
from tryggve.accounts import services as accounts
from tryggve.accounts.models import User
from tryggve.audit.models import Entry
from tryggve.controls import catalogue, registry, services
from tryggve.controls.answers import Outcome
from tryggve.controls.engine.verdict import Verdict
from tryggve.controls.tests import here
from tryggve.domains.protection.models import FirstPage

pytestmark = pytest.mark.django_db

_PASSED, _FAILED = Outcome(verdict=Verdict.PROVED), Outcome(verdict=Verdict.FAILING)


def test_list_tells_each_state_in_words(as_anna: Client, anna: User) -> None:
    now = timezone.now()
    here.keep("MAI-01", _FAILED, at=now - timedelta(hours=3))
    here.keep("AUT-04", _PASSED, at=now - timedelta(hours=3))
    services.attest(control="GOV-02", by=anna, note="", until=None, at=now)
    page = as_anna.get("/protection/").content.decode()

    assert "1 of 43 protections proven" in page
    for one in catalogue.controls():
        assert escape(catalogue.words(one.id, "en").heading) in page
    assert "Tested for real 3\xa0hours ago, and it held." in page
    assert "Measured 3\xa0hours ago: it does not hold." in page
    assert "Somebody here put their name to it on" in page
    assert "Tryggve can&#x27;t measure this yet." in page
    for word in ("proven by test", "failing", "vouched for", "unknown"):
        assert f"</span> {word}</span>" in page


def test_list_asks_no_more_for_more(as_anna: Client) -> None:
    few = asked(as_anna, "/protection/")
    now = timezone.now()
    for control in registry.measures():
        here.keep(control, _FAILED, at=now)
    assert len(asked(as_anna, "/protection/")) == len(few)


def test_chosen_list_counts_until_people_decide_again(as_anna: Client) -> None:
    as_anna.post("/protection/size/", {"size": "hour"})
    assert "0 of 12 protections proven" in as_anna.get("/today/").content.decode()
    assert Entry.objects.newest_first().filter(action="protection.size-chosen")[0].facts == {"size": "hour"}
    as_anna.post("/protection/size/", {"size": "huge"})
    assert FirstPage.objects.get().tier == "hour"
    as_anna.post("/protection/size/", {"size": "by-people"})
    assert "0 of 43 protections proven" in as_anna.get("/today/").content.decode()


def test_company_of_eleven_is_counted_by_all(as_anna: Client) -> None:
    for number in range(10):
        accounts.create_user(
            email=f"person{number}@example.se", password=PASSWORD, name=f"Person {number}", language="sv"
        )
    assert "0 of 60 protections proven" in as_anna.get("/protection/").content.decode()


def test_list_begins_with_what_fails(as_anna: Client) -> None:
    now = timezone.now()
    assert "What fails now" not in as_anna.get("/protection/").content.decode()
    here.keep("AUT-04", _FAILED, at=now)
    page = as_anna.get("/protection/").content.decode()
    fails = page.partition("What fails now")[2].partition("</section>")[0]
    assert ("/protection/AUT-04/" in fails, "/protection/MAI-01/" in fails) == (True, False)
