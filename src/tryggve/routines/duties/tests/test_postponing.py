"""A turn is put off, with a reason, and not for ever."""

from datetime import date

import pytest

from tryggve.accounts.models import User
from tryggve.audit.models import Entry
from tryggve.routines.duties.models import Remark, Turn
from tryggve.routines.duties.selectors import remarks
from tryggve.routines.duties.services import doing
from tryggve.routines.duties.services.doing import (
    AlreadyDone,
    NoReason,
    NotAnyFurther,
    NotThen,
    NotYourTurn,
    Outcome,
)
from tryggve.routines.duties.tests.conftest import DAY, MONDAY, at, open_turn

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("planned")]
SECRET = "Cilla Åkerström's folder lay open"


def _do(turn: Turn, by: User, day: date) -> None:
    doing.done(turn=turn.pk, by=by, outcome=Outcome.MENDED, at=at(day))


def _entry(action: str) -> Entry:
    return Entry.objects.get(action=action)


def _postpone(turn: Turn, to: date, by: User, reason: str = SECRET, day: date = MONDAY) -> None:
    doing.postpone(turn=turn.pk, to=to, reason=reason, by=by, at=at(day))


def test_postponed_is_due_on_the_new_day_and_says_why(karin: User) -> None:
    turn = open_turn("check-tools")
    _postpone(turn, turn.due_on + 10 * DAY, karin)
    turn.refresh_from_db()
    assert (turn.postponed_to, turn.days.until, turn.times_postponed) == (
        MONDAY + 31 * DAY,
        MONDAY + 31 * DAY,
        1,
    )
    [told] = remarks.remarks_on(turn.pk)
    assert (told.text, told.on) == (SECRET, "POSTPONED")
    assert _entry("duties.postponed").facts == {"turn": str(turn.pk), "duty": "check-tools", "days": 10}


def test_postponed_and_done_by_then_is_not_late(karin: User) -> None:
    turn = open_turn("check-tools")
    _postpone(turn, turn.due_on + 10 * DAY, karin)
    _do(turn, karin, turn.due_on + 10 * DAY)
    assert (_entry("duties.done").facts["days_late"], _entry("duties.done").facts["postponed"]) == (0, 1)


def test_what_is_late_can_be_put_off_from_today(karin: User) -> None:
    turn = open_turn("check-tools")
    today = turn.due_on + 5 * DAY
    with pytest.raises(NotThen):
        _postpone(turn, today, karin, day=today)
    _postpone(turn, today + DAY, karin, day=today)
    assert Turn.objects.get(pk=turn.pk).postponed_to == today + DAY


@pytest.mark.parametrize("reason", ["", "  \n "])
def test_nothing_is_put_off_without_a_reason(karin: User, reason: str) -> None:
    turn = open_turn("check-tools")
    with pytest.raises(NoReason):
        _postpone(turn, turn.due_on + DAY, karin, reason=reason)
    turn.refresh_from_db()
    assert (turn.postponed_to, Remark.objects.count()) == (None, 0)


@pytest.mark.parametrize("days", [-400, -1, 0, 91, 4000])
def test_put_off_to_a_day_that_cannot_be_is_refused(karin: User, days: int) -> None:
    turn = open_turn("review-policy")
    with pytest.raises(NotThen) as refused:
        _postpone(turn, turn.due_on + days * DAY, karin)
    assert "after April 27, 2026, and not after July 26, 2026" in str(refused.value)
    turn.refresh_from_db()
    assert (turn.postponed_to, Remark.objects.count()) == (None, 0)


def test_put_off_again_and_again_ends_at_ninety_days(karin: User) -> None:
    turn = open_turn("review-policy")
    _postpone(turn, turn.due_on + 60 * DAY, karin)
    _postpone(turn, turn.due_on + 90 * DAY, karin)
    with pytest.raises(NotAnyFurther):
        _postpone(turn, turn.due_on + 91 * DAY, karin)
    turn.refresh_from_db()
    assert (turn.postponed_to, turn.times_postponed) == (turn.due_on + 90 * DAY, 2)


def test_put_off_by_who_isnt_asked_is_refused(bo: User) -> None:
    turn = open_turn("check-tools")
    with pytest.raises(NotYourTurn):
        _postpone(turn, turn.due_on + DAY, bo)


def test_what_was_done_is_not_put_off(karin: User) -> None:
    turn = open_turn("check-tools")
    _do(turn, karin, MONDAY)
    with pytest.raises(AlreadyDone):
        _postpone(turn, turn.due_on + DAY, karin)
