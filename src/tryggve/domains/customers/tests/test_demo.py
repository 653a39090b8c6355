"""What a demo firm's register holds: customers from several places, over years, looked after by who works there."""

from collections import Counter
from datetime import timedelta

import pytest

from tests.cast import NOW
from tryggve.accounts.models import User
from tryggve.domains.customers import demo
from tryggve.domains.customers.models import Customer
from tryggve.domains.customers.tests.lists import MACHINE, in_force
from tryggve.lib import demonstration
from tryggve.lib.demonstration import Country, Order

pytestmark = pytest.mark.django_db


def _order(*people: User, country: Country = "SE", customers: int = 20) -> Order:
    return Order(country, customers, [person.pk for person in people], MACHINE, NOW)


def test_demo_firm_is_furnished_by_the_register(bo: User) -> None:
    demonstration.furnish(_order(bo, customers=3))
    assert len(in_force()) == 3
    assert demo.customers in demonstration._contents


@pytest.mark.parametrize(("country", "ending"), [("SE", "@example.se"), ("DK", "@example.dk")])
def test_customers_are_of_the_country_and_came_from_three_places_over_three_years(
    country: Country, ending: str, bo: User
) -> None:
    demo.customers(_order(bo, country=country))
    there = in_force().values()
    assert {details.emails[0][-len(ending) :] for details in there} == {ending}
    assert {details.source for details in there} == {"our old customer file", "the spring fair", "called us"}
    assert Counter(Customer.objects.values_list("created_at", flat=True)) == {
        NOW - timedelta(days=1100): 10,
        NOW - timedelta(days=200): 6,
        NOW - timedelta(days=9): 4,
    }


def test_customers_are_shared_out_among_who_works_there(anna: User, bo: User, karin: User) -> None:
    demo.customers(_order(anna, bo, karin))
    assert Counter(Customer.objects.values_list("responsible_ref", flat=True)) == {
        anna.pk: 7, bo.pk: 7, karin.pk: 6,
    }  # fmt: skip


def test_demo_of_nobody_is_an_empty_register(bo: User) -> None:
    demo.customers(_order(bo, customers=0))
    assert in_force() == {}
