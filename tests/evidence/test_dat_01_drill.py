"""DAT-01: a no shows nothing where not even a yes is heard."""

import pytest

from tests.by_right import consenting
from tests.cast import NOW
from tests.evidence import measured
from tryggve.domains.customers.register_index import register_index
from tryggve.domains.rights.services.drills.withdrawals import NeverWritten
from tryggve.domains.setup.models import Firm

pytestmark = pytest.mark.django_db


def test_yes_that_is_lost_on_its_way_gives_no_verdict_until_it_is_kept_again(firm: Firm) -> None:
    register_index.forget()
    consenting.say(consenting.customer(), consenting.prepare())
    assert measured.found("DAT-01", NOW) == ("PROVED", "")

    measured.lose("rights_consentevent", "NEW.kind = 'GIVEN'")
    with pytest.raises(NeverWritten):
        measured.found("DAT-01", NOW)

    measured.mend("rights_consentevent")
    assert measured.found("DAT-01", NOW) == ("PROVED", "")
