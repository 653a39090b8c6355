"""The cast of the tests: the same people everywhere."""

from datetime import UTC, datetime

import pytest
from django.test import Client

from tests import signing_in
from tryggve.accounts import services as accounts
from tryggve.accounts.models import User
from tryggve.accounts.roles import Role
from tryggve.domains.customers.engine.details import Address, Details
from tryggve.domains.setup.models import Firm, Welcomed

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


def _welcomed(user: User) -> User:
    """The cast has worked here for a while."""
    Welcomed.objects.create(user=user, at=NOW)
    return user


@pytest.fixture
def anna(firm: Firm) -> User:
    """The owner."""
    return _welcomed(
        accounts.create_user(
            email="anna@example.se", password=PASSWORD, name="Anna Ek", language="en", role=Role.OWNER
        )
    )


@pytest.fixture
def bo(firm: Firm) -> User:
    """An employee, who sees all customers."""
    return _welcomed(
        accounts.create_user(email="bo@example.se", password=PASSWORD, name="Bo Dahl", language="en")
    )


@pytest.fixture
def karin(firm: Firm) -> User:
    """The security captain."""
    return _welcomed(
        accounts.create_user(
            email="karin@example.se", password=PASSWORD, name="Karin Lund", language="en", role=Role.CAPTAIN
        )
    )


@pytest.fixture
def as_anna(anna: User) -> Client:
    """Anna's browser, signed in with her second factor just now."""
    return signing_in.browser_of(anna)


@pytest.fixture
def as_bo(bo: User) -> Client:
    return signing_in.browser_of(bo)


@pytest.fixture
def as_karin(karin: User) -> Client:
    return signing_in.browser_of(karin)


@pytest.fixture
def as_mallory(firm: Firm) -> Client:
    """An outsider's browser."""
    return Client()
