"""What the agenda tells: only what happened since the last one, in counts and codes, and one page of it."""

import json
from datetime import datetime
from typing import Any

import pytest
from django.utils import timezone, translation

from tests import paper as pdf_reader
from tests.cast import CILLA
from tryggve.accounts import leaving
from tryggve.accounts.models import User
from tryggve.audit import services as audit
from tryggve.audit.registry import actions
from tryggve.controls import catalogue
from tryggve.controls.models import DayScore
from tryggve.controls.tests import here
from tryggve.domains.protection import handout_pdf
from tryggve.domains.protection.selectors import agendas, handouts
from tryggve.domains.protection.tests.routines import DAY, begin, make_late, open_turn
from tryggve.lib.pdf import can_make_pdf
from tryggve.routines.duties.models import Meeting
from tryggve.routines.duties.services import doing, meetings
from tryggve.routines.duties.services.doing import Outcome

pytestmark = pytest.mark.django_db


@pytest.fixture
def now() -> datetime:
    return timezone.now()


@pytest.fixture(autouse=True)
def planned(anna: User, karin: User, bo: User, now: datetime) -> None:
    begin(anna, karin, bo, at=now)


def _since(start: datetime, at: datetime) -> Any:
    """As it is kept and read back."""
    return json.loads(json.dumps(agendas.since(start, at=at)))


def test_nothing_happened_is_zeros(now: datetime) -> None:
    told = _since(now - DAY, now)
    counts = {name: told[name] for name in ("incidents", "came", "left", "done", "late", "trained", "people")}
    assert counts == {"incidents": 0, "came": 0, "left": 0, "done": 0, "late": 0, "trained": 0, "people": 3}
    assert (told["opened"], told["still"], told["mended"], told["topic"]) == (
        [],
        [],
        [],
        agendas.the_topic(now),
    )


def test_what_happened_since_is_told_and_what_was_before_is_not(
    anna: User, karin: User, bo: User, now: datetime
) -> None:
    start = now + DAY
    late = open_turn("check-tools")
    make_late(late, days=1, today=timezone.localdate(start))
    doing.done(turn=open_turn("install-updates").pk, by=karin, outcome=Outcome.WELL, at=now)
    doing.done(turn=late.pk, by=karin, outcome=Outcome.WELL, at=start + DAY)
    doing.done(turn=open_turn("train", bo.actor).pk, by=bo, outcome=Outcome.WELL, at=start + DAY)
    for moment in (now, start + DAY):
        audit.record(actions()["incidents.reported"], actor="anonymous", at=moment)
    leaving.leave(person=bo.pk, successor=anna.pk, by=anna, at=start + 2 * DAY)
    told = _since(start, start + 3 * DAY)
    assert {name: told[name] for name in ("done", "late", "trained", "incidents", "came", "left", "people")} == {
        "done": 2, "late": 1, "trained": 1, "incidents": 1, "came": 0, "left": 1, "people": 2,
    }  # fmt: skip


def test_findings_are_new_still_there_or_mended(karin: User, now: datetime) -> None:
    turn = open_turn("install-updates")
    make_late(turn, days=20, today=timezone.localdate(now))
    here.measure("GOV-04", at=now)
    told = _since(now - DAY, now + DAY)
    assert told["opened"] == ["GOV-04"]
    lines = handouts.handout(Meeting(made_at=now, tells_from=now, told=told)).sections[1].lines
    assert [line.endswith(" (new)") for line in lines] == [True]
    later = _since(now + DAY, now + 2 * DAY)
    assert (later["opened"], later["still"], later["topic"]) == ([], ["GOV-04"], "GOV-04")
    doing.done(turn=turn.pk, by=karin, outcome=Outcome.WELL, at=now + 2 * DAY)
    here.measure("GOV-04", at=now + 2 * DAY)
    assert _since(now + DAY, now + 3 * DAY)["mended"] == ["GOV-04"]
    assert _since(now + 2 * DAY + DAY / 2, now + 3 * DAY)["mended"] == []


def test_next_agenda_begins_where_the_last_one_that_was_talked_about_ended(
    karin: User, now: datetime
) -> None:
    assert agendas.start(now) == now - 91 * DAY
    waiting = meetings.make_agenda(told={}, tells_from=now, by=karin, at=now)
    assert agendas.start(now + DAY) == now + DAY - 91 * DAY
    meetings.hold(meeting=waiting, on=timezone.localdate(now), by=karin, at=now)
    assert agendas.start(now + DAY) == now


def test_score_of_then_is_told_beside_that_of_now(now: datetime) -> None:
    row = dict.fromkeys(("attested", "stale", "failing", "unknown", "not_applicable"), 0)
    on = timezone.localdate(now) - 100 * DAY
    DayScore.objects.create(on=on, tier="month", of=43, proven=7, **row)
    told = _since(now - 91 * DAY, now)
    assert told["proven_before"] == 7
    meeting = Meeting(made_at=now, tells_from=now - 91 * DAY, told=told)
    assert handouts.handout(meeting).sections[0].lines[0].endswith("; last time 7")


def _fullest(now: datetime) -> Meeting:
    """As much as an agenda can hold, of the longest words."""
    longest = sorted(
        (one.id for one in catalogue.controls()), key=lambda id: -len(catalogue.words(id, "sv").heading)
    )
    talkative = max(
        longest, key=lambda id: len(catalogue.words(id, "da").why) + len(catalogue.words(id, "da").how[0])
    )
    codes = ("review-processing-record", "choose-advice", "follow-up-feedback", "warn-colleagues", "train")
    coming = [(code, "2026-12-24") for code in codes]
    told = {
        "proven": 28, "of": 40, "proven_before": 26, "opened": longest[:5], "still": longest[5:10],
        "failing": 30, "mended": longest[:5], "mended_count": 17, "topic": talkative, "came": 3, "left": 2,
        "done": 120, "late": 31, "trained": 12, "people": 50, "incidents": 9, "coming": coming,
    }  # fmt: skip
    return Meeting(made_at=now, tells_from=now - 91 * DAY, told=told)


@pytest.mark.skipif(not can_make_pdf(), reason="Pango isn't on this computer")
@pytest.mark.parametrize("language", ["sv", "da", "en"])
def test_handout_is_one_page_however_much_it_tells(now: datetime, language: str) -> None:
    with translation.override(language):
        handout = handouts.handout(_fullest(now))
        content = handout_pdf.as_pdf(handout, firm="Annas Snickeri & Dotter AB i Hälsingland")
    assert pdf_reader.pages_in(content) == 1
    assert b"/MarkInfo" in content or b"/StructTreeRoot" in b"".join(pdf_reader._streams(content))
    lines = " ".join(pdf_reader.lines_of(content))
    assert [section.heading in lines for section in handout.sections] == [True] * 6


def test_handout_names_no_person_and_no_customer(now: datetime, anna: User) -> None:
    handout = handouts.handout(_fullest(now))
    text = str(handout)
    assert [name in text for name in ("Anna", "Karin", CILLA.name)] == [False, False, False]


def test_codes_of_another_version_are_left_out(now: datetime) -> None:
    meeting = _fullest(now)
    meeting.told |= {
        "opened": ["XYZ-99"],
        "still": [],
        "failing": 0,
        "topic": "XYZ-99",
        "coming": [["gone", "2026-01-01"]],
    }
    headings = [section.heading for section in handouts.handout(meeting).sections]
    assert headings == ["How we stand", "What was mended", "Talk about"]
