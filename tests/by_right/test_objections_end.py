"""What a customer said last counts: a question that waits when they object, and a yes long after that."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from tests.by_right import asking
from tests.by_right.consenting import delivered, say, send_through, withdraw
from tests.cast import NOW
from tryggve.domains.customers.models import Customer
from tryggve.domains.rights.models import Case
from tryggve.domains.rights.selectors.requests import cases
from tryggve.domains.rights.services import restrictions
from tryggve.domains.rights.services.consents import consent_questions
from tryggve.domains.rights.services.consents.consents import Kind
from tryggve.notices.models import OutboxMessage
from tryggve.notices.tests.conftest import office
from tryggve.notices.tests.post_office import PostOffice

__all__ = ["office"]
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("firm", "clock")]
MINUTE, YEAR = timedelta(minutes=1), timedelta(days=365)


def object_to(cilla: UUID, purpose: UUID | None = None) -> None:
    asking.asked(cilla, "OBJECTION", purpose=purpose)


def restrict(cilla: UUID, newsletter: UUID) -> None:
    restrictions.restrict(customer=cilla, **asking.BY)


def put_aside(cilla: UUID, newsletter: UUID) -> None:
    Customer.objects.filter(pk=cilla).update(state=Customer.State.PUT_ASIDE)


def refuse(cilla: UUID, newsletter: UUID) -> None:
    say(cilla, newsletter, Kind.REFUSED, at=NOW + MINUTE / 2)


@pytest.mark.parametrize(
    "deed",
    [
        lambda who, _purpose: object_to(who),
        lambda who, purpose: object_to(who, purpose),
        restrict,
        put_aside,
        refuse,
    ],
)
def test_question_that_waits_is_thrown_away_when_it_isn_t_wanted_any_more(
    cilla: UUID, newsletter: UUID, office: PostOffice, deed: Any
) -> None:
    consent_questions.ask(customer=cilla, purpose=newsletter, language="en", actor="system", at=NOW)
    deed(cilla, newsletter)
    send_through(office)
    questions = [one for one in delivered(office, at=NOW + MINUTE) if "asks what" in str(one["Subject"])]
    assert questions == []
    assert not OutboxMessage.objects.filter(kind="rights.consent-question").exists()


def test_question_that_is_wanted_leaves(cilla: UUID, newsletter: UUID, office: PostOffice) -> None:
    consent_questions.ask(customer=cilla, purpose=newsletter, language="en", actor="system", at=NOW)
    send_through(office)
    assert len(delivered(office, at=NOW + MINUTE)) == 1


def test_yes_that_was_said_after_the_objection_outweighs_it_for_that_purpose_alone(
    cilla: UUID, newsletter: UUID
) -> None:
    say(cilla, newsletter, at=NOW - MINUTE)
    object_to(cilla)
    assert cases.has_objected(cilla, newsletter)
    say(cilla, newsletter, at=NOW + YEAR)
    assert not cases.has_objected(cilla, newsletter)
    assert cases.has_objected(cilla, None)
    assert Case.objects.get().state == Case.State.OPEN


def test_yes_that_was_taken_back_outweighs_nothing(cilla: UUID, newsletter: UUID) -> None:
    object_to(cilla)
    say(cilla, newsletter, at=NOW + YEAR)
    withdraw(cilla, newsletter, at=NOW + YEAR + MINUTE)
    assert cases.has_objected(cilla, newsletter)
