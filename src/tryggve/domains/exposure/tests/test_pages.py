"""The pages about websites and mail, as an owner meets them; what they tell comes from the real name service here."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from html import unescape
from typing import Any
from uuid import UUID

import pytest
from django.test import Client
from django.utils.formats import date_format
from pytest_django import Settings

from tests import signing_in
from tests.cast import PASSWORD
from tests.counting import asked
from tryggve.accounts import services as accounts
from tryggve.accounts.models import User
from tryggve.accounts.roles import Role
from tryggve.controls import services as protecting
from tryggve.controls.models import Probe
from tryggve.controls.tests import here
from tryggve.domains.exposure import selectors
from tryggve.domains.exposure.asking.reach import Reach
from tryggve.domains.exposure.models import Domain
from tryggve.domains.exposure.services import domains, measuring, resolvers, sites, starting
from tryggve.domains.exposure.tests import name_server, web_server
from tryggve.domains.exposure.tests.a_firm import quoted
from tryggve.domains.exposure.tests.name_server import NameServer
from tryggve.domains.exposure.tests.web_server import Websites

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("keeper")]
HOME = "/protection/websites/"
WHO = "machine:anna"
_UNPROTECTED: Mapping[str, Sequence[str]] = {
    "annas.se NS": ["ns1.loopia.se."],
    "annas.se A": ["127.0.0.1"],
    "annas.se MX": ["10 mailcluster.loopia.se."],
    "_dmarc.annas.se TXT": [quoted("v=DMARC1; p=none; rua=mailto:anna@annas.se")],
}


@pytest.fixture
def now() -> datetime:
    return datetime.now(UTC)


@pytest.fixture(autouse=True)
def firm_here(names: NameServer, websites: Websites, reach: Reach, settings: Settings, now: datetime) -> None:
    """Annas firm, whose domain lies at Loopia and tells receivers little."""
    settings.EXPOSURE_REACH = reach
    resolvers.choose(servers=[f"127.0.0.1#{names.server.port}"], actor=WHO, at=now)
    names.records = dict(_UNPROTECTED)
    websites.pages = {"annas.se/": web_server.page()}
    websites.open_pages = {"annas.se/": web_server.moved("https://annas.se/")}


@pytest.fixture
def owner() -> Client:
    return signing_in.browser_of(_person("anna@annas.se", Role.OWNER))


def _person(email: str, role: Role) -> User:
    return accounts.create_user(email=email, password=PASSWORD, name="Anna Ek", language="en", role=role)


def _text(browser: Client, address: str, **headers: str) -> str:
    answer = browser.get(address, headers=headers or None)
    assert answer.status_code == 200
    return unescape(" ".join(answer.content.decode().split()))


def _watched() -> tuple[UUID, UUID]:
    [domain], [site] = selectors.domains(), selectors.sites()
    return domain.id, site.id


def _measure(now: datetime) -> None:
    for control in measuring.ALL:
        here.measure(control, at=now)


def test_one_domain_is_asked_for_and_both_mail_and_site_are_looked_at(owner: Client) -> None:
    assert 'href="/protection/websites/start/"' in _text(owner, HOME)
    assert 'value="annas.se"' in _text(owner, f"{HOME}start/")

    answer = owner.post(f"{HOME}start/", {"told": "https://www.Annas.SE/om-oss"})

    assert answer["Location"] == HOME
    assert ([one.asked.name for one in selectors.domains()], [one.host for one in selectors.sites()]) == (
        ["annas.se"], ["www.annas.se"],
    )  # fmt: skip
    asked_for = Probe.objects.exclude(asked_at=None).values_list("control", flat=True)
    assert set(asked_for) == set(measuring.ALL)


@pytest.mark.parametrize(
    ("told", "says"),
    [
        ("anna", "This is no domain."),
        ("anna@gmail.com", "gmail.com belongs to your mail provider"),
        ("", "This field is required."),
        ("a" * 600, "at most 506 characters"),
    ],
)
def test_what_is_no_domain_of_the_firms_is_said_beside_the_field(owner: Client, told: str, says: str) -> None:
    answer = owner.post(f"{HOME}start/", {"told": told})

    assert (answer.status_code, says in unescape(answer.content.decode())) == (200, True)
    assert Domain.objects.count() == 0


def test_who_comes_from_the_first_steps_is_led_back_and_nowhere_else(owner: Client) -> None:
    answer = owner.post(f"{HOME}start/", {"told": "annas.se", "next": "/welcome/"})
    assert answer["Location"] == "/welcome/"
    again = owner.post(f"{HOME}start/", {"told": "annas.se", "next": "/welcome/"})
    assert "annas.se is watched already" in again.content.decode()
    elsewhere = owner.post(f"{HOME}start/", {"told": "bos.se", "next": "https://mallory.example/"})
    assert elsewhere["Location"] == "/"


def test_page_tells_while_tryggve_looks_and_what_it_found_afterwards(owner: Client, now: datetime) -> None:
    starting.watch(told="annas.se", actor=WHO, at=now)
    page = _text(owner, HOME)
    assert ("Tryggve is looking now" in page, 'hx-trigger="every 2s"' in page, "? Not known yet" in page) == (
        True, True, True,
    )  # fmt: skip

    _measure(now)
    part = _text(owner, HOME, HX_Request="true")
    assert ("<html" in part, "hx-trigger" in part) == (False, False)
    assert ("3 things to mend" in part, "✓ In order" in part) == (True, True)


def test_while_tryggve_looks_again_nothing_is_said_of_why_it_could_not_before(
    owner: Client, now: datetime
) -> None:
    _measure(now)  # no domain is known yet
    starting.watch(told="annas.se", actor=WHO, at=now)
    [domain], [site] = selectors.domains(), selectors.sites()

    for page in (HOME, f"{HOME}domains/{domain.id}/", f"{HOME}sites/{site.id}/"):
        text = _text(owner, page)
        assert ("Tryggve is looking now" in text, "Tryggve doesn't know" in text) == (True, False)


def test_domain_says_what_is_wrong_and_how_far_it_has_come(owner: Client, now: datetime) -> None:
    domain, site = _start(now)
    page = _text(owner, f"{HOME}domains/{domain}/")

    assert "Nobody is told which servers may send your mail (SPF)." in page
    assert page.count("→ Next") == 1
    assert "Receivers are told to let false mail in your name through (DMARC)." in page
    site_page = _text(owner, f"{HOME}sites/{site}/")
    ends_on = date_format(now + timedelta(days=60), "DATE_FORMAT")
    assert "✓ In order: visitors get in, encrypted." in site_page
    assert f"The certificate holds until {ends_on}." in site_page


def test_lines_are_those_that_the_host_wants_and_where_to_paste_them_is_said(
    owner: Client, now: datetime
) -> None:
    domain, _site = _start(now)
    part = _text(owner, f"{HOME}domains/{domain}/lines/", HX_Request="true")

    assert "<html" not in part
    assert "v=spf1 include:spf.loopia.se ~all" in part
    assert ("Yours is at Loopia" in part, "DNS editor" in part, "<code>@</code>" in part) == (
        True,
        True,
        True,
    )
    assert "Wait with it:" in part
    assert "v=DMARC1; p=quarantine; rua=mailto:anna@annas.se" in part
    whole = _text(owner, f"{HOME}domains/{domain}/lines/")
    assert ("<html" in whole, "include:spf.loopia.se" in whole) == (True, True)


def test_lines_of_an_unknown_host_are_named_in_full(owner: Client, names: NameServer, now: datetime) -> None:
    names.records |= {"annas.se NS": ["ns.bos.example."], "annas.se MX": ["10 mx.bos.example."]}
    domain, _site = _start(now)

    part = _text(owner, f"{HOME}domains/{domain}/lines/")

    assert "It is where you pay for the domain" in part
    assert '<code>@</code> <span class="term">or, where the whole name is wanted: annas.se</span>' in part


def test_name_service_that_fails_is_told_in_words(owner: Client, names: NameServer, now: datetime) -> None:
    names.lies["annas.se"] = name_server.failure
    domain, site = _start(now)

    assert "The name servers gave no answer that could be used." in _text(
        owner, f"{HOME}domains/{domain}/lines/"
    )
    for page in (HOME, f"{HOME}domains/{domain}/", f"{HOME}sites/{site}/"):
        assert "The name servers gave no answer that could be used." in _text(owner, page)


def test_domain_is_added_and_changed(owner: Client) -> None:
    said = {"told": "vila.se", "kind": "RESTS", "selectors": "Egen, annan"}
    answer = owner.post(f"{HOME}domains/add/", said)
    [domain] = selectors.domains()
    assert answer["Location"] == f"{HOME}domains/{domain.id}/"
    assert (domain.asked.sends, domain.asked.selectors) == (False, ("egen", "annan"))

    change = f"{HOME}domains/{domain.id}/change/"
    assert 'value="egen annan"' in _text(owner, change)
    assert owner.post(change, {"kind": "SENDS", "selectors": ""})["Location"] == f"{HOME}domains/{domain.id}/"
    assert [one.asked.sends for one in selectors.domains()] == [True]


@pytest.mark.parametrize(
    ("address", "said", "says"),
    [
        ("domains/add/", {"told": "å ä", "kind": "SENDS"}, "This is no domain."),
        ("domains/add/", {"told": "annas.se", "kind": "SENDS", "selectors": "a..b"}, "can't be where a key"),
        ("domains/add/", {"told": "annas.se", "kind": "OTHER"}, "Select a valid choice."),
        ("sites/add/", {"told": "10.0.0.1"}, "This is no website's address."),
        ("name-servers/", {"servers": "dns.se"}, "is no address of a name server"),
    ],
)
def test_what_can_not_be_is_said_and_changes_nothing(
    owner: Client, address: str, said: Mapping[str, Any], says: str
) -> None:
    answer = owner.post(f"{HOME}{address}", said)

    assert (answer.status_code, says in unescape(answer.content.decode())) == (200, True)
    assert (selectors.domains(), selectors.sites()) == ([], [])


def test_what_was_removed_is_taken_back_with_all_that_was_known(owner: Client, now: datetime) -> None:
    domain, site = _start(now)
    before = selectors.domains(), selectors.sites()
    for address in (f"domains/{domain}/", f"sites/{site}/"):
        assert owner.post(f"{HOME}{address}remove/")["Location"] == HOME
        assert owner.get(f"{HOME}{address}").status_code == 404
    assert (selectors.domains(), selectors.sites()) == ([], [])
    assert _text(owner, HOME).count("Take it back") == 2

    for address in (f"domains/{domain}/", f"sites/{site}/"):
        assert owner.post(f"{HOME}{address}restore/")["Location"] == f"{HOME}{address}"
        assert owner.post(f"{HOME}{address}restore/").status_code == 404
    assert (selectors.domains(), selectors.sites()) == before
    assert "Take it back" not in _text(owner, HOME)


def test_what_was_removed_long_ago_is_forgotten(owner: Client, now: datetime) -> None:
    long_ago = now - domains.UNDO
    domain = domains.add(told="annas.se", actor=WHO, at=long_ago)
    other = domains.add(told="bos.se", actor=WHO, at=long_ago)
    domains.remove(domain=domain, actor=WHO, at=long_ago)

    assert "Take it back" not in _text(owner, HOME)
    assert owner.post(f"{HOME}domains/{domain}/restore/").status_code == 404
    domains.remove(domain=other, actor=WHO, at=now)
    assert list(Domain.objects.values_list("name", flat=True)) == ["bos.se"]


def test_a_domain_that_was_removed_can_be_typed_again(now: datetime) -> None:
    id = domains.add(told="annas.se", actor=WHO, at=now)
    domains.remove(domain=id, actor=WHO, at=now)

    assert domains.add(told="annas.se", actor=WHO, at=now, kind=Domain.Kind.RESTS) == id
    assert [one.asked.sends for one in selectors.domains()] == [False]


def test_taking_back_makes_no_eleventh(now: datetime) -> None:
    gone = domains.add(told="annas.se", actor=WHO, at=now)
    domains.remove(domain=gone, actor=WHO, at=now)
    for number in range(domains.MOST_DOMAINS):
        domains.add(told=f"annas{number}.se", actor=WHO, at=now)

    with pytest.raises(domains.TooMany):
        domains.restore(domain=gone, actor=WHO, at=now)


def test_name_servers_are_chosen_and_shown(owner: Client) -> None:
    owner.post(f"{HOME}name-servers/", {"servers": "9.9.9.9\n192.168.1.1#5353"})

    assert "9.9.9.9\n192.168.1.1#5353" in owner.get(f"{HOME}name-servers/").content.decode()
    owner.post(f"{HOME}name-servers/", {"servers": ""})
    assert selectors.resolvers() == ()


def test_name_servers_are_asked_for_in_the_readers_language(owner: Client) -> None:
    owner.post("/language", {"language": "sv"})

    assert "One a line" not in _text(owner, f"{HOME}name-servers/")


def test_auditor_sees_all_and_is_offered_nothing_to_change(now: datetime) -> None:
    domain, site = _start(now)
    domains.remove(domain=domains.add(told="bos.se", actor=WHO, at=now), actor=WHO, at=now)
    auditor = signing_in.browser_of(_person("ulla@revision.se", Role.AUDITOR))

    for page in (HOME, f"{HOME}domains/{domain}/", f"{HOME}sites/{site}/", f"{HOME}domains/{domain}/lines/"):
        text = _text(auditor, page).partition("<main")[2]
        assert ("<form" in text, "/add/" in text, "/change/" in text) == (False, False, False)
    assert auditor.post(f"{HOME}measure/").status_code == 403


def test_pages_ask_as_often_however_much_there_is(owner: Client, now: datetime) -> None:
    domain, site = _start(now)
    pages = (HOME, f"{HOME}domains/{domain}/", f"{HOME}sites/{site}/")
    few = {page: len(asked(owner, page)) for page in pages}
    for number in range(9):
        domains.add(told=f"annas{number}.se", actor=WHO, at=now)
        sites.add(told=f"annas{number}.se", actor=WHO, at=now)
    _measure(now)

    many = {page: len(asked(owner, page)) for page in pages}

    assert (many, max(many.values())) == (few, 10)


def test_today_asks_for_the_domain_until_there_is_an_answer(owner: Client, now: datetime) -> None:
    page = _text(owner, "/today/")
    assert ("Can others send mail in your name?" in page, 'value="annas.se"' in page) == (True, True)

    starting.watch(told="annas.se", actor=WHO, at=now)

    assert "Can others send mail in your name?" not in _text(owner, "/today/")


def test_today_asks_no_firm_that_has_no_domain(owner: Client, now: datetime) -> None:
    anna = User.objects.get()
    protecting.exempt(control="MAI-01", by=anna, reason="We have none", until=None, at=now)

    assert "Can others send mail in your name?" not in _text(owner, "/today/")


def test_today_asks_nobody_who_may_not_answer() -> None:
    bo = signing_in.browser_of(_person("bo@annas.se", Role.EMPLOYEE))

    assert "Can others send mail in your name?" not in _text(bo, "/today/")


def _start(now: datetime) -> tuple[UUID, UUID]:
    starting.watch(told="annas.se", actor=WHO, at=now)
    _measure(now)
    return _watched()


def test_first_finding_stands_on_today_with_its_button(owner: Client, now: datetime) -> None:
    _start(now)
    page = _text(owner, "/today/")

    assert ("Others can't send mail in your name" in page, f'href="{HOME}"' in page) == (True, True)
    assert "To your domains and websites" in page
