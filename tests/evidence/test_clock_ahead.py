"""A clock that was ahead by months and was put right: nothing that it dated stays good or is waited for meanwhile."""

from datetime import datetime, timedelta
from pathlib import Path

import pytest
from django.utils import timezone

from tests.evidence import measured
from tryggve.accounts.models import User
from tryggve.domains.backups import lying_there
from tryggve.domains.backups.models import Copy, Place
from tryggve.domains.backups.selectors import overview, shown_places
from tryggve.domains.backups.selectors import places as selectors
from tryggve.domains.backups.selectors import taken as selected
from tryggve.domains.backups.selectors.overview import Answer
from tryggve.domains.backups.selectors.shown_places import State
from tryggve.domains.backups.services import places
from tryggve.domains.backups.services.places import Left
from tryggve.domains.backups.tests import taken
from tryggve.domains.backups.tests.places_for_tests import folder_place

pytestmark = pytest.mark.django_db(transaction=True)
_DAY = timedelta(days=1)
_MONTHS = 300 * _DAY


@pytest.fixture
def now() -> datetime:
    return timezone.now()


@pytest.fixture
def place(tmp_path: Path, now: datetime, anna: User) -> Place:
    """One that was added while the clock was ahead."""
    added = folder_place(tmp_path / "disk", at=now + _MONTHS, holds_data=True, holds_keys=True)
    return Place.objects.get(pk=added.id)


def test_first_copy_of_a_place_is_not_awaited_for_months(place: Place, now: datetime) -> None:
    assert measured.found("BAK-01", now) == ("FAILING", "place-old")
    Place.objects.update(added_at=now)
    assert measured.found("BAK-01", now) == ("unknown", "awaited")


def test_place_whose_copies_grow_old_is_not_new_for_months(place: Place, now: datetime) -> None:
    taken.run(place, at=now - 3 * _DAY)
    assert _fault(now) == lying_there.Fault.OLD
    Place.objects.update(added_at=now)
    assert _fault(now) is None


def _fault(now: datetime) -> lying_there.Fault | None:
    [place] = selectors.in_use()
    return lying_there._fault_of_age(place, Copy.objects.filter(kind="DATA"), now)


def test_place_that_was_seen_then_is_not_known_to_be_there(place: Place, now: datetime) -> None:
    for ahead, told in ((_MONTHS, (State.NOT_SEEN, None)), (timedelta(0), (State.REACHED, 0))):
        Place.objects.update(seen_at=now + ahead)
        shown = shown_places.place(place.pk, now=now)
        assert (shown.state, shown.days) == told


@pytest.mark.parametrize(
    ("dated", "left"), [(_MONTHS, Left.THE_LAST), (-2 * _DAY, Left.THE_LAST), (-_DAY, Left.NOTHING)]
)
def test_copies_of_the_keys_from_then_are_not_taken_for_newer_ones(
    place: Place, now: datetime, tmp_path: Path, dated: timedelta, left: Left
) -> None:
    """The newest copies stay where they are, when their place is removed."""
    other = folder_place(tmp_path / "other", at=now, holds_keys=True)
    taken.run(Place.objects.get(pk=other.id), at=now + dated, kinds=[Copy.Kind.KEYS])
    taken.run(place, at=now - _DAY, kinds=[Copy.Kind.KEYS])
    assert places.remove(place=place.pk, actor="system", at=now) is left


def test_keys_from_then_dont_make_a_later_pair_whole(place: Place, now: datetime) -> None:
    """Its own copy of the keys came nowhere, and those from then may lack the newest."""
    ahead = taken.run(place, at=now + _MONTHS)
    assert selected.newest_whole(at=now) is None
    pair = taken.run(place, at=now - _DAY, kinds=[Copy.Kind.DATA])
    assert selected.newest_whole(at=now) is None
    assert overview.standing(now=now, founded=None).answer is Answer.COPY_TOO_OLD
    taken.run(place, at=now, kinds=[Copy.Kind.KEYS])
    assert selected.newest_whole(at=now) == pair
    assert selected.newest_whole(at=now + _MONTHS) == ahead
