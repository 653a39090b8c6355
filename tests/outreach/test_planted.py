"""A mailing that begins while somebody is made up to search the disk for."""

import pytest

from tests.cast import NOW
from tests.outreach import writing
from tests.outreach.writing import addresses, states
from tryggve.domains.customers.services import planting
from tryggve.notices.tests.post_office import PostOffice

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("post")]


def test_goes_to_nobody_who_is_made_up(post: PostOffice) -> None:
    purpose = writing.customer_news()
    writing.cilla_and_dan()
    planting.plant("Kvåabcdefgh", at=NOW)
    mailing = writing.started(purpose)
    writing.work_to_the_end(mailing)
    assert (states(mailing), sorted(addresses(post))) == ({"SENT": 2}, ["cilla@example.se", "dan@example.dk"])
    planting.remove_planted(at=NOW)
