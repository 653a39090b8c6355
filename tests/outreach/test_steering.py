"""Who may go on with a message or end it, and which job of it may hold it up."""

from typing import Any
from uuid import UUID, uuid4

import pytest
from django.test import Client

from tests.cast import CILLA, NOW
from tests.outreach import writing
from tests.outreach.writing import MINUTE, Clock, started, states
from tryggve.accounts.policy import EVERYBODY, Reach
from tryggve.domains.customers.tests.lists import MACHINE, add
from tryggve.domains.outreach.models import Mailing
from tryggve.domains.outreach.services import pausing, sending, starting
from tryggve.notices.tests.post_office import PostOffice
from tryggve.ui import own_address

pytestmark = pytest.mark.django_db
OWN = Reach(frozenset({uuid4()}))
BO, KARIN = (f"user:{uuid4()}" for _who in range(2))
DEEDS = [starting.go_on, starting.stop, starting.send_again, starting.settle]


@pytest.fixture
def paused(post: PostOffice, newsletter: UUID) -> UUID:
    writing.say_yes(newsletter, *writing.many(2))
    mailing = started(newsletter)
    pausing.pause(mailing=mailing, actor=MACHINE, at=NOW)
    return mailing


@pytest.mark.parametrize("deed", DEEDS)
def test_who_sees_own_customers_only_steers_nobody_elses_message(paused: UUID, deed: Any) -> None:
    with pytest.raises(starting.OthersMailing):
        deed(mailing=paused, actor=BO, at=NOW, reach=OWN)
    assert Mailing.objects.get(pk=paused).state == Mailing.State.PAUSED


def test_who_began_it_or_sees_everybody_goes_on(paused: UUID) -> None:
    starting.go_on(mailing=paused, actor=MACHINE, at=NOW, reach=OWN)
    pausing.pause(mailing=paused, actor=BO, at=NOW)
    starting.go_on(mailing=paused, actor=KARIN, at=NOW, reach=EVERYBODY)
    assert Mailing.objects.get(pk=paused).started_by == KARIN


def test_fault_of_an_earlier_turn_holds_up_nothing(paused: UUID) -> None:
    old = Mailing.objects.get(pk=paused).turn
    starting.go_on(mailing=paused, actor=MACHINE, at=NOW, reach=EVERYBODY)
    pausing.pause_turn(mailing=paused, turn=old, at=NOW, trouble="fault")
    assert Mailing.objects.get(pk=paused).state == Mailing.State.SENDING


def test_message_under_way_in_a_copy_that_was_put_back_waits_for_a_person(
    paused: UUID, newsletter: UUID
) -> None:
    """Who got it since the copy was made isn't known there."""
    starting.go_on(mailing=paused, actor=MACHINE, at=NOW, reach=EVERYBODY)

    assert [pausing.pause_restored(at=NOW) for _again in range(2)] == [1, 0]

    row = Mailing.objects.get(pk=paused)
    assert (row.state, row.trouble) == (Mailing.State.PAUSED, "restored")


def test_fault_after_somebody_stopped_it_leaves_it_stopped(
    paused: UUID, newsletter: UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    starting.go_on(mailing=paused, actor=MACHINE, at=NOW, reach=EVERYBODY)
    turn = Mailing.objects.get(pk=paused).turn

    def stopped_meanwhile(**_asked: object) -> None:
        starting.stop(mailing=paused, actor=MACHINE, at=NOW, reach=EVERYBODY)
        raise ZeroDivisionError

    monkeypatch.setattr("tryggve.accounts.orders.require_still_allowed", stopped_meanwhile)
    with pytest.raises(ZeroDivisionError):
        sending.run(mailing=paused, turn=turn, now=Clock())
    assert Mailing.objects.get(pk=paused).state == Mailing.State.STOPPED


def test_rests_are_counted_apart_from_texts_that_are_refused(post: PostOffice, newsletter: UUID) -> None:
    customers = writing.many(6)
    writing.say_yes(newsletter, *customers)
    mailing = started(newsletter)
    clock = Clock()
    post.desk.answers["MAIL"] = "451 come back later"
    for _time in range(4):
        writing.work(mailing, clock)
        clock.at += 61 * MINUTE
    assert Mailing.objects.get(pk=mailing).rests_in_a_row == 4
    del post.desk.answers["MAIL"]
    post.desk.answers["DATA"] = "554 junk"
    first = customers.index(writing.next_in_line(mailing))
    post.desk.answers[f"RCPT kund{first:03}@example.se"] = "550 no such user"
    writing.work_to_the_end(mailing, clock)
    row = Mailing.objects.get(pk=mailing)
    assert (row.state, row.trouble, states(mailing)) == ("PAUSED", "message-refused", {"REFUSED": 6})


def test_draft_that_nobody_could_follow_a_link_of_offers_no_sending(
    post: PostOffice, newsletter: UUID, as_anna: Client, settings: Any
) -> None:
    writing.say_yes(newsletter, *add(CILLA))
    draft = writing.draft(newsletter)
    page = f"/customers/messages/{draft}/"
    assert f"{page}send/" in as_anna.get(page).content.decode()
    settings.ORIGIN = ""
    seen = as_anna.get(page).content.decode()
    assert str(own_address.NotReached()) in seen
    assert (f"{page}send/" in seen, f"{page}test/" in seen) == (False, False)
