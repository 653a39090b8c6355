"""A turn is done, and taken back, by whose it is."""

from datetime import date, timedelta
from uuid import UUID, uuid4

import pytest

from tests.cast import NOW
from tryggve import vault
from tryggve.accounts.models import User
from tryggve.audit.models import Entry
from tryggve.routines.duties.models import Remark, Turn
from tryggve.routines.duties.selectors import remarks, tasks
from tryggve.routines.duties.services import choosing, doing, planning
from tryggve.routines.duties.services.doing import (
    AlreadyDone,
    NotYourTurn,
    Outcome,
    TooLate,
)
from tryggve.routines.duties.tests.conftest import DAY, MONDAY, at, open_turn

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("planned")]
SECRET = "Cilla Åkerström's folder lay open"


def _do(turn: Turn, by: User, note: str = "", day: date = MONDAY) -> None:
    doing.done(turn=turn.pk, by=by, outcome=Outcome.MENDED, note=note, at=at(day))


def _entry(action: str) -> Entry:
    return Entry.objects.get(action=action)


def test_done_is_kept_with_day_outcome_and_by_whom(karin: User) -> None:
    turn = open_turn("install-updates")
    _do(turn, karin, day=turn.due_on + 2 * DAY)
    turn.refresh_from_db()
    assert (turn.done_on, turn.done_by, turn.outcome) == (MONDAY + 9 * DAY, karin.actor, "MENDED")
    assert (_entry("duties.done").actor, _entry("duties.done").facts) == (
        karin.actor,
        {
            "turn": str(turn.pk),
            "duty": "install-updates",
            "outcome": "mended",
            "days_late": 2,
            "postponed": 0,
        },
    )


def test_note_opens_for_who_reads_it_and_lies_sealed(karin: User) -> None:
    turn = open_turn("install-updates")
    _do(turn, karin, note=f"  {SECRET} ")
    [told] = remarks.remarks_on(turn.pk)
    assert (told.text, told.writer, told.on) == (SECRET, karin.pk, "DONE")
    raw = bytes(Remark.objects.get().text_sealed)
    assert b"folder" not in raw
    assert SECRET not in str(list(Entry.objects.values()))


def test_note_opens_in_no_other_row(karin: User) -> None:
    _do(open_turn("install-updates"), karin, note=SECRET)
    Remark.objects.update(id=uuid4())
    with pytest.raises(vault.CannotOpen):
        remarks.remarks_by(karin.pk)


def test_note_that_cant_be_opened_any_more_hides_no_other(karin: User) -> None:
    first, second = "the first", "the second"
    _do(open_turn("install-updates"), karin, note=first)
    Remark.objects.update(text_sealed=b"x" * 80)
    turn = open_turn("install-updates")
    _do(turn, karin, note=second, day=MONDAY + DAY)
    assert [told.text for told in remarks.remarks_about("install-updates")] == [None, second]
    Remark.objects.update(text_sealed=b"x" * 80)
    assert [(told.text, told.writer) for told in remarks.remarks_on(turn.pk)] == [(None, karin.pk)]


def test_done_twice_is_refused_and_counts_once(karin: User, anna: User) -> None:
    turn = open_turn("install-updates")
    _do(turn, karin)
    with pytest.raises(AlreadyDone):
        _do(turn, anna, note=SECRET)
    turn.refresh_from_db()
    assert (turn.done_by, Remark.objects.count(), Entry.objects.filter(action="duties.done").count()) == (
        karin.actor,
        0,
        1,
    )


def test_unknown_turn_is_missing(karin: User) -> None:
    with pytest.raises(tasks.NoSuchTurn):
        doing.done(turn=uuid4(), by=karin, outcome=Outcome.WELL, at=NOW)


@pytest.mark.parametrize("duty", ["install-updates", "confirm-captain"])
def test_employee_does_nobody_elses(bo: User, duty: str) -> None:
    with pytest.raises(NotYourTurn):
        _do(open_turn(duty), bo)
    assert not Turn.objects.filter(done_at__isnull=False).exists()


@pytest.mark.parametrize("duty", ["install-updates", "confirm-captain"])
def test_owner_and_captain_do_each_others(anna: User, karin: User, duty: str) -> None:
    _do(open_turn(duty), anna)
    _do(open_turn(duty), karin)
    assert Turn.objects.filter(duty=duty, done_at__isnull=False).count() == 2


def test_employee_does_what_was_given_to_them(karin: User, bo: User) -> None:
    choosing.assign(duty="install-updates", person=bo.pk, by=karin, at=NOW)
    _do(open_turn("install-updates"), bo)
    assert Turn.objects.get(done_at__isnull=False).done_by == bo.actor


def test_nobody_trains_in_anothers_place(anna: User, bo: User) -> None:
    with pytest.raises(NotYourTurn):
        _do(open_turn("train", bo.actor), anna)
    _do(open_turn("train", bo.actor), bo)
    assert open_turn("train", bo.actor).due_on == date(2026, 9, 2)


def test_deputy_does_the_captains_while_it_lasts(karin: User, bo: User) -> None:
    User.objects.filter(pk=bo.pk).update(deputy_from=at(MONDAY), deputy_until=at(MONDAY + 5 * DAY))
    with pytest.raises(NotYourTurn):
        _do(open_turn("install-updates"), bo, day=MONDAY + 6 * DAY)
    _do(open_turn("install-updates"), bo, day=MONDAY + DAY)
    assert Turn.objects.get(done_at__isnull=False).done_by == bo.actor


def test_deputy_is_asked_beside_the_captain(karin: User, bo: User) -> None:
    User.objects.filter(pk=bo.pk).update(deputy_from=at(MONDAY), deputy_until=at(MONDAY + 5 * DAY))

    def asked(day: date) -> tuple[UUID, ...]:
        [task] = [task for task in tasks.open_tasks(at(day)) if task.duty.code == "install-updates"]
        return task.doers

    assert (asked(MONDAY), asked(MONDAY + 5 * DAY)) == ((karin.pk, bo.pk), (karin.pk,))


def test_who_left_does_nothing_more(karin: User) -> None:
    User.objects.filter(pk=karin.pk).update(is_active=False)
    with pytest.raises(NotYourTurn):
        _do(open_turn("install-updates"), karin)


def test_taken_back_is_open_as_it_was_and_what_began_to_count_goes(karin: User) -> None:
    turn = open_turn("check-tools")
    to = turn.due_on + 3 * DAY
    doing.postpone(turn=turn.pk, to=to, reason=SECRET, by=karin, at=at(MONDAY))
    before = Turn.objects.filter(pk=turn.pk).values().get()
    _do(turn, karin, note=SECRET)
    doing.take_back(turn=turn.pk, by=karin, at=at(MONDAY, 23))
    assert Turn.objects.filter(pk=turn.pk).values().get() == before
    assert (open_turn("check-tools"), [told.on for told in remarks.remarks_on(turn.pk)]) == (
        turn,
        ["POSTPONED"],
    )
    assert _entry("duties.taken-back").facts == {"turn": str(turn.pk), "duty": "check-tools"}


def test_taken_back_twice_or_after_midnight_is_refused(karin: User) -> None:
    turn, other = open_turn("check-tools"), open_turn("install-updates")
    for one in (turn, other):
        _do(one, karin)
    doing.take_back(turn=turn.pk, by=karin, at=at(MONDAY))
    with pytest.raises(TooLate):
        doing.take_back(turn=turn.pk, by=karin, at=at(MONDAY))
    with pytest.raises(TooLate):
        doing.take_back(turn=other.pk, by=karin, at=at(MONDAY + DAY, 0))


def test_taken_back_by_who_did_it_or_decides_and_nobody_else(anna: User, karin: User, bo: User) -> None:
    turn, own = open_turn("check-tools"), open_turn("train", bo.actor)
    _do(turn, karin)
    _do(own, bo)
    with pytest.raises(NotYourTurn):
        doing.take_back(turn=turn.pk, by=bo, at=NOW)
    with pytest.raises(NotYourTurn):
        doing.take_back(turn=own.pk, by=anna, at=NOW)
    doing.take_back(turn=turn.pk, by=anna, at=NOW)
    doing.take_back(turn=own.pk, by=bo, at=NOW)
    assert not Turn.objects.filter(done_at__isnull=False).exists()


def test_taken_back_what_an_event_called_for_leaves_one_open_turn(karin: User) -> None:
    called = planning.call(duty="assess-new-tool", about="service:1", actor="system", at=NOW)
    doing.done(turn=called, by=karin, outcome=Outcome.WELL, at=NOW)
    doing.take_back(turn=called, by=karin, at=NOW)
    assert open_turn("assess-new-tool", "service:1").pk == called


def test_product_notes_what_it_saw_once(karin: User) -> None:
    def noted() -> bool:
        return doing.note_done(duty="assess-new-tool", actor="system", at=NOW)

    assert noted() is False
    assert doing.note_done(duty="tell-customers", actor=karin.actor, at=NOW) is True
    assert Turn.objects.get(done_at__isnull=False).duty == "tell-customers"
    assert open_turn("tell-customers").due_on == date(2026, 6, 2)


def test_due_is_what_is_late_and_what_comes_by_person(anna: User, karin: User, bo: User) -> None:
    week = timedelta(days=6)
    monday = at(MONDAY + 7 * DAY)
    assert [(task.duty.code, task.days_late) for task in tasks.due_tasks(monday)] == [
        ("install-updates", 0),
        ("confirm-captain", 0),
        ("check-second-factors", 0),
    ]
    own = tasks.due_tasks(monday + 8 * DAY, within=week, person=anna)
    assert [(task.duty.code, task.days_late) for task in own] == [("confirm-captain", 8)]
    assert tasks.due_tasks(monday, within=week, person=bo) == []
    assert tasks.due_tasks(at(MONDAY), person=karin) == []


def test_captains_turns_are_the_owners_without_a_captain(anna: User, karin: User) -> None:
    User.objects.filter(pk=karin.pk).update(is_active=False)
    [task] = [task for task in tasks.open_tasks(NOW) if task.duty.code == "install-updates"]
    assert task.doers == (anna.pk,)


def test_last_done_believes_no_day_to_come(karin: User) -> None:
    _do(open_turn("check-tools"), karin)
    _do(open_turn("install-updates"), karin, day=MONDAY + 400 * DAY)
    assert tasks.last_done(at(MONDAY, 10)) == {"check-tools": at(MONDAY)}


def test_turns_of_a_duty_are_the_newest_first(karin: User) -> None:
    days = [MONDAY, MONDAY + 20 * DAY]
    for day in days:
        _do(open_turn("check-tools"), karin, day=day)
    assert [turn.done_on for turn in tasks.turns_of("check-tools")] == days[::-1]
