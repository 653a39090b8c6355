"""Bo sees his own customers, a team its own, Anna everybody's: by list, search, card, form and API."""

from uuid import UUID

import pytest
from django.test import Client
from django.urls import reverse

from tests import signing_in
from tests.cast import CILLA, DAN, NOW
from tryggve.accounts import handovers
from tryggve.accounts.models import Team, User
from tryggve.accounts.policy import EVERYBODY, Reach, Refused, reach_of
from tryggve.accounts.roles import Scope
from tryggve.audit import selectors as audit
from tryggve.domains.customers.engine.details import Details
from tryggve.domains.customers.models import Customer
from tryggve.domains.customers.selectors import register
from tryggve.domains.customers.services import putting_aside, records, responsible
from tryggve.domains.customers.tests.lists import add

pytestmark = pytest.mark.django_db
EVA = Details(name="Eva Cillasdotter", emails=("eva@example.se",))


@pytest.fixture
def own(bo: User) -> User:
    """Bo, limited to his own customers."""
    bo.scope = Scope.OWN
    bo.save()
    return bo


@pytest.fixture
def cilla(own: User) -> UUID:
    """Bo's customer."""
    [customer] = add(CILLA)
    _give(customer, own.pk)
    return customer


@pytest.fixture
def dan() -> UUID:
    """Another's customer."""
    return add(DAN)[0]


def _give(customer: UUID, person: UUID | None) -> None:
    responsible.assign(customer=customer, responsible=person, actor="system", at=NOW, reach=EVERYBODY)


def _listed(reach: Reach) -> list[UUID]:
    page = register.customer_page(number=1, actor="system", at=NOW, reach=reach)
    return [customer for customer, _details in page.object_list]


def _found(text: str, reach: Reach) -> list[UUID]:
    rows = register.customers_matching(text=text, actor="system", at=NOW, reach=reach)
    return [customer for customer, _details in rows]


def test_list_holds_own_customers_alone(own: User, cilla: UUID, dan: UUID) -> None:
    assert _listed(reach_of(own)) == [cilla]
    assert _listed(EVERYBODY) == [cilla, dan]


@pytest.mark.parametrize("text", ["dan", "dan@example.dk", "20 12 34 56", "sørensen"])
def test_search_finds_nobody_else(own: User, cilla: UUID, dan: UUID, text: str) -> None:
    assert (_found(text, reach_of(own)), _found(text, EVERYBODY)) == ([], [dan])
    assert _found("cilla", reach_of(own)) == [cilla]


def test_own_customers_are_not_crowded_out_by_others_who_match_better(own: User, cilla: UUID) -> None:
    add(*(Details(name=f"Cilla {number:03}") for number in range(60)))
    assert _found("cilla", reach_of(own)) == [cilla]


def test_slips_find_nobody_else_either(own: User, cilla: UUID, dan: UUID) -> None:
    assert (_found("sörnesen", reach_of(own)), _found("sörnesen", EVERYBODY)) == ([], [dan])
    assert _found("åkesrtröm", reach_of(own)) == [cilla]


def test_tags_are_those_of_own_customers(own: User, cilla: UUID) -> None:
    add(Details(name="Eva", tags=("hemlig", "vip")))
    assert register.tags_in_use(reach=reach_of(own)) == [("vip", 1)]
    assert register.tags_in_use(reach=EVERYBODY) == [("vip", 2), ("hemlig", 1)]


def test_customer_given_away_is_gone_at_the_next_look(own: User, cilla: UUID) -> None:
    assert _listed(reach_of(own)) == [cilla]
    _give(cilla, None)
    assert (_listed(reach_of(own)), _found("cilla", reach_of(own))) == ([], [])


def test_search_made_before_shows_no_more_than_may_be_seen_now(own: User, cilla: UUID, dan: UUID) -> None:
    rows = register.customers_found_before(
        customers=[dan, cilla], actor="system", at=NOW, reach=reach_of(own)
    )
    assert [customer for customer, _details in rows] == [cilla]


def test_team_sees_the_customers_of_all_its_members(own: User, karin: User, cilla: UUID, dan: UUID) -> None:
    team = Team.objects.create(name="Kök")
    for one in (own, karin):
        one.teams.add(team)
    _give(dan, karin.pk)
    [eva] = add(EVA)
    own.scope = Scope.TEAM
    assert set(_listed(reach_of(own))) == {cilla, dan}
    assert eva not in _listed(reach_of(own))


def test_team_of_nobody_is_oneself(own: User, cilla: UUID, dan: UUID) -> None:
    own.scope = Scope.TEAM
    assert _listed(reach_of(own)) == [cilla]


@pytest.mark.parametrize("name", ["card", "edit"])
def test_bo_is_refused_anothers_page_and_the_log_tells(own: User, dan: UUID, name: str) -> None:
    browser = signing_in.browser_of(own)
    answer = browser.get(reverse(f"customers:{name}", kwargs={"customer": dan}))
    assert answer.status_code == 403
    assert "another person" in answer.content.decode()
    assert b"Dan" not in answer.content
    [entry] = audit.newest_entries(limit=1)
    assert (entry.action, entry.actor, entry.facts["rule"]) == (
        "accounts.refused",
        own.actor,
        "not-within-reach",
    )


def test_bo_opens_his_own(own: User, cilla: UUID) -> None:
    browser = signing_in.browser_of(own)
    for name in ("card", "edit"):
        assert browser.get(reverse(f"customers:{name}", kwargs={"customer": cilla})).status_code == 200


def test_form_of_bo_changes_nothing_of_anothers(own: User, dan: UUID) -> None:
    answer = signing_in.browser_of(own).post(
        reverse("customers:edit", kwargs={"customer": dan}), {"kind": "person", "name": "X", "revision": 1}
    )
    assert (answer.status_code, Customer.objects.get(pk=dan).revision) == (403, 1)


def test_services_refuse_whatever_a_page_forgot(own: User, dan: UUID) -> None:
    reach = reach_of(own)
    with pytest.raises(Refused):
        records.change_customer(
            customer=dan, seen_revision=1, details=CILLA, actor=own.actor, at=NOW, reach=reach
        )
    with pytest.raises(Refused):
        putting_aside.put_aside(customer=dan, reach=reach)
    with pytest.raises(Refused):
        responsible.assign(customer=dan, responsible=own.pk, actor=own.actor, at=NOW, reach=reach)
    assert Customer.objects.filter(pk=dan, state="ACTIVE", revision=1, responsible_ref=None).exists()


def test_who_adds_a_customer_looks_after_it(own: User) -> None:
    browser = signing_in.browser_of(own)
    answer = browser.post(reverse("customers:add"), {"kind": "person", "name": "Eva"})
    assert browser.get(answer["Location"]).status_code == 200
    assert Customer.objects.get().responsible_ref == own.pk


def test_anna_says_who_looks_after_whom(anna: User, as_anna: Client, own: User, dan: UUID) -> None:
    address = reverse("customers:assign", kwargs={"customer": dan})
    assert as_anna.post(address, {"responsible": str(own.pk)}).status_code == 302
    [entry] = audit.newest_entries(limit=1)
    assert (entry.action, entry.subject, entry.facts) == (
        "customers.assigned",
        dan,
        {"responsible": str(own.pk)},
    )
    assert _listed(reach_of(own)) == [dan]
    assert own.name in as_anna.get(reverse("customers:card", kwargs={"customer": dan})).content.decode()


def test_nobody_unknown_is_given_a_customer(as_anna: Client, dan: UUID) -> None:
    address = reverse("customers:assign", kwargs={"customer": dan})
    assert as_anna.post(address, {"responsible": str(UUID(int=7))}).status_code == 400
    assert Customer.objects.get(pk=dan).responsible_ref is None


def test_bo_can_not_give_himself_a_customer(own: User, dan: UUID) -> None:
    address = reverse("customers:assign", kwargs={"customer": dan})
    assert signing_in.browser_of(own).post(address, {"responsible": str(own.pk)}).status_code == 403
    assert Customer.objects.get(pk=dan).responsible_ref is None


def test_bo_with_own_customers_only_brings_in_no_lists(own: User) -> None:
    """A list is compared with everybody's customers, and says who is there already."""
    own.given = {"IMPORT": 2}
    own.save()
    assert signing_in.browser_of(own).get(reverse("customers:upload")).status_code == 403


def test_what_bo_can_not_do_is_not_offered(own: User, cilla: UUID) -> None:
    page = signing_in.browser_of(own).get(reverse("customers:card", kwargs={"customer": cilla}))
    shown = page.content.decode()
    assert reverse("customers:edit", kwargs={"customer": cilla}) in shown
    for name in ("rights:erase", "customers:assign"):
        assert reverse(name, kwargs={"customer": cilla}) not in shown
    assert reverse("access:log-about", args=[cilla]) not in shown


def test_leaving_hands_the_customers_over(own: User, karin: User, cilla: UUID, dan: UUID) -> None:
    [handover] = [one for one in handovers.all_handovers() if one.code == "customers.responsible"]
    assert handover.count is not None
    assert (handover.count(own), handover.count(karin)) == (1, 0)
    assert handover.run(handovers.Leaving(own, karin, "system", NOW)) == 1
    assert [handover.count(own), handover.count(karin)] == [0, 1]
    assert Customer.objects.get(pk=dan).responsible_ref is None
