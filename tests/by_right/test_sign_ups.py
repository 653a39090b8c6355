"""Strangers who sign up by a form on the company's website, and who else might try it."""

import re
from datetime import timedelta
from html import unescape
from typing import Any
from uuid import UUID

import pytest
import time_machine
from django.test import Client

from tests.by_right.consenting import (
    NOTES,
    customer,
    delivered,
    fill_in,
    holds,
    kinds,
    letters_sent,
    links_in,
    send_through,
    text_of,
)
from tests.cast import CILLA, DAN, NOW
from tryggve import vault
from tryggve.accounts.policy import EVERYBODY
from tryggve.audit.models import Entry
from tryggve.domains.customers import api as customers
from tryggve.domains.customers.models import Customer
from tryggve.domains.customers.selectors import register
from tryggve.domains.customers.tests import power
from tryggve.domains.rights import gates, notices
from tryggve.domains.rights.models import Erasure, SignUp
from tryggve.domains.rights.services.destruction import destroying
from tryggve.domains.rights.services.erasure import erasures
from tryggve.domains.rights.services.portal import sign_ups
from tryggve.domains.rights.tests import purposes
from tryggve.notices.tests.conftest import office
from tryggve.notices.tests.post_office import PostOffice
from tryggve.privacy import services as privacy
from tryggve.privacy.subjects import Kind, Subject

__all__ = ["office"]
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("firm", "clock")]
FORM = "/consent/sign-up/"
MINUTE = timedelta(minutes=1)
SEEN: dict[str, Any] = {"actor": "system", "at": NOW, "reach": EVERYBODY}


def send(*wanted: UUID, email: str = "eva@example.se", **other: str) -> Any:
    """From the company's website, by a browser that was never here."""
    typed = {"name": "Eva Ek", "email": email, "language": "en", **other}
    return Client(enforce_csrf_checks=True).post(FORM, {**typed, "purpose": [str(one) for one in wanted]})


def link() -> str:
    """The path in the mail to a stranger."""
    [letter] = letters_sent(notices.SIGN_UP)
    [path] = links_in(letter.text)
    return path


def press(path: str, browser: Client | None = None) -> Any:
    """Read the page behind the mail, and press its button."""
    browser = browser or Client()
    page = browser.get(path).content.decode()
    return browser.post(path, dict(re.findall(r'name="(words-[^"]+)" value="([^"]+)"', page)))


def read(answer: Any) -> str:
    return unescape(" ".join(answer.content.decode().split()))


def test_stranger_becomes_a_customer_who_said_yes_by_the_button_behind_a_real_mail(
    newsletter: UUID, office: PostOffice, clock: time_machine.Traveller
) -> None:
    send_through(office)
    notes = purposes.id_of(NOTES)
    assert send(newsletter).status_code == 302
    [path] = links_in(text_of(delivered(office, at=NOW)[0]))
    clock.shift(60)
    browser = Client()
    assert "Do you say yes?" in read(browser.get(path))
    fill_in(browser, path)
    [row] = Customer.objects.all()
    card = register.customer_card(customer=row.pk, page="card", **SEEN)
    assert (card.details.name, card.details.emails) == ("Eva Ek", ("eva@example.se",))
    assert card.details.source == "the form on the website"
    at = NOW + MINUTE
    assert (holds(row.pk, newsletter, at), holds(row.pk, notes, at)) == (True, False)
    assert "Take it back with one click" in text_of(delivered(office, at=at)[1])


def test_nothing_is_in_the_register_before_the_button(newsletter: UUID) -> None:
    send(newsletter)
    path = link()
    Client().get(path)
    Client().head(path)
    assert (Customer.objects.count(), SignUp.objects.count()) == (0, 1)
    assert b"Eva" not in bytes(SignUp.objects.get().words_sealed)


def test_button_works_once(newsletter: UUID) -> None:
    send(newsletter)
    path = link()
    answers = [fill_in(Client(), path).status_code for _time in range(2)]
    assert (answers, Customer.objects.count(), SignUp.objects.count()) == ([200, 404], 1, 0)
    assert Client().get(path).status_code == 404


def test_guessed_link_is_the_same_page_as_a_used_one(newsletter: UUID) -> None:
    send(newsletter)
    path = link()
    fill_in(Client(), path)
    pages = [read(Client().post(one)) for one in (path, "/consent/sign-up/guessed/")]
    used, guessed = (page.partition("</main>")[0] for page in pages)
    assert used == guessed


def test_page_behind_the_mail_shows_nobody_who_filled_in_the_form(newsletter: UUID) -> None:
    send(newsletter)
    page = read(Client().get(link()))
    assert ("Eva" in page, "eva@" in page) == (False, False)


def test_mail_carries_no_words_of_whoever_filled_in_the_form(newsletter: UUID) -> None:
    send(newsletter, name="BUY NOW at mallory.example")
    [letter] = letters_sent()
    assert "mallory" not in letter.subject + letter.text


def test_answer_is_alike_for_a_stranger_a_customer_and_one_who_was_erased(newsletter: UUID) -> None:
    customer(CILLA)
    gone = customer(DAN)
    erasures.ask_erasure(customer=gone, ground=Erasure.Ground.REQUEST, **SEEN)
    told = [send(newsletter, email=one) for one in ("eva@example.se", *CILLA.emails, *DAN.emails)]
    assert len({(one.status_code, one["Location"]) for one in told}) == 1
    assert {one.address for one in letters_sent()} == {"eva@example.se", *CILLA.emails}
    assert SignUp.objects.count() == 2


def test_who_asks_to_be_erased_after_the_form_is_let_in_by_no_button(newsletter: UUID) -> None:
    cilla = customer(CILLA)
    send(newsletter, email=CILLA.emails[0])
    path = link()
    erasures.ask_erasure(customer=cilla, ground=Erasure.Ground.REQUEST, **SEEN)
    assert fill_in(Client(), path).status_code == 404
    assert Customer.objects.filter(state=Customer.State.ACTIVE).count() == 0


@pytest.mark.parametrize(("ground", "left"), [("REQUEST", 1), ("DUE", 2)])
def test_form_of_who_asked_to_be_erased_goes_with_its_key_and_mail(
    newsletter: UUID, ground: str, left: int
) -> None:
    cilla = customer(CILLA)
    send(newsletter, email="CILLA@example.se")
    [mail] = letters_sent()
    send(newsletter, email="eva@example.se")
    before = power.keys_kept()
    erasures.ask_erasure(customer=cilla, ground=Erasure.Ground(ground), **SEEN)
    destroying.destroy_due(at=NOW + timedelta(days=14))
    assert (SignUp.objects.count(), mail in letters_sent()) == (left, left == 2)
    assert len(before - power.keys_kept()) == (2 if left == 1 else 1)  # the card's, and the form's


def test_who_is_a_customer_already_says_yes_and_is_not_there_twice(newsletter: UUID) -> None:
    cilla = customer(CILLA)
    send(newsletter, email="Cilla@Example.SE")
    press(link())
    assert (Customer.objects.count(), kinds(cilla), holds(cilla, newsletter)) == (1, ["GIVEN"], True)


def test_of_two_who_share_an_address_the_one_of_that_name_says_yes(newsletter: UUID) -> None:
    first, second = customer(CILLA), customer(CILLA)
    eva = customers.add_signed_up(name="Eva Ek", email=CILLA.emails[0], source="", actor="system", at=NOW)
    send(newsletter, email=CILLA.emails[0])
    press(link())
    assert [holds(one, newsletter) for one in (first, second, eva)] == [False, False, True]


def test_who_shares_an_address_with_two_others_is_a_customer_of_their_own(newsletter: UUID) -> None:
    for _time in range(2):
        customer(CILLA)
    send(newsletter, email=CILLA.emails[0])
    press(link())
    assert Customer.objects.count() == 3


def test_link_runs_out_and_is_forgotten_with_its_key(newsletter: UUID, clock: time_machine.Traveller) -> None:
    send(newsletter)
    path, key = link(), vault.key_id_of(bytes(SignUp.objects.get().words_sealed))
    assert key in gates.keys_in_use()
    clock.move_to(NOW + sign_ups.LASTS)
    assert fill_in(Client(), path).status_code == 404
    assert (sign_ups.forget_ended(now=NOW), sign_ups.forget_ended(now=NOW + sign_ups.LASTS)) == (0, 1)
    assert (vault.keyring().missing([key]), letters_sent()) == ({key}, [])


def test_key_of_the_form_is_destroyed_by_the_button(
    newsletter: UUID, django_capture_on_commit_callbacks: Any
) -> None:
    send(newsletter)
    path, key = link(), vault.key_id_of(bytes(SignUp.objects.get().words_sealed))
    with django_capture_on_commit_callbacks(execute=True):
        fill_in(Client(), path)
    assert vault.keyring().missing([key]) == {key}


def test_address_gets_no_more_than_three_mails_an_hour(newsletter: UUID) -> None:
    told = {send(newsletter).status_code for _time in range(5)}
    assert (told, len(letters_sent())) == ({302, 429}, 3)


def test_place_that_fills_in_many_forms_is_stopped(newsletter: UUID) -> None:
    told = [send(newsletter, email=f"eva{number}@example.se").status_code for number in range(21)]
    assert told == [302] * 20 + [429]


def test_flood_of_forms_fills_nothing_up(newsletter: UUID, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sign_ups, "MOST_WAITING", 1)
    told = [send(newsletter, email=f"eva{number}@example.se").status_code for number in range(2)]
    assert (told, SignUp.objects.count(), len(letters_sent())) == ([302, 302], 1, 1)


@pytest.mark.parametrize("typed", [{"email": "no address"}, {"name": " "}, {"purpose": "none"}])
def test_form_that_is_not_whole_is_shown_again(newsletter: UUID, typed: dict[str, str]) -> None:
    told = {
        "name": "Eva Ek",
        "email": "eva@example.se",
        "purpose": str(newsletter),
        "language": "en",
        **typed,
    }
    assert Client().post(FORM, told).status_code == 200
    assert letters_sent() == []


def test_nobody_signs_up_for_what_needs_no_consent(newsletter: UUID) -> None:
    assert send(purposes.id_of("coaching")).status_code == 200
    assert letters_sent() == []


def test_log_tells_of_the_form_without_who_it_was(newsletter: UUID) -> None:
    send(newsletter)
    press(link())
    asked, confirmed = (Entry.objects.get(action=f"rights.sign-up-{one}") for one in ("asked", "confirmed"))
    assert (asked.subject, confirmed.subject) == (None, Customer.objects.get().pk)


def test_copy_of_a_customers_data_has_the_form_that_waits(newsletter: UUID) -> None:
    cilla = customer(CILLA)
    send(newsletter, email=CILLA.emails[0])
    send(newsletter)
    told = str(privacy.export_person(Subject(Kind.CUSTOMER, cilla), actor="system", at=NOW).to_json())
    assert told.count("Form on the website") == 1


def test_piece_for_the_website_has_no_script_and_what_it_sends_is_understood(
    as_anna: Client, newsletter: UUID
) -> None:
    page = as_anna.get("/company/consents/sign-up/").content.decode()
    pieces = [unescape(one) for one in re.findall(r"<textarea[^>]*>(.*?)</textarea>", page, re.DOTALL)]
    assert len(pieces) == 2
    for piece in pieces:
        assert (FORM in piece, "<script" in piece, f'value="{newsletter}"' in piece) == (True, False, True)
        assert re.findall(r'name="(\w+)"', piece) == ["language", "name", "email", "purpose", "purpose"]
