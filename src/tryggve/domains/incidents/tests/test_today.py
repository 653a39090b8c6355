"""What stands on Today: the button for everybody, and what waits for those who see to it."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from pytest_django import DjangoAssertNumQueries

from tests.cast import NOW
from tryggve.accounts.models import User
from tryggve.domains.incidents import menu
from tryggve.domains.incidents.models import Report
from tryggve.domains.incidents.services import reports
from tryggve.domains.incidents.tests.telling import tell
from tryggve.ui import today

pytestmark = pytest.mark.django_db


def _of(user: User | AnonymousUser) -> HttpRequest:
    request = HttpRequest()
    request.user = user
    return request


def test_everybody_who_works_here_has_the_button(
    bo: User, anna: User, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for user in (bo, anna):
        with django_assert_num_queries(0):
            card = menu.something_has_happened(_of(user))
        assert isinstance(card, today.Card)
        assert (card.place, card.address, str(card.label)) == (
            today.Place.HELP,
            "/events/happened/",
            "Something has happened",
        )
    assert menu.something_has_happened(_of(AnonymousUser())) is None


def test_what_waits_is_an_alarm_for_who_sees_to_it_until_somebody_does(
    bo: User, karin: User, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    assert menu.what_was_told(_of(karin)) is None
    tell(bo)
    tell(None)
    with django_assert_num_queries(1):
        card = menu.what_was_told(_of(karin))
    assert isinstance(card, today.Card)
    assert (card.place, card.address, "2 times" in str(card.text)) == (
        today.Place.ALARM,
        "/events/reports/",
        True,
    )
    assert menu.what_was_told(_of(bo)) is None
    for row in Report.objects.all():
        reports.receive(report=row.pk, actor=karin.actor, at=NOW)
    assert menu.what_was_told(_of(karin)) is None
