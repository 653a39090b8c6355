"""What somebody may is asked at every request: nothing that was opened before counts any longer."""

from datetime import timedelta
from uuid import UUID

import pytest
import time_machine
from django.test import Client

from tests.cast import CILLA, NOW
from tests.hostile.conftest import NOON
from tryggve.accounts import people
from tryggve.accounts.models import User
from tryggve.accounts.policy import EVERYBODY
from tryggve.accounts.roles import Area, Level, Role, Scope
from tryggve.domains.customers.models import Customer
from tryggve.domains.customers.services import responsible
from tryggve.domains.customers.tests.lists import add

pytestmark = pytest.mark.django_db
INVITE = "/company/people/invite/"
FORM = {
    "name": "Mallory", "email": "mallory@example.com", "language": "sv", "role": "CAPTAIN",
    "scope": "ALL", "way": "shown",
}  # fmt: skip


@pytest.fixture
def cilla(bo: User) -> UUID:
    """Bo's customer."""
    [customer] = add(CILLA)
    responsible.assign(customer=customer, responsible=bo.pk, actor="system", at=NOW, reach=EVERYBODY)
    return customer


def test_form_that_stands_open_is_refused(anna: User, karin: User, as_karin: Client) -> None:
    assert as_karin.get(INVITE).status_code == 200
    people.change_role(person=karin.pk, role=Role.EMPLOYEE, by=anna, at=NOON)
    assert as_karin.post(INVITE, FORM).status_code == 403
    assert b"invite" not in as_karin.get("/customers/").content


def test_fragment_of_a_page_that_stands_open_is_refused(anna: User, karin: User, as_karin: Client) -> None:
    place = as_karin.post("/events/log/verify/").headers["Location"]
    fragment = {"HX-Request": "true"}
    assert as_karin.get(place, headers=fragment).status_code == 200
    people.change_role(person=karin.pk, role=Role.EMPLOYEE, by=anna, at=NOON)
    assert as_karin.get(place, headers=fragment).status_code == 403


def test_what_was_given_and_taken_again_counts_at_once(
    anna: User, bo: User, as_bo: Client, cilla: UUID
) -> None:
    page = f"/customers/{cilla}/erase/"
    people.give(person=bo.pk, levels={Area.ERASURE: Level.CHANGE}, by=anna, at=NOON)
    assert as_bo.get(page).status_code == 200
    people.give(person=bo.pk, levels={Area.ERASURE: Level.NONE}, by=anna, at=NOON)
    assert as_bo.post(page, {"name": CILLA.name, "ground": "DUE"}).status_code == 403
    assert Customer.objects.get(pk=cilla).state == Customer.State.ACTIVE


def test_customer_given_to_another_is_closed_to_the_form_that_stands_open(
    anna: User, bo: User, as_bo: Client, cilla: UUID
) -> None:
    people.set_scope(person=bo.pk, scope=Scope.OWN, by=anna, at=NOON)
    page = f"/customers/{cilla}/edit/"
    assert as_bo.get(page).status_code == 200
    responsible.assign(customer=cilla, responsible=anna.pk, actor="system", at=NOON, reach=EVERYBODY)
    form = {"kind": "person", "name": "Mallory", "revision": "1"}
    assert as_bo.post(page, form, headers={"HX-Request": "true"}).status_code == 403
    assert Customer.objects.get(pk=cilla).revision == 1


def test_deputy_opens_the_pages_on_those_days_alone(
    anna: User, bo: User, as_bo: Client, noon: time_machine.Traveller
) -> None:
    starts, hour = NOON + timedelta(minutes=5), timedelta(hours=1)
    people.make_deputy(person=bo.pk, starts=starts, ends=starts + hour, by=anna, at=NOON)
    met = []
    for at in (starts - timedelta(seconds=1), starts, starts + hour - timedelta(seconds=1), starts + hour):
        noon.move_to(at)
        met.append(as_bo.get("/company/people/").status_code)
    assert met == [403, 200, 200, 403]
