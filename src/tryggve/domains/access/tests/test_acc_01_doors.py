"""A page that can't be tried is no page that was tried."""

import pytest
from django.http import HttpRequest, HttpResponse
from django.urls import include, path
from django.utils import timezone
from pytest_django import Settings

from tryggve.accounts.models import User
from tryggve.accounts.permissions import PUBLIC, permission
from tryggve.controls import services
from tryggve.controls.engine.standing import State
from tryggve.domains.access.tests import few_doors as few
from tryggve.domains.access.tests import measured

pytestmark = pytest.mark.django_db


@permission(PUBLIC)
def without_a_name(request: HttpRequest) -> HttpResponse:
    """Declared as it should be, but no address of it can be built."""
    return HttpResponse()


urlpatterns = [path("without-a-name/", without_a_name), path("", include(few.__name__))]


def test_a_page_without_an_address_fails_whatever_somebody_says_until_it_can_be_tried(
    anna: User, settings: Settings
) -> None:
    settings.ROOT_URLCONF = __name__
    now = timezone.now()
    assert measured.outcome("ACC-01", now) == "FAILING untried-door"
    services.attest(control="ACC-01", by=anna, note="Nobody knows it.", until=None, at=now)
    assert measured.state("ACC-01", timezone.now()) is State.FAILING

    settings.ROOT_URLCONF = few.__name__
    assert measured.outcome("ACC-01", timezone.now()) == "PROVED"
