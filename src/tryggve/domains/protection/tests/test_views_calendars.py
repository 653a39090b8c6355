"""One's routines in a calendar program: an address that is shown once, fetched without signing in, and ended."""

import html
import re

import pytest
from django.test import Client
from django.utils import timezone

from tryggve.accounts.models import User
from tryggve.audit.models import Entry
from tryggve.domains.protection.tests.routines import begin
from tryggve.routines.duties.tests.test_ics import read

pytestmark = pytest.mark.django_db
PAGE = "/routines/calendar/"


@pytest.fixture(autouse=True)
def planned(anna: User, karin: User, bo: User) -> None:
    begin(anna, karin, bo, at=timezone.now())


def _made(browser: Client) -> str:
    """The path of a new address."""
    shown = browser.post(PAGE).content.decode()
    [address] = re.findall(r'<code class="secret">(.*?)</code>', shown)
    path: str = re.sub(r"^https?://[^/]+", "", html.unescape(address))
    return path


def test_address_is_shown_once_and_gives_the_calendar_without_signing_in(
    as_bo: Client, as_mallory: Client
) -> None:
    address = _made(as_bo)
    assert re.fullmatch(r"/routines/calendar/[\w-]{43}\.ics", address)
    assert address not in as_bo.get(PAGE).content.decode()
    answer = as_mallory.get(address)
    assert (answer.status_code, answer["Content-Type"]) == (200, "text/calendar; charset=utf-8")
    assert answer["Cache-Control"] == "no-store"
    assert "Set-Cookie" not in answer.headers
    titles = {event["SUMMARY"] for event in read(answer.content)}
    assert titles == {
        "Take your half-yearly training in data protection",
        "Go through your passwords and change those that need it",
    }


def test_ended_wrong_and_former_addresses_are_all_the_same_nothing(as_bo: Client, as_mallory: Client) -> None:
    first = _made(as_bo)
    second = _made(as_bo)
    assert (as_mallory.get(first).status_code, as_mallory.get(second).status_code) == (404, 200)
    as_bo.post(f"{PAGE}end/")
    answers = [as_mallory.get(page) for page in (first, second, f"{PAGE}{'x' * 43}.ics")]
    assert {(answer.status_code, answer.content) for answer in answers} == {(404, b"")}


def test_page_offers_to_end_what_there_is(as_bo: Client) -> None:
    assert "End the address" not in as_bo.get(PAGE).content.decode()
    _made(as_bo)
    assert "End the address" in as_bo.get(PAGE).content.decode()


def test_address_stands_in_no_entry_of_the_log_and_no_line_of_output(
    as_bo: Client, as_mallory: Client, capfd: pytest.CaptureFixture[str]
) -> None:
    secret = _made(as_bo).removeprefix(PAGE).removesuffix(".ics")
    as_mallory.get(f"{PAGE}{secret}.ics")
    as_mallory.post(f"{PAGE}{secret}.ics")
    as_mallory.get(f"{PAGE}{secret}x.ics")
    written = capfd.readouterr()
    assert Entry.objects.filter(action="duties.calendar-made").count() == 1
    assert secret not in str(list(Entry.objects.values())) + written.out + written.err
