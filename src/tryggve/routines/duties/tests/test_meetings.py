"""A staff meeting: its agenda, that it was held, and who says that they were there."""

from datetime import timedelta
from uuid import UUID, uuid4

import pytest

from tests.cast import NOW
from tryggve.accounts import services as accounts
from tryggve.accounts.models import User
from tryggve.accounts.roles import Role
from tryggve.audit.models import Entry
from tryggve.lib.ids import new_id
from tryggve.notices import letters, registry
from tryggve.notices.models import MailServer, OutboxMessage, Security
from tryggve.routines.duties.models import Attendance, Meeting, Turn
from tryggve.routines.duties.selectors import meetings as selectors
from tryggve.routines.duties.selectors.meetings import Held, NoSuchMeeting
from tryggve.routines.duties.services import choosing, doing, meetings
from tryggve.routines.duties.services.doing import TooLate
from tryggve.routines.duties.services.meetings import (
    HeldAlready,
    HeldThatDay,
    NotOnThatDay,
    NotThere,
    NotYoursToLead,
)
from tryggve.routines.duties.tests.conftest import DAY, MONDAY, at, open_turn

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("planned")]


def _agenda(by: User, day: int = 0) -> UUID:
    """Made so many days after that Monday."""
    when = at(MONDAY + day * DAY)
    return meetings.make_agenda(told={"of": 40}, tells_from=NOW - 91 * DAY, by=by, at=when)


def _held(by: User, day: int = 0) -> UUID:
    made = _agenda(by, day)
    meetings.hold(meeting=made, on=MONDAY + day * DAY, by=by, at=at(MONDAY + day * DAY, 15))
    return made


def _actions() -> list[str]:
    rows = Entry.objects.filter(action__startswith="duties.").order_by("pk")
    return [row.action.removeprefix("duties.") for row in rows]


def test_held_is_the_routine_done_on_that_day(karin: User) -> None:
    turn, made = open_turn("talk-security"), _held(karin)
    row = Meeting.objects.get()
    assert (row.pk, row.held_on, row.people, row.turn_id) == (made, MONDAY, 3, turn.pk)
    turn.refresh_from_db()
    assert (turn.done_on, turn.done_by) == (MONDAY, karin.actor)
    assert _actions() == ["agenda-made", "done", "meeting-held"]


def test_held_while_the_routine_is_switched_off_is_held(karin: User) -> None:
    choosing.switch_off(duty="talk-security", reason="we talk daily", by=karin, at=NOW)
    _held(karin)
    assert (Meeting.objects.get().turn_id, Meeting.objects.get().held_on) == (None, MONDAY)


def test_agenda_tells_the_same_for_ever(karin: User) -> None:
    made = _held(karin)
    _agenda(karin, day=3)
    assert selectors.meeting_of(made).told == {"of": 40}


def test_owner_captain_and_whose_routine_it_is_lead_and_nobody_else(
    anna: User, karin: User, bo: User
) -> None:
    def leads() -> list[bool]:
        return [selectors.may_lead(person, NOW) for person in (anna, karin, bo)]

    assert leads() == [True, True, False]
    for wrongly in (
        lambda: _agenda(bo),
        lambda: meetings.hold(meeting=_agenda(anna), on=MONDAY, by=bo, at=NOW),
    ):
        with pytest.raises(NotYoursToLead):
            wrongly()
    choosing.assign(duty="talk-security", person=bo.pk, by=karin, at=NOW)
    assert leads() == [True, True, True]
    _held(bo)
    assert Turn.objects.get(done_at__isnull=False).done_by == bo.actor


def test_who_left_leads_nothing(karin: User) -> None:
    User.objects.filter(pk=karin.pk).update(is_active=False)
    assert selectors.may_lead(karin, NOW) is False


def test_agenda_that_waits_gives_way_and_one_that_was_held_stays(karin: User) -> None:
    held, waiting = _held(karin), _agenda(karin, day=1)
    newer = _agenda(karin, day=2)
    assert set(Meeting.objects.values_list("pk", flat=True)) == {held, newer}
    with pytest.raises(NoSuchMeeting):
        meetings.hold(meeting=waiting, on=MONDAY + 2 * DAY, by=karin, at=at(MONDAY + 2 * DAY))
    waits = selectors.agenda_that_waits()
    assert waits is not None
    assert waits.pk == newer


@pytest.mark.parametrize("days", [-1, 1])
def test_held_before_its_agenda_or_after_today_is_refused(karin: User, days: int) -> None:
    made = _agenda(karin)
    with pytest.raises(NotOnThatDay):
        meetings.hold(meeting=made, on=MONDAY + days * DAY, by=karin, at=at(MONDAY))
    assert Meeting.objects.get().held_on is None


def test_held_twice_and_two_on_a_day_are_refused(karin: User) -> None:
    held = _held(karin)
    with pytest.raises(HeldAlready):
        meetings.hold(meeting=held, on=MONDAY, by=karin, at=at(MONDAY, 16))
    with pytest.raises(HeldThatDay):
        meetings.hold(meeting=_agenda(karin), on=MONDAY, by=karin, at=at(MONDAY, 16))


def test_taken_back_opens_the_routine_as_it_was(karin: User, bo: User) -> None:
    turn, held = open_turn("talk-security"), _held(karin)
    meetings.confirm(meeting=held, by=bo, at=at(MONDAY, 16))
    meetings.take_back(meeting=held, by=karin, at=at(MONDAY, 17))
    assert (open_turn("talk-security"), Attendance.objects.count()) == (turn, 0)
    with pytest.raises(HeldAlready):
        meetings.take_back(meeting=held, by=karin, at=at(MONDAY, 17))
    meetings.hold(meeting=held, on=MONDAY, by=karin, at=at(MONDAY, 18))
    assert Turn.objects.open().filter(duty="talk-security").count() == 1


def test_taken_back_on_another_day_is_refused(karin: User) -> None:
    held = _held(karin)
    with pytest.raises(TooLate):
        meetings.take_back(meeting=held, by=karin, at=at(MONDAY + DAY, 1))
    assert Meeting.objects.get().held_on == MONDAY


def test_taken_back_after_the_routine_was_leaves_the_routine(karin: User) -> None:
    held = _held(karin)
    turn = Turn.objects.get(duty="talk-security", done_at__isnull=False)
    doing.take_back(turn=turn.pk, by=karin, at=at(MONDAY, 16))
    meetings.take_back(meeting=held, by=karin, at=at(MONDAY, 17))
    assert open_turn("talk-security") == turn


def test_confirmed_once_however_often_and_taken_back(karin: User, bo: User) -> None:
    held = _held(karin)
    said = [meetings.confirm(meeting=held, by=bo, at=at(MONDAY, 16)) for _time in range(2)]
    assert (said, selectors.those_who_confirmed(held)) == ([True, False], frozenset({bo.pk}))
    back = [meetings.take_back_attendance(meeting=held, by=bo, at=at(MONDAY, 17)) for _time in range(2)]
    assert (back, selectors.those_who_confirmed(held)) == ([True, False], frozenset())
    assert _actions()[-2:] == ["attended", "attendance-taken-back"]


def test_auditor_and_who_left_were_not_there(karin: User, bo: User) -> None:
    held = _held(karin)
    other = accounts.create_user(
        email="x@example.se", password=None, name="X", language="sv", role=Role.AUDITOR
    )
    User.objects.filter(pk=bo.pk).update(is_active=False)
    for person in (other, bo):
        with pytest.raises(NotThere):
            meetings.confirm(meeting=held, by=person, at=at(MONDAY, 16))
    assert selectors.waits_for(other, at=at(MONDAY, 16)) is None


def test_confirmed_before_it_was_held_or_a_month_later_is_refused(karin: User, bo: User) -> None:
    with pytest.raises(NotThere):
        meetings.confirm(meeting=_agenda(karin), by=bo, at=at(MONDAY))
    held = _held(karin)
    with pytest.raises(NotThere):
        meetings.confirm(meeting=held, by=bo, at=at(MONDAY + 30 * DAY))
    assert meetings.confirm(meeting=held, by=bo, at=at(MONDAY + 29 * DAY)) is True


def test_unknown_meeting_is_missing(karin: User) -> None:
    with pytest.raises(NoSuchMeeting):
        meetings.confirm(meeting=uuid4(), by=karin, at=NOW)
    with pytest.raises(NoSuchMeeting):
        selectors.meeting_of(uuid4())


def test_newest_that_one_hasnt_confirmed_waits_for_a_month(karin: User, bo: User) -> None:
    first = _held(karin)

    def waits(days: int) -> UUID | None:
        found = selectors.waits_for(bo, at=at(MONDAY + days * DAY, 16))
        return found.pk if found else None

    assert [waits(0), waits(29), waits(30), waits(-1)] == [first, first, None, None]
    second = _held(karin, day=7)
    assert waits(8) == second
    meetings.confirm(meeting=second, by=bo, at=at(MONDAY + 8 * DAY))
    assert waits(8) == first


def test_held_are_the_newest_first_with_their_counts(karin: User, bo: User) -> None:
    first, second = _held(karin), _held(karin, day=7)
    for person in (karin, bo):
        meetings.confirm(meeting=first, by=person, at=at(MONDAY, 16))
    found = selectors.held(at(MONDAY + 8 * DAY))
    assert found == [Held(second, MONDAY + 7 * DAY, 3, 0), Held(first, MONDAY, 3, 2)]
    assert selectors.held(at(MONDAY + 6 * DAY)) == found[1:]


@pytest.mark.parametrize(
    ("people", "confirmed", "is_confirmed"),
    [(1, 1, False), (2, 1, False), (2, 2, True), (3, 2, True), (5, 2, False), (5, 3, True)],
)
def test_half_of_them_and_two_confirm_a_meeting(people: int, confirmed: int, *, is_confirmed: bool) -> None:
    assert Held(new_id(), MONDAY, people, confirmed).is_confirmed is is_confirmed


def test_agenda_tells_from_the_one_that_was_talked_about(karin: User) -> None:
    later = at(MONDAY + 10 * DAY)
    assert selectors.tells_from(later) == later - timedelta(days=91)
    _held(karin)
    _agenda(karin, day=5)
    assert selectors.tells_from(later) == at(MONDAY)


def test_the_others_are_asked_by_mail_in_their_language(anna: User, karin: User, bo: User) -> None:
    assert OutboxMessage.objects.count() == 0
    _held(karin)
    assert OutboxMessage.objects.count() == 0
    MailServer.objects.create(
        pk=1, host="localhost", port=25, security=Security.NONE, sender_address="t@example.se", changed_at=NOW
    )
    User.objects.filter(pk=bo.pk).update(language="sv")
    _held(karin, day=7)
    rows = {row.recipient_ref: row for row in OutboxMessage.objects.all()}
    assert set(rows) == {anna.actor, bo.actor}
    row = rows[anna.actor]
    letter = letters.opened(bytes(row.body_sealed or b""), row.pk)
    assert letter.subject == "Were you at the staff meeting?"
    assert "on March 9, 2026 you all talked about security" in letter.text
    row = rows[bo.actor]
    assert "9 mars 2026" in letters.opened(bytes(row.body_sealed or b""), row.pk).text


@pytest.mark.parametrize(("days", "is_sent"), [(0, True), (29, True), (30, False)])
def test_question_that_waited_for_a_mail_server_for_a_month_is_not_sent(days: int, *, is_sent: bool) -> None:
    assert (
        registry.is_wanted("duties.meeting", recipient_ref="user:x", made_at=NOW, at=NOW + days * DAY)
        is is_sent
    )
