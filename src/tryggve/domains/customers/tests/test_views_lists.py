"""The list in a browser: filters by codes alone, orders, saved views, and what it says when nobody is there."""

import re
from dataclasses import replace
from datetime import timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

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
from tryggve.domains.customers.models import Customer, SavedView
from tryggve.domains.customers.selectors import saved_views
from tryggve.domains.customers.services import records, responsible
from tryggve.domains.customers.services import saved_views as services
from tryggve.domains.customers.tests.lists import MACHINE, add, bring_in, people

pytestmark = pytest.mark.django_db
EVA = Details(kind="organisation", name="Evas AB", status="former", tags=("Båtklubb", "VIP"), source="fair")


def _listed(browser: Client, query: str = "") -> list[str]:
    """The names on the page, in their order."""
    page = browser.get(f"/customers/{query}")
    assert page.status_code == 200
    return [details.title for _customer, details in page.context["page"].object_list]


def _text(browser: Client, address: str) -> str:
    return browser.get(address).content.decode()


def _code_of(browser: Client, tag: str) -> str:
    """What stands for the tag in this session's addresses."""
    return next(code for code, label in _tags(browser, "") if label == tag)


@pytest.fixture
def three(bo: User) -> None:
    """Cilla, Dan whom Bo looks after, and a company that left."""
    _cilla, dan, _eva = add(CILLA, DAN, EVA)
    responsible.assign(customer=dan, responsible=bo.pk, actor=MACHINE, at=NOW, reach=EVERYBODY)


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
    assert _listed(as_anna, query) == names


def test_list_is_chosen_by_who_looks_after_somebody(as_anna: Client, bo: User, three: None) -> None:
    assert _listed(as_anna, f"?responsible={bo.pk}") == [DAN.name]
    assert "Bo Dahl" in _text(as_anna, f"/customers/?responsible={bo.pk}")


def test_list_is_chosen_by_all_tags_and_the_address_says_none_of_them(as_anna: Client, three: None) -> None:
    vip, boat = _code_of(as_anna, "vip"), _code_of(as_anna, "Båtklubb")
    assert _listed(as_anna, f"?tag={vip}") == [CILLA.name, EVA.name]
    assert _listed(as_anna, f"?tag={vip}&tag={boat}") == [EVA.name]
    assert re.fullmatch("[0-9a-f]{16}", boat)


def test_code_of_a_tag_means_nothing_in_another_session(as_anna: Client, as_bo: Client, three: None) -> None:
    vip = _code_of(as_anna, "vip")
    assert vip != _code_of(as_bo, "vip")
    assert _listed(as_bo, f"?tag={vip}") == []


@pytest.mark.parametrize(
    ("period", "days", "is_shown"), [("7", 6, True), ("7", 8, False), ("365", 364, True), ("30", 31, False)]
)
def test_list_is_chosen_by_when_somebody_was_added_or_changed(
    as_anna: Client, period: str, days: int, is_shown: bool
) -> None:
    add(DAN)
    records.add_customer(details=CILLA, actor=MACHINE, at=timezone.now() - timedelta(days=days))
    for what in ("added", "changed"):
        assert (CILLA.name in _listed(as_anna, f"?{what}={period}")) is is_shown


def test_list_is_sorted_by_name_newest_and_last_change(as_anna: Client) -> None:
    first, _second = (
        records.add_customer(details=one, actor=MACHINE, at=NOW + timedelta(days=number))
        for number, one in enumerate((CILLA, DAN))
    )
    records.change_customer(
        customer=first, seen_revision=1, details=replace(CILLA, note="x"), actor=MACHINE,
        at=NOW + timedelta(days=9), reach=EVERYBODY,
    )  # fmt: skip
    orders = [_listed(as_anna, f"?sort={order}") for order in ("name", "newest", "changed")]
    assert orders == [[CILLA.name, DAN.name], [DAN.name, CILLA.name], [CILLA.name, DAN.name]]


def test_next_page_keeps_what_was_chosen(as_anna: Client) -> None:
    bring_in(people(range(60)))
    add(replace(EVA, name="Kund"))
    page = as_anna.get("/customers/?status=none&sort=newest")
    assert (page.context["page"].paginator.count, len(page.context["page"].object_list)) == (60, 50)
    assert "?status=none&amp;sort=newest&amp;page=2" in page.content.decode()
    assert len(_listed(as_anna, "?status=none&sort=newest&page=2")) == 10


@pytest.mark.parametrize(
    "query",
    [
        "?status=x", "?kind='", "?responsible=%00", "?responsible=nobody%27--", "?added=-1", "?sort=%F0%9F%99%82",
        "?lacking=name", "?status=&kind=&sort=&added=&responsible=", "?view=1", "?page=99999999999999",
        "?responsible=" + "f" * 5000,
    ],
)  # fmt: skip
def test_odd_address_shows_everybody(as_anna: Client, three: None, query: str) -> None:
    assert _listed(as_anna, query) == [CILLA.name, DAN.name, EVA.name]


@pytest.mark.parametrize("code", ["vip", "%3Cscript%3E", "0" * 16, "%00"])
def test_tag_that_nobody_has_is_told_and_nobody_matches(as_anna: Client, three: None, code: str) -> None:
    assert _listed(as_anna, f"?tag={code}") == []
    text = _text(as_anna, f"/customers/?tag={code}")
    assert "Nobody has one of the tags any more that you chose" in text
    assert ("<script>" in text, "a tag that nobody has any more" in text) == (False, True)


def test_nobody_matches_leads_back_to_everybody(as_anna: Client, three: None) -> None:
    text = _text(as_anna, "/customers/?status=prospect")
    assert ("Nobody matches" in text, "No customers yet" in text) == (True, False)
    assert '<a class="btn btn-primary" href="/customers/">Show everybody</a>' in text


def test_empty_register_offers_the_first_step_whatever_the_address_says(as_anna: Client) -> None:
    assert "No customers yet" in _text(as_anna, "/customers/")
    assert "Nobody matches" in _text(as_anna, "/customers/?status=former")


def test_list_tells_what_was_chosen_and_how_many_there_are(as_anna: Client, three: None) -> None:
    page = as_anna.get(f"/customers/?status=former&tag={_code_of(as_anna, 'vip')}&sort=newest")
    told = [(str(question), str(answer)) for question, answer in page.context["told"]]
    assert told == [("Status", "Former customer"), ("Has all these tags", "vip")]
    assert "1 customer of 3." in page.content.decode()


def test_form_shows_what_was_chosen(as_anna: Client, three: None) -> None:
    form = as_anna.get("/customers/choose/?status=former&lacking=email").context["form"]
    assert (form["status"].value(), form["lacking"].value(), form.errors) == ("former", "email", {})


def test_at_most_forty_tags_are_offered_the_most_used_and_the_chosen(as_anna: Client) -> None:
    add(*(Details(name="Cilla", tags=(f"tag {number:02}", "used most")) for number in range(45)))
    code = _code_of(as_anna, "used most")
    offered = [str(label) for _code, label in _tags(as_anna, "")]
    assert (len(offered), "used most" in offered, offered) == (40, True, sorted(offered))
    missing = next(f"tag {number:02}" for number in range(45) if f"tag {number:02}" not in offered)
    view = services.save_view(owner=User.objects.get(), name="Rare", chosen=Chosen(tags=(missing,)), at=NOW)
    query = "?" + urlsplit(as_anna.get(f"/customers/views/{view}/").headers["Location"]).query
    assert (missing in [label for _code, label in _tags(as_anna, query)], code in query) == (True, False)


def _tags(browser: Client, query: str) -> list[tuple[str, str]]:
    choices: list[tuple[str, str]] = (
        browser.get(f"/customers/choose/{query}").context["form"].fields["tag"].choices
    )
    return list(choices)


def _save(browser: Client, name: str, query: str) -> Any:
    return browser.post("/customers/views/", {"name": name, "query": query})


def test_choice_is_saved_under_a_name_and_opened_again(
    anna: User, as_anna: Client, bo: User, three: None
) -> None:
    vip = _code_of(as_anna, "vip")
    opened = _save(as_anna, "Our best", f"tag={vip}&status=former&responsible=nobody&page=3").headers[
        "Location"
    ]

    [view] = saved_views.views_of(anna.pk)
    assert (view.name, view.chosen) == (
        "Our best", Chosen(status="former", tags=("vip",), responsible="nobody"),
    )  # fmt: skip
    address = urlsplit(as_anna.get(opened).headers["Location"])
    assert (address.path, parse_qs(address.query)) == (
        "/customers/", {"status": ["former"], "tag": [vip], "responsible": ["nobody"]},
    )  # fmt: skip
    assert _listed(as_anna, f"?{address.query}") == [EVA.name]
    assert "Our best" in _text(as_anna, "/customers/choose/")


def test_view_opens_in_a_later_session_too(anna: User, as_anna: Client, three: None) -> None:
    opened = _save(as_anna, "Boats", f"tag={_code_of(as_anna, 'Båtklubb')}").headers["Location"]
    later = signing_in.browser_of(anna)
    address = later.get(opened).headers["Location"]
    assert _listed(later, "?" + urlsplit(address).query) == [EVA.name]


def test_view_whose_tag_is_gone_is_told_gently(as_anna: Client, three: None) -> None:
    opened = _save(as_anna, "Boats", f"tag={_code_of(as_anna, 'Båtklubb')}").headers["Location"]
    eva = Customer.objects.latest("pk").pk
    records.change_customer(
        customer=eva, seen_revision=1, details=replace(EVA, tags=()), actor=MACHINE, at=NOW, reach=EVERYBODY
    )
    page = as_anna.get(opened, follow=True)
    assert (page.status_code, "Nobody has one of the tags any more" in page.content.decode()) == (200, True)


def test_view_without_a_name_or_with_one_that_is_taken_is_not_saved(as_anna: Client, three: None) -> None:
    _save(as_anna, "Former", "status=former")
    taken = _save(as_anna, "FORMER", "status=prospect").content.decode()
    assert "You have a view of that name already." in taken
    assert 'value="status=prospect"' in taken  # she can send it again under another name
    assert _save(as_anna, " ", "status=former").status_code == 200
    assert _save(as_anna, "x" * 61, "status=former").status_code == 200
    assert SavedView.objects.count() == 1


@pytest.mark.parametrize("query", ["", "%00", "tag=x&tag=y", "status=x", "&&&=", "tag=" + "a" * 20_000])
def test_odd_choice_is_saved_as_what_it_means(anna: User, as_anna: Client, three: None, query: str) -> None:
    _save(as_anna, "Odd", query)
    assert [view.chosen for view in saved_views.views_of(anna.pk)] == [Chosen()]


def test_view_is_renamed_and_deleted(anna: User, as_anna: Client, three: None) -> None:
    _save(as_anna, "Former", "status=former")
    [view] = saved_views.views_of(anna.pk)
    as_anna.post(f"/customers/views/{view.id}/rename/", {"name": ""})
    assert "A view needs a name." in _text(as_anna, "/customers/views/")
    as_anna.post(f"/customers/views/{view.id}/rename/", {"name": "Left <us>"})
    text = _text(as_anna, "/customers/views/")
    assert ("Left &lt;us&gt;" in text, "Left <us>" in text) == (True, False)
    as_anna.post(f"/customers/views/{view.id}/delete/")
    assert "No saved views yet" in _text(as_anna, "/customers/views/")
    assert len(_listed(as_anna)) == 3


def test_views_of_another_are_not_there(as_anna: Client, bo: User, as_bo: Client, three: None) -> None:
    _save(as_anna, "Former", "status=former")
    view = SavedView.objects.get().pk
    answers = [
        as_bo.get(f"/customers/views/{view}/"),
        as_bo.post(f"/customers/views/{view}/rename/", {"name": "Mine"}),
        as_bo.post(f"/customers/views/{view}/delete/"),
    ]
    assert [answer.status_code for answer in answers] == [404, 404, 404]
    assert "Former" not in _text(as_bo, "/customers/views/").replace("Former customer", "")


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
    assert [str(label) for _code, label in _tags(as_own, "")] == ["Tømrer", "vip"]
    assert (_listed(as_own), _listed(as_own, "?status=none")) == ([DAN.name], [DAN.name])
    for query in ("?responsible=nobody", f"?responsible={anna.pk}", "?status=former", "?kind=organisation"):
        assert _listed(as_own, query) == []
    assert "0 customers of 1." in _text(as_own, "/customers/?status=former")
    assert _listed(as_own, f"?tag={_code_of(as_own, 'vip')}") == [DAN.name]


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
