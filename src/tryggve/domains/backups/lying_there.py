"""What really lies in a place: asked of the place itself, since what was noted down of it proves nothing."""

import json
import tarfile
from collections.abc import Iterator
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from django.db.models import QuerySet

from tryggve.accounts import clock
from tryggve.domains.backups.engine.due import CARRIED, NIGHTLY
from tryggve.domains.backups.models import Copy, Folder, Place
from tryggve.domains.backups.restic import Incomplete, NotInstalled, Repository, ResticFailed, TooOld
from tryggve.domains.backups.selectors.places import PlaceInUse
from tryggve.domains.backups.services.pairs import keys
from tryggve.lib import folders

_COPY: Final = "/backups/copy/"
_DATABASES: Final = frozenset({f"{_COPY}tryggve.sqlite3", f"{_COPY}database.pgdump"})
_MANIFEST: Final = f"{_COPY}manifest.json"
# What came while the copy was being laid out may be in it or not.
_MARGIN: Final = timedelta(hours=1)
_UNFINISHED: Final = (".new", ".unfinished")
_INCOMING: Final = "incoming"


class Fault(StrEnum):
    """What is wrong with a place; codes that are never renamed."""

    FAILED = "place-failed"
    OLD = "place-old"
    GONE = "copy-gone"
    INCOMPLETE = "copy-incomplete"
    FOLDERS = "folders-incomplete"
    KEYS_MISSING = "keys-missing"


def fault_of(place: PlaceInUse, *, at: datetime) -> Fault | None:
    """What is wrong with its newest copies, if anything is: rather than that they are old, what else it is.

    Raises NotInstalled and TooOld.
    """
    if place.is_carried and place.is_away:
        return _fault_of_age(place, Copy.objects.filter(place=place.id), at)
    held = {Copy.Kind.DATA: place.data, Copy.Kind.KEYS: place.keys}
    # What was added today comes with tonight's.
    if Folder.objects.filter(removed_at=None, added_at__lte=at - NIGHTLY).exists():
        held[Copy.Kind.FOLDERS] = place.data
    there = [(kind, repository) for kind, repository in held.items() if repository is not None]
    faults = [fault for kind, repository in there if (fault := _fault(place, kind, repository, at))]
    return next((one for one in faults if one != Fault.OLD), faults[0] if faults else None)


def _fault(place: PlaceInUse, kind: Copy.Kind, repository: Repository, at: datetime) -> Fault | None:
    tried = Copy.objects.filter(place=place.id, kind=kind)
    newest = _newest(tried, at)
    if newest is not None and newest.cause:
        return Fault.FOLDERS if newest.cause == Incomplete.code else Fault.FAILED
    if fault := _fault_of_age(place, tried, at):
        return fault
    good = _newest(_good(tried), at)
    return _asked(repository, good) if good is not None else None


def _fault_of_age(place: PlaceInUse, tried: QuerySet[Copy], at: datetime) -> Fault | None:
    lasts = CARRIED if place.is_carried else NIGHTLY
    good = _newest(_good(tried), at)
    if good is not None and clock.is_within(lasts, good.run.began_at, at=at):
        return None
    # Or taken back, with what it had from before.
    since = max(at - lasts, good.at) if good is not None else at - lasts
    added = Place.objects.filter(pk=place.id, added_at__gt=since)
    is_new = added.filter(added_at__lte=at + clock.MOST_AHEAD).exists()
    return None if is_new else Fault.OLD


def _good(tried: QuerySet[Copy]) -> QuerySet[Copy]:
    return tried.exclude(snapshot="").filter(forgotten_at=None)


def _newest(copies: QuerySet[Copy], at: datetime) -> Copy | None:
    """None noted down before the clock was set back."""
    believed = copies.filter(at__lte=at + clock.MOST_AHEAD, run__began_at__lte=at + clock.MOST_AHEAD)
    return believed.select_related("run").order_by("-at").first()


def _asked(repository: Repository, copy: Copy) -> Fault | None:
    try:
        there = {one.id for one in repository.snapshots(tags=[copy.kind.lower()])}
        if copy.snapshot not in there:
            return Fault.GONE
        if copy.kind == Copy.Kind.KEYS:
            return None if _are_keys_whole(repository, copy) else Fault.KEYS_MISSING
        if copy.kind == Copy.Kind.DATA:
            return None if _is_data_whole(repository, copy) else Fault.INCOMPLETE
        return None
    except (NotInstalled, TooOld):
        raise
    except ResticFailed:
        return Fault.FAILED


def _is_data_whole(repository: Repository, copy: Copy) -> bool:
    """Whether the database, its manifest and every sealed file that we had before are in it."""
    there = {one.path for one in repository.list_files(copy.snapshot) if not one.is_folder}
    wanted = {_MANIFEST, *_sealed_files(before=copy.run.began_at - _MARGIN)}
    return bool(there & _DATABASES) and wanted <= there


def _are_keys_whole(repository: Repository, copy: Copy) -> bool:
    """Whether the key store is in it, and it says that no key is missing that its data names."""
    try:
        held = keys.parts(repository.dump(copy.snapshot, f"/{keys.NAME}"))
        told = json.loads(held[keys.PAIR])
        return bool(held[keys.STORE]) and told["pair"] == str(copy.run_id) and told["keys_missing"] == 0
    except (tarfile.TarError, ValueError, KeyError, TypeError):
        return False


def _sealed_files(*, before: datetime) -> Iterator[str]:
    """Their paths as they are in a copy."""
    base = folders.current().files
    for path in base.rglob("*"):
        inner = path.relative_to(base)
        if inner.parts[0] == _INCOMING or inner.name.endswith(_UNFINISHED) or path.is_symlink():
            continue
        if path.is_file() and path.stat().st_mtime < before.timestamp():
            yield f"/files/{inner.as_posix()}"
