"""The pages of what is due: one's own and everybody's, done, put off and taken back."""

import html
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from tests import signing_in
from tests.counting import asked
from tryggve.accounts import services as accounts
from tryggve.accounts.models import User
from tryggve.accounts.roles import Role
from tryggve.audit.models import Entry
from tryggve.domains.protection.tests.routines import DAY, begin, make_late, open_turn
from tryggve.routines.duties.models import Remark, Turn
from tryggve.routines.duties.services import planning

pytestmark = pytest.mark.django_db
TITLE = "Install waiting updates on computers and phones"


@pytest.fixture(autouse=True)
def planned(anna: User, karin: User, bo: User) -> None:
    begin(anna, karin, bo, at=timezone.now())


def _shown(browser: Client, page: str) -> str:
    answer = browser.get(page)
    assert answer.status_code == 200
    return html.unescape(answer.content.decode())


def _page(turn: Turn, verb: str = "") -> str:
    return f"/routines/turn/{turn.pk}/{verb}"


def test_own_routines_are_those_one_is_asked_for(as_karin: Client, as_bo: Client) -> None:
    assert TITLE in _shown(as_karin, "/routines/")
    bos = _shown(as_bo, "/routines/")
    assert TITLE not in bos
    assert "Take your half-yearly training in data protection" in bos


def test_everybodys_names_whose_each_is(as_bo: Client) -> None:
    shown = _shown(as_bo, "/routines/everybody/")
    assert TITLE in shown
    assert "<bdi>Karin Lund</bdi>" in shown


def test_late_stands_first_with_its_days(as_karin: Client) -> None:
    make_late(open_turn("talk-security"), days=3, today=timezone.localdate())
    shown = _shown(as_karin, "/routines/")
    first = shown.index("Talk about security at the staff meeting")
    assert first < shown.index(TITLE)
    assert "3 days late" in shown


def test_what_comes_in_months_stands_folded(as_karin: Client) -> None:
    soon, far = open_turn("install-updates"), open_turn("talk-security")
    for turn, days in ((soon, 20), (far, 100)):
        make_late(turn, days=-days, today=timezone.localdate())
    shown = _shown(as_karin, "/routines/")
    fold = shown.index('<details class="later">')
    assert shown.index(_page(soon)) < fold < shown.index(_page(far))


def test_what_a_routine_protects_is_a_link_for_who_may_see_it(as_karin: Client, as_bo: Client) -> None:
    page = _page(open_turn("install-updates"))
    assert [f'href="/protection/{id}/"' in _shown(as_karin, page) for id in ("DEV-01", "DEV-02")] == [
        True
    ] * 2
    assert 'href="/protection/DEV-01/"' not in _shown(as_bo, page)


def test_done_is_gone_from_the_list_and_stands_below_it(as_karin: Client, karin: User) -> None:
    turn = open_turn("install-updates")
    answer = as_karin.post(_page(turn, "done/"), {"outcome": "MENDED", "note": "two of five were old"})
    assert (answer.status_code, answer["Location"]) == (302, "/routines/")
    turn.refresh_from_db()
    assert (turn.done_by, turn.outcome) == (karin.actor, "MENDED")
    shown = _shown(as_karin, "/routines/")
    assert _page(turn) in shown[shown.index("Done in the last 30 days") :]
    assert "two of five were old" in _shown(as_karin, _page(turn))


def test_done_without_saying_what_came_of_it_says_so_and_changes_nothing(as_karin: Client) -> None:
    turn = open_turn("install-updates")
    answer = as_karin.post(_page(turn, "done/"), {"note": "typed already"})
    assert answer.status_code == 200
    assert "typed already" in answer.content.decode()
    assert "This field is required" in html.unescape(answer.content.decode())
    assert not Turn.objects.filter(done_at__isnull=False).exists()


def test_done_in_the_captains_place_by_an_employee_is_refused(as_bo: Client) -> None:
    turn = open_turn("install-updates")
    assert "I have done it" not in _shown(as_bo, _page(turn))
    as_bo.post(_page(turn, "done/"), {"outcome": "WELL"})
    turn.refresh_from_db()
    assert turn.done_at is None


def test_put_off_says_until_when_and_why(as_karin: Client) -> None:
    turn = open_turn("check-tools")
    to = turn.due_on + 10 * DAY
    as_karin.post(_page(turn, "postpone/"), {"to": to.isoformat(), "reason": "the list comes next week"})
    turn.refresh_from_db()
    assert (turn.postponed_to, turn.times_postponed) == (to, 1)
    shown = _shown(as_karin, _page(turn))
    assert "the list comes next week" in shown
    assert "put off" in _shown(as_karin, "/routines/")


@pytest.mark.parametrize(
    ("days", "reason", "told"),
    [
        (400, "why", "Choose a day after"),
        (10, "", "This field is required"),
        (0, "why", "Choose a day after"),
    ],
)
def test_put_off_wrongly_says_what_is_wrong_and_keeps_what_was_typed(
    as_karin: Client, days: int, reason: str, told: str
) -> None:
    turn = open_turn("check-tools")
    to = turn.due_on + timedelta(days=days)
    answer = as_karin.post(_page(turn, "postpone/"), {"to": to.isoformat(), "reason": reason})
    shown = html.unescape(answer.content.decode())
    assert told in shown
    assert f'value="{to.isoformat()}"' in shown
    assert Turn.objects.get(pk=turn.pk).postponed_to is None


def test_taken_back_on_the_same_day_is_to_be_done_as_before(as_karin: Client) -> None:
    turn = open_turn("install-updates")
    due_on = turn.due_on
    as_karin.post(_page(turn, "done/"), {"outcome": "WELL", "note": "no"})
    assert "Take it back" in _shown(as_karin, _page(turn))
    as_karin.post(_page(turn, "take-back/"))
    again = open_turn("install-updates")
    assert (again.pk, again.due_on, Remark.objects.count()) == (turn.pk, due_on, 0)
    assert Entry.objects.filter(action="duties.taken-back").count() == 1


def test_taken_back_on_another_day_is_refused_and_not_offered(as_karin: Client) -> None:
    turn = open_turn("install-updates")
    as_karin.post(_page(turn, "done/"), {"outcome": "WELL"})
    Turn.objects.filter(pk=turn.pk).update(done_on=timezone.localdate() - DAY)
    assert "Take it back" not in _shown(as_karin, _page(turn))
    assert as_karin.post(_page(turn, "take-back/")).status_code == 409
    turn.refresh_from_db()
    assert turn.done_at is not None


def test_auditor_reads_everybodys_and_is_offered_nothing_to_do() -> None:
    auditor = accounts.create_user(
        email="x@example.se", password=None, name="X", language="en", role=Role.AUDITOR
    )
    browser = signing_in.browser_of(auditor)
    shown = _shown(browser, "/routines/")
    assert TITLE in shown
    assert "<bdi>Karin Lund</bdi>" in shown
    pages = [
        "/routines/",
        _page(open_turn("install-updates")),
        "/routines/who/",
        "/routines/who/install-updates/",
    ]
    forms = [_shown(browser, page).count('action="/routines/') for page in pages]
    assert forms == [0] * 4


def test_unknown_turn_is_not_found(as_karin: Client) -> None:
    assert as_karin.get("/routines/turn/00000000-0000-0000-0000-000000000000/").status_code == 404


def test_nothing_planned_offers_the_list_of_who_does_what(as_bo: Client) -> None:
    Turn.objects.all().delete()
    shown = _shown(as_bo, "/routines/")
    assert "Nothing to do" in shown
    assert 'href="/routines/who/"' in shown


def test_pages_ask_as_often_however_many_there_are(as_karin: Client, karin: User) -> None:
    pages = (
        "/routines/",
        "/routines/everybody/",
        "/routines/who/",
        "/routines/who/train/",
        "/routines/captain/",
    )
    for duty, about in [("install-updates", ""), ("train", karin.actor)]:
        as_karin.post(_page(open_turn(duty, about), "done/"), {"outcome": "WELL"})
    few = [len(asked(as_karin, page)) for page in pages]
    for number in range(12):
        accounts.create_user(email=f"p{number}@example.se", password=None, name=f"P {number}", language="sv")
    planning.plan(at=timezone.now())
    for turn in Turn.objects.open().filter(duty="train"):
        Turn.objects.create(
            duty="train", about=turn.about, opened_at=timezone.now(), due_on=timezone.localdate(),
            done_at=timezone.now(), done_on=timezone.localdate(), done_by=turn.about, outcome="WELL",
        )  # fmt: skip
    assert (few, [len(asked(as_karin, page)) for page in pages]) == (few, few)
