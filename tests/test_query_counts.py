"""How many questions a page asks the database: counted, and the same however much there is."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import include, path
from django.utils import timezone
from pytest_django import Settings

from tests import signing_in
from tests.cast import CILLA, PASSWORD
from tests.telephone import telephone_of
from tryggve.accounts import services as accounts
from tryggve.accounts import teams, tokens
from tryggve.accounts.models import User
from tryggve.accounts.permissions import permission
from tryggve.accounts.roles import Role, Scope
from tryggve.audit import services as audit
from tryggve.domains.access import actions
from tryggve.domains.access.services import invitations
from tryggve.domains.customers.register_index import register_index
from tryggve.domains.customers.tests.lists import add, bring_in, people

pytestmark = pytest.mark.django_db


@permission("setup.home")
def empty(request: HttpRequest) -> HttpResponse:
    """A page of our own that shows nothing."""
    return HttpResponse()


urlpatterns = [path("empty/", empty), path("", include("tryggve.config.urls"))]


@pytest.fixture(autouse=True)
def fresh_index() -> None:
    """The index of the test before holds customers who were never committed."""
    register_index.forget()


def _asked(browser: Client, page: str) -> list[str]:
    """By a session that is under way: the first look of a minute notes that the session was used."""
    assert browser.get(page).status_code == 200
    with CaptureQueriesContext(connection) as asked:
        assert browser.get(page).status_code == 200
    return [one["sql"] for one in asked]


def _more_customers(anna: User) -> None:
    bring_in(people(range(60)))


def _more_people(anna: User) -> None:
    for number in range(12):
        email, role = f"person{number}@example.se", list(Role)[number % len(Role)]
        one = accounts.create_user(
            email=email, password=PASSWORD, name=f"Person {number}", language="sv", role=role
        )
        teams.make_team(name=f"Team {number}", by=anna, at=timezone.now()).members.add(one, anna)
        place = invitations.Place(Role.EMPLOYEE, Scope.ALL, {})
        invitations.invite(
            email=f"other{number}@example.se", name="Other", language="sv", place=place, by_mail=False,
            by=anna, at=timezone.now(),
        )  # fmt: skip


def _more_entries(anna: User) -> None:
    for _time in range(60):
        audit.record(actions.SIGNED_OUT, actor=anna.actor, at=timezone.now())


def _more_sessions(anna: User) -> None:
    for number in range(8):
        signing_in.browser_of(anna)
        if number == 0:
            telephone_of(anna)
        tokens.make(
            user=anna, name="t", scopes=["customers.api"], lasts=timedelta(days=1), actor=anna.actor,
            at=timezone.now(),
        )  # fmt: skip


def test_empty_page_for_who_is_signed_in_asks_at_most_four_times(as_anna: Client, settings: Settings) -> None:
    settings.ROOT_URLCONF = __name__
    assert len(_asked(as_anna, "/empty/")) == 2  # session, person


@pytest.mark.parametrize(
    ("page", "more", "count"),
    [
        ("/customers/", _more_customers, 7),
        ("card", _more_customers, 6),
        ("/company/people/", _more_people, 5),
        ("person", _more_people, 5),
        ("/company/people/roles/", _more_people, 4),
        ("/company/people/teams/", _more_people, 5),
        ("/company/sign-in/", _more_sessions, 8),
        ("/company/tokens/", _more_sessions, 4),
        ("/events/log/", _more_entries, 9),
    ],
)
def test_page_asks_as_often_however_much_there_is(
    anna: User, bo: User, as_anna: Client, page: str, more: Callable[[User], Any], count: int
) -> None:
    [cilla] = add(CILLA)
    teams.make_team(name="Workshop", by=anna, at=timezone.now()).members.add(bo)
    address = {"card": f"/customers/{cilla}/", "person": f"/company/people/{bo.pk}/"}.get(page, page)
    few = _asked(as_anna, address)
    more(anna)
    many = _asked(as_anna, address)
    assert (len(few), len(many)) == (count, count), "\n".join(many)
