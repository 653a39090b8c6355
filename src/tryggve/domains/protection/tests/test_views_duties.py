"""The pages of who does what, of one routine with its history, and of the captain's six tasks."""

import html

import pytest
from django.test import Client
from django.utils import timezone

from tryggve.accounts.models import User
from tryggve.domains.protection.tests.routines import begin, open_turn
from tryggve.routines.duties.models import Choice, Remark, Turn
from tryggve.routines.duties.services import choosing, doing
from tryggve.routines.duties.services.doing import Outcome

pytestmark = pytest.mark.django_db
UPDATES = "/routines/who/install-updates/"


@pytest.fixture(autouse=True)
def planned(anna: User, karin: User, bo: User) -> None:
    begin(anna, karin, bo, at=timezone.now())


def _shown(browser: Client, page: str) -> str:
    answer = browser.get(page)
    assert answer.status_code == 200
    return html.unescape(answer.content.decode())


def test_list_says_whose_how_often_and_what_isnt_asked_for(as_anna: Client) -> None:
    shown = _shown(as_anna, "/routines/who/")
    row = shown[shown.index(UPDATES) : shown.index("confirm-captain")]
    assert [said in row for said in ("<bdi>Karin Lund</bdi>", "every two weeks", "never")] == [True] * 3
    assert "Send a phishing test and talk about the result" in shown[shown.index("Not asked for") :]
    assert "by itself only where at least 11 work" in shown


def test_given_to_somebody_is_theirs_and_back_again_the_roles(
    as_karin: Client, karin: User, bo: User
) -> None:
    as_karin.post(f"{UPDATES}assign/", {"person": str(bo.pk)})
    assert Choice.objects.get().person_id == bo.pk
    assert "selected>Bo Dahl" in _shown(as_karin, UPDATES)
    as_karin.post(f"{UPDATES}assign/", {"person": ""})
    assert Choice.objects.get().person_id is None


def test_given_to_who_isnt_here_says_so_and_changes_nothing(as_karin: Client) -> None:
    answer = as_karin.post(f"{UPDATES}assign/", {"person": "00000000-0000-0000-0000-000000000000"})
    assert answer.status_code == 200
    assert "Select a valid choice" in html.unescape(answer.content.decode())
    assert not Choice.objects.exists()


def test_training_is_everybodys_own_and_not_given(as_karin: Client) -> None:
    shown = _shown(as_karin, "/routines/who/train/")
    assert "Everybody for themselves" in shown
    assert "/routines/who/train/assign/" not in shown


def test_switched_off_says_why_and_by_whom_and_on_again_is_asked_for(as_karin: Client) -> None:
    as_karin.post("/routines/who/change-wifi/off/", {"reason": "we rent a desk & have no Wi-Fi"})
    assert not Turn.objects.open().filter(duty="change-wifi").exists()
    shown = _shown(as_karin, "/routines/who/change-wifi/")
    assert "we rent a desk & have no Wi-Fi" in shown
    assert "by Karin Lund" in shown
    as_karin.post("/routines/who/change-wifi/on/")
    assert open_turn("change-wifi").due_on > timezone.localdate()
    assert "we rent a desk" not in _shown(as_karin, "/routines/who/change-wifi/")


@pytest.mark.parametrize("reason", ["", "   "])
def test_switched_off_without_a_reason_is_refused(as_karin: Client, reason: str) -> None:
    answer = as_karin.post("/routines/who/change-wifi/off/", {"reason": reason})
    assert "<details" in answer.content.decode()
    assert "open>" in answer.content.decode()
    assert open_turn("change-wifi")


def test_employee_sees_it_and_is_offered_nothing(as_bo: Client, karin: User) -> None:
    choosing.switch_off(duty="change-wifi", reason="none here", by=karin, at=timezone.now())
    shown = _shown(as_bo, UPDATES)
    assert [offered in shown for offered in ("assign/", "/off/")] == [False, False]
    assert as_bo.post(f"{UPDATES}off/", {"reason": "I can't be bothered"}).status_code == 403
    assert open_turn("install-updates")


def test_history_tells_when_by_whom_what_and_the_note(as_anna: Client, karin: User) -> None:
    turn = open_turn("install-updates")
    doing.done(turn=turn.pk, by=karin, outcome=Outcome.LEFT, note="the old tablet", at=timezone.now())
    shown = _shown(as_anna, UPDATES)
    past = shown[shown.index("Earlier times") :]
    said = ("<bdi>Karin Lund</bdi>", "something is left to mend", "the old tablet")
    assert [one in past for one in said] == [True] * 3


def test_what_was_written_and_cant_be_opened_any_more_is_told_in_its_place(
    as_anna: Client, karin: User
) -> None:
    lost, now = "What was written can't be opened any more.", timezone.now()
    turn = open_turn("install-updates")
    doing.done(turn=turn.pk, by=karin, outcome=Outcome.WELL, note="new router", at=now)
    choosing.switch_off(duty="change-wifi", reason="none here", by=karin, at=now)
    pages = (UPDATES, f"/routines/turn/{turn.pk}/", "/routines/who/change-wifi/")
    assert [lost in _shown(as_anna, page) for page in pages] == [False] * 3
    Remark.objects.update(text_sealed=b"x" * 80)
    assert [lost in _shown(as_anna, page) for page in pages] == [True] * 3


def test_what_the_product_saw_by_itself_names_nobody(as_anna: Client) -> None:
    doing.note_done(duty="tell-customers", actor="system", at=timezone.now())
    assert "Tryggve saw it" in _shown(as_anna, "/routines/who/tell-customers/")
    assert "Tryggve saw it" in _shown(as_anna, "/routines/everybody/")


@pytest.mark.parametrize("verb", ["", "assign/", "off/", "on/"])
def test_unknown_routine_is_not_found(as_anna: Client, verb: str) -> None:
    page = f"/routines/who/no-such/{verb}"
    answer = as_anna.post(page, {"reason": "x"}) if verb else as_anna.get(page)
    assert answer.status_code == 404


def test_captains_six_tasks_stand_in_their_order_with_what_was_done(as_karin: Client, karin: User) -> None:
    turn = open_turn("choose-advice")
    doing.done(turn=turn.pk, by=karin, outcome=Outcome.WELL, at=timezone.now())
    shown = _shown(as_karin, "/routines/captain/")
    places = [shown.index(f"<h2>{number}. ") for number in range(1, 7)]
    assert places == sorted(places)
    assert shown.count("Last done") == 1
    assert 'href="/routines/meetings/"' in shown
