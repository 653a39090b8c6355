"""The staff meeting on its pages: the agenda made, held, and confirmed with one press by each who was there."""

import html
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from tests.counting import asked
from tryggve.accounts import services as accounts
from tryggve.accounts.models import User
from tryggve.domains.protection.tests.routines import DAY, begin, open_turn
from tryggve.lib.pdf import can_make_pdf
from tryggve.routines.duties.models import Attendance, Meeting, Turn

pytestmark = pytest.mark.django_db
PAGE = "/routines/meetings/"


@pytest.fixture(autouse=True)
def planned(anna: User, karin: User, bo: User) -> None:
    begin(anna, karin, bo, at=timezone.now())


def _shown(browser: Client, page: str) -> str:
    answer = browser.get(page)
    assert answer.status_code == 200
    return html.unescape(answer.content.decode())


def _made(browser: Client) -> str:
    page: str = browser.post(f"{PAGE}make/")["Location"]
    return page


def _held(browser: Client) -> str:
    page = _made(browser)
    browser.post(f"{page}held/", {"on": timezone.localdate().isoformat()})
    return page


def test_agenda_is_made_by_the_captain_and_read_by_everybody(as_karin: Client, as_bo: Client) -> None:
    page = _made(as_karin)
    for browser in (as_karin, as_bo):
        shown = _shown(browser, page)
        assert "How we stand" in shown
        assert "protections are proven" in shown
    assert (
        "The meeting was held" in _shown(as_karin, page),
        "The meeting was held" in _shown(as_bo, page),
    ) == (
        True,
        False,
    )


def test_agenda_by_an_employee_is_refused_unless_it_is_their_routine(
    as_bo: Client, as_karin: Client, bo: User
) -> None:
    assert "Make the agenda" not in _shown(as_bo, PAGE)
    assert as_bo.post(f"{PAGE}make/").status_code == 409
    assert not Meeting.objects.exists()
    as_karin.post("/routines/who/talk-security/assign/", {"person": str(bo.pk)})
    assert "Make the agenda" in _shown(as_bo, PAGE)
    assert as_bo.post(f"{PAGE}make/").status_code == 302


def test_made_anew_gives_way_to_the_newer(as_karin: Client) -> None:
    first, second = _made(as_karin), _made(as_karin)
    assert as_karin.get(first).status_code == 404
    assert second in _shown(as_karin, PAGE)


def test_held_is_the_routine_done_and_asks_everybody_on_their_routines(
    as_karin: Client, as_bo: Client, karin: User
) -> None:
    turn = open_turn("talk-security")
    page = _held(as_karin)
    turn.refresh_from_db()
    assert (turn.done_by, Meeting.objects.get().people) == (karin.actor, 3)
    assert "Were you at the staff meeting on" in _shown(as_bo, "/routines/")
    as_bo.post(f"{page}there/")
    assert "Were you at the staff meeting on" not in _shown(as_bo, "/routines/")
    shown = _shown(as_karin, page)
    assert "1 of 3 say that they were there." in shown
    assert "<bdi>Bo Dahl</bdi>" in shown


def test_confirming_twice_counts_once_and_can_be_taken_back(as_karin: Client, as_bo: Client) -> None:
    page = _held(as_karin)
    for _time in range(2):
        as_bo.post(f"{page}there/", {"was_there": "yes"})
    assert Attendance.objects.count() == 1
    as_bo.post(f"{page}there/", {"was_there": "no"})
    assert Attendance.objects.count() == 0


def test_confirming_before_the_meeting_or_a_month_after_it_is_refused(
    as_karin: Client, as_bo: Client
) -> None:
    page = _made(as_karin)
    assert as_bo.post(f"{page}there/").status_code == 409
    as_karin.post(f"{page}held/", {"on": timezone.localdate().isoformat()})
    Meeting.objects.update(held_on=timezone.localdate() - 30 * DAY)
    assert "Yes, I was there" not in _shown(as_bo, page)
    assert as_bo.post(f"{page}there/").status_code == 409
    assert not Attendance.objects.exists()


def test_held_on_a_day_that_cannot_be_says_so(as_karin: Client) -> None:
    page = _made(as_karin)
    for day in (timezone.localdate() + DAY, timezone.localdate() - DAY):
        answer = as_karin.post(f"{page}held/", {"on": day.isoformat()})
        assert "Choose the day of the meeting" in answer.content.decode()
    assert Meeting.objects.get().held_on is None


def test_not_held_after_all_opens_the_routine_again_and_forgets_who_confirmed(
    as_karin: Client, as_bo: Client
) -> None:
    turn = open_turn("talk-security")
    page = _held(as_karin)
    as_bo.post(f"{page}there/")
    as_karin.post(f"{page}not-held/")
    assert (Meeting.objects.get().held_on, Attendance.objects.count()) == (None, 0)
    assert open_turn("talk-security") == turn
    assert "Were you at" not in _shown(as_bo, "/routines/")


def test_not_held_after_all_on_another_day_is_refused(as_karin: Client) -> None:
    page = _held(as_karin)
    Meeting.objects.update(held_at=timezone.now() - timedelta(days=1))
    assert "It wasn't held" not in _shown(as_karin, page)
    assert as_karin.post(f"{page}not-held/").status_code == 409
    assert Turn.objects.get(duty="talk-security", done_at__isnull=False)


@pytest.mark.skipif(not can_make_pdf(), reason="Pango isn't on this computer")
def test_handout_is_a_pdf_to_save(as_bo: Client, as_karin: Client) -> None:
    answer = as_bo.get(f"{_made(as_karin)}handout/")
    day = timezone.localdate().isoformat()
    assert (answer["Content-Type"], answer["Content-Disposition"]) == (
        "application/pdf",
        f'attachment; filename="meeting-en-{day}.pdf"',
    )
    assert answer.content.startswith(b"%PDF-")


def test_pages_ask_as_often_however_many_there_are(as_karin: Client, karin: User) -> None:
    page = _held(as_karin)
    as_karin.post(f"{page}there/")
    few = [len(asked(as_karin, one)) for one in (PAGE, page)]
    now, meeting = timezone.now(), Meeting.objects.get()
    for number in range(1, 12):
        on = timezone.localdate() - number * 90 * DAY
        Meeting.objects.create(
            made_at=now - number * 90 * DAY, tells_from=now, held_on=on, held_at=now, people=3
        )
        one = accounts.create_user(email=f"p{number}@example.se", password=None, name="P", language="sv")
        Attendance.objects.create(meeting=meeting, person_ref=one.pk, confirmed_at=now)
    assert (few, [len(asked(as_karin, one)) for one in (PAGE, page)]) == (few, few)
