"""A register in folders of its own, with places to bring its backups to."""

import shutil
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from django.utils import timezone

from tryggve.domains.backups.models import Copy, Run
from tryggve.domains.backups.restic import Repository
from tryggve.domains.backups.selectors.places import PlaceInUse
from tryggve.domains.backups.services import pairs
from tryggve.domains.backups.services.pairs import key_places, keys, staging
from tryggve.domains.backups.tests.places_for_tests import folder_place
from tryggve.lib import folders


@pytest.fixture
def tidy(transactional_db: None) -> Iterator[None]:
    """Nothing of another test's is here, and nothing of this one's is left for the next."""
    key_places.forget()
    clear()
    yield
    clear()


def clear() -> None:
    """Remove sealed files, and what is kept of backups."""
    here = folders.current()
    shutil.rmtree(here.data / "backups", ignore_errors=True)
    for left in here.files.iterdir():
        shutil.rmtree(left) if left.is_dir() else left.unlink()


@pytest.fixture
def near(tmp_path: Path, tidy: None) -> PlaceInUse:
    """A place for data."""
    return folder_place(tmp_path / "near", at=timezone.now(), holds_data=True)


@pytest.fixture
def far(tmp_path: Path, near: PlaceInUse) -> PlaceInUse:
    """Another one."""
    return folder_place(tmp_path / "far", at=timezone.now(), holds_data=True)


@pytest.fixture
def safe(tmp_path: Path, tidy: None) -> PlaceInUse:
    """A place for keys."""
    return folder_place(tmp_path / "safe", at=timezone.now(), holds_keys=True)


def now() -> datetime:
    return timezone.now()


def taken() -> Run:
    return pairs.take(why=Run.Why.ASKED, now=now)


def data_of(place: PlaceInUse) -> Repository:
    repository = place.data
    assert repository is not None
    return repository


def keys_of(place: PlaceInUse) -> Repository:
    repository = place.keys
    assert repository is not None
    return repository


def copies(run: Run) -> dict[str, str]:
    """What became of each copy: its cause, or nothing where all is well; by place and kind."""
    rows = Copy.objects.filter(run=run).select_related("place")
    return {f"{row.place.title} {row.kind}": row.cause or ("" if row.snapshot else "?") for row in rows}


def key_parts(place: PlaceInUse) -> dict[str, bytes]:
    """Of the newest copy of the keys."""
    repository = keys_of(place)
    return keys.parts(repository.dump(repository.snapshots()[-1].id, f"/{keys.NAME}"))


def staged_folder() -> Path:
    return staging.own_folder() / "staged"
