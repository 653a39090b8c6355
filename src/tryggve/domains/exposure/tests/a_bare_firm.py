"""Annas firm as its owner meets it on the pages: a domain at Loopia that tells receivers little."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from html import unescape
from uuid import UUID

import pytest
from django.test import Client
from pytest_django import Settings

from tests import signing_in
from tests.cast import PASSWORD
from tryggve.accounts import services as accounts
from tryggve.accounts.models import User
from tryggve.accounts.roles import Role
from tryggve.controls.tests import here
from tryggve.domains.exposure import selectors
from tryggve.domains.exposure.asking.reach import Reach
from tryggve.domains.exposure.services import measuring, resolvers, starting
from tryggve.domains.exposure.tests import web_server
from tryggve.domains.exposure.tests.a_firm import quoted
from tryggve.domains.exposure.tests.name_server import NameServer
from tryggve.domains.exposure.tests.web_server import Websites

HOME = "/protection/websites/"
WHO = "machine:anna"
UNPROTECTED: Mapping[str, Sequence[str]] = {
    "annas.se NS": ["ns1.loopia.se."],
    "annas.se A": ["127.0.0.1"],
    "annas.se MX": ["10 mailcluster.loopia.se."],
    "_dmarc.annas.se TXT": [quoted("v=DMARC1; p=none; rua=mailto:anna@annas.se")],
}


@pytest.fixture
def now() -> datetime:
    return datetime.now(UTC)


@pytest.fixture(autouse=True)
def firm_here(names: NameServer, websites: Websites, reach: Reach, settings: Settings, now: datetime) -> None:
    """Annas firm, whose domain lies at Loopia and tells receivers little."""
    settings.EXPOSURE_REACH = reach
    resolvers.choose(servers=[f"127.0.0.1#{names.server.port}"], actor=WHO, at=now)
    names.records = dict(UNPROTECTED)
    websites.pages = {"annas.se/": web_server.page()}
    websites.open_pages = {"annas.se/": web_server.moved("https://annas.se/")}


@pytest.fixture
def owner() -> Client:
    return signing_in.browser_of(person("anna@annas.se", Role.OWNER))


def person(email: str, role: Role) -> User:
    return accounts.create_user(email=email, password=PASSWORD, name="Anna Ek", language="en", role=role)


def text_of(browser: Client, address: str, **headers: str) -> str:
    answer = browser.get(address, headers=headers or None)
    assert answer.status_code == 200
    return unescape(" ".join(answer.content.decode().split()))


def watched_here() -> tuple[UUID, UUID]:
    [domain], [site] = selectors.domains(), selectors.sites()
    return domain.id, site.id


def measure_all(now: datetime) -> None:
    for control in measuring.ALL:
        here.measure(control, at=now)


def start_watching(now: datetime) -> tuple[UUID, UUID]:
    starting.watch(told="annas.se", actor=WHO, at=now)
    measure_all(now)
    return watched_here()
