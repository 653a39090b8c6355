"""A place that is in use: called otherwise, reached with other credentials, tried again, removed and taken back."""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from django.db import transaction

from tryggve import vault
from tryggve.audit import services as audit
from tryggve.domains.backups import actions, place_access, place_kinds, place_trials, s3_asking
from tryggve.domains.backups.models import Place
from tryggve.domains.backups.restic import BRIEF_SECONDS, ResticFailed
from tryggve.domains.backups.selectors import places
from tryggve.domains.backups.selectors.shown_places import UNDO, NoSuchPlace
from tryggve.domains.backups.services.places import clearing, refusals, repositories, standing, suitable
from tryggve.domains.backups.services.places.adding import MOST
from tryggve.domains.backups.services.places.clearing import Left
from tryggve.lib import write_points


@transaction.atomic
def change(
    *, place: UUID, title: str, is_carried: bool, is_elsewhere: bool, country: str, actor: str, at: datetime
) -> None:
    """What is said of it. Raises NoSuchPlace, NoTitle, NoCountry, and OffLine for a carried disk with keys."""
    row = _row(place)
    title, country = title.strip(), country.strip().upper()
    refusals.require_words(title=title, country=country)
    if is_carried and row.holds_keys:
        raise refusals.OffLine
    row.title, row.is_carried, row.is_elsewhere, row.country = title, is_carried, is_elsewhere, country
    row.save(update_fields=["title", "is_carried", "is_elsewhere", "country"])
    audit.record(actions.PLACE_CHANGED, actor=actor, at=at, place=str(place))


def change_access(*, place: UUID, fields: Mapping[str, str], actor: str, at: datetime) -> bool:
    """Other credentials or another address of the same repositories; whether they are in order with it, as noted.

    Raises NoSuchPlace, place_kinds.Untold, NotUsable and OthersThere, and what add raises of unfit places.
    """
    before = places.one(place)
    access = replace(
        place_kinds.access_of(before.kind, fields),
        data_password=before.access.data_password,
        keys_password=before.access.keys_password,
    )
    if before.holds_keys:
        suitable.require_fit_for_keys(before.kind, access, is_carried=before.is_carried, at=at)
    suitable.require_apart(access.folders)
    repositories.require_there(access, holds_data=before.holds_data, holds_keys=before.holds_keys)
    with transaction.atomic():
        Place.objects.filter(pk=place).update(
            access_sealed=place_access.sealed(access), seen_at=at, trouble="", keeps_old=None, tried_at=None
        )
        audit.record(actions.PLACE_CHANGED, actor=actor, at=at, place=str(place))
    # Where it isn't known whether old copies go, nothing is ever let go of.
    return _is_tried(places.one(place), at)


def try_again(*, place: UUID, actor: str, at: datetime) -> bool:
    """Ask it, write and read, and try to delete what is old; whether it is in order, which is noted.

    Raises NoSuchPlace.
    """
    found = places.one(place)
    is_right = standing.look_at(found, at=at) and _is_tried(found, at)
    audit.record(actions.PLACE_TRIED, actor=actor, at=at, place=str(place), is_right=is_right)
    return is_right


def _is_tried(found: places.PlaceInUse, at: datetime) -> bool:
    try:
        if found.data is not None:
            place_trials.write_and_read(found.data.brief())
            note_deletion(found, at=at)
        return found.keys is None or place_trials.lets_go(found.keys.brief())
    except ResticFailed as failure:
        standing.failed(found.id, failure.code, at)
        return False


def note_deletion(found: places.PlaceInUse, *, at: datetime) -> bool | None:
    """Whether day-to-day credentials fail to delete old data there, noted; None where it won't tell.

    Raises ResticFailed.
    """
    kept: bool | None = None
    if found.data is not None:
        with suppress(s3_asking.NotTold):
            kept = place_trials.keeps_old(found.data.brief(), found.access, found.kind, at=at)
    Place.objects.filter(pk=found.id).update(keeps_old=kept, tried_at=at)
    return kept


def remove(*, place: UUID, actor: str, at: datetime) -> Left:
    """Bring no more backups there; data that lies there stays, and the place can be taken back for 30 days.

    Keys go from there, once another place holds them, too; what is left of them now. While something is, destroyed
    ones may be read there, which is told of erasures. Raises NoSuchPlace.
    """
    left = _cleared(place, at)
    write_points.reached("backups: place emptied, not removed")
    _note_removed(place, actor, at)
    return left


def _cleared(place: UUID, at: datetime) -> Left:
    """Somebody waits: what takes longer is left to the night."""
    try:
        return clearing.cleared(places.one(place), at=at, longest=BRIEF_SECONDS)
    except vault.Locked:
        return Left.NOT_REACHED


@transaction.atomic
def _note_removed(place: UUID, actor: str, at: datetime) -> None:
    if not Place.objects.filter(pk=place, removed_at=None).update(removed_at=at):
        raise NoSuchPlace(place)
    clearing.drop_old(at=at)
    audit.record(actions.PLACE_REMOVED, actor=actor, at=at, place=str(place))


def restore(*, place: UUID, actor: str, at: datetime) -> None:
    """Bring backups there again. Raises NoSuchPlace, TooManyPlaces, KnownAlready, and what add raises of unfit ones."""
    found = places.one_removed(place, since=at - UNDO)
    if found.holds_keys:
        suitable.require_fit_for_keys(found.kind, found.access, is_carried=found.is_carried, at=at)
    suitable.require_apart(found.folders_here)
    _take_back(found, actor, at)


@transaction.atomic
def _take_back(found: places.PlaceInUse, actor: str, at: datetime) -> None:
    if Place.objects.filter(removed_at=None).count() >= MOST:
        raise refusals.TooManyPlaces(most=MOST)
    if any(one.access.where == found.access.where for one in places.in_use()):
        raise refusals.KnownAlready
    Place.objects.filter(pk=found.id).update(removed_at=None, added_at=at)
    audit.record(actions.PLACE_ADDED, actor=actor, at=at, place=str(found.id), kind=found.kind.lower())


def _row(place: UUID) -> Place:
    row = Place.objects.select_for_update().filter(pk=place, removed_at=None).first()
    if row is None:
        raise NoSuchPlace(place)
    return row
