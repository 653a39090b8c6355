"""The pages about websites and mail, as an owner meets them; what they tell comes from the real name service here."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from html import unescape
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from django.utils.formats import date_format

from tests import signing_in
from tests.counting import asked
from tryggve.accounts.roles import Role
from tryggve.domains.exposure import selectors
from tryggve.domains.exposure.models import Domain
from tryggve.domains.exposure.services import domains, sites, starting
from tryggve.domains.exposure.tests import name_server
from tryggve.domains.exposure.tests.a_bare_firm import (
    HOME,
    WHO,
    firm_here,
    measure_all,
    now,
    owner,
    person,
    start_watching,
    text_of,
)
from tryggve.domains.exposure.tests.name_server import NameServer

__all__ = ["firm_here", "now", "owner"]

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("keeper")]


def test_page_tells_while_tryggve_looks_and_what_it_found_afterwards(owner: Client, now: datetime) -> None:
    starting.watch(told="annas.se", actor=WHO, at=now)
    page = text_of(owner, HOME)
    assert ("Tryggve is looking now" in page, 'hx-trigger="every 2s"' in page, "? Not known yet" in page) == (
        True, True, True,
    )  # fmt: skip

    measure_all(now)
    part = text_of(owner, HOME, HX_Request="true")
    assert ("<html" in part, "hx-trigger" in part) == (False, False)
    assert ("3 things to mend" in part, "✓ In order" in part) == (True, True)


def test_while_tryggve_looks_again_nothing_is_said_of_why_it_could_not_before(
    owner: Client, now: datetime
) -> None:
    measure_all(now)  # no domain is known yet
    starting.watch(told="annas.se", actor=WHO, at=now)
    [domain], [site] = selectors.domains(), selectors.sites()

    for page in (HOME, f"{HOME}domains/{domain.id}/", f"{HOME}sites/{site.id}/"):
        text = text_of(owner, page)
        assert ("Tryggve is looking now" in text, "Tryggve doesn't know" in text) == (True, False)


def test_domain_says_what_is_wrong_and_how_far_it_has_come(owner: Client, now: datetime) -> None:
    domain, site = start_watching(now)
    page = text_of(owner, f"{HOME}domains/{domain}/")

    assert "Nobody is told which servers may send your mail (SPF)." in page
    assert page.count("→ Next") == 1
    assert "Receivers are told to let false mail in your name through (DMARC)." in page
    site_page = text_of(owner, f"{HOME}sites/{site}/")
    ends_on = date_format(timezone.localdate(now + timedelta(days=60)), "DATE_FORMAT")
    assert "✓ In order: visitors get in, encrypted." in site_page
    assert f"The certificate holds until {ends_on}." in site_page


def test_lines_are_those_that_the_host_wants_and_where_to_paste_them_is_said(
    owner: Client, now: datetime
) -> None:
    domain, _site = start_watching(now)
    part = text_of(owner, f"{HOME}domains/{domain}/lines/", HX_Request="true")

    assert "<html" not in part
    assert "v=spf1 include:spf.loopia.se ~all" in part
    assert ("Yours is at Loopia" in part, "DNS editor" in part, "<code>@</code>" in part) == (
        True,
        True,
        True,
    )
    assert "Wait with it:" in part
    assert "v=DMARC1; p=quarantine; rua=mailto:anna@annas.se" in part
    whole = text_of(owner, f"{HOME}domains/{domain}/lines/")
    assert ("<html" in whole, "include:spf.loopia.se" in whole) == (True, True)


def test_lines_of_an_unknown_host_are_named_in_full(owner: Client, names: NameServer, now: datetime) -> None:
    names.records |= {"annas.se NS": ["ns.bos.example."], "annas.se MX": ["10 mx.bos.example."]}
    domain, _site = start_watching(now)

    part = text_of(owner, f"{HOME}domains/{domain}/lines/")

    assert "It is where you pay for the domain" in part
    assert '<code>@</code> <span class="term">or, where the whole name is wanted: annas.se</span>' in part


def test_name_service_that_fails_is_told_in_words(owner: Client, names: NameServer, now: datetime) -> None:
    names.lies["annas.se"] = name_server.failure
    domain, site = start_watching(now)

    assert "The name servers gave no answer that could be used." in text_of(
        owner, f"{HOME}domains/{domain}/lines/"
    )
    for page in (HOME, f"{HOME}domains/{domain}/", f"{HOME}sites/{site}/"):
        assert "The name servers gave no answer that could be used." in text_of(owner, page)


def test_domain_is_added_and_changed(owner: Client) -> None:
    said = {"told": "vila.se", "kind": "RESTS", "selectors": "Egen, annan"}
    answer = owner.post(f"{HOME}domains/add/", said)
    [domain] = selectors.domains()
    assert answer["Location"] == f"{HOME}domains/{domain.id}/"
    assert (domain.asked.sends, domain.asked.selectors) == (False, ("egen", "annan"))

    change = f"{HOME}domains/{domain.id}/change/"
    assert 'value="egen annan"' in text_of(owner, change)
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
    domain, site = start_watching(now)
    before = selectors.domains(), selectors.sites()
    for address in (f"domains/{domain}/", f"sites/{site}/"):
        assert owner.post(f"{HOME}{address}remove/")["Location"] == HOME
        assert owner.get(f"{HOME}{address}").status_code == 404
    assert (selectors.domains(), selectors.sites()) == ([], [])
    assert text_of(owner, HOME).count("Take it back") == 2

    for address in (f"domains/{domain}/", f"sites/{site}/"):
        assert owner.post(f"{HOME}{address}restore/")["Location"] == f"{HOME}{address}"
        assert owner.post(f"{HOME}{address}restore/").status_code == 404
    assert (selectors.domains(), selectors.sites()) == before
    assert "Take it back" not in text_of(owner, HOME)


def test_what_was_removed_long_ago_is_forgotten(owner: Client, now: datetime) -> None:
    long_ago = now - domains.UNDO
    domain = domains.add(told="annas.se", actor=WHO, at=long_ago)
    other = domains.add(told="bos.se", actor=WHO, at=long_ago)
    domains.remove(domain=domain, actor=WHO, at=long_ago)

    assert "Take it back" not in text_of(owner, HOME)
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

    assert "One a line" not in text_of(owner, f"{HOME}name-servers/")


def test_auditor_sees_all_and_is_offered_nothing_to_change(now: datetime) -> None:
    domain, site = start_watching(now)
    domains.remove(domain=domains.add(told="bos.se", actor=WHO, at=now), actor=WHO, at=now)
    auditor = signing_in.browser_of(person("ulla@revision.se", Role.AUDITOR))

    for page in (HOME, f"{HOME}domains/{domain}/", f"{HOME}sites/{site}/", f"{HOME}domains/{domain}/lines/"):
        text = text_of(auditor, page).partition("<main")[2]
        assert ("<form" in text, "/add/" in text, "/change/" in text) == (False, False, False)
    assert auditor.post(f"{HOME}measure/").status_code == 403


def test_pages_ask_as_often_however_much_there_is(owner: Client, now: datetime) -> None:
    domain, site = start_watching(now)
    pages = (HOME, f"{HOME}domains/{domain}/", f"{HOME}sites/{site}/")
    few = {page: len(asked(owner, page)) for page in pages}
    for number in range(9):
        domains.add(told=f"annas{number}.se", actor=WHO, at=now)
        sites.add(told=f"annas{number}.se", actor=WHO, at=now)
    measure_all(now)

    many = {page: len(asked(owner, page)) for page in pages}

    assert (many, max(many.values())) == (few, 10)
