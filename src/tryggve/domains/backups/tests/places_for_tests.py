"""Places in folders of this computer, with repositories of their own."""

import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

from tests.program import until
from tryggve.domains.backups import place_access, place_marks
from tryggve.domains.backups.models import Place
from tryggve.domains.backups.place_access import Access
from tryggve.domains.backups.restic import Repository, running
from tryggve.domains.backups.selectors import places
from tryggve.domains.backups.selectors.places import PlaceInUse
from tryggve.domains.backups.tests import cheap_repositories

DATA_PASSWORD, KEYS_PASSWORD = "data, four words", "keys, four others"


def folder_place(
    folder: Path,
    *,
    at: datetime,
    holds_data: bool = False,
    holds_keys: bool = False,
    keeps_old: bool | None = None,
    is_elsewhere: bool = False,
) -> PlaceInUse:
    """A place whose repositories are made."""
    folder.mkdir()
    row = Place.objects.create(
        kind=Place.Kind.FOLDER,
        title=folder.name,
        holds_data=holds_data,
        holds_keys=holds_keys,
        keeps_old=keeps_old,
        is_elsewhere=is_elsewhere,
        access_sealed=place_access.sealed(
            Access(location=str(folder), data_password=DATA_PASSWORD, keys_password=KEYS_PASSWORD)
        ),
        added_at=at,
    )
    place_marks.write(folder, row.pk)
    place = of_row(row)
    for repository in (place.data, place.keys):
        if repository is not None:
            cheap_repositories.make(Path(repository.place.location), repository.password)
    return place


def of_row(row: Place) -> PlaceInUse:
    return next(one for one in places.in_use() if one.id == row.pk)


def with_access(place: PlaceInUse, **changed: Any) -> None:
    """Let something else be written down of what lets in there."""
    Place.objects.filter(pk=place.id).update(
        access_sealed=place_access.sealed(replace(place.access, **changed))
    )


@contextmanager
def alone_in(repository: Repository) -> Iterator[subprocess.Popen[bytes]]:
    """A restic that stands still, alive, where nobody else may be beside it."""
    locks = Path(repository.place.location, "locks")
    asked = running.started(
        ["check"], place=repository.place, password=repository.password, cache=repository.cache, given=None
    )
    with asked as restic:
        # It is written under another name first.
        until(lambda: [one for one in locks.iterdir() if "tmp" not in one.name])
        restic.send_signal(signal.SIGSTOP)
        yield restic
