from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from pytest_django import DjangoAssertNumQueries

from tryggve.accounts.models import User
from tryggve.audit.models import Entry
from tryggve.domains.exposure import selectors
from tryggve.domains.exposure.asking.name_service import Server
from tryggve.domains.exposure.engine.ladder import Rung
from tryggve.domains.exposure.engine.mail import Asked, Level, MailFindings
from tryggve.domains.exposure.engine.troubles import Trouble
from tryggve.domains.exposure.engine.visit import SiteFindings
from tryggve.domains.exposure.engine.web import Certificate, Hole, Tip
from tryggve.domains.exposure.models import Domain
from tryggve.domains.exposure.services import domains, readings, resolvers, sites
from tryggve.domains.exposure.tests.test_ladder import findings

AT = datetime(2026, 11, 23, 1, 45, tzinfo=UTC)
WHO = "machine:anna"

pytestmark = pytest.mark.django_db


def recorded() -> list[tuple[str, dict[str, object]]]:
    return [(entry.action, entry.facts) for entry in Entry.objects.order_by("id")]


def test_a_domain_is_added_as_people_write_it_and_recorded_by_its_id() -> None:
    id = domains.add(told="info@Annas.SE", actor=WHO, at=AT, selectors=[" Egen ", "egen", ""])

    assert [one.asked for one in selectors.domains()] == [Asked("annas.se", True, ("egen",))]
    assert recorded() == [("exposure.domain-added", {"domain": str(id), "kind": "sends"})]


def test_a_domain_is_changed_and_removed() -> None:
    id = domains.add(told="annas.se", actor=WHO, at=AT)

    domains.change(domain=id, kind=Domain.Kind.RESTS, selectors=["a.b"], actor=WHO, at=AT)
    assert [one.asked for one in selectors.domains()] == [Asked("annas.se", False, ("a.b",))]

    domains.remove(domain=id, actor=WHO, at=AT)
    assert selectors.domains() == []
    assert [action for action, _facts in recorded()] == [
        "exposure.domain-added", "exposure.domain-changed", "exposure.domain-removed",
    ]  # fmt: skip


@pytest.mark.parametrize("told", ["", "localhost", "192.168.1.1", "skrivare.local"])
def test_what_is_no_domain_is_refused(told: str) -> None:
    with pytest.raises(domains.NotADomain):
        domains.add(told=told, actor=WHO, at=AT)
    assert recorded() == []


@pytest.mark.parametrize("selector", ["a b", "-a", "a..b", "å", "a" * 101, "a;b"])
def test_what_is_no_selector_is_refused(selector: str) -> None:
    with pytest.raises(domains.NotASelector):
        domains.add(told="annas.se", selectors=[selector], actor=WHO, at=AT)


def test_a_domain_is_watched_once_and_ten_at_most() -> None:
    for number in range(domains.MOST_DOMAINS):
        domains.add(told=f"annas{number}.se", actor=WHO, at=AT)

    with pytest.raises(domains.KnownAlready, match=r"annas0\.se"):
        domains.add(told="https://ANNAS0.se/", actor=WHO, at=AT)
    with pytest.raises(domains.TooMany):
        domains.add(told="annas.se", actor=WHO, at=AT)


def test_who_is_not_watched_is_neither_changed_nor_removed() -> None:
    with pytest.raises(domains.NoSuchDomain):
        domains.change(domain=uuid4(), kind=Domain.Kind.SENDS, selectors=[], actor=WHO, at=AT)
    with pytest.raises(domains.NoSuchDomain):
        domains.remove(domain=uuid4(), actor=WHO, at=AT)
    with pytest.raises(sites.NoSuchSite):
        sites.remove(site=uuid4(), actor=WHO, at=AT)
    assert recorded() == []


def test_a_site_is_added_and_removed() -> None:
    id = sites.add(told="https://Åsas-Bod.se/om", actor=WHO, at=AT)

    assert [one.shown for one in selectors.sites()] == ["åsas-bod.se"]
    with pytest.raises(domains.KnownAlready):
        sites.add(told="åsas-bod.se", actor=WHO, at=AT)

    sites.remove(site=id, actor=WHO, at=AT)
    assert selectors.sites() == []
    assert [action for action, _facts in recorded()] == ["exposure.site-added", "exposure.site-removed"]


def test_a_site_within_walls_is_refused() -> None:
    with pytest.raises(sites.NotASite):
        sites.add(told="http://127.0.0.1:8000/", actor=WHO, at=AT)


def test_sites_are_ten_at_most() -> None:
    for number in range(sites.MOST_SITES):
        sites.add(told=f"annas{number}.se", actor=WHO, at=AT)

    with pytest.raises(domains.TooMany):
        sites.add(told="annas.se", actor=WHO, at=AT)


def test_name_servers_are_chosen_in_their_order_and_given_up_again() -> None:
    resolvers.choose(servers=["9.9.9.9", "2620:fe::fe", "192.168.1.1#5353", "9.9.9.9"], actor=WHO, at=AT)
    assert selectors.resolvers() == (
        Server("9.9.9.9"), Server("2620:fe::fe"), Server("192.168.1.1", 5353),
    )  # fmt: skip

    resolvers.choose(servers=[" "], actor=WHO, at=AT)
    assert selectors.resolvers() == ()
    assert recorded() == [
        ("exposure.resolvers-changed", {"servers": 3}),
        ("exposure.resolvers-changed", {"servers": 0}),
    ]


@pytest.mark.parametrize(
    "servers",
    [
        ["dns.se"],
        ["9.9.9.9#0"],
        ["9.9.9.9#99999"],
        ["9.9.9.9#x"],
        ["224.0.0.1"],
        ["::"],
        ["1.1.1.1", "1.0.0.1", "8.8.8.8", "9.9.9.9"],
    ],
)
def test_what_is_no_name_server_is_refused_and_changes_nothing(servers: list[str]) -> None:
    resolvers.choose(servers=["9.9.9.9"], actor=WHO, at=AT)

    with pytest.raises(resolvers.NotAServer):
        resolvers.choose(servers=servers, actor=WHO, at=AT)
    assert selectors.resolvers() == (Server("9.9.9.9"),)


def test_what_was_read_is_kept_and_how_long_a_rung_has_been_held() -> None:
    id = domains.add(told="annas.se", actor=WHO, at=AT)
    later = AT + timedelta(days=3)

    readings.keep_mail(found={id: findings("v=DMARC1; p=none", bits=1024)}, at=AT)
    readings.keep_mail(found={id: findings("v=DMARC1; p=none", bits=1024)}, at=later)
    [kept] = selectors.domains()
    assert (kept.read_at, kept.rung, kept.rung_since) == (later, Rung.NONE, AT)
    assert (kept.troubles, kept.level) == ((Trouble.DKIM_WEAK, Trouble.DMARC_NONE), Level.SENDERS_NAMED)

    readings.keep_mail(found={id: findings("v=DMARC1; p=reject")}, at=later)
    [kept] = selectors.domains()
    assert (kept.rung, kept.rung_since, kept.troubles) == (Rung.REJECT, later, ())


def test_what_visitors_met_is_kept() -> None:
    id = sites.add(told="annas.se", actor=WHO, at=AT)

    shown = Certificate(AT, AT + timedelta(days=12))

    found = SiteFindings((Hole.STAYS_OPEN,), (Tip.NO_CSP,), certificate=shown)
    readings.keep_sites(found={id: found}, at=AT)

    [kept] = selectors.sites()
    assert (kept.read_at, kept.holes, kept.tips, kept.ends_at) == (
        AT,
        (Hole.STAYS_OPEN,),
        (Tip.NO_CSP,),
        shown.ends_at,
    )


def test_what_was_read_of_something_removed_is_passed_over() -> None:
    readings.keep_mail(found={uuid4(): MailFindings(Asked("annas.se"), ())}, at=AT)
    readings.keep_sites(found={uuid4(): SiteFindings(())}, at=AT)

    assert (selectors.domains(), selectors.sites()) == ([], [])


def test_all_is_told_in_one_question_each(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    for number in range(5):
        id = domains.add(told=f"annas{number}.se", actor=WHO, at=AT)
        readings.keep_mail(found={id: findings("v=DMARC1; p=none")}, at=AT)
        sites.add(told=f"annas{number}.se", actor=WHO, at=AT)

    with django_assert_num_queries(1):
        assert len(selectors.domains()) == 5
    with django_assert_num_queries(1):
        assert len(selectors.sites()) == 5


def test_the_owners_own_domain_is_suggested_until_it_is_watched(anna: User) -> None:
    User.objects.filter(pk=anna.pk).update(email="anna@annas.se")
    assert selectors.suggested_domains() == ("annas.se",)

    domains.add(told="annas.se", actor=WHO, at=AT)
    assert selectors.suggested_domains() == ()


def test_neither_an_employees_nor_everybodys_domain_is_suggested(anna: User, bo: User) -> None:
    User.objects.filter(pk=anna.pk).update(email="anna@gmail.com")
    User.objects.filter(pk=bo.pk).update(email="bo@bos.se")

    assert selectors.suggested_domains() == ()
