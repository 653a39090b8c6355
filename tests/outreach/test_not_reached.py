"""While nobody can reach Tryggve from elsewhere, nothing begins that would mail customers links that lead nowhere."""

from typing import Any
from uuid import UUID

import pytest
from django.test import Client

from tests.cast import CILLA, NOW
from tests.outreach import writing
from tests.outreach.writing import addresses, states
from tryggve.accounts.policy import EVERYBODY
from tryggve.domains.customers.tests.lists import MACHINE, add
from tryggve.domains.outreach import mailing_words
from tryggve.domains.outreach.models import Addressee, Mailing, QuarterlyWord
from tryggve.domains.outreach.services import feedback, quarters, starting, trial_mail
from tryggve.domains.rights.models import PortalLink
from tryggve.notices.models import OutboxMessage
from tryggve.notices.tests.post_office import PostOffice
from tryggve.ui import own_address

pytestmark = pytest.mark.django_db


@pytest.fixture
def cilla(newsletter: UUID) -> UUID:
    """Who said yes to the newsletter."""
    [cilla] = add(CILLA)
    writing.say_yes(newsletter, cilla)
    return cilla


def refused() -> Any:
    return pytest.raises(own_address.NotReached, match="TRYGGVE_ORIGIN")


def test_message_does_not_begin_and_says_what_to_do(
    post: PostOffice, newsletter: UUID, cilla: UUID, settings: Any
) -> None:
    mailing = writing.draft(newsletter)
    settings.ORIGIN = ""
    with refused():
        writing.start(mailing)
    assert (Mailing.objects.get().state, Addressee.objects.count()) == ("DRAFT", 0)


def test_page_of_the_message_tells_it(
    post: PostOffice, newsletter: UUID, cilla: UUID, settings: Any, as_anna: Client
) -> None:
    mailing = writing.draft(newsletter)
    settings.ORIGIN = ""
    answer = as_anna.post(f"/customers/messages/{mailing}/send/", {"revision": 1}, follow=True)
    assert "TRYGGVE_ORIGIN" in answer.content.decode()


def test_address_that_is_lost_while_it_is_sent_pauses_it_and_nobody_gets_it_twice(
    post: PostOffice, newsletter: UUID, cilla: UUID, settings: Any
) -> None:
    mailing = writing.started(newsletter)
    settings.ORIGIN = ""
    writing.work(mailing, writing.Clock())
    row = Mailing.objects.get()
    assert (row.state, states(mailing), addresses(post)) == ("PAUSED", {"WAITING": 1}, [])
    assert "TRYGGVE_ORIGIN" in mailing_words.halt_in_words(row.trouble)
    with refused():
        starting.go_on(mailing=mailing, actor=MACHINE, at=NOW, reach=EVERYBODY)
    settings.ORIGIN = "https://tryggve.example.se"
    starting.go_on(mailing=mailing, actor=MACHINE, at=NOW, reach=EVERYBODY)
    writing.work_to_the_end(mailing)
    assert addresses(post) == ["cilla@example.se"]


def test_mail_that_perhaps_left_is_not_sent_again(
    post: PostOffice, newsletter: UUID, cilla: UUID, settings: Any
) -> None:
    mailing = writing.started(newsletter)
    writing.work_to_the_end(mailing)
    Addressee.objects.filter(state="SENT").update(state="PERHAPS")
    settings.ORIGIN = ""
    with refused():
        starting.send_again(mailing=mailing, actor=MACHINE, at=NOW, reach=EVERYBODY)
    assert states(mailing)["PERHAPS"] == 1


def test_test_mail_does_not_leave(post: PostOffice, newsletter: UUID, karin: Any, settings: Any) -> None:
    mailing = writing.draft(newsletter)
    settings.ORIGIN = ""
    with refused():
        trial_mail.send_test(mailing=mailing, to=karin, actor=MACHINE, at=NOW)
    assert addresses(post) == []


def test_word_of_the_quarter_is_not_written(newsletter: UUID, settings: Any) -> None:
    settings.ORIGIN = ""
    with refused():
        quarters.write_word(language="en", actor=MACHINE, at=NOW)
    assert (Mailing.objects.count(), QuarterlyWord.objects.count()) == (0, 0)


def test_customer_is_not_asked_what_they_think(cilla: UUID, settings: Any) -> None:
    OutboxMessage.objects.all().delete()
    PortalLink.objects.all().delete()
    settings.ORIGIN = ""
    with refused():
        feedback.ask(customer=cilla, language="en", actor=MACHINE, at=NOW, reach=EVERYBODY)
    assert (OutboxMessage.objects.count(), PortalLink.objects.count()) == (0, 0)
