"""The protections of signing in, measured the way they are at the firm: each in a process of its own."""

import json
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from tryggve.accounts.models import User
from tryggve.controls import starting, turns
from tryggve.controls.models import Evidence, Probe
from tryggve.domains.access.tests import factors

pytestmark = [pytest.mark.process, pytest.mark.django_db(transaction=True)]
_OF_A_DATABASE = ("ENGINE", "NAME", "USER", "PASSWORD", "HOST", "PORT", "OPTIONS")
_OURS = ("AUT-02", "AUT-03", "AUT-04", "GOV-01")


@pytest.fixture
def processes(monkeypatch: pytest.MonkeyPatch) -> None:
    database = {name: connection.settings_dict[name] for name in _OF_A_DATABASE}
    monkeypatch.setenv("CHILD_DATABASE", json.dumps(database, default=str))
    monkeypatch.setenv("DJANGO_SETTINGS_MODULE", "tryggve.domains.access.tests.child_settings")


def test_each_is_measured_within_its_limits(processes: None, anna: User) -> None:
    factors.telephone_of(anna)
    now = timezone.now()
    turns.plan(now=now)
    Probe.objects.update(due_at=now + timedelta(days=1))
    Probe.objects.filter(control__in=_OURS).update(due_at=now)

    starting.measure_and_wait()

    found = {one.control: one.verdict or one.cause for one in Evidence.objects.all()}
    assert found == {"AUT-02": "PROVED", "AUT-03": "not-chosen", "AUT-04": "PROVED", "GOV-01": "FAILING"}
    assert [user.email for user in User.objects.all()] == ["anna@example.se"]
