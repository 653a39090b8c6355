"""Where copies go, as a page tells of it: whether it can be reached, and the newest that lies there."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final
from uuid import UUID

from django.db.models import Count, Max

from tryggve.accounts import clock
from tryggve.domains.backups.models import Copy, Place
from tryggve.lib.errors import Missing

# A pair is taken each night: what wasn't seen for longer isn't known to be there.
SEEN_WITHIN: Final = timedelta(days=2)
UNDO: Final = timedelta(days=30)
# A disk that is brought for a night or a weekend is taken away again.
NEVER_LEAVES: Final = timedelta(days=3)
# What a disk that was carried away says.
NOT_HERE: Final = frozenset({"unreachable", "no-repository", "took-too-long"})


class State(StrEnum):
    """How a place stands; the words are the page's."""

    NEW = "new"
    REACHED = "reached"
    # A disk that was to be carried away, and never is.
    STAYS = "stays"
    AWAY = "away"
    NOT_SEEN = "not-seen"
    TROUBLE = "trouble"


class NoSuchPlace(Missing):
    """There is none of that id, or not any more."""


@dataclass(frozen=True, slots=True)
class Held:
    """Copies of one kind that lie in one place."""

    newest_at: datetime
    number: int


@dataclass(frozen=True, slots=True)
class ShownPlace:
    """One place; ``days`` since it was seen, None where it never was."""

    id: UUID
    title: str
    kind: Place.Kind
    holds_data: bool
    holds_keys: bool
    is_carried: bool
    is_elsewhere: bool
    country: str
    is_on_own_disk: bool
    state: State
    trouble: str
    added_at: datetime
    seen_at: datetime | None
    days: int | None
    tried_at: datetime | None
    keeps_old: bool | None
    held: Mapping[Copy.Kind, Held] = field(default_factory=dict)

    @property
    def is_there(self) -> bool:
        """Whether its copies can be had now."""
        return self.state in {State.REACHED, State.STAYS}

    @property
    def data(self) -> Held | None:
        return self.held.get(Copy.Kind.DATA)

    @property
    def keys(self) -> Held | None:
        return self.held.get(Copy.Kind.KEYS)

    @property
    def newest_at(self) -> datetime | None:
        """Of any kind."""
        return max((one.newest_at for one in self.held.values()), default=None)


def places(*, now: datetime) -> Sequence[ShownPlace]:
    """All that are in use, the first added first. Two questions."""
    held = _held()
    return [_shown(one, held, now) for one in Place.objects.filter(removed_at=None)]


def place(id: UUID, *, now: datetime) -> ShownPlace:
    """One of them. Raises NoSuchPlace. Two questions."""
    found = Place.objects.filter(pk=id, removed_at=None).first()
    if found is None:
        raise NoSuchPlace(id)
    return _shown(found, _held(), now)


def removed(*, since: datetime) -> Sequence[Place]:
    """What was taken away after that, the latest first; not what never came to be. One question."""
    return list(Place.objects.filter(removed_at__gt=since, seen_at__isnull=False).order_by("-removed_at"))


def stays(there_since: datetime | None, *, at: datetime) -> bool:
    """Whether a disk that has been here since then is out of nobody's reach."""
    return there_since is not None and not clock.is_within(NEVER_LEAVES, there_since, at=at)


def _held() -> Mapping[UUID, Mapping[Copy.Kind, Held]]:
    rows = (
        Copy.objects.filter(forgotten_at=None, place__removed_at=None)
        .exclude(snapshot="")
        .order_by()
        .values_list("place", "kind")
        .annotate(newest=Max("at"), number=Count("pk"))
    )
    found: dict[UUID, dict[Copy.Kind, Held]] = {}
    for place, kind, newest, number in rows:
        found.setdefault(place, {})[Copy.Kind(kind)] = Held(newest, number)
    return found


def _shown(one: Place, held: Mapping[UUID, Mapping[Copy.Kind, Held]], now: datetime) -> ShownPlace:
    return ShownPlace(
        one.pk,
        one.title,
        Place.Kind(one.kind),
        one.holds_data,
        one.holds_keys,
        one.is_carried,
        one.is_elsewhere,
        one.country,
        one.is_on_own_disk,
        _state(one, now),
        one.trouble,
        one.added_at,
        one.seen_at,
        _days_since(one.seen_at, now),
        one.tried_at,
        one.keeps_old,
        held.get(one.pk, {}),
    )


def _days_since(moment: datetime | None, now: datetime) -> int | None:
    """None by a clock that was ahead, too: nobody knows."""
    return None if moment is None or clock.is_ahead(moment, at=now) else (now - moment).days


def _state(one: Place, now: datetime) -> State:
    if one.is_carried and one.trouble in NOT_HERE:
        return State.AWAY
    if one.trouble:
        return State.TROUBLE
    if one.seen_at is None:
        return State.NEW
    if not clock.is_within(SEEN_WITHIN, one.seen_at, at=now):
        return State.NOT_SEEN
    return State.STAYS if one.is_carried and stays(one.there_since, at=now) else State.REACHED
