"""The page of the log: what it tells, to whom, and that reading it is told, too."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.cast import NOW, PASSWORD
from tryggve.accounts import permissions
from tryggve.accounts import services as accounts
from tryggve.accounts.models import User
from tryggve.audit import checkpoints, nightly
from tryggve.audit import services as audit
from tryggve.audit.models import Entry
from tryggve.audit.tests import logs
from tryggve.domains.access import actions
from tryggve.domains.access.selectors import log as log_selectors
from tryggve.domains.access.tests.log_reading import CILLA, DAN, LOG, SAID, look_at, say, text, written
from tryggve.domains.access.views import log as log_views

pytestmark = pytest.mark.django_db


def test_page_says_who_did_what_when_and_about_whom(as_anna: Client, anna: User) -> None:
    entry = look_at(CILLA, by=anna.actor)
    answer = as_anna.get(LOG)

    (line,) = answer.context["page"].lines
    assert (line.id, line.at, line.who, line.what, line.facts, line.subject) == (
        entry, NOW, "Anna Ek", "A customer's details were read", [("page", "card")], CILLA,
    )  # fmt: skip
    assert f'href="/customers/{CILLA}/"' in answer.content.decode()
    assert (
        "March 2, 2026 09:00:00 Anna Ek A customer's details were read page: card customer …b302099a8057"
        in (text(answer))
    )


@pytest.mark.parametrize(
    ("actor", "words"),
    [
        ("system", "the system"),
        ("anonymous", "somebody not signed in"),
        ("machine:tryggve", "a command on this computer (tryggve)"),
        (f"user:{DAN}", "somebody who has left"),
    ],
)
def test_who_has_no_account_is_told_in_words(as_anna: Client, actor: str, words: str) -> None:
    look_at(CILLA, by=actor)
    assert [line.who for line in as_anna.get(LOG).context["page"].lines] == [words]


def test_staff_member_whom_it_is_about_has_a_name(as_anna: Client, anna: User) -> None:
    audit.record(actions.SIGN_IN_FAILED, actor="anonymous", at=NOW, subject=anna.pk, account_exists=True)
    answer = as_anna.get(LOG)
    (line,) = answer.context["page"].lines
    assert (line.subject_name, line.is_about_customer, line.facts) == (
        "Anna Ek", False, [("the account exists", "yes")],
    )  # fmt: skip
    assert f"/customers/{anna.pk}/" not in answer.content.decode()


def test_reading_the_log_is_one_entry_of_the_log(as_anna: Client, anna: User) -> None:
    look_at(CILLA)
    as_anna.get(LOG)
    as_anna.get(f"{LOG}?about={CILLA}&what=customers")
    assert [(entry.actor, entry.subject, entry.facts) for entry in written("access.log-viewed")] == [
        (anna.actor, None, {"shown": 1}),
        (anna.actor, CILLA, {"shown": 1, "filters": ["what", "about"]}),
    ]


def test_page_says_when_the_log_was_last_verified_and_signed(as_anna: Client) -> None:
    answer = as_anna.get(LOG)
    assert "Not yet. Tryggve does it by itself once a day." in text(answer)
    checkpoints.sign(now=NOW)
    nightly.verify(now=NOW)

    told = text(as_anna.get(LOG))
    assert "Last verified March 2, 2026, 9 a.m. whole (3 entries)" in told
    assert "(3 entries) Verify now" in told


def test_page_of_a_log_that_is_not_whole_says_so_and_still_shows_it(as_anna: Client) -> None:
    entry = look_at(CILLA)
    checkpoints.sign(now=NOW)
    logs.tamper("UPDATE audit_entry SET actor = 'system ' WHERE id = %s", entry)
    nightly.verify(now=NOW)
    told = text(as_anna.get(LOG))
    assert "not whole What is wrong in part 1 of it: an entry isn't what was logged." in told
    assert "Copy the whole data folder" in told


def test_page_of_a_log_that_was_rolled_back_is_shown_with_its_signature_in_doubt(as_anna: Client) -> None:
    checkpoints.sign(now=NOW)
    logs.roll_back(to=1)
    assert "in doubt" in text(as_anna.get(LOG))


def test_mallory_is_sent_to_sign_in(as_mallory: Client) -> None:
    look_at(CILLA)
    for address in (LOG, f"{LOG}about/{CILLA}/", f"{LOG}verify/", f"{LOG}verify/{CILLA}/", f"{LOG}export/"):
        for answer in (as_mallory.get(address), as_mallory.post(address)):
            assert (answer.status_code, answer.headers["Location"].partition("?")[0]) == (302, "/sign-in/")
    assert Entry.objects.count() == 1


def test_views_ask_for_the_permission_of_the_log() -> None:
    views: list[Callable[..., Any]] = [
        log_views.log,
        log_views.about,
        log_views.verify,
        log_views.verification,
        log_views.export,
    ]
    assert {permissions.asked_by(view, None) for view in views} == {"access.log", "access.export-log"}


def test_page_asks_the_database_as_often_for_many_entries_as_for_one(as_anna: Client, anna: User) -> None:
    look_at(CILLA, by=anna.actor)
    nightly.verify(now=NOW)
    checkpoints.sign(now=NOW)
    counts = []
    for number in range(2):
        with CaptureQueriesContext(connection) as captured:
            as_anna.get(LOG)
        counts.append(len(captured))
        for other in range(60):
            email = f"bo{number}-{other}@example.se"
            bo = (
                accounts.create_user(email=email, password=PASSWORD, name="Bo", language="sv")
                if other < 5
                else anna
            )
            look_at(DAN, by=bo.actor)
    assert counts[0] == counts[1] <= 11


def test_entries_of_the_log_about_the_log_name_nobody(as_anna: Client) -> None:
    say(CILLA)
    as_anna.get(LOG)
    as_anna.post(LOG, {"open": "page"})
    facts = json.dumps([entry.facts for entry in Entry.objects.all()])
    assert "Anna" not in facts
    assert SAID not in facts


def test_page_size_is_fifty() -> None:
    assert log_selectors.PAGE_SIZE == 50
