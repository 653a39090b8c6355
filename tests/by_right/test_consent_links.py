"""Saying yes and no from a mail, with one click, and through a form on the company's website."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
import time_machine
from django.test import Client

from tests.by_right.consenting import (
    NOTES,
    delivered,
    fill_in,
    holds,
    kinds,
    letters_sent,
    links_in,
    say,
    send_through,
    text_of,
)
from tests.cast import NOW
from tryggve.domains.customers.models import Customer
from tryggve.domains.rights import notices
from tryggve.domains.rights.models import PortalLink
from tryggve.domains.rights.selectors.consents import consents
from tryggve.domains.rights.services.consents import consent_questions
from tryggve.domains.rights.services.links import links
from tryggve.domains.rights.services.links.links import Use
from tryggve.domains.rights.tests import purposes
from tryggve.notices.tests.conftest import office
from tryggve.notices.tests.post_office import PostOffice

__all__ = ["office"]
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("firm", "clock")]
MINUTE = timedelta(minutes=1)
ONE_CLICK = {"List-Unsubscribe": "One-Click"}


@pytest.fixture
def stop(cilla: UUID, newsletter: UUID) -> str:
    """The path in a mail to Cilla, who had said yes a day before."""
    say(cilla, newsletter, at=NOW - timedelta(days=1))
    [path] = links_in(links.withdrawal_address(customer=cilla, purpose=newsletter, at=NOW))
    return path


def read(answer: Any) -> str:
    return " ".join(answer.content.decode().split())


def question(cilla: UUID, purpose: UUID | None = None) -> str:
    """The path of the link in a mail that asks."""
    consent_questions.ask(customer=cilla, purpose=purpose, language="en", actor="system", at=NOW)
    [path] = links_in(letters_sent(notices.CONSENT_QUESTION)[-1].text)
    return path


def test_question_that_came_by_real_mail_is_answered_for_each_purpose(
    cilla: UUID, newsletter: UUID, office: PostOffice, clock: time_machine.Traveller
) -> None:
    send_through(office)
    consent_questions.ask(customer=cilla, purpose=None, language="en", actor="system", at=NOW)
    [path] = links_in(text_of(delivered(office, at=NOW)[0]))
    clock.shift(60)
    notes, browser = purposes.id_of(NOTES), Client()
    fill_in(browser, path, {newsletter: "yes", notes: "no"})
    assert (holds(cilla, newsletter, NOW + MINUTE), holds(cilla, notes, NOW + MINUTE)) == (True, False)
    assert sorted(kinds(cilla)) == ["ASKED", "ASKED", "GIVEN", "REFUSED"]
    receipt = delivered(office, at=NOW + MINUTE)[1]
    assert "Take it back with one click" in text_of(receipt)


def test_opening_the_question_changes_nothing_and_tells_nobody_how_it_stands(
    cilla: UUID, newsletter: UUID
) -> None:
    say(cilla, newsletter, at=NOW - timedelta(days=1))
    path = question(cilla)
    page = read(Client().get(path))
    assert ("Cilla" in page, " checked" in page) == (False, False)
    assert kinds(cilla) == ["GIVEN", "ASKED", "ASKED"]
    assert PortalLink.objects.get(use=Use.CONSENT).used_at is None


def test_question_is_answered_once(cilla: UUID, newsletter: UUID) -> None:
    path = question(cilla)
    Client().post(path, {f"purpose-{newsletter}": "no"})
    assert fill_in(Client(), path, {newsletter: "yes"}).status_code == 404
    assert not holds(cilla, newsletter)


def test_question_about_one_purpose_answers_no_other(cilla: UUID, newsletter: UUID) -> None:
    path = question(cilla, newsletter)
    notes = purposes.id_of(NOTES)
    assert read(Client().get(path)).count("<fieldset") == 1
    text = consents.newest_texts()[notes]["en"].id
    Client().post(path, {f"purpose-{notes}": "yes", f"words-{notes}": str(text)})
    assert not holds(cilla, notes)


def test_question_runs_out_after_thirty_days(cilla: UUID, clock: time_machine.Traveller) -> None:
    path = question(cilla)
    clock.move_to(NOW + timedelta(days=30))
    assert Client().post(path).status_code == 404


def test_answer_that_is_refused_leaves_the_link_to_be_used(
    cilla: UUID, newsletter: UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = question(cilla)
    Customer.objects.filter(pk=cilla).update(state=Customer.State.PUT_ASIDE)
    assert "Ask the company to do it" in read(fill_in(Client(), path, {newsletter: "yes"}))
    assert PortalLink.objects.get(use=Use.CONSENT).used_at is None


def test_mail_program_withdraws_with_one_post_and_no_cookie(cilla: UUID, newsletter: UUID, stop: str) -> None:
    answer = Client(enforce_csrf_checks=True).post(stop, ONE_CLICK)
    assert answer.status_code == 200
    assert not holds(cilla, newsletter)


def test_looking_at_the_link_that_withdraws_shows_a_button_and_withdraws_nothing(
    cilla: UUID, newsletter: UUID, stop: str
) -> None:
    page = read(Client().get(stop))
    assert ("Take it back" in page, "Cilla" in page) == (True, False)
    Client().head(stop)
    assert holds(cilla, newsletter)


def test_pressed_twice_it_is_one_withdrawal(cilla: UUID, stop: str) -> None:
    assert [Client().post(stop).status_code for _time in range(2)] == [200, 200]
    assert kinds(cilla) == ["GIVEN", "WITHDRAWN"]


def test_link_that_withdraws_one_purpose_leaves_the_others(cilla: UUID, newsletter: UUID, stop: str) -> None:
    notes = purposes.id_of(NOTES)
    say(cilla, notes, at=NOW - timedelta(days=1))
    Client().post(stop)
    assert (holds(cilla, newsletter), holds(cilla, notes)) == (False, True)


def test_link_that_withdraws_opens_no_page_of_the_customers(stop: str) -> None:
    token = stop.rstrip("/").rsplit("/", 1)[-1]
    for path in (f"/my/link/{token}/", f"/consent/{token}/"):
        assert Client().post(path).status_code == 404


def test_link_that_withdraws_works_after_a_year(
    cilla: UUID, newsletter: UUID, stop: str, clock: time_machine.Traveller
) -> None:
    clock.move_to(NOW + timedelta(days=400))
    assert Client().post(stop, ONE_CLICK).status_code == 200
    assert not holds(cilla, newsletter, NOW + timedelta(days=400))


def test_form_on_a_website_counts_only_after_the_button_behind_the_mail(
    cilla: UUID, newsletter: UUID, clock: time_machine.Traveller
) -> None:
    visitor = Client(enforce_csrf_checks=True)
    sent = visitor.post("/consent/form/newsletter/", {"email": "cilla@example.se"})
    assert (sent.status_code, holds(cilla, newsletter)) == (302, False)
    [path] = links_in(letters_sent(notices.CONSENT_QUESTION)[-1].text)
    clock.shift(60)
    fill_in(Client(), path, {newsletter: "yes"})
    assert holds(cilla, newsletter, NOW + MINUTE)


def test_form_answers_alike_whoever_types_whichever_address(cilla: UUID) -> None:
    answers = [
        Client().post("/consent/form/newsletter/", {"email": address})
        for address in ("cilla@example.se", "nobody@example.se")
    ]
    assert len({(one.status_code, one["Location"]) for one in answers}) == 1
    assert [letter.address for letter in letters_sent()] == ["cilla@example.se"]


@pytest.mark.parametrize("code", ["coaching", "none"])
def test_there_is_no_form_for_what_needs_no_consent(cilla: UUID, code: str) -> None:
    assert Client().get(f"/consent/form/{code}/").status_code == 404
