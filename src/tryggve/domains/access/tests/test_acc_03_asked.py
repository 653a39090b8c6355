"""Who is kept out must be asked in the right way, and the log must tell of it."""

from collections.abc import Callable

import pytest
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.urls import include, path
from django.utils import timezone
from pytest_django import Settings

from tryggve.accounts.models import User
from tryggve.accounts.permissions import permission
from tryggve.controls.engine.standing import State
from tryggve.controls.tests import here
from tryggve.domains.access.tests import few_doors as few
from tryggve.domains.access.tests import measured
from tryggve.domains.access.tests.doorways import Bricks

pytestmark = pytest.mark.django_db


@permission("customers.view")
def customers(request: HttpRequest) -> HttpResponse:
    """A page with customers' data: one is enough to be turned away at."""
    return HttpResponse()


urlpatterns = [path("customers/", customers, name="customers"), path("", include(few.__name__))]


class Forgetful:
    """Whatever is written while a page is asked for is undone, also that somebody was turned away."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        with transaction.atomic():
            response = self.get_response(request)
            transaction.set_rollback(True)
        return response


def _planted(middleware: type) -> str:
    return f"{middleware.__module__}.{middleware.__qualname__}"


def _said() -> str:
    return measured.outcome("ACC-03", timezone.now())


def test_who_is_refused_instead_of_asked_fails_until_they_are_asked(anna: User, settings: Settings) -> None:
    settings.ROOT_URLCONF = few.__name__
    whole = settings.MIDDLEWARE
    settings.MIDDLEWARE = [_planted(Bricks), *whole]
    found = here.measure("ACC-03", at=timezone.now())
    assert (found.facts["wrong"], found.facts["let_in"], found.facts["unasked"] > 0) == ("unasked", 0, True)

    settings.MIDDLEWARE = whole
    assert _said() == "PROVED"


def test_a_log_that_forgets_who_was_turned_away_fails_until_it_tells(anna: User, settings: Settings) -> None:
    settings.ROOT_URLCONF = __name__
    whole = settings.MIDDLEWARE
    settings.MIDDLEWARE = [_planted(Forgetful), *whole]
    found = here.measure("ACC-03", at=timezone.now())
    assert (found.facts["wrong"], found.facts["unasked"], found.facts["unwritten"] > 0) == (
        "unwritten",
        0,
        True,
    )

    settings.MIDDLEWARE = whole
    assert _said() == "PROVED"


def test_while_it_fails_it_stands_as_failing_and_nobodys_word_is_asked(
    anna: User, settings: Settings
) -> None:
    settings.ROOT_URLCONF = few.__name__
    settings.MIDDLEWARE = [_planted(Bricks), *settings.MIDDLEWARE]
    now = timezone.now()
    assert _said() == "FAILING unasked"
    measured.require_not_attestable("ACC-03", by=anna, at=now)
    assert measured.state("ACC-03", timezone.now()) is State.FAILING
