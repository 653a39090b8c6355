"""Today: what each reader meets, and at what cost."""

from datetime import datetime, timedelta

import pytest
from django.test import Client
from django.utils import timezone
from django.utils.html import escape

from tests.counting import asked
from tryggve.accounts.models import User
from tryggve.controls import catalogue, registry, selectors
from tryggve.controls.answers import Outcome
from tryggve.controls.engine.verdict import Verdict
from tryggve.controls.tests import here
from tryggve.domains.protection.models import FirstPage
from tryggve.routines.duties.services import planning
from tryggve.ui import menu

pytestmark = pytest.mark.django_db

_PASSED, _FAILED = Outcome(verdict=Verdict.PROVED), Outcome(verdict=Verdict.FAILING)


def _measure_everything(at: datetime) -> None:
    for control in registry.measures():
        here.keep(control, _PASSED, at=at)


def _page(browser: Client) -> str:
    response = browser.get("/today/")
    assert response.status_code == 200
    return response.content.decode()


def test_sign_in_lands_on_today_for_every_role(as_anna: Client, anna: User, bo: User) -> None:
    assert as_anna.get("/", follow=True).redirect_chain == [("/today/", 302)]
    assert {menu.first_address(one) for one in (anna, bo)} == {"/today/"}


def test_score_counts_what_is_proven_of_the_companys_list(as_anna: Client) -> None:
    now = timezone.now()
    counted = {one.id for one in catalogue.controls_of("month")}
    assert f"0 of {len(counted)} protections proven" in _page(as_anna)
    _measure_everything(now)

    proven = len(counted & set(registry.measures()))
    assert f"{proven} of {len(counted)} protections proven" in _page(as_anna)


def test_failing_protection_is_first_to_do(as_anna: Client) -> None:
    now = timezone.now()
    _measure_everything(now - timedelta(minutes=2))
    heading = escape(catalogue.words("MAI-01", "en").heading)
    assert heading not in _page(as_anna)
    here.keep("MAI-01", _FAILED, at=now)

    page = _page(as_anna)
    assert page.index("failing now") < page.index(heading)
    assert page.count("<li>\n          <h3>") == 3


def test_failing_protection_says_what_is_wrong_in_place_of_the_first_step(as_anna: Client) -> None:
    now = timezone.now()
    _measure_everything(now - timedelta(minutes=2))
    here.keep("GOV-01", Outcome(verdict=Verdict.FAILING, facts={"wrong": "no-deputy"}), at=now)

    page = _page(as_anna)
    step = escape(catalogue.words("GOV-01", "en").how[0])
    assert ("<h3>Nobody is chosen to step in</h3>" in page, f"<h3>{step}</h3>" in page) == (True, False)
    assert selectors.standings(now=now)["GOV-01"].wrong == "no-deputy"
    assert selectors.protection("GOV-01", now=now).standing.wrong == "no-deputy"


def test_where_a_word_is_asked_the_step_is_what_one_vouches_for(as_anna: Client) -> None:
    _measure_everything(timezone.now())
    not_measured = [id for id in ("BAK-02", "MAI-02", "DEV-02") if id not in registry.measures()]
    page = _page(as_anna)
    for id in not_measured:
        words = catalogue.words(id, "en")
        assert (escape(words.attest) in page, escape(words.how[0]) in page) == (True, False)
    assert not_measured != []


@pytest.mark.parametrize(("cause", "is_asked"), [("no-domain", True), ("no-dns", False)])
def test_only_what_somebody_can_end_is_to_be_done(as_anna: Client, cause: str, is_asked: bool) -> None:
    """Nobody here mends a name service that doesn't answer."""
    now = timezone.now()
    _measure_everything(now - timedelta(minutes=2))
    here.keep("MAI-01", Outcome(verdict=None, cause=cause), at=now)
    assert (escape(catalogue.words("MAI-01", "en").heading) in _page(as_anna)) is is_asked


def test_employee_sees_neither_score_nor_failings(as_anna: Client, as_bo: Client) -> None:
    assert "protections proven" in _page(as_anna)
    page = _page(as_bo)
    assert "protections proven" not in page
    assert "Do next" not in page
    assert "Your week" in page


def test_night_is_told_once_it_was_counted(as_anna: Client) -> None:
    assert "Nothing is told of the last night yet" in _page(as_anna)
    now = timezone.now()
    told = {"controls.measured": 41, "protections": 20, "controls.finding-opened": 2}
    FirstPage.objects.create(pk=1, night_on=timezone.localdate(now), night_counts=told)
    page = _page(as_anna)
    assert "Measured 20 protections." in page
    assert "Found 2 protections that no longer hold." in page
    assert "41" not in page.partition("What Tryggve did last night")[2].partition("</section>")[0]


def test_today_asks_no_more_for_more_and_at_most_twelve(as_anna: Client, anna: User) -> None:
    few = asked(as_anna, "/today/")
    now = timezone.now()
    _measure_everything(now - timedelta(minutes=2))
    for control in list(registry.measures())[::2]:
        here.keep(control, _FAILED, at=now)
    FirstPage.objects.create(pk=1, trend={"month": [[days, 43] for days in range(30)]})
    planning.plan(at=now)
    many = asked(as_anna, "/today/")

    assert selectors.score("month", standings=selectors.standings(now=now)).failing > 0
    # Who does what is only asked when something is due.
    assert len(many) == len(few) + 1
    assert len(many) <= 12, "\n".join(many)


def test_line_is_drawn_from_the_second_day_on(as_anna: Client) -> None:
    assert "<polyline" not in _page(as_anna)
    FirstPage.objects.create(pk=1, trend={"month": [[43, 43]]})
    page = _page(as_anna)
    # All of them on the first day, none now: from the top left to the bottom right.
    assert '<polyline points="0.0,3.0 240.0,45.0"/>' in page
    assert "43 fewer than at the beginning of that line." in page
