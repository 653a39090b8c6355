"""What tests about customers' rights begin with: a customer, a purpose, a clock that stands still."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

import pytest
import time_machine
from django.test import Client

from tests.by_right import coming
from tests.by_right.consenting import come_in, customer, prepare
from tests.cast import NOW
from tests.sign_in_service import SignInService
from tryggve.domains.customers.register_index import register_index


@pytest.fixture
def clock() -> Any:
    register_index.forget()
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller
    register_index.forget()


@pytest.fixture
def newsletter(firm: Any) -> UUID:
    return prepare()


@pytest.fixture
def cilla(newsletter: UUID) -> UUID:
    return customer()


@pytest.fixture
def browser() -> Client:
    """Cilla's."""
    return Client()


@pytest.fixture
def inside(cilla: UUID, browser: Client) -> Client:
    """Cilla at her own page."""
    come_in(browser)
    return browser


@pytest.fixture
def fresh_index() -> Iterator[None]:
    """The index of the test before holds customers who were never committed."""
    register_index.forget()
    yield
    register_index.forget()


@pytest.fixture
def service(firm: Any) -> Iterator[SignInService]:
    """A broker that the firm has chosen; nobody is signed in there whom we know."""
    with SignInService() as opened:
        opened.redirect_uris = {f"{coming.HERE}{coming.BACK}"}
        opened.account.email, opened.account.email_verified = "nobody@example.org", False
        coming.choose(opened)
        yield opened
