"""Restore tests as they are noted down, of copies that really lie in a place; and what BAK-02 says of them."""

from datetime import datetime, timedelta
from pathlib import Path

import pytest
from django.utils import timezone

from tryggve.controls import answers, registry
from tryggve.controls.answers import Outcome
from tryggve.controls.registry import CannotMeasure, Verdict
from tryggve.domains.backups.models import Copy, Place, RestoreTest, Run
from tryggve.domains.backups.restic import Repository
from tryggve.domains.backups.selectors.places import PlaceInUse
from tryggve.domains.backups.services.pairs import carrying
from tryggve.domains.backups.services.restore_tests import keeping
from tryggve.domains.backups.tests import taken
from tryggve.domains.backups.tests.places_for_tests import folder_place, of_row

DAY = timedelta(days=1)
FOUND = {"data_age_minutes": 90, "answered_seconds": 130, "customers": 20, "files": 7, "rows": 900}


@pytest.fixture
def now() -> datetime:
    return timezone.now()


@pytest.fixture
def place(now: datetime, transactional_db: None, tmp_path: Path) -> Place:
    """Where something of data and something of keys really lies."""
    return holding(tmp_path / "Disk", at=now - 30 * DAY)


def holding(folder: Path, *, at: datetime) -> Place:
    one = folder_place(folder, at=at, holds_data=True, holds_keys=True)
    for repository, kind in ((one.data, "data"), (one.keys, "keys")):
        assert repository is not None
        with carrying.stream_of(b"something") as stream:
            repository.backup_stream(stream, name="something", tags=[kind])
    return Place.objects.get(pk=one.id)


def measured_at(at: datetime) -> Outcome:
    measure = registry.measures()["BAK-02"]
    try:
        return answers.read(answers.of_measured(measure.work(at), measure), measure)
    except CannotMeasure as cannot:
        return answers.read(answers.of_cause(cannot.cause), measure)


def came_to(at: datetime) -> tuple[Verdict | None, object]:
    outcome = measured_at(at)
    return outcome.verdict, outcome.facts.get("wrong") or outcome.cause


def kept(place: Place, at: datetime, state: str = "PASSED", cause: str = "", **found: int) -> RestoreTest:
    """As a test keeps it that came to this."""
    run = taken.run(place, at=at - timedelta(hours=1))
    lying(place, run)
    row = RestoreTest(place=place, run=run, state=state, cause=cause, began_at=at, found={**FOUND, **found})
    keeping.keep(row, at=at + timedelta(minutes=3))
    return row


def lying(place: Place, *runs: Run) -> None:
    """Have that be noted down of these runs which lies there."""
    for kind, repository in repositories(place).items():
        Copy.objects.filter(run__in=runs, kind=kind).update(snapshot=repository.snapshots()[-1].id)


def repositories(place: Place) -> dict[str, Repository]:
    one: PlaceInUse = of_row(place)
    assert one.data is not None
    assert one.keys is not None
    return {Copy.Kind.DATA: one.data, Copy.Kind.KEYS: one.keys}
