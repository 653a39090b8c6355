"""A service to sign in with, chosen by the firm, linked by Anna."""

from collections.abc import Iterator

import pytest
from django.test import Client

from tests.sign_in_service import SignInService
from tryggve.domains.access.tests import provider


@pytest.fixture
def service() -> Iterator[SignInService]:
    with SignInService() as opened:
        yield opened


@pytest.fixture
def chosen(service: SignInService, firm: object) -> SignInService:
    """The firm lets its people come with it, by link alone."""
    provider.choose(service)
    return service


@pytest.fixture
def linked(chosen: SignInService, as_anna: Client) -> SignInService:
    """Anna has linked her own account there."""
    assert provider.round_of(as_anna, chosen, provider.LINK)["Location"] == "/company/sign-in/"
    return chosen
