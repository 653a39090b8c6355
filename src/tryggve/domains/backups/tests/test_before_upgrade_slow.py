"""A place that never ends holds up a start so long and no longer, and no data lie anywhere without their keys then."""

import socket

import pytest
from django.utils import timezone

from tryggve.domains.backups import before_upgrade
from tryggve.domains.backups.models import Copy, Place, Run
from tryggve.domains.backups.selectors.places import PlaceInUse
from tryggve.domains.backups.tests import child, here
from tryggve.domains.backups.tests.here import far, near, safe, tidy
from tryggve.domains.backups.tests.places_for_tests import with_access

__all__ = ["far", "near", "safe", "tidy"]
pytestmark = [pytest.mark.process, pytest.mark.django_db(transaction=True)]


def test_start_goes_on_and_the_keys_are_brought_all_the_same(
    near: PlaceInUse, far: PlaceInUse, safe: PlaceInUse, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in child.environment().items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(before_upgrade, "_SECONDS", 20.0)
    said: list[str] = []
    with socket.create_server(("127.0.0.1", 0)) as server:
        Place.objects.filter(pk=near.id).update(kind=Place.Kind.REST)
        with_access(near, location=f"rest:http://127.0.0.1:{server.getsockname()[1]}/")
        before_upgrade.bring_away(timezone.now(), said.append)
    run = Run.objects.get(why=Run.Why.UPGRADE)
    assert (run.state, run.cause) == (Run.State.FAILED, "cut-off")
    assert here.copies(run) == {"far DATA": ""}
    assert Copy.objects.get(kind=Copy.Kind.KEYS).cause == ""
    assert len(here.keys_of(safe).snapshots()) == 1
    assert "«near» has no backup from before this upgrade: it didn't answer in time." in said
    assert "The backup isn't whole" in said[-1]
