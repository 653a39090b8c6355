"""The way in to a customer's own page, and every way in which somebody else might try."""

from typing import Any
from uuid import UUID

import pytest
import time_machine
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.by_right.consenting import (
    code_in,
    customer,
    delivered,
    letters_sent,
    links_in,
    read,
    send_through,
    text_of,
)
from tests.cast import CILLA, DAN, NOW
from tryggve.audit.models import Entry
from tryggve.domains.rights import notices
from tryggve.domains.rights.models import PortalLink, PortalSession
from tryggve.domains.rights.services.links import links
from tryggve.domains.rights.services.links.links import Use
from tryggve.notices.tests.conftest import office
from tryggve.notices.tests.post_office import PostOffice

__all__ = ["office"]
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("firm", "clock")]
COOKIE = settings.PORTAL_COOKIE_NAME
ASK = "/my/come-in/"
ENDED = "This link doesn't work any more"


def asked_by_mail(browser: Client) -> str:
    """The path of the link that came."""
    browser.post(ASK, {"email": CILLA.emails[0]})
    [path] = links_in(letters_sent(notices.PORTAL_LINK)[-1].text)
    return path


def test_link_from_a_real_mail_leads_in_with_one_button(
    cilla: UUID, browser: Client, office: PostOffice
) -> None:
    send_through(office)
    browser.post(ASK, {"email": "Cilla@Example.se"})
    [mail] = delivered(office, at=NOW)
    assert mail["To"] == "cilla@example.se"
    [path] = links_in(text_of(mail))
    assert "Come in" in read(browser.get(path))
    answer = browser.post(path)
    assert (answer.status_code, answer["Location"]) == (302, "/my/")
    assert "What I agree to" in read(browser.get("/my/", follow=True))


def test_opening_the_link_as_mail_scanners_do_uses_nothing_up(cilla: UUID, browser: Client) -> None:
    path = asked_by_mail(browser)
    before = list(PortalLink.objects.values_list())
    for scanner in (Client(), Client(), browser):
        assert scanner.get(path).status_code == 200
        assert scanner.head(path).status_code in (200, 405)
    assert (list(PortalLink.objects.values_list()), PortalSession.objects.count()) == (before, 0)
    assert browser.post(path).status_code == 302


def test_link_works_once(inside: Client, cilla: UUID) -> None:
    path = links_in(letters_sent()[0].text)[0]
    again = inside.post(path)
    assert (again.status_code, ENDED in again.content.decode()) == (404, True)
    assert PortalSession.objects.count() == 1


def test_link_that_has_run_out_opens_nothing(
    cilla: UUID, browser: Client, clock: time_machine.Traveller
) -> None:
    path = asked_by_mail(browser)
    clock.move_to(NOW + links.LASTS[Use.PORTAL])
    assert browser.get(path).status_code == browser.post(path).status_code == 404
    assert not PortalSession.objects.exists()


def test_link_that_was_sent_on_asks_for_a_code_that_goes_to_the_card(
    cilla: UUID, browser: Client, as_mallory: Client
) -> None:
    path = asked_by_mail(browser)
    assert "another browser" in read(as_mallory.get(path))
    assert "six digits" in read(as_mallory.post(path))
    [code] = letters_sent(notices.PORTAL_CODE)
    assert code.address == "cilla@example.se"
    assert not PortalSession.objects.exists()
    wrong = f"{(int(code_in(code.text)) + 1) % 1_000_000:06}"
    assert "not the code" in read(as_mallory.post(path, {"code": wrong}))
    assert COOKIE not in as_mallory.cookies
    assert as_mallory.post(path, {"code": code_in(code.text)}).status_code == 302


def test_fifth_wrong_code_ends_the_link(cilla: UUID, browser: Client, as_mallory: Client) -> None:
    path = asked_by_mail(browser)
    as_mallory.post(path)
    right = code_in(letters_sent(notices.PORTAL_CODE)[-1].text)
    guesses = [f"{(int(right) + more) % 1_000_000:06}" for more in range(1, 6)]
    assert [as_mallory.post(path, {"code": one}).status_code for one in guesses] == [200] * 5
    assert as_mallory.post(path, {"code": right}).status_code == 404
    assert browser.post(path).status_code == 404


def test_no_code_opens_a_link_before_one_was_mailed(cilla: UUID, browser: Client, as_mallory: Client) -> None:
    path = asked_by_mail(browser)
    for guess in ("000000", " "):
        as_mallory.post(path, {"code": guess})
    assert not PortalSession.objects.exists()


def test_codes_are_mailed_three_times_an_hour(cilla: UUID, browser: Client, as_mallory: Client) -> None:
    path = asked_by_mail(browser)
    assert [as_mallory.post(path).status_code for _time in range(4)] == [200, 200, 200, 429]


def test_guessing_links_is_stopped_and_the_count_is_shared(cilla: UUID, as_mallory: Client) -> None:
    tried = [as_mallory.get(f"/my/link/guess-{number}/").status_code for number in range(21)]
    assert tried == [404] * 20 + [429]
    refused = Entry.objects.filter(action="rights.portal-refused")
    assert [one.facts for one in refused] == [{"reason": "ended"}] * 20
    assert Client().post("/consent/guess/").status_code == 429  # another browser, the same place


def test_known_and_unknown_address_get_the_same_answer_with_the_same_work(
    cilla: UUID, browser: Client
) -> None:
    browser.post(ASK, {"email": "warm@example.se"})
    asked, answers = [], []
    for address in ("cilla@example.se", "nobody@example.se"):
        with CaptureQueriesContext(connection) as queries:
            answers.append(Client().post(ASK, {"email": address}))
        asked.append([one["sql"].split(" ", 1)[0] for one in queries if "SAVEPOINT" not in one["sql"]])
    known, unknown = answers
    assert (known.status_code, known["Location"]) == (unknown.status_code, unknown["Location"])
    assert set(known.cookies) == set(unknown.cookies)
    assert sorted(asked[0]) == sorted(asked[1])
    assert [letter.address for letter in letters_sent()] == ["cilla@example.se"]


def test_nobody_is_flooded_with_links(cilla: UUID) -> None:
    told = [Client().post(ASK, {"email": "cilla@example.se"}).status_code for _time in range(5)]
    assert (told, len(letters_sent())) == ([302, 302, 302, 429, 429], 3)


def test_two_who_share_an_address_get_a_link_each(cilla: UUID, browser: Client) -> None:
    customer(DAN)
    other = customer(type(CILLA)(name="Bertil Åkerström", emails=CILLA.emails))
    browser.post(ASK, {"email": CILLA.emails[0]})
    assert len(letters_sent()) == 2
    assert set(PortalLink.objects.values_list("customer_ref", flat=True)) == {cilla, other}


def test_links_begin_with_the_configured_address_whatever_the_request_says(
    cilla: UUID, browser: Client, settings: Any
) -> None:
    settings.ORIGIN = "https://tryggve.example.se"
    settings.ALLOWED_HOSTS = ["*"]
    browser.post(ASK, {"email": CILLA.emails[0]}, headers={"Host": "mallory.example"})
    text = letters_sent()[-1].text
    assert "https://tryggve.example.se/my/link/" in text
    assert "mallory" not in text


def test_database_holds_neither_link_nor_cookie_nor_code(cilla: UUID, browser: Client) -> None:
    path = asked_by_mail(browser)
    browser.post(path)
    token = path.rstrip("/").rsplit("/", 1)[-1]
    rows = str([*PortalLink.objects.values_list(), *PortalSession.objects.values_list()])
    assert token not in rows
    assert browser.cookies[COOKIE].value not in rows
