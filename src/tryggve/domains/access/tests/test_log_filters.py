"""Choosing what to see of the log, and going back in it."""

import re
from datetime import datetime, timedelta

import pytest
from django.test import Client

from tests.cast import NOW
from tryggve.accounts.models import User
from tryggve.audit import actors
from tryggve.audit import services as audit
from tryggve.domains.access import actions
from tryggve.domains.access.tests.log_reading import CILLA, DAN, LOG, look_at, say, shown, text, written

pytestmark = pytest.mark.django_db


def test_pages_go_back_by_the_id_of_the_last_entry(as_anna: Client) -> None:
    entries = [look_at(CILLA) for _ in range(120)]
    seen, before = [], ""
    while True:
        answer = as_anna.get(f"{LOG}?what=customers{before}")
        seen.append(shown(answer))
        if not (older := answer.context["page"].older):
            break
        assert f"?what=customers&amp;before={older}" in answer.content.decode()
        before = f"&before={older}"
    assert seen == [entries[:69:-1], entries[69:19:-1], entries[19::-1]]


def test_exactly_one_full_page_has_no_older_one(as_anna: Client) -> None:
    for _ in range(50):
        look_at(CILLA)
    assert as_anna.get(LOG).context["page"].older is None


def test_filters_choose_by_deed_area_person_subject_and_day(as_anna: Client, anna: User) -> None:
    by_anna = look_at(CILLA, by=anna.actor)
    of_dan = look_at(DAN, at=NOW + timedelta(days=1))
    door = audit.record(actions.SIGN_IN_LIMITED, actor="anonymous", at=NOW + timedelta(days=2)).pk
    for asked, found in {
        "what=customers.viewed": [of_dan, by_anna],
        "what=customers": [of_dan, by_anna],
        f"who={anna.actor}&what=customers": [by_anna],
        "who=anonymous": [door],
        f"about={DAN}": [of_dan],
        "since=2026-03-03&until=2026-03-03": [of_dan],
        "since=2026-03-03&what=customers": [of_dan],
        "until=2026-03-02": [by_anna],
        "until=9999-12-31&what=customers": [of_dan, by_anna],
        "what=customers.deleted": [],
    }.items():
        assert shown(as_anna.get(f"{LOG}?{asked}")) == found, asked


def test_day_begins_at_midnight_where_the_firm_is(as_anna: Client) -> None:
    late = look_at(CILLA, at=datetime.fromisoformat("2026-03-02T23:30:00+00:00"))
    assert shown(as_anna.get(f"{LOG}?since=2026-03-03&until=2026-03-03")) == [late]


def test_commands_are_chosen_without_the_accounts_name(as_anna: Client) -> None:
    entry = look_at(CILLA, by=actors.this_account())
    answer = as_anna.get(f"{LOG}?who=command")
    assert shown(answer) == [entry]
    assert actors.this_account() not in answer.content.decode()


@pytest.mark.parametrize("asked", ["what=nonsense", "who=user:1", "about=cilla", "since=yesterday"])
def test_wrong_filter_shows_no_entry_and_says_so(as_anna: Client, asked: str) -> None:
    look_at(CILLA)
    answer = as_anna.get(f"{LOG}?{asked}")
    assert (answer.status_code, answer.context["page"]) == (200, None)
    assert written("access.log-viewed") == []


@pytest.mark.parametrize("before", ["-1", "x", "٣" * 20, "9" * 5000])
def test_wrong_page_is_the_first(as_anna: Client, before: str) -> None:
    entry = look_at(CILLA)
    assert shown(as_anna.get(LOG, {"before": before})) == [entry]


def test_new_log_and_fruitless_choice_say_so(as_anna: Client) -> None:
    assert "Entries come by themselves" in text(as_anna.get(LOG))
    assert "No entry fits what you chose." in text(as_anna.get(f"{LOG}?what=customers.deleted"))


def test_address_that_other_pages_lead_to_shows_one_customer(as_anna: Client) -> None:
    answer = as_anna.get(f"{LOG}about/{CILLA}/")
    assert (answer.status_code, answer.headers["Location"]) == (302, f"{LOG}?about={CILLA}")


def test_no_name_stands_in_an_address_of_the_page(as_anna: Client, anna: User) -> None:
    say(CILLA, by=anna.actor)
    body = as_anna.get(f"{LOG}?who={anna.actor}&about={CILLA}").content.decode()
    addresses = re.findall(r'(?:href|action|hx-\w+)="([^"]*)"', body)
    assert any(str(CILLA) in address for address in addresses)
    assert [one for one in addresses if "Anna" in one or "anna@" in one] == []
