"""A place is added after a real trial: Tryggve writes there, reads it back, and tries to delete it."""

import shutil
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Final
from uuid import UUID

from django.db import transaction

from tryggve.audit import services as audit
from tryggve.domains.backups import actions, place_access, place_kinds, place_marks
from tryggve.domains.backups.models import Copy, Place
from tryggve.domains.backups.place_access import DATA, KEYS, Access
from tryggve.domains.backups.selectors import places
from tryggve.domains.backups.services.places import clearing, passwords, refusals, repositories, suitable
from tryggve.domains.setup import api as setup
from tryggve.lib import write_points
from tryggve.lib.ids import new_id

MOST: Final = 10


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a person says of a place. ``password``: of backups that lie there already and are to be taken up."""

    title: str
    kind: str
    holds_data: bool
    holds_keys: bool
    is_carried: bool = False
    is_elsewhere: bool = False
    country: str = ""
    password: str = ""


@dataclass(frozen=True, slots=True)
class Added:
    """The new place; ``seconds`` and ``keeps_old`` as the trial of its data came out, None where it holds none."""

    id: UUID
    seconds: float | None
    keeps_old: bool | None


def add(*, wanted: Wanted, fields: Mapping[str, str], actor: str, at: datetime) -> Added:
    """Try it, and keep backups there from now on.

    Raises place_kinds.Untold, the refusals beside, and vault.Locked without the service key.
    """
    wanted = replace(wanted, title=wanted.title.strip(), country=wanted.country.strip().upper())
    _require_told(wanted)
    access = place_kinds.access_of(wanted.kind, fields)
    if any(one.access.where == access.where for one in places.in_use()):
        raise refusals.KnownAlready
    if Place.objects.filter(removed_at=None).count() >= MOST:
        raise refusals.TooManyPlaces(most=MOST)
    if wanted.holds_keys:
        suitable.require_fit_for_keys(wanted.kind, access, is_carried=wanted.is_carried, at=at)
    suitable.require_apart(access.folders)
    access = repositories.with_passwords(access, taken_up_with=wanted.password)
    id = new_id()
    if not wanted.password:
        _remember(id, wanted, access, at)
    with _cleared_up(id, wanted, access):
        tried = repositories.make_and_try(
            access, wanted.kind, holds_data=wanted.holds_data, holds_keys=wanted.holds_keys, at=at
        )
        there = repositories.lying_there(access, holds_data=wanted.holds_data, holds_keys=wanted.holds_keys)
        if wanted.kind == Place.Kind.FOLDER:
            place_marks.write(Path(access.location), id)
    write_points.reached("backups: place tried, not written down")
    found = Added(id, tried.seconds if tried else None, tried.keeps_old if tried else None)
    _keep(found, wanted, access, there, actor=actor, at=at)
    return found


@transaction.atomic
def _keep(
    found: Added, wanted: Wanted, access: Access, there: Collection[str], *, actor: str, at: datetime
) -> None:
    row = _row(found.id, wanted, access, at)
    row.seen_at, row.tried_at, row.keeps_old = at, at, found.keeps_old
    if wanted.holds_keys:
        row.is_clear, row.kits, row.kits_at = True, passwords.labels(), at
    Place.objects.filter(pk=found.id).delete()  # as it was remembered for the trial
    row.save()
    _take_up(row, there)
    audit.record(actions.PLACE_ADDED, actor=actor, at=at, place=str(row.pk), kind=row.kind.lower())


def _take_up(row: Place, there: Collection[str]) -> None:
    """Copies of a place that was removed, and is added anew, are this one's: in the old one they would be cleared."""
    of_removed = Copy.objects.filter(place__removed_at__isnull=False, forgotten_at=None)
    of_removed.filter(snapshot__in=there).update(place=row)


def _row(id: UUID, wanted: Wanted, access: Access, at: datetime) -> Place:
    return Place(
        id=id,
        kind=wanted.kind,
        title=wanted.title,
        holds_data=wanted.holds_data,
        holds_keys=wanted.holds_keys,
        access_sealed=place_access.sealed(access),
        is_carried=wanted.is_carried,
        is_elsewhere=wanted.is_elsewhere,
        country=wanted.country,
        is_on_own_disk=any(setup.breaks_with_the_data(one) for one in access.folders),
        added_at=at,
    )


def _require_told(wanted: Wanted) -> None:
    if not (wanted.holds_data or wanted.holds_keys):
        raise refusals.HoldsNothing
    refusals.require_words(title=wanted.title, country=wanted.country)


@contextmanager
def _cleared_up(id: UUID, wanted: Wanted, access: Access) -> Iterator[None]:
    """After a trial that failed, folders that it made are gone; elsewhere the passwords are kept for the next trial."""
    mine = [Path(access.location, name) for name in (DATA, KEYS)] if wanted.kind == Place.Kind.FOLDER else []
    made = [path for path in mine if not path.exists()]
    try:
        yield
    except BaseException:
        for path in made:
            shutil.rmtree(path, ignore_errors=True)
        if wanted.kind == Place.Kind.FOLDER:
            Place.objects.filter(pk=id).delete()
        raise


def _remember(id: UUID, wanted: Wanted, access: Access, at: datetime) -> None:
    """Before anything is made there: whoever is cut off finds it again, with the passwords that open it."""
    row = _row(id, wanted, access, at)
    row.removed_at = at
    row.save()
    clearing.drop_old(at=at)
    write_points.reached("backups: place remembered")
