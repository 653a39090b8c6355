"""The answer «you are erased» leaves before the key goes that it is sealed under, however soon that is."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from tests.by_right import asking
from tests.by_right.consenting import delivered, send_through
from tests.cast import CILLA, NOW
from tests.erasure.erasing import ask, state_of
from tryggve.accounts.models import User
from tryggve.accounts.policy import EVERYBODY
from tryggve.domains.customers.tests.lists import add
from tryggve.domains.rights.services.destruction import destroying
from tryggve.domains.rights.services.erasure import erasures
from tryggve.notices.tests.conftest import office
from tryggve.notices.tests.post_office import PostOffice

__all__ = ["office"]
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("firm")]
MINUTE = timedelta(minutes=1)


@pytest.fixture
def answered(anna: User, karin: User, office: PostOffice) -> UUID:
    """Cilla is to be erased at once, and her answer waits for the mail server."""
    send_through(office)
    [cilla] = add(CILLA)
    case = asking.known(asking.asked(cilla, "ERASURE"))
    erasure = ask(cilla, actor=anna.actor)
    asking.answer(case)
    erasures.agree_to_sooner(erasure=erasure, actor=karin.actor, at=NOW, reach=EVERYBODY)
    return cilla


def test_customer_is_destroyed_once_the_letter_has_left(answered: UUID, office: PostOffice) -> None:
    assert (destroying.destroy_due(at=NOW), state_of(answered)) == (0, "PUT_ASIDE")
    [letter] = delivered(office, at=NOW + MINUTE)
    assert str(letter["To"]) == CILLA.emails[0]
    assert (destroying.destroy_due(at=NOW + MINUTE), state_of(answered)) == (1, None)


def test_mail_server_that_never_comes_back_holds_up_nobody_for_long(answered: UUID, office: Any) -> None:
    assert destroying.destroy_due(at=NOW + timedelta(days=3)) == 0
    assert destroying.destroy_due(at=NOW + timedelta(days=3) + MINUTE) == 1
