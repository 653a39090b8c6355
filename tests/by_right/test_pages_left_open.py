"""A yes counts for what its page showed: the words, and how it stood when the page was opened."""

from uuid import UUID

import pytest
import time_machine
from django.test import Client

from tests.by_right.consenting import (
    NEWSLETTER,
    NOTES,
    fill_in,
    hidden_on,
    holds,
    kinds,
    letters_sent,
    links_in,
    read,
    say,
    withdraw,
    write,
)
from tests.cast import CILLA, NOW
from tryggve.domains.customers.engine.identity_numbers import IdentityNumber
from tryggve.domains.customers.models import Customer
from tryggve.domains.customers.tests.numbers import keep
from tryggve.domains.rights import notices
from tryggve.domains.rights.models import Case, ConsentEvent, PortalLink
from tryggve.domains.rights.services.consents import consent_questions
from tryggve.domains.rights.services.links import links
from tryggve.domains.rights.services.links.links import Use
from tryggve.domains.rights.tests.purposes import id_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("firm", "clock")]
MINE = "/my/consents/"
WIDER = "Anna may sell my address to anybody."


def question(cilla: UUID, purpose: UUID | None = None) -> str:
    """The path of the link in a mail that asks."""
    before = {one.text for one in letters_sent(notices.CONSENT_QUESTION)}
    consent_questions.ask(customer=cilla, purpose=purpose, language="en", actor="system", at=NOW)
    [path] = links_in(*({one.text for one in letters_sent(notices.CONSENT_QUESTION)} - before))
    return path


def test_page_left_open_brings_no_consent_back_that_was_withdrawn_elsewhere(
    inside: Client, cilla: UUID, newsletter: UUID, clock: time_machine.Traveller
) -> None:
    fill_in(inside, MINE, {newsletter: "yes"})
    shown = hidden_on(inside.get(MINE))
    clock.shift(60)
    [stop] = links_in(links.withdrawal_address(customer=cilla, purpose=newsletter, at=NOW))
    Client().post(stop)
    clock.shift(60)
    notes = id_of(NOTES)
    page = read(inside.post(MINE, shown | {f"purpose-{newsletter}": "yes", f"purpose-{notes}": "no"}))
    assert "has changed since you opened the page" in page
    assert not holds(cilla, newsletter, NOW.replace(year=2027))
    assert kinds(cilla) == ["GIVEN", "WITHDRAWN", "REFUSED"]  # the no beside it counts


def test_page_that_shows_a_no_says_yes_again(
    inside: Client, cilla: UUID, newsletter: UUID, clock: time_machine.Traveller
) -> None:
    for word in ("yes", "no", "yes"):
        fill_in(inside, MINE, {newsletter: word})
        clock.shift(60)
    assert kinds(cilla) == ["GIVEN", "WITHDRAWN", "GIVEN"]


def test_words_that_changed_while_the_customer_read_are_shown_again_and_nothing_is_agreed_to(
    cilla: UUID, newsletter: UUID
) -> None:
    path, browser = question(cilla), Client()
    shown = hidden_on(browser.get(path))
    write(NEWSLETTER, text=WIDER)
    page = read(browser.post(path, shown | {f"purpose-{newsletter}": "yes"}))
    assert ("has changed since" in page, WIDER in page) == (True, True)
    assert kinds(cilla) == ["ASKED", "ASKED"]
    fill_in(browser, path, {newsletter: "yes"})
    event = ConsentEvent.objects.get(kind="GIVEN")
    assert event.text is not None
    assert event.text.text == WIDER


@pytest.mark.parametrize("words", ["", "nonsense", "00000000-0000-0000-0000-000000000000"])
def test_yes_without_the_words_that_were_read_is_none(cilla: UUID, newsletter: UUID, words: str) -> None:
    path = question(cilla)
    Client().post(path, {f"purpose-{newsletter}": "yes", f"words-{newsletter}": words})
    assert kinds(cilla) == ["ASKED", "ASKED"]
    assert PortalLink.objects.get(use=Use.CONSENT).is_open(NOW)


def test_question_from_before_a_withdrawal_brings_no_consent_back(
    cilla: UUID, newsletter: UUID, clock: time_machine.Traveller
) -> None:
    old, about_all = question(cilla, newsletter), question(cilla)
    about_notes = question(cilla, id_of(NOTES))
    clock.shift(60)
    say(cilla, newsletter, at=NOW)
    withdraw(cilla, newsletter, at=NOW)
    statuses = [Client().get(path).status_code for path in (old, about_all, about_notes)]
    assert statuses == [404, 404, 200]
    new = question(cilla, newsletter)
    assert Client().get(new).status_code == 200


def test_no_beside_a_refused_yes_counts_and_leaves_the_link_open(cilla: UUID, newsletter: UUID) -> None:
    path, browser = question(cilla), Client()
    shown = hidden_on(browser.get(path))
    write(NOTES, text=WIDER)
    answer = browser.post(path, shown | {f"purpose-{newsletter}": "no", f"purpose-{id_of(NOTES)}": "yes"})
    assert "choose anew" in read(answer)
    assert sorted(kinds(cilla)) == ["ASKED", "ASKED", "REFUSED"]
    assert browser.get(path).status_code == 200


def test_who_objected_is_asked_neither_by_staff_nor_by_a_form(cilla: UUID, newsletter: UUID) -> None:
    Case.objects.create(
        customer_ref=cilla, kind="OBJECTION", channel="MAIL", received_on=NOW.date(), due_on=NOW.date(),
        words_sealed=b"", opened_at=NOW, opened_by="system",
    )  # fmt: skip
    with pytest.raises(consent_questions.SaidNoToMail):
        question(cilla, newsletter)
    sent = Client().post("/consent/form/newsletter/", {"email": CILLA.emails[0]})
    assert (sent.status_code, sent["Location"]) == (302, "/my/come-in/sent/")
    assert (letters_sent(), kinds(cilla)) == ([], [])


def test_question_sent_before_an_objection_asks_about_the_rest(cilla: UUID, newsletter: UUID) -> None:
    path = question(cilla)
    Case.objects.create(
        customer_ref=cilla, kind="OBJECTION", channel="MAIL", received_on=NOW.date(), due_on=NOW.date(),
        words_sealed=b"", opened_at=NOW, opened_by="system", purpose_ref=newsletter,
    )  # fmt: skip
    assert read(Client().get(path)).count("<fieldset") == 1


def test_who_reads_the_mailbox_is_not_told_why_a_yes_was_refused(
    inside: Client, cilla: UUID, newsletter: UUID
) -> None:
    path = question(cilla)
    keep(cilla, IdentityNumber("se_personal", "201512310000"))  # a child's
    pages = [fill_in(inside, MINE, {newsletter: "yes"}), fill_in(Client(), path, {newsletter: "yes"})]
    Customer.objects.filter(pk=cilla).update(state=Customer.State.PUT_ASIDE)
    pages.append(fill_in(Client(), path, {newsletter: "yes"}))
    for page in map(read, pages):
        assert "Ask the company to do it" in page
        assert ("too young" in page, "not there" in page) == (False, False)


def test_stranger_signs_up_for_the_words_that_stood_beside_the_button(newsletter: UUID) -> None:
    typed = {"name": "Eva Ek", "email": "eva@example.se", "language": "en", "purpose": str(newsletter)}
    Client().post("/consent/sign-up/", typed)
    [path] = links_in(letters_sent(notices.SIGN_UP)[0].text)
    shown = hidden_on(Client().get(path))
    write(NEWSLETTER, text=WIDER)
    for sent in (shown, {}):
        page = read(Client().post(path, sent))
        assert ("has changed since" in page, WIDER in page) == (True, True)
    assert not Customer.objects.exists()
    fill_in(Client(), path)
    assert ConsentEvent.objects.get(kind="GIVEN").purpose_id == newsletter
