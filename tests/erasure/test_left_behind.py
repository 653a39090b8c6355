"""What somebody is just writing about a customer who is just erased: nothing of it stays."""

from collections.abc import Callable
from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.at_once import in_between
from tests.by_right import asking, consenting
from tests.cast import CILLA, DAN, NOW
from tests.erasure.erasing import AFTER, erase, open_case, state_of
from tryggve.audit import selectors as audit
from tryggve.domains.customers.engine.details import Details
from tryggve.domains.customers.models import Customer
from tryggve.domains.customers.services import records
from tryggve.domains.customers.tests.lists import MACHINE, add
from tryggve.domains.rights.models import Case, CaseStep, ConsentEvent, PortalLink, PortalSession
from tryggve.domains.rights.services.consents import consent_questions
from tryggve.domains.rights.services.destruction import destroying
from tryggve.domains.rights.services.links import links
from tryggve.domains.rights.services.links.links import Use
from tryggve.domains.rights.services.portal import answers, portal
from tryggve.notices.models import OutboxMessage

pytestmark = [
    pytest.mark.both_databases,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("firm"),
]
ADDRESS = CILLA.emails[0]


def _removed(customer: UUID) -> Callable[[], object]:
    """What the end of every erasure comes to."""
    row = Customer.objects.get(pk=customer)
    return lambda: records.destroy(row, actor=MACHINE, at=NOW, is_alone=True)


def _left() -> list[int]:
    rows = (ConsentEvent, PortalLink, PortalSession, OutboxMessage)
    return [one._default_manager.count() for one in rows]


def _words_left() -> int:
    steps = CaseStep.objects.exclude(words_sealed=None)
    return Case.objects.exclude(words_sealed=b"").count() + steps.count()


def test_request_that_is_just_written_down_leaves_no_words() -> None:
    cilla = consenting.customer()
    in_between(lambda: asking.asked(cilla), _removed(cilla))
    assert (state_of(cilla), _words_left()) == (None, 0)


def test_letter_that_is_just_written_leaves_no_words() -> None:
    cilla = consenting.customer()
    case = asking.known(asking.asked(cilla, "RECTIFICATION"))
    assert in_between(lambda: asking.answer(case), _removed(cilla)) is None
    assert (state_of(cilla), _words_left(), OutboxMessage.objects.count()) == (None, 0, 0)


@pytest.mark.parametrize("deed", ["given", "withdrawn", "asked"])
def test_consent_that_is_just_spoken_of_leaves_nothing(deed: str) -> None:
    newsletter, cilla = consenting.prepare(), consenting.customer()
    deeds: dict[str, Callable[[], object]] = {
        "given": lambda: consenting.say(cilla, newsletter),
        "withdrawn": lambda: consenting.say(cilla, newsletter, ConsentEvent.Kind.REFUSED),
        "asked": lambda: consent_questions.ask(
            customer=cilla, purpose=newsletter, language="en", actor=MACHINE, at=NOW
        ),
    }
    assert in_between(deeds[deed], _removed(cilla)) is None
    assert (state_of(cilla), _left()) == (None, [0, 0, 0, 0])


@pytest.mark.parametrize("deed", ["a link is asked for", "a link is used"])
def test_customer_who_is_just_coming_to_the_own_page_leaves_nothing(deed: str) -> None:
    cilla = consenting.customer()
    token = links.make(customer=cilla, use=Use.PORTAL, browser="b", at=NOW)
    deeds: dict[str, Callable[[], object]] = {
        "a link is asked for": lambda: portal.ask(address=ADDRESS, browser="b", language="en", at=NOW),
        "a link is used": lambda: portal.enter(token=token, code="", browser="b", language="en", at=NOW),
    }
    assert in_between(deeds[deed], _removed(cilla)) is None
    assert (state_of(cilla), _left()) == (None, [0, 0, 0, 0])


def test_link_that_was_read_before_the_erasure_writes_nothing_after_it() -> None:
    newsletter, [cilla] = consenting.prepare(), add(CILLA)
    consenting.say(cilla, newsletter)
    token = links.make(customer=cilla, use=Use.WITHDRAW, purpose=newsletter, at=NOW)
    link = links.of_token(token, Use.WITHDRAW, at=NOW)
    assert link is not None
    erase(cilla)
    answers.withdraw_by_link(link, language="en", at=AFTER)
    assert _left() == [0, 0, 0, 0]


def test_what_stayed_all_the_same_goes_with_the_next_replay_and_is_told() -> None:
    newsletter, [cilla, dan] = consenting.prepare(), add(CILLA, CILLA)
    consenting.say(dan, newsletter)
    erase(cilla)
    left = ConsentEvent.objects.get()
    left.pk, left.customer_ref, left._state.adding = cilla, cilla, True
    left.save()
    links.make(customer=cilla, use=Use.FEEDBACK, at=NOW)

    assert [destroying.replay_ledger(at=AFTER) for _time in range(2)] == [1, 0]

    assert ConsentEvent.objects.get().customer_ref == dan
    assert not PortalLink.objects.filter(customer_ref=cilla).exists()
    assert [one.action for one in audit.entries_about(cilla, limit=2)] == [
        "rights.erased-again",
        "rights.erased",
    ]


def test_replay_asks_no_more_however_many_were_erased() -> None:
    asked = []
    for customers in (add(CILLA), add(DAN, *(Details(name=f"Dan {number}") for number in range(3)))):
        for customer in customers:
            open_case(customer)
            erase(customer)
        with CaptureQueriesContext(connection) as queries:
            assert destroying.replay_ledger(at=AFTER) == 0
        asked.append(len(queries))
    assert asked[1] == asked[0]


def test_replay_leaves_what_is_kept_on_purpose() -> None:
    cilla = consenting.customer()
    case = asking.known(asking.asked(cilla, "ERASURE"))
    erase(cilla)
    assert destroying.replay_ledger(at=AFTER) == 0
    assert Case.objects.get().pk == case
