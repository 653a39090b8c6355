"""The cast of the tests: the same people everywhere."""

from datetime import UTC, datetime

import pytest
from django.test import Client

from tryggve.accounts import services as accounts
from tryggve.accounts.models import User
from tryggve.domains.customers.engine.details import Address, Details
from tryggve.domains.setup.models import Firm

NOW = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
PASSWORD = "fyra glada sälar dansar"

CILLA = Details(
    name="Cilla Åkerström",
    emails=("cilla@example.se",),
    phones=("070-174 06 05",),
    addresses=(Address("Storgatan 1", "111 22", "Stockholm"),),
    tags=("vip",),
    source="autumn fair",
    note="Likes to be called in the morning.",
)
DAN = Details(
    name="Dan Sørensen",
    organisation="Tømrerfirma ApS",
    emails=("dan@example.dk",),
    phones=("+45 20 12 34 56",),
)


@pytest.fixture
def firm(db: None) -> Firm:
    return Firm.objects.create(pk=1, name="Annas Snickeri", country="SE", language="sv", claimed_at=NOW)


@pytest.fixture
def anna(firm: Firm) -> User:
    """The owner."""
    return accounts.create_user(email="anna@example.se", password=PASSWORD, name="Anna Ek", language="en")


@pytest.fixture
def as_anna(anna: User) -> Client:
    """Anna's browser, signed in."""
    browser = Client()
    browser.force_login(anna)
    return browser


@pytest.fixture
def as_mallory(firm: Firm) -> Client:
    """An outsider's browser."""
    return Client()
