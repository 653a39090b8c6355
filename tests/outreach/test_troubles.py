"""What a mail server says no to, and what becomes of it."""

from uuid import UUID

import pytest

from tests.cast import NOW
from tests.outreach import writing
from tests.outreach.writing import MINUTE, Clock, addresses, reason_of, started, states
from tryggve import vault
from tryggve.domains.outreach.models import Addressee, Mailing
from tryggve.notices.models import MailServer
from tryggve.notices.tests.post_office import DROP, PostOffice
from tryggve.vault import custody as register
from tryggve.vault.tests.cheap import PASSPHRASE
from tryggve.vault.tests.keeper.conftest import chosen, custody, keeper, ring, where

__all__ = ["chosen", "custody", "keeper", "ring", "where"]
pytestmark = pytest.mark.django_db


@pytest.fixture
def people(post: PostOffice, newsletter: UUID) -> list[UUID]:
    found = writing.many(4)
    writing.say_yes(newsletter, *found)
    return found


def test_address_that_the_server_refuses_holds_up_nobody(
    post: PostOffice, newsletter: UUID, people: list[UUID]
) -> None:
    post.desk.answers["RCPT kund001@example.se"] = "550 no such user"
    mailing = started(newsletter)
    writing.work_to_the_end(mailing)
    assert states(mailing) == {"SENT": 3, "REFUSED": 1}
    assert reason_of(mailing, people[1]) == "recipient-refused"


def test_address_that_is_asked_to_wait_is_tried_again_later(
    post: PostOffice, newsletter: UUID, people: list[UUID]
) -> None:
    post.desk.answers["RCPT kund001@example.se"] = "450 greylisted"
    mailing = started(newsletter)
    clock = Clock()
    writing.work(mailing, clock)
    assert states(mailing) == {"SENT": 3, "WAITING": 1}
    del post.desk.answers["RCPT kund001@example.se"]
    clock.at += 6 * MINUTE
    writing.work_to_the_end(mailing, clock)
    assert (states(mailing), len(addresses(post))) == ({"SENT": 4}, 4)


def test_server_that_is_in_trouble_is_left_alone_for_a_while_and_nobody_is_lost(
    post: PostOffice, newsletter: UUID, people: list[UUID]
) -> None:
    post.desk.answers["MAIL"] = "451 come back later"
    mailing = started(newsletter)
    clock = Clock()
    assert not writing.work(mailing, clock)
    row = Mailing.objects.get(pk=mailing)
    assert (row.trouble, row.reply_code, states(mailing)) == ("busy", 451, {"WAITING": 4})
    assert len(post.desk.senders) == 1
    writing.work(mailing, clock)
    assert len(post.desk.senders) == 1
    del post.desk.answers["MAIL"]
    clock.at += 2 * MINUTE
    writing.work_to_the_end(mailing, clock)
    row.refresh_from_db()
    assert (states(mailing), row.trouble, row.rests_in_a_row) == ({"SENT": 4}, "", 0)


def test_server_that_never_recovers_is_left_to_people(
    post: PostOffice, newsletter: UUID, people: list[UUID]
) -> None:
    post.desk.answers["MAIL"] = "451 come back later"
    mailing = started(newsletter)
    clock = Clock()
    for _time in range(25):
        writing.work(mailing, clock)
        clock.at += 61 * MINUTE
    row = Mailing.objects.get(pk=mailing)
    assert (row.state, row.trouble, states(mailing)) == ("PAUSED", "busy", {"WAITING": 4})


def test_answer_that_is_lost_makes_it_perhaps_sent_and_never_sent_again(
    post: PostOffice, newsletter: UUID, people: list[UUID]
) -> None:
    post.desk.answers["DATA"] = DROP
    mailing = started(newsletter)
    clock = Clock()
    writing.work(mailing, clock)
    assert states(mailing) == {"PERHAPS": 1, "WAITING": 3}
    del post.desk.answers["DATA"]
    clock.at += 2 * MINUTE
    writing.work_to_the_end(mailing, clock)
    assert (states(mailing), len(addresses(post))) == ({"PERHAPS": 1, "SENT": 3}, 3)
    assert Addressee.objects.get(state="PERHAPS").reason == "hung-up"


def test_line_that_breaks_before_the_text_is_tried_again(
    post: PostOffice, newsletter: UUID, people: list[UUID]
) -> None:
    post.desk.answers["RCPT"] = DROP
    mailing = started(newsletter)
    clock = Clock()
    writing.work(mailing, clock)
    assert states(mailing) == {"WAITING": 4}


def test_text_that_is_refused_to_five_in_a_row_goes_to_nobody_else(
    post: PostOffice, newsletter: UUID
) -> None:
    writing.say_yes(newsletter, *writing.many(8))
    post.desk.answers["DATA"] = "554 junk"
    mailing = started(newsletter)
    writing.work_to_the_end(mailing)
    row = Mailing.objects.get(pk=mailing)
    assert (row.state, row.trouble) == ("PAUSED", "message-refused")
    assert states(mailing) == {"REFUSED": 5, "WAITING": 3}


def test_without_settings_for_mail_it_waits(post: PostOffice, newsletter: UUID, people: list[UUID]) -> None:
    mailing = started(newsletter)
    MailServer.objects.all().delete()
    assert not writing.work(mailing, Clock())
    row = Mailing.objects.get(pk=mailing)
    assert (row.state, row.trouble, states(mailing)) == ("SENDING", "no-server", {"WAITING": 4})


@pytest.mark.usefixtures("keeper")
def test_while_the_register_is_locked_it_waits_and_nothing_is_claimed(
    post: PostOffice, newsletter: UUID, people: list[UUID]
) -> None:
    mailing = started(newsletter)
    register.lock()
    with pytest.raises(vault.NotUnlocked):
        writing.work(mailing, Clock())
    assert (addresses(post), states(mailing)) == ([], {"WAITING": 4})
    register.unlock_with_passphrase(PASSPHRASE, by="user:anna")
    writing.work_to_the_end(mailing, Clock(NOW + MINUTE))
    assert states(mailing) == {"SENT": 4}
