"""What the company may not do with data that is kept untouched, the customer still may (GDPR art. 18(2))."""

from datetime import timedelta
from uuid import UUID

import pytest

from tests.by_right.consenting import letters_sent, say, withdraw
from tests.cast import CILLA, NOW
from tests.erasure.erasing import ANNA, state_of
from tryggve.accounts.policy import EVERYBODY
from tryggve.domains.customers.models import Customer
from tryggve.domains.rights import notices
from tryggve.domains.rights.models import Purpose
from tryggve.domains.rights.services import restrictions
from tryggve.domains.rights.services.consents import leaving_over
from tryggve.domains.rights.services.portal import portal

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("firm", "clock")]
LATER = NOW + timedelta(days=2)


@pytest.fixture
def restricted(cilla: UUID) -> UUID:
    restrictions.restrict(customer=cilla, actor=ANNA, at=NOW, reach=EVERYBODY)
    return cilla


def test_customer_comes_to_the_own_page_all_the_same(restricted: UUID) -> None:
    portal.ask(address=CILLA.emails[0], browser="b", language="en", at=NOW)
    assert [one.address for one in letters_sent(notices.PORTAL_LINK)] == [CILLA.emails[0]]


def test_who_withdraws_the_only_consent_is_erased_only_after_the_restriction_has_ended(
    cilla: UUID, newsletter: UUID
) -> None:
    Purpose.objects.exclude(pk=newsletter).update(ended_at=NOW)  # nothing else needs the data
    say(cilla, newsletter)
    restrictions.restrict(customer=cilla, actor=ANNA, at=NOW, reach=EVERYBODY)

    withdraw(cilla, newsletter)
    leaving_over.try_again(now=LATER)
    assert state_of(cilla) == Customer.State.ACTIVE

    restrictions.lift(customer=cilla, told="by letter", actor=ANNA, at=LATER, reach=EVERYBODY)
    leaving_over.try_again(now=LATER)
    assert state_of(cilla) == Customer.State.PUT_ASIDE
