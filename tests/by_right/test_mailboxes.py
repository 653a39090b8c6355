"""Links go to one mailbox: what becomes of them when it isn't the customer's any more, or is another's, too."""

from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.test import Client

from tests.by_right.consenting import (
    code_in,
    come_in,
    customer,
    fill_in,
    holds,
    kinds,
    letters_sent,
    links_in,
    read,
    say,
)
from tests.cast import CILLA, NOW
from tryggve.accounts.policy import EVERYBODY
from tryggve.domains.customers import sealing
from tryggve.domains.customers.engine.details import Details
from tryggve.domains.customers.models import Customer
from tryggve.domains.customers.services import records
from tryggve.domains.outreach import notices as outreach
from tryggve.domains.outreach.models import Feedback
from tryggve.domains.outreach.services import feedback
from tryggve.domains.rights import notices
from tryggve.domains.rights.models import Case, PortalLink, PortalSession
from tryggve.domains.rights.services.consents import consent_questions
from tryggve.domains.rights.services.links import links
from tryggve.domains.rights.services.portal import answers

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("firm", "clock")]
OLD, NEW = CILLA.emails[0], "cilla.new@example.se"
HOME = "home@example.se"
BY: dict[str, Any] = {"actor": "system", "at": NOW}


def correct(who: UUID, *emails: str) -> None:
    """The firm writes other addresses on the card."""
    row = Customer.objects.get(pk=who)
    details = replace(sealing.opened_one((row.pk, row.revision, row.details_sealed)), emails=emails)
    records.change_customer(customer=who, seen_revision=row.revision, details=details, reach=EVERYBODY, **BY)


def asked_by_mail(browser: Client, address: str = OLD) -> str:
    browser.post("/my/come-in/", {"email": address})
    [path] = links_in(letters_sent(notices.PORTAL_LINK)[-1].text)
    return path


def test_link_opens_nothing_after_the_address_was_corrected(cilla: UUID, browser: Client) -> None:
    path = asked_by_mail(browser)
    correct(cilla, NEW)
    assert browser.get(path).status_code == browser.post(path).status_code == 404
    assert not PortalSession.objects.exists()


def test_visit_ends_when_the_address_is_corrected(inside: Client, cilla: UUID) -> None:
    assert inside.get("/my/data/").status_code == 200
    correct(cilla, NEW)
    assert inside.get("/my/data/").status_code == 302


def test_visit_goes_on_when_another_address_is_added(inside: Client, cilla: UUID) -> None:
    correct(cilla, NEW, OLD.upper())
    assert inside.get("/my/data/").status_code == 200


def test_question_is_answered_by_nobody_after_the_address_was_corrected(
    cilla: UUID, newsletter: UUID, browser: Client
) -> None:
    consent_questions.ask(customer=cilla, purpose=newsletter, language="en", **BY)
    [path] = links_in(letters_sent(notices.CONSENT_QUESTION)[-1].text)
    correct(cilla, NEW)
    assert browser.get(path).status_code == 404
    assert browser.post(path, {f"purpose-{newsletter}": "yes"}).status_code == 404
    assert kinds(cilla) == ["ASKED"]


def test_feedback_is_given_by_nobody_after_the_address_was_corrected(cilla: UUID, browser: Client) -> None:
    feedback.ask(customer=cilla, language="en", reach=EVERYBODY, **BY)
    [path] = links_in(letters_sent(outreach.FEEDBACK_QUESTION)[-1].text)
    assert browser.get(path).status_code == 200
    correct(cilla, NEW)
    assert browser.get(path).status_code == browser.post(path, {"safe": "1"}).status_code == 404
    assert not Feedback.objects.exists()


def test_old_mail_withdraws_although_the_address_was_corrected(
    cilla: UUID, newsletter: UUID, browser: Client
) -> None:
    """In doubt nothing is done: who takes a consent back needs to show nothing but the link."""
    say(cilla, newsletter, at=NOW - timedelta(days=1))
    [path] = links_in(links.withdrawal_address(customer=cilla, purpose=newsletter, at=NOW))
    correct(cilla, NEW)
    assert browser.post(path, {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert not holds(cilla, newsletter)


def test_rows_tell_no_address_to_who_tries_them_all(inside: Client) -> None:
    marks = {
        *PortalLink.objects.values_list("address_mark", flat=True),
        *PortalSession.objects.values_list("address_mark", flat=True),
    }
    assert len(marks) == 2  # of one address under two secrets
    assert "" not in marks


def test_link_and_code_go_to_the_address_that_was_typed(browser: Client, as_mallory: Client) -> None:
    customer(replace(CILLA, emails=("dead@example.se", "Cilla.Home@Example.se")))
    path = asked_by_mail(browser, "cilla.home@example.se")
    as_mallory.post(path)
    sent = [*letters_sent(notices.PORTAL_LINK), *letters_sent(notices.PORTAL_CODE)]
    assert [one.address for one in sent] == ["Cilla.Home@Example.se"] * 2
    assert as_mallory.post(path, {"code": code_in(sent[1].text)}).status_code == 302


def test_question_of_the_website_goes_to_the_address_that_was_typed(newsletter: UUID) -> None:
    customer(replace(CILLA, emails=("dead@example.se", HOME)))
    answers.ask_by_form(address=HOME, purpose=newsletter, language="en", **BY)
    assert [one.address for one in letters_sent(notices.CONSENT_QUESTION)] == [HOME]


def test_other_links_end_when_one_is_used_and_when_the_customer_leaves(cilla: UUID, browser: Client) -> None:
    for _time in range(3):
        browser.post("/my/come-in/", {"email": OLD})
    one, two, three = [links_in(letter.text)[0] for letter in letters_sent(notices.PORTAL_LINK)]
    assert [browser.post(path).status_code for path in (one, two, three)] == [302, 404, 404]
    PortalLink.objects.filter(used_at=None).update(ended_at=None)  # as one that was asked for since
    browser.post("/my/leave/")
    assert [browser.post(path).status_code for path in (two, three)] == [404, 404]


@pytest.fixture
def at_home(newsletter: UUID, browser: Client) -> Client:
    """Cilla, who shares a mailbox with Dan, at a page of one of them."""
    customer(Details(name="Cilla Ek", emails=(HOME,)))
    come_in(browser, HOME)
    customer(Details(name="Dan Ek", emails=(HOME,)))
    return browser


@pytest.mark.parametrize("page", ["data", "looks"])
def test_mailbox_of_two_shows_nothing_that_is_known_of_one(at_home: Client, page: str) -> None:
    answer = at_home.get(f"/my/{page}/")
    assert answer.status_code == 403
    assert "with more than one of its customers" in read(answer)
    assert "Cilla" not in read(answer)


def test_mailbox_of_two_says_yes_and_no(at_home: Client, newsletter: UUID) -> None:
    fill_in(at_home, "/my/consents/", {newsletter: "yes"})
    [who] = {one.customer_ref for one in PortalSession.objects.all()}
    assert kinds(who) == ["GIVEN"]


@pytest.mark.parametrize(("is_shared", "known_by"), [(True, ""), (False, "portal")])
def test_request_out_of_a_mailbox_of_two_leaves_open_who_asks(
    at_home: Client, is_shared: bool, known_by: str
) -> None:
    if not is_shared:
        Customer.objects.exclude(pk=PortalSession.objects.get().customer_ref).delete()
    at_home.post("/my/requests/", {"kind": "RESTRICTION", "words": ""})
    assert Case.objects.get().identity_check == known_by
