"""What is noted of a place: that it answered, or why it couldn't be used."""

from datetime import datetime
from uuid import UUID

from django.db.models import Value
from django.db.models.functions import Coalesce, Least

from tryggve.domains.backups.models import Place
from tryggve.domains.backups.restic import (
    NoRepository,
    NotInstalled,
    Repository,
    ResticFailed,
    TooOld,
    Unreachable,
)
from tryggve.domains.backups.selectors import places
from tryggve.domains.backups.selectors.places import ANSWER_SECONDS, PlaceInUse
from tryggve.domains.backups.selectors.shown_places import NOT_HERE
from tryggve.domains.setup import api as setup


def seen(place: UUID, at: datetime) -> None:
    """It answered."""
    Place.objects.filter(pk=place).update(seen_at=at, trouble="", there_since=_still(at))


def failed(place: UUID, code: str, at: datetime) -> None:
    """It couldn't be used, for what this code tells; when it was seen last stays noted."""
    Place.objects.filter(pk=place).update(trouble=code, **({"there_since": None} if code in NOT_HERE else {}))


def look_for_disks(*, at: datetime) -> None:
    """Which disks that are to be carried away are here, by their marks alone, and on which disks folders lie.

    Raises vault.Locked.
    """
    for one in places.in_use():
        if one.is_carried and one.is_away:
            failed(one.id, Unreachable.code, at)
            continue
        if one.is_carried:
            Place.objects.filter(pk=one.id).update(there_since=_still(at))
        _note_disk(one)


def _note_disk(place: PlaceInUse) -> None:
    """Nothing is asked of a folder that isn't carried: one of a computer that hangs may never answer."""
    there = place.folders_here if place.is_carried else place.access.folders
    is_own = bool(there) and setup.breaks_with_the_data(there[-1])
    Place.objects.filter(pk=place.id, is_on_own_disk=not is_own).update(is_on_own_disk=is_own)


def look(*, at: datetime) -> dict[UUID, bool]:
    """Which places are there now, by asking each; it is noted, too. Raises vault.Locked without the service key."""
    return {one.id: look_at(one, at=at) for one in places.in_use()}


def look_at(place: PlaceInUse, *, at: datetime) -> bool:
    """Whether it is there, with the repositories that belong there; it is noted, too."""
    return trouble_of(place, at=at) == ""


def trouble_of(place: PlaceInUse, *, at: datetime) -> str:
    """The same; the code of what is wrong. Of a computer without restic nothing is noted: the place isn't to blame."""
    try:
        for repository in (place.data, place.keys):
            _require_there(repository)
    except (NotInstalled, TooOld) as failure:
        return failure.code
    except ResticFailed as failure:
        failed(place.id, failure.code, at)
        return failure.code
    seen(place.id, at)
    return ""


def _still(at: datetime) -> Least:
    """Since when it was there, if it was; never a moment that is yet to come, by a clock that was ahead."""
    return Least(Coalesce("there_since", Value(at)), Value(at))


def _require_there(repository: Repository | None) -> None:
    if repository is not None and not repository.exists(seconds=ANSWER_SECONDS):
        raise NoRepository
