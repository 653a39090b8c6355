"""Who is mailed what, and when."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from tests.cast import NOW
from tryggve.accounts import services as accounts
from tryggve.accounts.models import User
from tryggve.accounts.roles import Role
from tryggve.notices import letters, registry
from tryggve.notices.models import MailServer, OutboxMessage, Security
from tryggve.routines.duties.mail_days import Sent
from tryggve.routines.duties.models import MailDay
from tryggve.routines.duties.selectors import tasks
from tryggve.routines.duties.services import doing, reminding
from tryggve.routines.duties.tests.conftest import DAY, MONDAY, at, open_turn

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("planned", "mail_server")]
# Karin has three things to do in this week, Anna one.
FIRST = MONDAY + 7 * DAY


@pytest.fixture
def mail_server(db: None) -> None:
    MailServer.objects.create(
        pk=1,
        host="localhost",
        port=25,
        security=Security.NONE,
        sender_address="tryggve@example.se",
        changed_at=NOW,
    )


def _mails() -> list[tuple[str, str, date]]:
    rows = OutboxMessage.objects.order_by("made_at", "recipient_ref")
    return [(row.kind, row.recipient_ref, timezone.localdate(row.made_at)) for row in rows]


def _letter_to(person: User) -> letters.Letter:
    row = OutboxMessage.objects.get(recipient_ref=person.actor)
    return letters.opened(bytes(row.body_sealed or b""), row.pk)


def test_monday_morning_tells_each_their_week(anna: User, karin: User) -> None:
    assert reminding.remind(at=at(FIRST, 7)) == 2
    assert set(_mails()) == {("duties.week", anna.actor, FIRST), ("duties.week", karin.actor, FIRST)}
    letter = _letter_to(karin)
    assert letter.subject == "Your routines this week: 2"
    assert (
        "- today: Install waiting updates on computers and phones (about 5 minutes)\n"
        "- today: Check two-step sign-in on your other services, e-mail first (about 10 minutes)\n\n"
        "About 15 minutes in all."
    ) in letter.text


def test_letter_is_in_its_readers_language_and_says_what_is_late(karin: User) -> None:
    User.objects.filter(pk=karin.pk).update(language="sv")
    reminding.remind(at=at(FIRST + 7 * DAY))
    text = _letter_to(karin).text
    assert "Installera väntande uppdateringar i datorer och telefoner" in text
    assert "9 mars 2026" in text


@pytest.mark.parametrize("hour", [0, 6, 20, 23])
def test_nobody_is_mailed_at_night(hour: int) -> None:
    assert reminding.remind(at=at(FIRST, hour)) == 0
    assert (_mails(), MailDay.objects.count()) == ([], 0)


@pytest.mark.parametrize(("day", "hours"), [(date(2026, 3, 23), 6), (date(2026, 3, 30), 5)])
def test_morning_is_the_companys_own_also_when_the_clocks_change(day: date, hours: int) -> None:
    """Seven in Stockholm is six by UTC in winter and five in summer."""
    midnight = at(day, 12).replace(hour=0)
    assert reminding.remind(at=midnight + timedelta(hours=hours) - timedelta(minutes=1)) == 0
    assert reminding.remind(at=midnight + timedelta(hours=hours)) == 2


def test_without_a_mail_server_nothing_waits_for_one() -> None:
    MailServer.objects.all().delete()
    assert reminding.remind(at=at(FIRST)) == 0
    assert (_mails(), MailDay.objects.count()) == ([], 0)


def test_one_mail_a_day_however_often_it_is_asked() -> None:
    counts = [reminding.remind(at=at(FIRST, hour)) for hour in (7, 8, 12, 19)]
    assert counts == [2, 0, 0, 0]


def test_two_workers_that_ask_at_the_same_moment_send_one(karin: User) -> None:
    found, long_ago = tasks.open_tasks(at(FIRST)), Sent(MONDAY - DAY, MONDAY - DAY)
    sent = [
        reminding._remind(karin, found, long_ago, at=at(FIRST), today=FIRST) for _worker in ("one", "two")
    ]
    assert (sent, _mails()) == ([True, False], [("duties.week", karin.actor, FIRST)])


def test_day_itself_is_told_and_what_was_done_isnt(anna: User, karin: User) -> None:
    reminding.remind(at=at(FIRST))
    doing.postpone(
        turn=open_turn("check-second-factors").pk, to=FIRST + 2 * DAY, reason="ill", by=karin, at=at(FIRST)
    )
    turn = open_turn("install-updates").pk
    doing.done(turn=turn, by=karin, outcome=doing.Outcome.WELL, at=at(FIRST))
    for days in range(1, 5):
        reminding.remind(at=at(FIRST + days * DAY))
    assert _mails()[2:] == [("duties.due", karin.actor, FIRST + 2 * DAY)]


def test_week_off_is_one_mail_not_seven(karin: User) -> None:
    back = FIRST + 9 * DAY
    for hour in range(8, 20):
        reminding.remind(at=at(back, hour))
    assert [kind for kind, whom, _day in _mails() if whom == karin.actor] == ["duties.week"]


def test_who_is_given_nothing_gets_no_mail(bo: User) -> None:
    auditor = accounts.create_user(
        email="x@example.se", password=None, name="X", language="sv", role=Role.AUDITOR
    )
    for week in range(4):
        reminding.remind(at=at(FIRST + 7 * week * DAY))
    assert {bo.actor, auditor.actor} & {whom for _kind, whom, _day in _mails()} == set()
    assert len(_mails()) == 8


def test_clock_that_ran_ahead_keeps_nobody_waiting(karin: User) -> None:
    MailDay.objects.create(user=karin, day=date(2031, 1, 6), is_about_the_week=True)
    reminding.remind(at=at(FIRST))
    assert ("duties.week", karin.actor, FIRST) in _mails()


@pytest.mark.parametrize(
    ("kind", "days", "wanted"),
    [
        ("duties.week", 0, True),
        ("duties.week", 6, True),
        ("duties.week", 7, False),
        ("duties.due", 0, True),
        ("duties.due", 1, False),
    ],
)
def test_mail_that_waited_too_long_is_thrown_away(kind: str, days: int, wanted: bool) -> None:
    made = at(FIRST)
    later = at(FIRST + days * DAY, 12)
    assert registry.is_wanted(kind, recipient_ref="user:x", made_at=made, at=later) is wanted


def test_letter_can_cross_the_wire(karin: User) -> None:
    reminding.remind(at=at(FIRST))
    letter = _letter_to(karin)
    mail = letters.as_mail(
        letter,
        sender=letters.address_of("tryggve@example.se"),
        to=letters.address_of(letter.address),
        message=OutboxMessage.objects.get(recipient_ref=karin.actor).pk,
        made_at=NOW,
    )
    assert b"Install waiting updates" in bytes(mail)
