"""Telling that something has happened, and seeing to it, page by page."""

import html
from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.sessions.models import Session
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.cast import NOW
from tryggve.accounts.models import Device, SignIn, User
from tryggve.audit.models import Entry
from tryggve.domains.incidents import notices, wording
from tryggve.domains.incidents.first_steps import FIRST_STEPS
from tryggve.domains.incidents.models import Report
from tryggve.domains.incidents.selectors import reports as selectors
from tryggve.domains.incidents.selectors.alerted import people_alerted
from tryggve.domains.incidents.services import reports
from tryggve.domains.incidents.services.reports import AlreadyClosed, NothingSaid
from tryggve.domains.incidents.tests.telling import WORDS, tell
from tryggve.notices import letters
from tryggve.notices.models import OutboxMessage

pytestmark = pytest.mark.django_db

HAPPENED = "/events/happened/"
TOLD = {"kind": "LINK", "happened": "NOW", "words": WORDS}


def _mails(code: str) -> list[tuple[str, str]]:
    """To whom, and what."""
    rows = OutboxMessage.objects.filter(kind=code).order_by("recipient_ref")
    return [
        (row.recipient_ref, letters.opened(bytes(row.body_sealed or b""), row.pk, row.recipient_ref).text)
        for row in rows
    ]


def _log() -> list[tuple[str, str]]:
    entries = Entry.objects.filter(action__startswith="incidents.").order_by("pk")
    return [(entry.action, entry.actor) for entry in entries]


def test_what_bo_tells_reaches_karin_without_its_content_in_the_mail(
    as_bo: Client, bo: User, karin: User, anna: User
) -> None:
    answer = as_bo.post(HAPPENED, TOLD)

    assert (answer.status_code, answer.headers["Location"]) == (302, f"{HAPPENED}thanks/link/")
    row = Report.objects.get()
    assert (row.by_ref, wording.opened(row.words_sealed, report=row.pk, part="words")) == (bo.pk, WORDS)
    [(to, text)] = _mails(notices.REPORTED.code)
    assert to == karin.actor
    assert f"/events/reports/{row.pk}/" in text
    assert [word for word in ("bilaga", "Bo Dahl", "link or file") if word in text] == []
    assert _log() == [("incidents.reported", bo.actor)]


def test_the_owner_is_told_where_nobody_is_captain(as_bo: Client, anna: User) -> None:
    as_bo.post(HAPPENED, TOLD)
    assert [to for to, _text in _mails(notices.REPORTED.code)] == [anna.actor]


def test_who_stands_in_for_the_captain_is_told_too(karin: User, bo: User, anna: User) -> None:
    User.objects.filter(pk=bo.pk).update(deputy_from=NOW, deputy_until=NOW + timedelta(days=1))
    assert set(people_alerted(at=NOW)) == {bo, karin}
    assert people_alerted(at=NOW + timedelta(days=1)) == [karin]
    User.objects.filter(pk=karin.pk).update(is_active=False)
    assert people_alerted(at=NOW + timedelta(days=1)) == [anna]


def test_nothing_anywhere_tells_who_told_it_without_a_name(
    as_bo: Client, bo: User, karin: User, caplog: pytest.LogCaptureFixture
) -> None:
    entries = set(Entry.objects.values_list("pk", flat=True))
    answer = as_bo.post(HAPPENED, TOLD | {"is_anonymous": "on"})

    assert answer.headers["Location"] == f"{HAPPENED}thanks/link/"
    row = Report.objects.get()
    assert row.by_ref is None
    made = Entry.objects.exclude(pk__in=entries)
    assert [(one.action, one.actor, one.subject) for one in made] == [
        ("incidents.reported", "anonymous", None)
    ]
    [(_to, text)] = _mails(notices.REPORTED.code)
    everything = f"{made.get().facts} {caplog.text} {text} {answer.headers}"
    assert [trace for trace in (str(bo.pk), bo.pk.hex, bo.name, bo.email) if trace in everything] == []
    assert WORDS not in as_bo.get(f"{HAPPENED}mine/").content.decode()


def _sights(bo: User) -> list[list[dict[str, object]]]:
    """All that is kept of when Bo was here."""
    kept = [SignIn.objects.filter(user=bo), Device.objects.filter(user=bo), Session.objects.order_by("pk")]
    return [list(rows.values()) for rows in kept]


def test_nothing_tells_that_bo_was_here_when_somebody_told_without_a_name(as_bo: Client, bo: User) -> None:
    session = as_bo.session
    session["signed_in"] = {**session["signed_in"], "seen": session["signed_in"]["seen"] - 90}
    session.save()
    before = _sights(bo)

    answer = as_bo.post(HAPPENED, TOLD | {"is_anonymous": "on"})
    as_bo.get(answer.headers["Location"])
    assert _sights(bo) == before

    as_bo.get(f"{HAPPENED}mine/")
    assert _sights(bo) != before


def test_who_told_it_without_a_name_told_it_about_then() -> None:
    tell(None, at=datetime(2026, 3, 2, 9, 47, 12, 345678, tzinfo=UTC))
    row, entry = Report.objects.get(), Entry.objects.get(action="incidents.reported")
    assert (row.told_at, entry.recorded_at) == (datetime(2026, 3, 2, 9, 40, tzinfo=UTC),) * 2
    assert row.pk.version == 4


def test_whoever_left_is_not_somebody_who_hid(as_karin: Client, bo: User) -> None:
    report = tell(bo)
    Report.objects.update(by_ref=None)
    page = as_karin.get(f"/events/reports/{report}/").content.decode()
    assert ("somebody who has left" in page, "say who" in page) == (True, False)
    tell(None)
    assert "somebody who didn't say who" in as_karin.get("/events/reports/").content.decode()


@pytest.mark.parametrize("kind", Report.Kind)
def test_thanks_says_what_to_do_now(as_bo: Client, kind: Report.Kind) -> None:
    page = as_bo.get(f"{HAPPENED}thanks/{kind.lower()}/").content.decode()
    assert page.count("<ol>") == 1
    assert 2 <= len(FIRST_STEPS[kind]) == page.partition("<ol>")[2].partition("</ol>")[0].count("<li>")


def test_thanks_for_nothing_known_is_not_there(as_bo: Client) -> None:
    assert as_bo.get(f"{HAPPENED}thanks/nothing/").status_code == 404


def test_only_what_happened_must_be_told(as_bo: Client, bo: User) -> None:
    page = as_bo.post(HAPPENED, {"words": WORDS, "happened": "NOW"})
    assert (page.status_code, Report.objects.count()) == (200, 0)
    assert WORDS in page.content.decode()
    assert as_bo.post(HAPPENED, TOLD | {"words": ""}).status_code == 302
    assert Report.objects.get().words_sealed is None


def test_karin_sees_to_it_answers_and_closes(as_karin: Client, as_bo: Client, karin: User, bo: User) -> None:
    report = tell(bo)
    card = f"/events/reports/{report}/"
    page = as_karin.get(card).content.decode()
    assert [word for word in (WORDS, "Bo Dahl", "I see to it") if word not in page] == []

    assert as_karin.post(f"{card}receive/").status_code == 302
    answered = as_karin.post(f"{card}answer/", {"answer-words": "Tack! Byt lösenord."}, follow=True)
    assert "The answer is on its way." in answered.content.decode()
    mine = as_bo.get(f"{HAPPENED}mine/").content.decode()
    assert "Tack! Byt lösenord." in mine
    [(to, text)] = _mails(notices.ANSWERED.code)
    assert (to, "Byt" in text, f"{HAPPENED}mine/" in text) == (bo.actor, False, True)

    assert as_karin.post(f"{card}close/", {"note-words": "Filtret är skärpt."}).status_code == 302
    page = as_karin.get(card).content.decode()
    assert ("Filtret är skärpt." in page, "I see to it" in page, "/close/" in page) == (True, False, False)
    assert [action for action, actor in _log() if actor == karin.actor] == [
        "incidents.viewed",
        "incidents.received",
        "incidents.answered",
        "incidents.viewed",
        "incidents.closed",
        "incidents.viewed",
    ]


def test_nobody_is_mailed_an_answer_who_is_not_known_or_has_left(as_karin: Client, bo: User) -> None:
    gone = tell(bo)
    User.objects.filter(pk=bo.pk).update(is_active=False)
    for report in (tell(None), gone):
        page = as_karin.post(f"/events/reports/{report}/answer/", {"answer-words": "Tack"}, follow=True)
        said = page.content.decode()
        assert ("on its way" in said, "Nobody is mailed." in said) == (False, True)
    assert _mails(notices.ANSWERED.code) == []


def test_an_empty_answer_or_note_is_refused_and_kept_on_the_page(as_karin: Client, bo: User) -> None:
    card = f"/events/reports/{tell(bo)}/"
    for form in ("answer", "close"):
        page = as_karin.post(f"{card}{form}/", {})
        assert (page.status_code, "This field is required." in page.content.decode()) == (200, True)
    with pytest.raises(NothingSaid):
        reports.answer(report=Report.objects.get().pk, words="  ", actor="system", at=NOW)


def test_nothing_more_is_done_about_a_closed_one(as_karin: Client, bo: User, karin: User) -> None:
    report = tell(bo)
    reports.close(report=report, words="Klart", actor=karin.actor, at=NOW)
    for deed in ("receive/", "answer/", "close/"):
        fields = {"answer-words": "x", "note-words": "x"}
        page = as_karin.post(f"/events/reports/{report}/{deed}", fields)
        assert (page.status_code, "closed this report meanwhile" in page.content.decode()) == (200, True)
    with pytest.raises(AlreadyClosed):
        reports.receive(report=report, actor=karin.actor, at=NOW)


def test_a_report_that_isnt_there_is_not_found(as_karin: Client, karin: User) -> None:
    card = f"/events/reports/{karin.pk}/"
    assert as_karin.get(card).status_code == 404
    assert as_karin.post(f"{card}receive/").status_code == 404


def test_the_list_has_what_waits_first(as_karin: Client, bo: User, karin: User) -> None:
    first, second, third = (tell(bo, at=NOW + timedelta(hours=number)) for number in range(3))
    reports.close(report=third, words="Klart", actor=karin.actor, at=NOW)
    _page, lines = selectors.reports(number=1, actor=karin.actor, at=NOW)
    assert [(line.id, line.state) for line in lines] == [(second, "new"), (first, "new"), (third, "closed")]


def test_the_list_asks_as_much_for_many_as_for_few(as_karin: Client, bo: User, anna: User) -> None:
    tell(bo)
    _queries(as_karin)
    few = _queries(as_karin)
    for person in (bo, anna, None) * 5:
        tell(person)
    assert _queries(as_karin) == few


def _queries(browser: Client) -> int:
    with CaptureQueriesContext(connection) as asked:
        assert browser.get("/events/reports/").status_code == 200
    return len(asked)


def test_an_empty_list_offers_the_first_step(as_karin: Client, as_bo: Client) -> None:
    assert f'href="{HAPPENED}"' in as_karin.get("/events/reports/").content.decode()
    assert "You have told nothing" in as_bo.get(f"{HAPPENED}mine/").content.decode()


def test_words_that_are_damaged_hide_nothing_else(as_karin: Client, bo: User) -> None:
    report = tell(bo)
    Report.objects.update(words_sealed=b"damaged")
    page = as_karin.get(f"/events/reports/{report}/").content.decode()
    assert ("be opened any more" in page, "Bo Dahl" in page) == (True, True)


def test_card_tells_what_was_advised_until_it_is_closed(as_karin: Client, bo: User, karin: User) -> None:
    report = tell(bo)
    page = f"/events/reports/{report}/"
    shown = html.unescape(as_karin.get(page).content.decode())
    assert [str(step) in shown for step in FIRST_STEPS[Report.Kind.LINK]] == [True] * 3
    reports.close(report=report, words="Klart", actor=karin.actor, at=NOW)
    assert "The advice that came at once" not in as_karin.get(page).content.decode()


def test_another_answer_is_folded_until_it_is_wrong(as_karin: Client, bo: User, karin: User) -> None:
    report = tell(bo)
    page = f"/events/reports/{report}/"
    assert "Write another answer" not in as_karin.get(page).content.decode()
    reports.answer(report=report, words="Tack!", actor=karin.actor, at=NOW)
    assert '<details class="sheet slim">' in as_karin.get(page).content.decode()
    refused = as_karin.post(f"{page}answer/", {"answer-words": ""})
    assert '<details class="sheet slim" open>' in refused.content.decode()


def test_old_reports_are_removed_and_those_that_wait_stay(bo: User, karin: User) -> None:
    old, waiting = tell(bo), tell(bo)
    reports.close(report=old, words="Klart", actor=karin.actor, at=NOW)
    assert reports.forget_old(at=NOW + reports.KEPT_FOR) == 0
    assert reports.forget_old(at=NOW + reports.KEPT_FOR + timedelta(days=1)) == 1
    assert Report.objects.get().pk == waiting


def test_no_migration_is_missing() -> None:
    call_command("makemigrations", "incidents", "customers", check=True, dry_run=True, verbosity=0)
