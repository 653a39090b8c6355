"""What is measured of who has access, in the processes that really measure it."""

import json
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from tests import signing_in
from tryggve.accounts.models import User
from tryggve.audit.models import Entry
from tryggve.controls import starting, turns
from tryggve.controls.models import Evidence, Probe

pytestmark = [pytest.mark.process, pytest.mark.django_db(transaction=True)]
_MEASURED = ("ACC-01", "ACC-02", "ACC-03")
_OF_A_DATABASE = ("ENGINE", "NAME", "USER", "PASSWORD", "HOST", "PORT", "OPTIONS")


@pytest.fixture
def settings_of_children(monkeypatch: pytest.MonkeyPatch) -> None:
    database = {name: connection.settings_dict[name] for name in _OF_A_DATABASE}
    monkeypatch.setenv("CHILD_DATABASE", json.dumps(database, default=str))
    monkeypatch.setenv("DJANGO_SETTINGS_MODULE", "tryggve.domains.access.tests.child_settings")


@pytest.mark.usefixtures("settings_of_children")
def test_who_has_access_is_measured_and_nobody_made_up_stays(anna: User) -> None:
    signing_in.browser_of(anna)
    now = timezone.now()
    turns.plan(now=now)
    Probe.objects.update(due_at=now + timedelta(days=1))
    Probe.objects.filter(control__in=_MEASURED).update(due_at=now)

    starting.measure_and_wait()

    found = {
        row.control: (row.verdict or row.cause, row.facts.get("wrong")) for row in Evidence.objects.all()
    }
    assert {control: found.get(control) for control in _MEASURED} == {
        "ACC-01": ("PROVED", None),
        "ACC-02": ("FAILING", "not-reviewed"),
        "ACC-03": ("PROVED", None),
    }
    assert list(User.objects.values_list("name", flat=True)) == ["Anna Ek"]
    assert not Entry.objects.filter(action__startswith="accounts.").exists()
