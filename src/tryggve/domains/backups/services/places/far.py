"""Looking at one copy that lies elsewhere: is it there, new, unreadable to others, and out of reach from here."""

import random
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from django.db.models import QuerySet

from tryggve.accounts import clock
from tryggve.domains.backups.engine import ciphertext
from tryggve.domains.backups.engine.due import CARRIED
from tryggve.domains.backups.models import Copy, Place
from tryggve.domains.backups.restic import Damaged, NoRepository, Repository, ResticFailed, WrongPassword
from tryggve.domains.backups.selectors import places
from tryggve.domains.backups.selectors.places import PlaceInUse
from tryggve.domains.backups.selectors.shown_places import stays
from tryggve.domains.backups.services.places import refusals, standing, suitable
from tryggve.domains.backups.services.places.changing import note_deletion
from tryggve.lib.errors import Refusal

# A pair is taken each night.
NEW_ENOUGH: Final = timedelta(days=3)
_PACKS: Final = 3
Alone = Callable[[], AbstractContextManager[None]]


class Fault(StrEnum):
    """What is wrong with a place, the worst to find out last; never renamed."""

    NOT_SEEN = "not-seen"
    TOO_OLD = "too-old"
    GONE = "gone"
    DAMAGED = "damaged"
    READABLE = "readable"
    DELETABLE = "deletable"
    SHUT_OUT = "shut-out"


# What a place says that is there, and isn't as it should be.
_IN_WAY: Final = {
    NoRepository.code: Fault.GONE,
    WrongPassword.code: Fault.SHUT_OUT,
    Damaged.code: Fault.DAMAGED,
}


class CannotTell(Exception):
    """The place was there, and then something couldn't be asked of it."""


def far_places() -> list[PlaceInUse]:
    """Those with data that the firm says are elsewhere, and that aren't this computer as far as can be seen."""
    found = [one for one in places.in_use() if one.data is not None and one.is_elsewhere]
    return [one for one in found if one.is_carried or one.is_other_computer]


def fault_of(place: PlaceInUse, *, at: datetime, alone: Alone) -> Fault | None:
    """The first that is found; None where all is right. Raises CannotTell.

    ``alone``: what keeps others from bringing backups meanwhile, and raises a Refusal while somebody does.
    """
    trouble = standing.trouble_of(place, at=at)
    if trouble and not (place.is_carried and place.is_away and _was_seen(place, at)):
        return _IN_WAY.get(trouble, Fault.NOT_SEEN)
    newest = _brought(place, Copy.Kind.DATA, at).first()
    lasts = CARRIED if place.is_carried else NEW_ENOUGH
    if newest is None or not clock.is_within(lasts, newest.at, at=at):
        return Fault.TOO_OLD
    if trouble or place.data is None:
        return None
    try:
        return _fault_of_stored(place.data, newest.snapshot) or _fault_of_deleting(place, at, alone)
    except ResticFailed as failure:
        raise CannotTell(failure.code) from failure


def is_a_key_place_in_order(*, at: datetime) -> bool:
    """Whether new keys lie in a place that is there, and what is deleted is gone from all that are there."""
    holding = [one for one in places.in_use() if one.holds_keys]
    there = [one for one in holding if standing.look_at(one, at=at)]
    return all(_is_fit(one, at) for one in there) and any(_has_new_keys(one, at) for one in there)


def _brought(place: PlaceInUse, kind: Copy.Kind, at: datetime) -> QuerySet[Copy]:
    """The newest first, without those that a clock dated ahead which was put right since."""
    lying = Copy.objects.filter(place=place.id, kind=kind, forgotten_at=None, at__lte=at + clock.MOST_AHEAD)
    return lying.exclude(snapshot="").order_by("-at")


def _was_seen(place: PlaceInUse, at: datetime) -> bool:
    seen_at = Place.objects.values_list("seen_at", flat=True).get(pk=place.id)
    return clock.is_within(CARRIED, seen_at, at=at)


def _fault_of_stored(repository: Repository, snapshot: str) -> Fault | None:
    if not any(one.id.startswith(snapshot) for one in repository.snapshots()):
        return Fault.GONE
    packs = repository.packs()
    for pack in random.sample(packs, min(_PACKS, len(packs))):
        try:
            stored = repository.as_stored(pack)
        except Damaged:
            return Fault.DAMAGED
        if ciphertext.is_readable(stored):
            return Fault.READABLE
    return None


def _fault_of_deleting(place: PlaceInUse, at: datetime, alone: Alone) -> Fault | None:
    """A disk that is carried away is out of reach by itself, unless it never leaves."""
    if place.is_carried:
        since = Place.objects.values_list("there_since", flat=True).get(pk=place.id)
        return Fault.DELETABLE if stays(since, at=at) else None
    try:
        with alone():  # a backup that is brought meanwhile would find the place locked
            kept = note_deletion(place, at=at)
    except Refusal:
        raise CannotTell("busy") from None
    if kept is None:
        raise CannotTell("deletion")
    return None if kept else Fault.DELETABLE


def _has_new_keys(place: PlaceInUse, at: datetime) -> bool:
    newest = _brought(place, Copy.Kind.KEYS, at).first()
    return newest is not None and clock.is_within(NEW_ENOUGH, newest.at, at=at)


def _is_fit(place: PlaceInUse, at: datetime) -> bool:
    try:
        suitable.require_fit(place, at=at)
    except refusals.UnfitForKeys:
        return False
    return True
