"""What people do in the product counts as the routine that it is."""

from datetime import timedelta

import pytest
from pytest_django import DjangoCaptureOnCommitCallbacks as Callbacks

from tests.by_right import consenting
from tests.cast import CILLA, NOW
from tests.evidence.test_dat_05 import IN_TIME, office, tell
from tests.outreach import writing
from tryggve.accounts.models import User
from tryggve.domains.customers.register_index import register_index
from tryggve.domains.customers.tests.lists import MACHINE, add
from tryggve.domains.outreach.models import Mailing
from tryggve.domains.rights.services.retention import reviews
from tryggve.domains.rights.tests import purposes
from tryggve.domains.setup.models import Firm
from tryggve.notices.tests.post_office import PostOffice
from tryggve.routines.duties.models import Turn
from tryggve.routines.duties.services import planning

__all__ = ["office"]

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def fresh_index() -> None:
    register_index.forget()


@pytest.fixture
def planned(firm: Firm, anna: User) -> None:
    planning.plan(at=NOW)


def _done(duty: str) -> list[tuple[str, str]]:
    rows = Turn.objects.filter(duty=duty).exclude(done_at=None)
    return list(rows.values_list("done_by", "outcome"))


def test_look_through_whom_the_company_keeps_is_the_half_years_cleaning(
    planned: None, anna: User, django_capture_on_commit_callbacks: Callbacks
) -> None:
    at = NOW + timedelta(days=1)
    with django_capture_on_commit_callbacks(execute=True):
        reviews.write_down_review(actor=anna.actor, at=at)
    assert _done("clean-customer-data") == [(anna.actor, "WELL")]


def test_quarters_word_that_reached_customers_is_the_telling_of_who_began_to_send_it(
    planned: None, office: PostOffice, django_capture_on_commit_callbacks: Callbacks
) -> None:
    purposes.choose("customer-news", kind="craft")
    add(CILLA)
    with django_capture_on_commit_callbacks(execute=True):
        tell(office, IN_TIME)
    assert _done("tell-customers") == [(MACHINE, "WELL")]


def test_any_other_message_is_no_telling(
    planned: None, office: PostOffice, django_capture_on_commit_callbacks: Callbacks
) -> None:
    consenting.send_through(office)
    purpose = writing.customer_news()
    add(CILLA)
    with django_capture_on_commit_callbacks(execute=True):
        writing.work_to_the_end(writing.started(purpose))
    assert Mailing.objects.get().state == Mailing.State.DONE
    assert _done("tell-customers") == []
