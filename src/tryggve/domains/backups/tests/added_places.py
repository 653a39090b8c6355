"""Places that are added as a person adds them, on this computer."""

import os
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tryggve.domains.backups import place_trials
from tryggve.domains.backups.restic import Repository
from tryggve.domains.backups.selectors import places as selectors
from tryggve.domains.backups.services import places
from tryggve.domains.backups.services.places import Added, Wanted

AT = datetime.now(UTC)


@pytest.fixture(autouse=True)
def short_patience(monkeypatch: pytest.MonkeyPatch) -> None:
    """restic says at once that it was refused, and then asks again and again."""
    monkeypatch.setattr(place_trials, "DELETION_SECONDS", 6.0)


@pytest.fixture
def disk(tmp_path: Path) -> Path:
    (tmp_path / "disk").mkdir()
    return tmp_path / "disk"


def add(
    kind: str,
    fields: dict[str, str],
    *,
    data: bool = True,
    keys: bool = False,
    is_carried: bool = False,
    password: str = "",
) -> Added:
    wanted = Wanted(
        "Far away", kind, data, keys, is_carried, is_elsewhere=True, country="se", password=password
    )
    return places.add(wanted=wanted, fields=fields, actor="system", at=AT)


def data_of(added: Added) -> Repository:
    found = selectors.one(added.id).data
    assert found is not None
    return found


def works(added: Added, tmp_path: Path) -> None:
    """What went there in day-to-day use comes back, and no trial is left."""
    place = selectors.one(added.id)
    for repository in filter(None, (place.data, place.keys)):
        assert (repository.snapshots(), repository.packs()) == ([], [])
        (tmp_path / "one").write_bytes(os.urandom(9_000))
        snapshot = repository.backup([tmp_path / "one"]).snapshot
        assert repository.dump(snapshot, str(tmp_path / "one")) == (tmp_path / "one").read_bytes()
    assert (places.look(at=AT), selectors.farthest([place])) == ({added.id: True}, place)
