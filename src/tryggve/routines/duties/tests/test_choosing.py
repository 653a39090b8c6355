"""Who does a duty, and whether it is asked for."""

from datetime import date

import pytest

from tests.cast import NOW
from tryggve.accounts import handovers, leaving
from tryggve.accounts import services as accounts
from tryggve.accounts.models import User
from tryggve.accounts.roles import Role
from tryggve.audit.models import Entry
from tryggve.routines.duties.models import Choice, Remark, Turn
from tryggve.routines.duties.selectors import calendars as calendar_selectors
from tryggve.routines.duties.selectors import remarks, tasks
from tryggve.routines.duties.services import calendars, choosing, doing, planning
from tryggve.routines.duties.services.choosing import CannotDo, EverybodysOwn, NoReason, NotYours
from tryggve.routines.duties.tests.conftest import DAY, MONDAY, at, open_days

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("planned")]


WHY = "we have no Wi-Fi of our own"


def _doers(duty: str) -> set[object]:
    return {doer for task in tasks.open_tasks(NOW) if task.duty.code == duty for doer in task.doers}


def test_assigned_is_that_persons_and_then_the_roles_again(karin: User, bo: User) -> None:
    choosing.assign(duty="change-wifi", person=bo.pk, by=karin, at=NOW)
    assert _doers("change-wifi") == {bo.pk}
    choosing.assign(duty="change-wifi", person=None, by=karin, at=NOW)
    assert _doers("change-wifi") == {karin.pk}
    entries = Entry.objects.filter(action="duties.assigned").order_by("pk")
    assert [(entry.subject, entry.facts["person"]) for entry in entries] == [
        (bo.pk, str(bo.pk)),
        (None, "role"),
    ]


def test_employee_chooses_nothing(bo: User) -> None:
    with pytest.raises(NotYours):
        choosing.assign(duty="change-wifi", person=bo.pk, by=bo, at=NOW)
    with pytest.raises(NotYours):
        choosing.switch_off(duty="change-wifi", reason=WHY, by=bo, at=NOW)
    assert not Choice.objects.exists()


def test_captain_who_was_made_less_meanwhile_chooses_nothing(karin: User) -> None:
    User.objects.filter(pk=karin.pk).update(role=Role.EMPLOYEE)
    with pytest.raises(NotYours):
        choosing.switch_off(duty="change-wifi", reason=WHY, by=karin, at=NOW)


@pytest.mark.parametrize("role", [Role.AUDITOR, Role.SUPPLIER])
def test_auditor_and_supplier_are_given_nothing(karin: User, role: Role) -> None:
    other = accounts.create_user(email="x@example.se", password=None, name="X", language="sv", role=role)
    with pytest.raises(CannotDo):
        choosing.assign(duty="change-wifi", person=other.pk, by=karin, at=NOW)


def test_training_is_given_to_nobody_in_anothers_place(karin: User, bo: User) -> None:
    with pytest.raises(EverybodysOwn):
        choosing.assign(duty="train", person=bo.pk, by=karin, at=NOW)


def test_switched_off_is_withdrawn_and_on_again_is_asked_for_anew(karin: User) -> None:
    choosing.switch_off(duty="change-wifi", reason=WHY, by=karin, at=NOW)
    assert ("change-wifi", "") not in open_days()
    later = at(MONDAY + 30 * DAY)
    choosing.switch_on(duty="change-wifi", by=karin, at=later)
    assert open_days()["change-wifi", ""] == MONDAY + (30 + 105) * DAY
    actions = (
        Entry.objects.filter(action__startswith="duties.").order_by("pk").values_list("action", flat=True)
    )
    assert list(actions) == ["duties.switched-off", "duties.switched-on"]


def _rest(duty: str, karin: User, *, off_on: date, on_on: date) -> None:
    choosing.switch_off(duty=duty, reason=WHY, by=karin, at=at(off_on))
    choosing.switch_on(duty=duty, by=karin, at=at(on_on))


def test_switched_off_and_on_again_is_as_late_as_before(karin: User) -> None:
    turn = Turn.objects.open().get(duty="install-updates")
    late = turn.due_on + 40 * DAY
    _rest("install-updates", karin, off_on=late, on_on=late)
    turn.refresh_from_db()
    assert (turn.withdrawn_at, turn.switched_off_on, turn.due_on) == (None, None, late - 40 * DAY)

    _rest("install-updates", karin, off_on=late, on_on=late + 60 * DAY)
    turn.refresh_from_db()
    assert (turn.withdrawn_at, turn.due_on) == (None, late + 20 * DAY)


def test_switched_off_and_on_again_each_week_puts_nothing_off(karin: User) -> None:
    due_on = open_days()["follow-threats", ""]
    for week in range(3):
        _rest("follow-threats", karin, off_on=MONDAY + week * 7 * DAY, on_on=MONDAY + week * 7 * DAY)
    assert open_days()["follow-threats", ""] == due_on


def test_switched_off_for_longer_than_90_days_begins_anew(karin: User) -> None:
    late = open_days()["install-updates", ""] + 40 * DAY
    _rest("install-updates", karin, off_on=late, on_on=late + 90 * DAY)
    assert open_days()["install-updates", ""] == late + 97 * DAY


def test_put_off_switched_off_and_on_again_is_put_off_as_before(karin: User) -> None:
    turn = Turn.objects.open().get(duty="check-tools")
    late = turn.due_on + 4 * DAY
    to = late + 5 * DAY
    doing.postpone(turn=turn.pk, to=to, reason=WHY, by=karin, at=at(late))
    _rest("check-tools", karin, off_on=late, on_on=late + 2 * DAY)
    turn.refresh_from_db()
    assert (turn.withdrawn_at, turn.postponed_to, turn.times_postponed) == (None, to + 2 * DAY, 1)


def test_what_everybody_does_is_as_late_again_but_for_who_left_meanwhile(karin: User, bo: User) -> None:
    late = open_days()["train", bo.actor] + 40 * DAY
    choosing.switch_off(duty="train", reason=WHY, by=karin, at=at(late))
    User.objects.filter(pk=bo.pk).update(is_active=False, left_at=at(late))
    choosing.switch_on(duty="train", by=karin, at=at(late))
    days = open_days()
    assert (days["train", karin.actor], ("train", bo.actor) in days) == (late - 40 * DAY, False)


def test_what_takes_two_is_withdrawn_and_not_switched_off_when_one_is_left(
    anna: User, karin: User, bo: User
) -> None:
    choosing.assign(duty="talk-security", person=karin.pk, by=anna, at=NOW)
    User.objects.filter(pk__in=(anna.pk, bo.pk)).update(is_active=False)
    planning.plan(at=NOW)
    turn = Turn.objects.get(duty="talk-security")
    assert (turn.withdrawn_at, turn.switched_off_on) == (NOW, None)


def test_what_was_called_for_is_asked_for_again_when_it_was_late(karin: User) -> None:
    late, new = (
        planning.call(duty="assess-new-tool", about=about, actor="system", at=at(day))
        for about, day in (("service:1", MONDAY), ("service:2", MONDAY + 20 * DAY))
    )
    _rest("assess-new-tool", karin, off_on=MONDAY + 20 * DAY, on_on=MONDAY + 20 * DAY)
    assert Turn.objects.open().filter(duty="assess-new-tool").get().pk == late != new


@pytest.mark.parametrize("reason", ["", " \n "])
def test_nothing_is_switched_off_without_a_reason(karin: User, reason: str) -> None:
    with pytest.raises(NoReason):
        choosing.switch_off(duty="change-wifi", reason=reason, by=karin, at=NOW)
    assert ("change-wifi", "") in open_days()


def test_reason_is_read_with_what_was_written_on_its_turns_and_lies_sealed(karin: User) -> None:
    turn = Turn.objects.open().get(duty="change-wifi")
    doing.done(turn=turn.pk, by=karin, outcome=doing.Outcome.WELL, note="new router", at=NOW)
    choosing.switch_off(duty="change-wifi", reason=WHY, by=karin, at=at(MONDAY + DAY))
    told = [(one.on, one.text, one.turn) for one in remarks.remarks_about("change-wifi")]
    assert told == [("DONE", "new router", turn.pk), ("OFF", WHY, None)]
    assert remarks.remarks_about("check-tools") == []
    assert b"Wi-Fi" not in b"".join(bytes(row.text_sealed) for row in Remark.objects.all())


def test_turns_of_who_is_gone_are_the_roles(karin: User, bo: User) -> None:
    choosing.assign(duty="change-wifi", person=bo.pk, by=karin, at=NOW)
    User.objects.filter(pk=bo.pk).update(is_active=False)
    assert _doers("change-wifi") == {karin.pk}


def test_leaving_hands_routines_over_and_ends_the_calendar(anna: User, karin: User, bo: User) -> None:
    choosing.assign(duty="change-wifi", person=bo.pk, by=karin, at=NOW)
    secret = calendars.make_calendar(user=bo, at=NOW)
    counts = {one.code: one.count(bo) for one in handovers.all_handovers() if one.count}
    assert (counts["duties.assigned"], counts["duties.calendar"]) == (1, 1)

    left = leaving.leave(person=bo.pk, successor=anna.pk, by=anna, at=NOW)
    assert (left.handed_over["duties.assigned"], left.handed_over["duties.calendar"]) == (1, 1)
    assert _doers("change-wifi") == {anna.pk}
    assert calendar_selectors.has_calendar(bo) is False
    leaving.reopen(person=bo.pk, by=anna, at=NOW)
    assert calendars.shown(secret, at=NOW) is None
