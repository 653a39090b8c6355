"""The list in a browser: filters by codes alone, orders, and what it says when nobody is there."""

import re
from dataclasses import replace
from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from django.test import Client
from django.utils import timezone

from tests import signing_in
from tests.cast import CILLA, DAN, NOW
from tryggve.accounts.models import Team, User
from tryggve.accounts.policy import EVERYBODY
from tryggve.accounts.roles import Scope
from tryggve.domains.customers.engine.details import Details
from tryggve.domains.customers.engine.search.chosen import Chosen
from tryggve.domains.customers.models import Customer
from tryggve.domains.customers.services import records
from tryggve.domains.customers.services import saved_views as services
from tryggve.domains.customers.tests.listed import EVA, code_of, listed, tags_offered, text_of
from tryggve.domains.customers.tests.lists import MACHINE, add, bring_in, people

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("", [CILLA.name, DAN.name, EVA.name]),
        ("?status=former", [EVA.name]),
        ("?status=none", [CILLA.name, DAN.name]),
        ("?status=prospect", []),
        ("?kind=organisation", [EVA.name]),
        ("?kind=person&lacking=address", [DAN.name]),
        ("?lacking=email", [EVA.name]),
        ("?responsible=nobody", [CILLA.name, EVA.name]),
        ("?responsible=nobody&status=former", [EVA.name]),
    ],
)
def test_list_shows_whom_all_filters_fit(as_anna: Client, three: None, query: str, names: list[str]) -> None:
    assert listed(as_anna, query) == names


def test_list_is_chosen_by_who_looks_after_somebody(as_anna: Client, bo: User, three: None) -> None:
    assert listed(as_anna, f"?responsible={bo.pk}") == [DAN.name]
    assert "Bo Dahl" in text_of(as_anna, f"/customers/?responsible={bo.pk}")


def test_list_is_chosen_by_all_tags_and_the_address_says_none_of_them(as_anna: Client, three: None) -> None:
    vip, boat = code_of(as_anna, "vip"), code_of(as_anna, "Båtklubb")
    assert listed(as_anna, f"?tag={vip}") == [CILLA.name, EVA.name]
    assert listed(as_anna, f"?tag={vip}&tag={boat}") == [EVA.name]
    assert re.fullmatch("[0-9a-f]{16}", boat)


def test_code_of_a_tag_means_nothing_in_another_session(as_anna: Client, as_bo: Client, three: None) -> None:
    vip = code_of(as_anna, "vip")
    assert vip != code_of(as_bo, "vip")
    assert listed(as_bo, f"?tag={vip}") == []


@pytest.mark.parametrize(
    ("period", "days", "is_shown"), [("7", 6, True), ("7", 8, False), ("365", 364, True), ("30", 31, False)]
)
def test_list_is_chosen_by_when_somebody_was_added_or_changed(
    as_anna: Client, period: str, days: int, is_shown: bool
) -> None:
    add(DAN)
    records.add_customer(details=CILLA, actor=MACHINE, at=timezone.now() - timedelta(days=days))
    for what in ("added", "changed"):
        assert (CILLA.name in listed(as_anna, f"?{what}={period}")) is is_shown


def test_list_is_sorted_by_name_newest_and_last_change(as_anna: Client) -> None:
    first, _second = (
        records.add_customer(details=one, actor=MACHINE, at=NOW + timedelta(days=number))
        for number, one in enumerate((CILLA, DAN))
    )
    records.change_customer(
        customer=first, seen_revision=1, details=replace(CILLA, note="x"), actor=MACHINE,
        at=NOW + timedelta(days=9), reach=EVERYBODY,
    )  # fmt: skip
    orders = [listed(as_anna, f"?sort={order}") for order in ("name", "newest", "changed")]
    assert orders == [[CILLA.name, DAN.name], [DAN.name, CILLA.name], [CILLA.name, DAN.name]]


def test_next_page_keeps_what_was_chosen(as_anna: Client) -> None:
    bring_in(people(range(60)))
    add(replace(EVA, name="Kund"))
    page = as_anna.get("/customers/?status=none&sort=newest")
    assert (page.context["page"].paginator.count, len(page.context["page"].object_list)) == (60, 50)
    assert "?status=none&amp;sort=newest&amp;page=2" in page.content.decode()
    assert len(listed(as_anna, "?status=none&sort=newest&page=2")) == 10


@pytest.mark.parametrize(
    "query",
    [
        "?status=x", "?kind='", "?responsible=%00", "?responsible=nobody%27--", "?added=-1", "?sort=%F0%9F%99%82",
        "?lacking=name", "?status=&kind=&sort=&added=&responsible=", "?view=1", "?page=99999999999999",
        "?responsible=" + "f" * 5000,
    ],
)  # fmt: skip
def test_odd_address_shows_everybody(as_anna: Client, three: None, query: str) -> None:
    assert listed(as_anna, query) == [CILLA.name, DAN.name, EVA.name]


@pytest.mark.parametrize("code", ["vip", "%3Cscript%3E", "0" * 16, "%00"])
def test_tag_that_nobody_has_is_told_and_nobody_matches(as_anna: Client, three: None, code: str) -> None:
    assert listed(as_anna, f"?tag={code}") == []
    text = text_of(as_anna, f"/customers/?tag={code}")
    assert "Nobody has one of the tags any more that you chose" in text
    assert ("<script>" in text, "a tag that nobody has any more" in text) == (False, True)


def test_nobody_matches_leads_back_to_everybody(as_anna: Client, three: None) -> None:
    text = text_of(as_anna, "/customers/?status=prospect")
    assert ("Nobody matches" in text, "No customers yet" in text) == (True, False)
    assert '<a class="btn btn-primary" href="/customers/">Show everybody</a>' in text


def test_empty_register_offers_the_first_step_whatever_the_address_says(as_anna: Client) -> None:
    assert "No customers yet" in text_of(as_anna, "/customers/")
    assert "Nobody matches" in text_of(as_anna, "/customers/?status=former")


def test_list_tells_what_was_chosen_and_how_many_there_are(as_anna: Client, three: None) -> None:
    page = as_anna.get(f"/customers/?status=former&tag={code_of(as_anna, 'vip')}&sort=newest")
    told = [(str(question), str(answer)) for question, answer in page.context["told"]]
    assert told == [("Status", "Former customer"), ("Has all these tags", "vip")]
    assert "1 customer of 3." in page.content.decode()


def test_form_shows_what_was_chosen(as_anna: Client, three: None) -> None:
    form = as_anna.get("/customers/choose/?status=former&lacking=email").context["form"]
    assert (form["status"].value(), form["lacking"].value(), form.errors) == ("former", "email", {})


def test_at_most_forty_tags_are_offered_the_most_used_and_the_chosen(as_anna: Client) -> None:
    add(*(Details(name="Cilla", tags=(f"tag {number:02}", "used most")) for number in range(45)))
    code = code_of(as_anna, "used most")
    offered = [str(label) for _code, label in tags_offered(as_anna, "")]
    assert (len(offered), "used most" in offered, offered) == (40, True, sorted(offered))
    missing = next(f"tag {number:02}" for number in range(45) if f"tag {number:02}" not in offered)
    view = services.save_view(owner=User.objects.get(), name="Rare", chosen=Chosen(tags=(missing,)), at=NOW)
    query = "?" + urlsplit(as_anna.get(f"/customers/views/{view}/").headers["Location"]).query
    assert (missing in [label for _code, label in tags_offered(as_anna, query)], code in query) == (
        True,
        False,
    )


@pytest.fixture
def as_own(bo: User, three: None) -> Client:
    """Bo's browser, who sees his own customers only: Dan."""
    bo.scope = Scope.OWN
    bo.save()
    dan = Customer.objects.get(responsible_ref=bo.pk).pk
    records.change_customer(
        customer=dan, seen_revision=1, details=replace(DAN, tags=("Tømrer", "vip")), actor=MACHINE, at=NOW,
        reach=EVERYBODY,
    )  # fmt: skip
    return signing_in.browser_of(bo)


def test_filters_counts_and_tags_are_those_of_own_customers(anna: User, as_own: Client) -> None:
    assert [str(label) for _code, label in tags_offered(as_own, "")] == ["Tømrer", "vip"]
    assert (listed(as_own), listed(as_own, "?status=none")) == ([DAN.name], [DAN.name])
    for query in ("?responsible=nobody", f"?responsible={anna.pk}", "?status=former", "?kind=organisation"):
        assert listed(as_own, query) == []
    assert "0 customers of 1." in text_of(as_own, "/customers/?status=former")
    assert listed(as_own, f"?tag={code_of(as_own, 'vip')}") == [DAN.name]


def test_who_sees_his_own_alone_is_not_asked_whose(as_own: Client) -> None:
    assert "responsible" not in as_own.get("/customers/choose/").context["form"].fields


def test_team_chooses_among_its_members(bo: User, karin: User, as_own: Client) -> None:
    team = Team.objects.create(name="Kök")
    bo.scope = Scope.TEAM
    bo.save()
    for one in (bo, karin):
        one.teams.add(team)
    form = as_own.get("/customers/choose/").context["form"]
    assert [value for value, _label in form.fields["responsible"].choices] == [
        "", str(bo.pk), str(karin.pk), "nobody",
    ]  # fmt: skip
