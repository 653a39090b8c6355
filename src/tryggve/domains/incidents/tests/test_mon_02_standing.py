"""While alarms reach nobody, no word of anybody changes how that stands."""

import pytest

from tests.cast import NOW
from tryggve.accounts.models import User
from tryggve.controls import selectors, services
from tryggve.controls.engine.standing import State
from tryggve.controls.services import NotAttestable
from tryggve.controls.tests import here
from tryggve.notices.tests.post_office import PostOffice
from tryggve.notices.tests.sending import lead_to

pytestmark = pytest.mark.django_db
_NOBODY_LISTENS = 1


def test_server_that_is_gone_stands_as_failing_whatever_somebody_says_until_it_is_back(
    office: PostOffice, karin: User
) -> None:
    lead_to(_NOBODY_LISTENS)
    assert here.measure("MON-02", at=NOW).verdict == "FAILING"
    with pytest.raises(NotAttestable):
        services.attest(control="MON-02", by=karin, note="It works.", until=None, at=NOW)
    assert selectors.protection("MON-02", now=NOW).standing.state is State.FAILING

    lead_to(office.port)
    assert here.measure("MON-02", at=NOW).cause == "awaited"
