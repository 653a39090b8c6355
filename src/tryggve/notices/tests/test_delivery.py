"""From the outbox to a real mail server: once, again, never; and where the power is cut between."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest

from tests.cast import NOW
from tryggve import vault
from tryggve.accounts.models import User
from tryggve.lib import write_points
from tryggve.notices import delivery
from tryggve.notices.delivery import Outcome
from tryggve.notices.models import OutboxMessage
from tryggve.notices.registry import Kind
from tryggve.notices.tests.post_office import PostOffice
from tryggve.notices.tests.sending import due_in, lead_to, send, the_row
from tryggve.notices.troubles import Trouble

pytestmark = pytest.mark.django_db
State = OutboxMessage.State
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)


class PowerCut(BaseException):
    """Nothing in the product catches it."""


@contextmanager
def cut_at(point: str) -> Iterator[None]:
    def cut(name: str) -> None:
        if name == point:
            raise PowerCut

    write_points.cut_with(cut)
    try:
        with pytest.raises(PowerCut):
            yield
    finally:
        write_points.cut_with(None)


def test_message_leaves_once_and_its_words_are_removed(
    kind: Kind, anna: User, settings_for: PostOffice
) -> None:
    message = send(kind, anna)

    assert delivery.deliver_due(at=NOW) == 1
    assert delivery.deliver_due(at=NOW + HOUR) == 0
    assert delivery.deliver(message, at=NOW + HOUR) is Outcome.NOTHING_TO_DO

    assert [mail["To"] for mail in settings_for.desk.taken] == [anna.email]
    row = the_row()
    assert (row.state, row.sent_at, row.body_sealed, row.error) == (State.SENT, NOW, None, "")


def test_message_waits_untouched_while_there_are_no_settings(kind: Kind, anna: User) -> None:
    message = send(kind, anna)
    for at in (NOW, NOW + timedelta(days=60)):
        assert delivery.deliver(message, at=at) is Outcome.NOTHING_TO_DO
        assert delivery.deliver_due(at=at) == 0
    row = the_row()
    assert (row.state, row.attempts, row.error) == (State.WAITING, 0, "")
    assert row.body_sealed is not None


def test_message_leaves_when_settings_come_late(kind: Kind, anna: User, office: PostOffice) -> None:
    send(kind, anna)
    lead_to(office.port)
    assert delivery.deliver_due(at=NOW + timedelta(days=30)) == 1
    assert len(office.desk.taken) == 1


def test_message_is_tried_ever_more_seldom_and_given_up_after_three_days(
    kind: Kind, anna: User, settings_for: PostOffice
) -> None:
    settings_for.desk.answers["RCPT"] = "450 4.2.0 greylisted"
    send(kind, anna)
    waits, at = [], NOW
    while (row := the_row()).state == State.WAITING:
        at = row.next_try_at
        delivery.deliver_due(at=at)
        waits.append(due_in(the_row(), at))

    assert waits[:5] == [MINUTE, 5 * MINUTE, 15 * MINUTE, HOUR, HOUR]
    assert (the_row().state, the_row().error, the_row().reply_code) == (State.GIVEN_UP, Trouble.BUSY, 450)
    assert timedelta(days=3) <= at - NOW < timedelta(days=3) + HOUR
    assert settings_for.desk.taken == []
    assert the_row().body_sealed is not None  # so that it can be tried again


def test_message_is_not_tried_before_its_time(kind: Kind, anna: User, settings_for: PostOffice) -> None:
    settings_for.desk.answers["RCPT"] = "450 4.2.0 greylisted"
    send(kind, anna)
    delivery.deliver_due(at=NOW)
    settings_for.desk.answers.clear()
    assert delivery.deliver_due(at=NOW + MINUTE - timedelta(seconds=1)) == 0
    assert delivery.deliver_due(at=NOW + MINUTE) == 1


@pytest.mark.parametrize(
    ("step", "answer", "trouble"),
    [
        ("RCPT", "550 5.1.1 nobody", Trouble.RECIPIENT_REFUSED),
        ("DATA", "554 5.7.1 spam", Trouble.MESSAGE_REFUSED),
    ],
)
def test_message_refused_for_good_fails_at_once(
    kind: Kind, anna: User, settings_for: PostOffice, step: str, answer: str, trouble: Trouble
) -> None:
    settings_for.desk.answers[step] = answer
    send(kind, anna)
    delivery.deliver_due(at=NOW)
    assert (the_row().state, the_row().error, the_row().reply_code) == (
        State.FAILED,
        trouble,
        int(answer[:3]),
    )
    settings_for.desk.answers.clear()
    assert delivery.deliver_due(at=NOW + HOUR) == 0


def test_one_refused_recipient_holds_up_nobody_else(kind: Kind, anna: User, settings_for: PostOffice) -> None:
    settings_for.desk.answers[f"RCPT {anna.email}"] = "450 4.2.0 greylisted"
    send(kind, anna)
    anna.email = "bo@example.se"
    send(kind, anna)
    assert delivery.deliver_due(at=NOW) == 1
    assert [mail["To"] for mail in settings_for.desk.taken] == ["bo@example.se"]


def test_server_in_trouble_is_asked_once_a_round(kind: Kind, anna: User, settings_for: PostOffice) -> None:
    settings_for.desk.answers["MAIL"] = "421 4.3.2 closing"
    for _number in range(3):
        send(kind, anna)
    assert delivery.deliver_due(at=NOW) == 0
    assert len(settings_for.desk.senders) == 1
    assert OutboxMessage.objects.filter(attempts=0, state=State.WAITING).count() == 2


def test_refused_sender_is_a_matter_of_settings_and_waits(
    kind: Kind, anna: User, settings_for: PostOffice
) -> None:
    settings_for.desk.answers["MAIL"] = "550 5.7.1 not yours"
    send(kind, anna)
    delivery.deliver_due(at=NOW)
    assert (the_row().state, the_row().error) == (State.WAITING, Trouble.SENDER_REFUSED)


def test_cut_before_the_server_was_asked_sends_once(kind: Kind, anna: User, settings_for: PostOffice) -> None:
    send(kind, anna)
    with cut_at("message claimed"):
        delivery.deliver_due(at=NOW)
    assert settings_for.desk.taken == []

    assert delivery.deliver_due(at=NOW + 14 * MINUTE) == 0  # it may still be under way
    assert delivery.deliver_due(at=NOW + 15 * MINUTE) == 1
    assert len(settings_for.desk.taken) == 1


def test_cut_after_the_yes_of_the_server_sends_twice_with_one_message_id(
    kind: Kind, anna: User, settings_for: PostOffice
) -> None:
    message = send(kind, anna)
    with cut_at("message handed over"):
        delivery.deliver_due(at=NOW)
    assert len(settings_for.desk.taken) == 1

    assert delivery.deliver_due(at=NOW + 15 * MINUTE) == 1
    assert [mail["Message-ID"] for mail in settings_for.desk.taken] == [f"<{message}@example.se>"] * 2
    assert delivery.deliver_due(at=NOW + 30 * MINUTE) == 0


def test_message_under_way_is_not_taken_by_another(kind: Kind, anna: User, settings_for: PostOffice) -> None:
    message = send(kind, anna)
    second: list[Outcome] = []

    def meanwhile(name: str) -> None:
        second.append(delivery.deliver(message, at=NOW))

    write_points.cut_with(meanwhile)
    try:
        first = delivery.deliver(message, at=NOW)
    finally:
        write_points.cut_with(None)

    assert (first, set(second)) == (Outcome.SENT, {Outcome.NOTHING_TO_DO})
    assert len(settings_for.desk.taken) == 1


def test_late_refusal_leaves_the_claim_of_another_alone(
    kind: Kind, anna: User, settings_for: PostOffice
) -> None:
    settings_for.desk.answers["RCPT"] = "550 5.1.1 nobody"
    message = send(kind, anna)

    def put_back_and_claimed_anew(name: str) -> None:
        with cut_at("message claimed"):
            delivery.deliver_due(at=NOW + 15 * MINUTE)

    write_points.cut_with(put_back_and_claimed_anew)
    delivery.deliver(message, at=NOW)

    assert (the_row().state, the_row().last_tried_at) == (State.SENDING, NOW + 15 * MINUTE)


def test_damaged_message_fails_and_others_leave(kind: Kind, anna: User, settings_for: PostOffice) -> None:
    spoilt = send(kind, anna)
    OutboxMessage.objects.update(body_sealed=vault.seal_for_service("outbox of another", b"{}"))
    send(kind, anna)
    assert delivery.deliver_due(at=NOW) == 1
    row = OutboxMessage.objects.get(pk=spoilt)
    assert (row.state, row.error) == (State.FAILED, Trouble.UNREADABLE)


def test_log_tells_codes_and_no_words(
    kind: Kind, anna: User, settings_for: PostOffice, caplog: pytest.LogCaptureFixture
) -> None:
    settings_for.desk.answers["RCPT"] = f"550 5.1.1 no mailbox {anna.email}"
    message = send(kind, anna)
    delivery.deliver_due(at=NOW)
    (line,) = caplog.records
    assert line.__dict__["facts"] == {
        "message": str(message), "kind": kind.code, "error": "recipient-refused", "reply": 550,
    }  # fmt: skip
    assert anna.email not in line.getMessage()
