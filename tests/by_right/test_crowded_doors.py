"""Many who come from one place, or ask for one address, and what that does to the others."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.by_right.consenting import customer, holds, letters_sent, links_in, read, say
from tests.cast import CILLA, NOW
from tryggve.accounts.policy import EVERYBODY
from tryggve.audit import selectors as log
from tryggve.domains.rights import notices
from tryggve.domains.rights.models import Case
from tryggve.domains.rights.services import restrictions
from tryggve.domains.rights.services.consents import consent_questions
from tryggve.domains.rights.services.links import links
from tryggve.domains.rights.services.links.links import Use

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("firm", "clock")]
ASK, FORM = "/my/come-in/", "/consent/form/newsletter/"


def from_place(number: int) -> Client:
    return Client(REMOTE_ADDR=f"203.0.113.{number}")


def show_wrong_links(place: Client) -> list[int]:
    return [place.get(f"/consent/stop/{'x' * 40}{number}/").status_code for number in range(21)]


def test_links_that_work_work_although_others_from_there_showed_wrong_ones(
    cilla: UUID, newsletter: UUID
) -> None:
    say(cilla, newsletter, at=NOW - timedelta(days=1))
    [stop] = links_in(links.withdrawal_address(customer=cilla, purpose=newsletter, at=NOW))
    consent_questions.ask(customer=cilla, purpose=None, language="en", actor="system", at=NOW)
    [question] = links_in(letters_sent(notices.CONSENT_QUESTION)[0].text)
    door = links.address_of(links.make(customer=cilla, use=Use.PORTAL, at=NOW), Use.PORTAL)
    place = Client()
    assert show_wrong_links(place) == [404] * 20 + [429]
    assert [place.get(path).status_code for path in (question, *links_in(door))] == [200, 200]
    assert place.post(stop, {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert not holds(cilla, newsletter)


def test_stranger_who_asks_again_and_again_keeps_no_customer_out(cilla: UUID) -> None:
    mallory = from_place(1)
    for _time in range(5):
        mallory.post(ASK, {"email": CILLA.emails[0]})
        mallory.post(FORM, {"email": CILLA.emails[0]})
    assert len(letters_sent(notices.PORTAL_LINK)) == len(letters_sent(notices.CONSENT_QUESTION)) == 3
    from_place(2).post(ASK, {"email": CILLA.emails[0]})
    assert len(letters_sent(notices.PORTAL_LINK)) == 4


def test_mailbox_is_not_flooded_from_many_places(cilla: UUID) -> None:
    for number in range(1, 15):
        from_place(number).post(ASK, {"email": CILLA.emails[0]})
    assert len(letters_sent(notices.PORTAL_LINK)) == 10


@pytest.mark.parametrize("path", [ASK, FORM, "/consent/sign-up/"])
@pytest.mark.parametrize("email", [CILLA.emails[0], "nobody@example.se"])
def test_who_gets_no_mail_is_told_so_alike_for_every_address(
    cilla: UUID, newsletter: UUID, path: str, email: str
) -> None:
    typed = {"name": "Eva", "email": email, "language": "en", "purpose": [str(newsletter)]}
    answers = [from_place(1).post(path, typed) for _time in range(4)]
    assert [one.status_code for one in answers] == [302, 302, 302, 429]
    assert "try again in an hour, or write to the company itself" in read(answers[-1])


def test_stranger_with_a_whole_network_of_addresses_is_one_place(cilla: UUID) -> None:
    for number in range(1, 15):
        Client(REMOTE_ADDR=f"2001:db8:1:2::{number:x}").post(ASK, {"email": CILLA.emails[0]})
    assert len(letters_sent(notices.PORTAL_LINK)) == 3
    Client(REMOTE_ADDR="2001:db8:1:3::1").post(ASK, {"email": CILLA.emails[0]})
    assert len(letters_sent(notices.PORTAL_LINK)) == 4


def test_each_who_shares_an_address_gets_a_link(newsletter: UUID, browser: Client) -> None:
    for number in range(5):
        customer(replace(CILLA, name=f"Customer {number}"))
    browser.post(ASK, {"email": CILLA.emails[0]})
    assert len({letter.text for letter in letters_sent(notices.PORTAL_LINK)}) == 5


def work_of(address: str) -> list[str]:
    """What the database was asked for while somebody sent the form."""
    with CaptureQueriesContext(connection) as queries:
        answer = from_place(9).post(FORM, {"email": address})
    assert answer.status_code == 302
    return sorted(one["sql"].split(" ", 1)[0] for one in queries if "SAVEPOINT" not in one["sql"])


def test_form_on_a_website_does_the_same_work_for_whoever_is_no_customer(cilla: UUID) -> None:
    work_of("warm@example.se")
    assert work_of("nobody@example.se") == work_of(CILLA.emails[0])
    assert [letter.address for letter in letters_sent()] == [CILLA.emails[0]]


def test_form_on_a_website_keeps_nothing_of_whoever_is_not_asked(cilla: UUID) -> None:
    restrictions.restrict(customer=cilla, actor="system", at=NOW, reach=EVERYBODY)
    for address in (CILLA.emails[0], "nobody@example.se"):
        Client().post(FORM, {"email": address})
    assert letters_sent() == []


def test_wrong_code_is_in_the_log_of_whose_link_it_was(
    cilla: UUID, browser: Client, as_mallory: Client
) -> None:
    browser.post(ASK, {"email": CILLA.emails[0]})
    [path] = links_in(letters_sent(notices.PORTAL_LINK)[0].text)
    as_mallory.post(path)
    as_mallory.post(path, {"code": "wrong"})
    refused = [one for one in log.entries_about(cilla) if one.action == "rights.portal-refused"]
    assert [one.facts for one in refused] == [{"reason": "code"}]


def test_visit_ends_when_the_clock_is_put_back(inside: Client, clock: time_machine.Traveller) -> None:
    statuses = []
    for back in (timedelta(seconds=30), timedelta(hours=3)):
        clock.move_to(NOW - back)
        statuses.append(inside.get("/my/consents/").status_code)
    assert statuses == [200, 302]


def test_two_presses_are_one_request_and_other_words_are_another(inside: Client) -> None:
    for words in ("Everything, please.", "Everything, please.", "And the pictures."):
        inside.post("/my/requests/", {"kind": "ACCESS", "words": words})
    inside.post("/my/requests/", {"kind": "ERASURE", "words": "And the pictures."})
    assert sorted(Case.objects.values_list("kind", flat=True)) == ["ACCESS", "ACCESS", "ERASURE"]


def test_customer_asks_for_ten_things_an_hour(inside: Client, clock: time_machine.Traveller) -> None:
    statuses = [
        inside.post("/my/requests/", {"kind": "ACCESS", "words": str(number)}).status_code
        for number in range(11)
    ]
    assert (statuses, Case.objects.count()) == ([302] * 10 + [429], 10)
