"""Annas firm, whose mail and website are well protected, in a name service and a web of the tests' own."""

from datetime import UTC, datetime

import pytest
from pytest_django import Settings

from tryggve.controls import answers, registry
from tryggve.controls.answers import Outcome
from tryggve.controls.registry import CannotMeasure
from tryggve.domains.exposure.asking.reach import Reach
from tryggve.domains.exposure.services import resolvers
from tryggve.domains.exposure.tests import web_server
from tryggve.domains.exposure.tests.name_server import NameServer
from tryggve.domains.exposure.tests.test_dkim import rsa
from tryggve.domains.exposure.tests.web_server import Websites

WHO = "machine:anna"
_POLICY = b"version: STSv1\nmode: enforce\nmx: mx.annas.se\nmax_age: 604800\n"


def quoted(text: str) -> str:
    """A text record, in pieces."""
    return " ".join(f'"{text[at : at + 200]}"' for at in range(0, len(text), 200))


@pytest.fixture
def now() -> datetime:
    # Certificates hold by the real clock, which the handshake reads itself.
    return datetime.now(UTC)


@pytest.fixture
def firm_here(names: NameServer, websites: Websites, reach: Reach, settings: Settings, now: datetime) -> None:
    """All of it, asked for and reached here."""
    settings.EXPOSURE_REACH = reach
    resolvers.choose(servers=[f"127.0.0.1#{names.server.port}"], actor=WHO, at=now)
    names.records = {
        "annas.se NS": ["ns1.loopia.se."],
        "annas.se A": ["127.0.0.1"],
        "mta-sts.annas.se A": ["127.0.0.1"],
        "annas.se MX": ["10 mx.annas.se."],
        "annas.se TXT": [quoted("v=spf1 mx ip4:192.0.2.1 -all")],
        "egen._domainkey.annas.se TXT": [quoted(rsa(2048))],
        "_dmarc.annas.se TXT": [quoted("v=DMARC1; p=reject; rua=mailto:dmarc@annas.se")],
        "_mta-sts.annas.se TXT": [quoted("v=STSv1; id=1")],
        "_smtp._tls.annas.se TXT": [quoted("v=TLSRPTv1; rua=mailto:tls@annas.se")],
    }
    websites.pages = {
        "annas.se/": web_server.page(),
        "mta-sts.annas.se/.well-known/mta-sts.txt": web_server.page(_POLICY),
    }
    websites.open_pages = {"annas.se/": web_server.moved("https://annas.se/")}


def received(control: str, at: datetime) -> Outcome:
    """What a measuring says, as it is received."""
    measure = registry.measures()[control]
    try:
        return answers.read(answers.of_measured(measure.work(at), measure), measure)
    except CannotMeasure as cannot:
        return answers.read(answers.of_cause(cannot.cause), measure)
