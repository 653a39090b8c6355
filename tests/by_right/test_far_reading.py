"""Reading the data of many customers who are others' is written in the log, once."""

from datetime import datetime, timedelta
from uuid import UUID

import pytest

from tests.cast import CILLA, NOW
from tryggve.accounts.models import User
from tryggve.accounts.policy import EVERYBODY
from tryggve.audit.models import Entry
from tryggve.domains.customers.models import Customer
from tryggve.domains.customers.selectors import register
from tryggve.domains.customers.tests.lists import add
from tryggve.domains.rights.services import far_reading

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("firm")]
LATER = NOW + timedelta(hours=20)


def many() -> list[UUID]:
    return list(add(*[CILLA] * (far_reading.MANY + 1)))


def read(customers: list[UUID], who: User, *, at: datetime = NOW) -> None:
    for one in customers:
        register.customer_card(customer=one, actor=who.actor, at=at, reach=EVERYBODY)


def told() -> list[dict[str, object]]:
    return [one.facts for one in Entry.objects.filter(action="rights.read-far").order_by("id")]


def test_who_reads_many_customers_of_others_is_written_down_once(anna: User, bo: User) -> None:
    customers = many()
    Customer.objects.update(responsible_ref=anna.pk)
    read(customers, bo)
    assert [far_reading.find(at=LATER), far_reading.find(at=LATER)] == [1, 0]
    assert told() == [{"person": str(bo.pk), "count": far_reading.MANY + 1}]


def test_own_customers_and_those_of_nobody_are_no_far_reading(anna: User, bo: User) -> None:
    customers = many()
    Customer.objects.filter(pk__in=customers[:40]).update(responsible_ref=bo.pk)
    read(customers, bo)
    assert far_reading.find(at=LATER) == 0


def test_one_card_read_often_counts_once_and_yesterday_not_at_all(anna: User, bo: User) -> None:
    customers = many()
    Customer.objects.update(responsible_ref=anna.pk)
    read(customers[:1] * 60, bo)
    assert far_reading.find(at=LATER) == 0
    read(customers, bo, at=NOW - timedelta(days=2))
    assert far_reading.find(at=LATER) == 0
