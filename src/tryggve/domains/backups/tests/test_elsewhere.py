"""What a restore on another computer proves by its code, and the page that leads through one."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from tests import signing_in
from tests.cast import NOW
from tryggve import vault
from tryggve.accounts.models import User
from tryggve.accounts.roles import Role
from tryggve.audit.models import Entry
from tryggve.domains.backups.models import Run
from tryggve.domains.backups.selectors import elsewhere as selectors
from tryggve.domains.backups.services import elsewhere
from tryggve.domains.backups.tests import taken
from tryggve.domains.backups.tests.on_pages import HOME, browser, text_of
from tryggve.lib.ids import new_id
from tryggve.routines.duties.models import Turn
from tryggve.routines.duties.services import planning

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def pair(*, at: datetime = NOW - 2 * DAY, **fields: Any) -> Run:
    return taken.run(taken.place(at=NOW - 30 * DAY), at=at, **fields)


def test_code_of_a_pair_is_noted_with_both_days(anna: User) -> None:
    taken_as = pair()
    code = elsewhere.code_of(taken_as.pk, NOW - DAY)
    noted = elsewhere.note(typed=f" {code.upper().replace('-', ' ')} ", actor=anna.actor, at=NOW)
    assert (noted.on, noted.taken_on) == (timezone.localdate(NOW - DAY), timezone.localdate(NOW - 2 * DAY))
    [entry] = Entry.objects.filter(action="backups.restored-elsewhere")
    assert (entry.actor, entry.facts["pair"]) == (anna.actor, str(taken_as.pk))
    assert [(one.on, one.taken_on) for one in selectors.restored()] == [(noted.on, noted.taken_on)]


def test_this_years_routine_is_done_by_it(anna: User) -> None:
    planning.plan(at=NOW)
    elsewhere.note(typed=elsewhere.code_of(pair().pk, NOW), actor=anna.actor, at=NOW)
    done = Turn.objects.get(duty=elsewhere.DUTY, done_at=NOW)
    assert (done.done_by, done.outcome) == (anna.actor, Turn.Outcome.WELL)


@pytest.mark.parametrize(
    ("ago", "is_known"),
    [(-2 * DAY, False), (-DAY, True), (elsewhere.KEEPS, True), (elsewhere.KEEPS + DAY, False)],
)
def test_code_counts_for_a_month(ago: timedelta, is_known: bool, anna: User) -> None:
    code = elsewhere.code_of(pair(at=NOW - 90 * DAY).pk, NOW - ago)
    if is_known:
        elsewhere.note(typed=code, actor=anna.actor, at=NOW)
    else:
        with pytest.raises(elsewhere.NoSuchCode, match="Nothing was noted"):
            elsewhere.note(typed=code, actor=anna.actor, at=NOW)
    assert len(selectors.restored()) == is_known


@pytest.mark.parametrize(
    "fields", [{"state": Run.State.FAILED}, {"state": Run.State.RUNNING}, {"why": Run.Why.ERASURE}]
)
def test_only_a_whole_pair_has_a_code_that_counts(fields: dict[str, Any], anna: User) -> None:
    code = elsewhere.code_of(pair(**fields).pk, NOW)
    with pytest.raises(elsewhere.NoSuchCode):
        elsewhere.note(typed=code, actor=anna.actor, at=NOW)


def test_code_of_another_registers_pair_says_nothing(anna: User) -> None:
    pair()
    for typed in (elsewhere.code_of(new_id(), NOW), "", "0000-0000-0000-0000"):
        with pytest.raises(elsewhere.NoSuchCode):
            elsewhere.note(typed=typed, actor=anna.actor, at=NOW)
    assert selectors.restored() == []


def test_code_counts_once(anna: User) -> None:
    code = elsewhere.code_of(pair().pk, NOW)
    elsewhere.note(typed=code, actor=anna.actor, at=NOW)
    with pytest.raises(elsewhere.NotedBefore):
        elsewhere.note(typed=code, actor=anna.actor, at=NOW + DAY)
    assert len(selectors.restored()) == 1


def test_codes_differ_by_pair_and_day() -> None:
    first, second = new_id(), new_id()
    codes = {elsewhere.code_of(one, NOW + ago) for one in (first, second) for ago in (DAY, -DAY)}
    assert (len(codes), {len(code) for code in codes}) == (4, {19})


def test_nobody_without_the_service_key_makes_one() -> None:
    before = vault.tags_for_service("a purpose", [b"x"])
    assert vault.tags_for_service("a purpose", [b"x", b"y"])[0] == before[0]
    assert vault.tags_for_service("another", [b"x"]) != before


def test_page_leads_through_it_and_notes_the_code() -> None:
    owner, run = browser(), pair(at=timezone.now() - DAY)
    page = text_of(owner, f"{HOME}elsewhere/")
    assert ("./tryggve restore --rehearsal" in page, page.count("<li>") >= 9, "None yet." in page) == (
        True,
    ) * 3
    wrong = owner.post(f"{HOME}elsewhere/code/", {"code": "1111-2222-3333-4444"})
    assert "the code of a restore of one of your backups" in wrong.content.decode().replace("&#x27;", "'")
    code = elsewhere.code_of(run.pk, timezone.now())
    assert owner.post(f"{HOME}elsewhere/code/", {"code": code}).headers["Location"] == f"{HOME}elsewhere/"
    assert "the backup of" in text_of(owner, f"{HOME}elsewhere/")


def test_routine_shows_the_way_to_the_page(karin: User) -> None:
    planning.plan(at=timezone.now())
    reader: Client = signing_in.browser_of(karin)
    assert f'href="{HOME}elsewhere/"' in text_of(reader, f"/routines/who/{elsewhere.DUTY}/")


def test_auditor_reads_the_page_and_notes_nothing() -> None:
    reader = browser(Role.AUDITOR)
    assert "It was restored" not in text_of(reader, f"{HOME}elsewhere/")
    assert reader.post(f"{HOME}elsewhere/code/", {"code": "1"}).status_code == 403
