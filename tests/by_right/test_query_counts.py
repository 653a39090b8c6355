"""Pages about customers' rights and mails to customers ask the database as often however much there is."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.test import Client

from tests.by_right import asking as requests
from tests.by_right.asking import BY
from tests.by_right.consenting import NEWSLETTER, say, send_through, withdraw, write
from tests.cast import NOW
from tests.counting import counts
from tests.erasure import erasing
from tests.outreach import writing
from tryggve.accounts.models import User
from tryggve.audit import services as audit
from tryggve.domains.customers import actions as customer_actions
from tryggve.domains.customers.engine.details import Details
from tryggve.domains.customers.services import notes
from tryggve.domains.customers.tests.lists import add
from tryggve.domains.outreach.models import Addressee
from tryggve.domains.outreach.services import feedback
from tryggve.domains.outreach.services.feedback import Channel, State
from tryggve.domains.rights.engine.starter import starter_set
from tryggve.domains.rights.services.destruction import destroying
from tryggve.domains.rights.services.purposes import records
from tryggve.domains.rights.tests import purposes
from tryggve.notices.tests.conftest import office
from tryggve.notices.tests.post_office import PostOffice

__all__ = ["office"]
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("firm", "clock")]
LIST, REQUESTS, FEEDBACK = "/customers/erasures/", "/customers/requests/", "/customers/feedback/"


def _others(count: int = 12) -> list[UUID]:
    return add(*(Details(name=f"Other {n}", emails=(f"{n}@example.se",)) for n in range(count)))


def _told(customer: UUID, *, steps: int = 0) -> UUID:
    """What a customer told, with that much done about it."""
    given = feedback.give(customer=customer, answers={"safe": 1}, channel=Channel.PORTAL, at=NOW)
    for number in range(steps):
        feedback.follow_up(
            feedback=given, seen_revision=number + 1, state=State.CALLED, words=f"step {number}", **BY
        )
    return given


def test_list_of_erasures(as_anna: Client, cilla: UUID) -> None:
    erasing.ask(cilla)
    few = counts(as_anna, LIST)
    for one in _others():
        erasing.ask(one)
    destroying.destroy_due(at=erasing.AFTER)
    for one in _others():
        erasing.ask(one)
    # Two of them ask which places hold keys.
    assert (counts(as_anna, LIST), few) == (few, {LIST: 13})


def test_lists_of_requests_and_one_with_many_steps(as_anna: Client, cilla: UUID, newsletter: UUID) -> None:
    case = requests.known(requests.asked(cilla))
    requests.answer(requests.known(requests.asked(cilla, "RECTIFICATION")))
    pages = REQUESTS, f"{REQUESTS}?closed", f"{REQUESTS}{case}/"
    few = counts(as_anna, *pages)
    for one in _others():
        requests.asked(one)
        requests.answer(requests.known(requests.asked(one, "RECTIFICATION")))
    for _time in range(5):
        requests.known(case)
    assert (counts(as_anna, *pages), list(few.values())) == (few, [6, 6, 9])


def test_lists_of_feedback_and_one_with_many_steps(as_anna: Client, cilla: UUID) -> None:
    one = _told(cilla, steps=1)
    ended = _told(cilla)
    feedback.follow_up(feedback=ended, seen_revision=1, state=State.HANDLED, words="", **BY)
    pages = FEEDBACK, f"{FEEDBACK}?ended", f"{FEEDBACK}{one}/"
    few = counts(as_anna, *pages)
    for other in _others():
        _told(other, steps=2)
        ended = _told(other)
        feedback.follow_up(feedback=ended, seen_revision=1, state=State.HANDLED, words="", **BY)
    for number in range(1, 8):
        feedback.follow_up(feedback=one, seen_revision=number + 1, state=State.CALLED, words="more", **BY)
    assert (counts(as_anna, *pages), list(few.values())) == (few, [6, 6, 8])


def test_list_of_messages_and_those_whom_one_did_not_reach(
    as_anna: Client, newsletter: UUID, office: PostOffice
) -> None:
    send_through(office)
    mailing = writing.draft(newsletter)
    begun = writing.draft(newsletter)
    writing.say_yes(newsletter, *writing.many(2))
    writing.start(begun)
    Addressee.objects.update(state=Addressee.State.REFUSED)
    pages = "/customers/messages/", f"/customers/messages/{mailing}/", f"/customers/messages/{begun}/"
    few = counts(as_anna, *pages)
    for _time in range(12):
        writing.draft(newsletter)
    writing.say_yes(newsletter, *writing.many(20, tags=("vip",)))
    later = writing.started(newsletter)
    Addressee.objects.filter(mailing=begun).delete()
    Addressee.objects.filter(mailing=later).update(mailing=begun, state=Addressee.State.REFUSED)
    assert (counts(as_anna, *pages), list(few.values())) == (few, [8, 17, 14])


def test_consents_of_one_customer_and_the_words_of_all(
    as_anna: Client, cilla: UUID, newsletter: UUID
) -> None:
    say(cilla, newsletter)
    pages = f"/customers/{cilla}/consents/", "/company/consents/", f"/customers/{cilla}/"
    few = counts(as_anna, *pages)
    for number in range(8):
        say(cilla, newsletter, at=NOW + timedelta(seconds=number))
        withdraw(cilla, newsletter, at=NOW + timedelta(seconds=number, milliseconds=1))
        write(NEWSLETTER, text=f"Words of version {number}.")
    purposes.choose(*(one.code for one in starter_set("craft", country="SE")), kind="craft")
    assert (counts(as_anna, *pages), list(few.values())) == (few, [14, 6, 9])


def test_record_of_many_versions(as_anna: Client, anna: User, newsletter: UUID) -> None:
    records.keep_version(at=NOW)
    few = counts(as_anna, "/company/record/")
    for number, kind in enumerate(("craft", "clinic", "shop"), start=1):
        purposes.choose(*(one.code for one in starter_set(kind, country="SE")), kind=kind)
        records.keep_version(at=NOW + timedelta(days=number))
    assert (counts(as_anna, "/company/record/"), list(few.values())) == (few, [10])


def test_customers_own_pages(inside: Client, anna: User, cilla: UUID, newsletter: UUID) -> None:
    pages = "/my/data/", "/my/consents/", "/my/requests/", "/my/looks/"

    def more(count: int) -> None:
        by: dict[str, Any] = {**BY, "actor": anna.actor}
        for number in range(count):
            notes.add_note(customer=cilla, text=f"note {number}", **by)
            audit.look(customer_actions.VIEWED, actor=anna.actor, at=NOW, subject=cilla, page="card")
            requests.asked(cilla)
            say(cilla, newsletter, at=NOW + timedelta(seconds=number))
            _told(cilla)

    more(1)
    few = counts(inside, *pages)
    more(4)
    assert (counts(inside, *pages), list(few.values())) == (few, [12, 9, 6, 10])
