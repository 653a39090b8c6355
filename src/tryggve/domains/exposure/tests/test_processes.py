"""The three controls measured the real way, each in a process of its own, within its limits."""

import dataclasses
import json
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone
from pytest_django import Settings

from tryggve.controls import starting, turns
from tryggve.controls.models import Evidence, Probe
from tryggve.domains.exposure.services import domains, measuring, sites
from tryggve.domains.exposure.tests import a_firm
from tryggve.domains.exposure.tests.a_firm import WHO, firm_here, now
from tryggve.domains.exposure.tests.name_server import NameServer

__all__ = ["firm_here", "now"]
OF_A_DATABASE = ("ENGINE", "NAME", "USER", "PASSWORD", "HOST", "PORT", "OPTIONS")
pytestmark = [pytest.mark.process, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def at_work(
    monkeypatch: pytest.MonkeyPatch, transactional_db: None, firm_here: None, settings: Settings
) -> None:
    """What is started knows the domain, and reaches the database and the web of the tests."""
    database = {name: connection.settings_dict[name] for name in OF_A_DATABASE}
    monkeypatch.setenv("CHILD_DATABASE", json.dumps(database, default=str))
    monkeypatch.setenv("CHILD_REACH", json.dumps(dataclasses.asdict(settings.EXPOSURE_REACH)))
    monkeypatch.setenv("DJANGO_SETTINGS_MODULE", "tryggve.domains.exposure.tests.child_settings")
    turns.plan(now=timezone.now())


def _measured() -> dict[str, str]:
    starting.measure_and_wait()
    rows = Evidence.objects.filter(control__in=measuring.ALL).order_by("id")
    return {row.control: row.verdict or row.cause for row in rows}


@pytest.mark.usefixtures("at_work")
def test_all_three_come_through_within_their_limits_with_as_much_as_can_be_watched(names: NameServer) -> None:
    at = timezone.now()
    for number in range(domains.MOST_DOMAINS):
        domains.add(told=f"a{number}.annas.se", selectors=["egen"], actor=WHO, at=at)
        sites.add(told=f"a{number}.annas.se", actor=WHO, at=at)
        names.records |= {
            f"a{number}.annas.se {kind}": names.records[f"annas.se {kind}"]
            for kind in ("NS", "A", "MX", "TXT")
        }
    assert _measured() == {"MAI-01": "FAILING", "WEB-01": "FAILING", "CRY-02": "PROVED"}


@pytest.mark.usefixtures("at_work")
def test_what_is_broken_is_found_and_what_is_mended_is_proven(names: NameServer) -> None:
    at = timezone.now()
    domains.add(told="annas.se", selectors=["egen"], actor=WHO, at=at)
    sites.add(told="annas.se", actor=WHO, at=at)
    whole = names.records["_dmarc.annas.se TXT"]
    names.records["_dmarc.annas.se TXT"] = [a_firm.quoted("v=DMARC1; p=none")]
    assert _measured() == {"MAI-01": "FAILING", "WEB-01": "PROVED", "CRY-02": "PROVED"}

    names.records["_dmarc.annas.se TXT"] = whole
    Probe.objects.update(asked_at=timezone.now() - timedelta(seconds=1))
    assert _measured() == {"MAI-01": "OBSERVED", "WEB-01": "PROVED", "CRY-02": "PROVED"}
