"""A place for keys that was removed: until it is emptied, destroyed keys may still be read there."""

from dataclasses import replace
from datetime import datetime
from enum import StrEnum
from typing import Final
from uuid import UUID

from django.db import transaction
from django.db.models import Q, QuerySet

from tryggve.accounts import clock
from tryggve.audit import services as audit
from tryggve.domains.backups import actions
from tryggve.domains.backups.models import Copy, Place
from tryggve.domains.backups.restic import NoRepository, Repository, ResticFailed
from tryggve.domains.backups.selectors import places
from tryggve.domains.backups.selectors.places import ANSWER_SECONDS, PlaceInUse
from tryggve.domains.backups.selectors.shown_places import UNDO, NoSuchPlace
from tryggve.lib import write_points

# A repository of keys is small: one that takes longer is stuck, and others wait.
_LONGEST: Final = 1800.0


class Left(StrEnum):
    """What is left of the keys in a place that was removed."""

    NOTHING = "nothing"
    # No other place holds keys as new as these: without them nobody may ever read the data again.
    THE_LAST = "the-last"
    NOT_REACHED = "not-reached"


def cleared(place: PlaceInUse, *, at: datetime, longest: float = _LONGEST) -> Left:
    """Empty it of keys, every byte of them, and note so, if it can be reached and others hold them, too."""
    if place.keys is None:
        return Left.NOTHING
    if _are_the_last(place.id, at) or _is_in_use_again(place):
        return Left.THE_LAST
    repository = replace(place.keys, longest=longest)
    try:
        if repository.exists(seconds=ANSWER_SECONDS):
            _empty(repository)
        elif _copies_in(place.id).exists():
            raise NoRepository  # it may lie on a disk that isn't mounted there just now
    except ResticFailed:
        return Left.NOT_REACHED
    write_points.reached("backups: place emptied, not written down")
    _copies_in(place.id).update(forgotten_at=at)
    return Left.NOTHING


def clear_removed(*, at: datetime) -> None:
    """Try again those that couldn't be emptied when they were removed. Raises vault.Locked without the service key."""
    for place in places.removed_with_keys():
        cleared(place, at=at)
    drop_old(at=at)


def drop_old(*, at: datetime) -> None:
    """What can be taken back no more: what lets in there goes, unless keys may lie there still.

    The place itself stays, as copies and restore tests tell of it.
    """
    old = Place.objects.filter(removed_at__lte=at - UNDO)
    old.filter(seen_at=None).delete()  # those never came to be
    old.exclude(pk__in=places.rows_removed_with_keys().values("pk")).update(access_sealed=b"")


@transaction.atomic
def note_destroyed(*, place: UUID, actor: str, at: datetime) -> None:
    """Somebody says that what held a removed place was destroyed, so that nothing lies there. Raises NoSuchPlace."""
    if not Place.objects.filter(pk=place, removed_at__isnull=False, seen_at__isnull=False).exists():
        raise NoSuchPlace(place)
    Copy.objects.filter(place=place, forgotten_at=None).update(forgotten_at=at)
    audit.record(actions.PLACE_DESTROYED, actor=actor, at=at, place=str(place))


def _empty(repository: Repository) -> None:
    repository.free()
    repository.let_go([one.id for one in repository.snapshots()])


def _are_the_last(place: UUID, at: datetime) -> bool:
    newest = _copies_in(place).exclude(snapshot="").select_related("run").order_by("-run__began_at").first()
    if newest is None:
        return False
    others = Copy.objects.filter(
        kind=Copy.Kind.KEYS,
        forgotten_at=None,
        cause="",
        place__removed_at=None,
        place__trouble="",
        run__began_at__gte=newest.run.began_at,
    )
    # What a clock dated ahead isn't known to be as new, unless it came with them.
    believed = Q(run__began_at__lte=at + clock.MOST_AHEAD) | Q(run=newest.run)
    return not others.filter(believed).exclude(snapshot="").exclude(place=place).exists()


def _is_in_use_again(place: PlaceInUse) -> bool:
    """Whether another that was added since lies where this one did: what is cleared away would be its own."""
    return any(one.access.where == place.access.where for one in places.in_use() if one.id != place.id)


def _copies_in(place: UUID) -> QuerySet[Copy]:
    return Copy.objects.filter(place=place, kind=Copy.Kind.KEYS, forgotten_at=None)
