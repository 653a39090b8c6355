"""A customer's own page: how long a visit lasts, and what is read and done there."""

import re
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

import pytest
import time_machine
from django.conf import settings
from django.test import Client

from tests.by_right.consenting import NOTES, come_in, customer, fill_in, holds, kinds, letters_sent, read, say
from tests.cast import CILLA, DAN, NOW
from tests.erasure.erasing import keep_longer
from tryggve.accounts.models import User
from tryggve.accounts.policy import EVERYBODY
from tryggve.audit.models import Entry
from tryggve.domains.customers.models import Customer
from tryggve.domains.customers.selectors import sensitive
from tryggve.domains.customers.services import imports, notes
from tryggve.domains.customers.tests.numbers import CILLAS, CILLAS_WRITTEN, keep
from tryggve.domains.rights import notices
from tryggve.domains.rights.models import Case
from tryggve.domains.rights.services import packages
from tryggve.domains.rights.services.links import links
from tryggve.domains.rights.services.portal import answers, portal
from tryggve.domains.rights.services.requests.case_answers import IdentityUnknown
from tryggve.domains.rights.tests.purposes import id_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("firm", "clock")]
COOKIE = settings.PORTAL_COOKIE_NAME
ASK = "/my/come-in/"


def test_cookie_is_hidden_from_scripts_and_apart_from_who_works_here(inside: Client) -> None:
    cookie = inside.cookies[COOKIE]
    assert (cookie["httponly"], cookie["samesite"], cookie["path"]) == (True, "Lax", "/")
    assert COOKIE != settings.SESSION_COOKIE_NAME
    assert settings.SESSION_COOKIE_NAME not in inside.cookies
    assert inside.get("/customers/").status_code == 302  # to sign in
    assert User.objects.count() == 0


@pytest.mark.parametrize(
    ("later", "is_in"),
    [(portal.IDLE, True), (portal.IDLE + timedelta(seconds=1), False)],
)
def test_visit_ends_after_half_an_hour_without_a_click(
    inside: Client, clock: time_machine.Traveller, later: timedelta, is_in: bool
) -> None:
    clock.move_to(NOW + later)
    assert inside.get("/my/consents/").status_code == (200 if is_in else 302)


def test_visit_ends_after_two_hours_however_busy(inside: Client, clock: time_machine.Traveller) -> None:
    statuses = []
    for minutes in (25, 50, 75, 100, 119, 121):
        clock.move_to(NOW + timedelta(minutes=minutes))
        statuses.append(inside.get("/my/consents/").status_code)
    assert statuses == [200, 200, 200, 200, 200, 302]


def test_who_leaves_is_out_and_the_old_cookie_opens_nothing(inside: Client) -> None:
    old = inside.cookies[COOKIE].value
    assert inside.post("/my/leave/").status_code == 302
    thief = Client()
    thief.cookies[COOKIE] = old
    for one in (inside, thief):
        assert one.get("/my/data/").status_code == 302


def test_customer_who_is_put_aside_is_out(inside: Client, cilla: UUID) -> None:
    Customer.objects.filter(pk=cilla).update(state=Customer.State.PUT_ASIDE)
    assert inside.get("/my/data/").status_code == 302


def test_ended_links_and_visits_are_forgotten_after_a_month(inside: Client) -> None:
    long_after: datetime = NOW + timedelta(days=32)
    assert links.forget_ended(now=NOW + timedelta(days=29)) == 0
    assert (links.forget_ended(now=long_after), portal.forget_ended(now=long_after)) == (1, 1)


@pytest.mark.parametrize("page", ["", "data/", "consents/", "requests/", "looks/"])
def test_pages_lead_strangers_to_the_door(as_mallory: Client, page: str) -> None:
    as_mallory.cookies[COOKIE] = "made-up"
    answer = as_mallory.get(f"/my/{page}")
    assert (answer.status_code, answer["Location"]) == (302, ASK)


def test_my_data_shows_the_card_and_no_sensitive_details(inside: Client, cilla: UUID) -> None:
    keep(cilla, CILLAS)
    page = read(inside.get("/my/data/"))
    assert "Cilla Åkerström" in page
    assert "070-174 06 05" in page
    assert CILLAS_WRITTEN not in page
    assert CILLAS.digits not in page
    assert Entry.objects.filter(action="rights.portal-read", subject=cilla).count() == 1


def test_my_data_shows_nothing_that_somebody_must_look_at_first(inside: Client, cilla: UUID) -> None:
    listed = f"Name;E-mail;Personnummer\nCilla Åkerström;{CILLA.emails[0]};{CILLAS_WRITTEN}\n"
    imports.preview_file(name="a.csv", content=listed.encode(), source="", actor="system", at=NOW)
    notes.add_note(customer=cilla, text="Pays late.", actor="system", at=NOW, reach=EVERYBODY)
    keep_longer(cilla)
    page = read(inside.get("/my/data/"))
    assert "Cilla Åkerström" in page
    hidden = (CILLAS_WRITTEN, CILLAS.digits, "Pays late.", "she-owes-us")
    assert [one for one in hidden if one in page] == []


def test_who_has_looked_tells_role_time_and_reason_and_names_only_if_the_company_chose(
    inside: Client, cilla: UUID, anna: User, as_anna: Client
) -> None:
    as_anna.get(f"/customers/{cilla}/")
    keep(cilla, CILLAS)
    sensitive.sensitive_revealed(
        customer=cilla, reason="The tax return", actor=anna.actor, at=NOW, reach=EVERYBODY
    )
    page = read(inside.get("/my/looks/"))
    assert "<bdi>Owner</bdi>" in page
    assert "Reason: The tax return" in page
    assert "Anna Ek" not in page
    portal.choose(shows_names=True, actor=anna.actor, at=NOW)
    assert "Anna Ek, Owner" in read(inside.get("/my/looks/"))


def test_yes_is_taken_back_on_the_own_page_with_one_click_and_nothing_else_is_said(
    inside: Client, cilla: UUID, newsletter: UUID
) -> None:
    other = id_of(NOTES)
    for one in (newsletter, other):
        say(cilla, one, at=NOW - timedelta(days=1))
    page = inside.get("/my/consents/").content.decode()
    buttons = re.findall(r'type="submit" form="take-back" name="(take-back)" value="([^"]+)"', page)
    assert {purpose for _name, purpose in buttons} == {str(newsletter), str(other)}
    assert inside.post("/my/consents/", {"take-back": str(newsletter)}).status_code == 302
    assert (holds(cilla, newsletter), holds(cilla, other)) == (False, True)
    assert inside.get("/my/consents/").content.decode().count('name="take-back"') == 1


@pytest.mark.parametrize("typed", ["", "nonsense", "00000000-0000-7000-8000-000000000000"])
def test_button_of_nothing_takes_nothing_back(
    inside: Client, cilla: UUID, newsletter: UUID, typed: str
) -> None:
    say(cilla, newsletter, at=NOW - timedelta(days=1))
    assert inside.post("/my/consents/", {"take-back": typed}).status_code == 302
    assert (kinds(cilla), holds(cilla, newsletter)) == (["GIVEN"], True)


def test_request_made_on_the_own_page_is_a_case_with_a_clock(inside: Client, cilla: UUID) -> None:
    inside.post("/my/requests/", {"kind": "ACCESS", "words": "Everything, please."})
    case = Case.objects.get()
    assert (case.customer_ref, case.kind, case.channel, case.state) == (cilla, "ACCESS", "PORTAL", "OPEN")
    assert case.due_on > case.received_on
    assert "You get an answer by" in read(inside.get("/my/requests/"))


@pytest.mark.parametrize(("kind", "known"), [("ACCESS", ""), ("PORTABILITY", ""), ("ERASURE", "portal")])
def test_mailbox_alone_is_not_enough_for_all_that_is_held(
    inside: Client, cilla: UUID, kind: str, known: str
) -> None:
    inside.post("/my/requests/", {"kind": kind, "words": ""})
    case = Case.objects.get()
    assert case.identity_check == known
    if not known:
        with pytest.raises(IdentityUnknown):
            packages.make_now(case=case.pk, language="en", actor="system", at=NOW, reach=EVERYBODY)


def test_request_made_on_the_own_page_is_receipted_by_mail_without_what_was_written(
    inside: Client, cilla: UUID
) -> None:
    inside.post("/my/requests/", {"kind": "ERASURE", "words": "Because of Mallory."})
    [letter] = letters_sent(notices.CASE_RECEIVED)
    assert letter.address == CILLA.emails[0]
    assert "To be erased (art. 17)" in letter.text
    assert "You get an answer by April 2, 2026." in letter.text
    assert "Mallory" not in letter.text


def test_request_of_a_customer_without_an_address_is_a_case_all_the_same(newsletter: UUID) -> None:
    nobody = customer(replace(CILLA, emails=()))
    told: dict[str, Any] = {"kind": Case.Kind.ACCESS, "words": "", "language": "en", "at": NOW}
    answers.ask_by_right(customer=nobody, **told)
    assert (Case.objects.count(), letters_sent(notices.CASE_RECEIVED)) == (1, [])


def test_requests_of_others_are_not_shown(inside: Client) -> None:
    answers.ask_by_right(customer=customer(DAN), kind=Case.Kind.ERASURE, words="", language="en", at=NOW)
    assert "You get an answer by" not in read(inside.get("/my/requests/"))


def test_yes_and_no_on_the_own_page_count_at_once(
    inside: Client, cilla: UUID, newsletter: UUID, clock: time_machine.Traveller
) -> None:
    fill_in(inside, "/my/consents/", {newsletter: "yes"})
    assert holds(cilla, newsletter)
    clock.shift(60)
    fill_in(inside, "/my/consents/", {newsletter: "no"})
    assert not holds(cilla, newsletter, NOW + timedelta(minutes=1))
    assert kinds(cilla) == ["GIVEN", "WITHDRAWN"]
    clock.shift(60)
    inside.post("/my/consents/", {f"purpose-{newsletter}": "no", "purpose-nonsense": "yes"})
    assert kinds(cilla) == ["GIVEN", "WITHDRAWN"]


def test_receipt_is_handed_out_to_whom_it_is_about_alone(
    inside: Client, cilla: UUID, newsletter: UUID
) -> None:
    event = say(cilla, newsletter)
    made = inside.get(f"/my/consents/{event}/receipt/")
    assert made.json()["record_id"] == str(event)
    dan = Client()
    customer(DAN)
    come_in(dan, DAN.emails[0])
    assert dan.get(f"/my/consents/{event}/receipt/").status_code == 404


def test_form_of_another_site_changes_nothing(inside: Client, cilla: UUID, newsletter: UUID) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.cookies[COOKIE] = inside.cookies[COOKIE].value
    assert strict.post("/my/consents/", {f"purpose-{newsletter}": "yes"}).status_code == 403
    assert kinds(cilla) == []


def test_addresses_of_pages_say_nothing_of_who_reads_them(inside: Client, cilla: UUID) -> None:
    page = inside.get("/my/", follow=True)
    assert [urlsplit(address).path for address, _status in page.redirect_chain] == ["/my/consents/"]
    assert page["Cache-Control"].count("no-store") == 1
