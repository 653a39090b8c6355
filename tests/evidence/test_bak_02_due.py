"""When a restore test is due, and what it is made of."""

import shutil
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from django.utils import timezone

from tests.evidence.tested_restores import DAY, holding, kept, lying, measured_at, now, place
from tryggve import vault
from tryggve.audit import actors
from tryggve.audit import services as audit
from tryggve.audit.models import Entry
from tryggve.domains.backups import actions
from tryggve.domains.backups.models import Place
from tryggve.domains.backups.services import restore_tests
from tryggve.domains.backups.services.restore_tests import choosing
from tryggve.domains.backups.tests import taken
from tryggve.domains.backups.tests.places_for_tests import folder_place
from tryggve.lib import folders
from tryggve.lib.ids import new_id

__all__ = ["now", "place"]
pytestmark = pytest.mark.django_db(transaction=True)


def test_one_is_due_when_asked_for_and_after_a_change_of_places(place: Place, now: datetime) -> None:
    assert not restore_tests.is_due(at=now)
    kept(place, now)
    assert not restore_tests.is_due(at=now)
    audit.record(actions.PLACE_CHANGED, actor=actors.SYSTEM, at=now + timedelta(hours=1), place=str(place.pk))
    assert not restore_tests.is_due(at=now + timedelta(hours=2))
    taken.run(place, at=now + timedelta(hours=3))
    assert restore_tests.is_due(at=now + timedelta(hours=4))


def test_after_one_of_a_clock_that_was_ahead_one_is_due_once(place: Place, now: datetime) -> None:
    kept(place, now + 300 * DAY)
    taken.run(place, at=now - timedelta(hours=2))
    assert restore_tests.is_due(at=now)
    kept(place, now)
    assert not restore_tests.is_due(at=now + timedelta(minutes=1))


def test_pair_of_a_clock_that_was_ahead_is_not_what_is_tested(place: Place, now: datetime) -> None:
    good = taken.run(place, at=now - DAY)
    ahead = taken.run(place, at=now + 300 * DAY)
    lying(place, good, ahead)
    assert choosing.newest_pair_at(now) == good.began_at
    assert choosing.chosen(now).run == good


def test_locked_one_is_due_again_once_the_register_is_open(place: Place, now: datetime) -> None:
    kept(place, now, "UNKNOWN", "locked")
    key_file = folders.current().key_file
    aside = key_file.rename(key_file.with_name("aside"))
    vault.forget()
    try:
        assert not restore_tests.is_due(at=now + 3 * DAY)
    finally:
        aside.rename(key_file)
        vault.forget()
    assert restore_tests.is_due(at=now + timedelta(minutes=1))


def test_what_cannot_be_made_is_tried_more_seldom_each_time(place: Place, now: datetime) -> None:
    for hours in (7, 3, 1, 0):
        kept(place, now - timedelta(hours=hours), "UNKNOWN", "unreachable")
    assert not restore_tests.is_due(at=now + timedelta(hours=7, minutes=59))
    assert restore_tests.is_due(at=now + timedelta(hours=8))


def test_farther_places_that_were_not_tested_are_counted(place: Place, now: datetime, tmp_path: Path) -> None:
    lying(place, taken.run(place, at=now - DAY))
    far = holding(tmp_path / "Far", at=now - 30 * DAY)
    Place.objects.filter(pk=far.pk).update(is_elsewhere=True)
    assert (choosing.chosen(now).place.id, choosing.chosen(now).passed_over) == (place.pk, 1)
    lying(far, taken.run(far, at=now - DAY))
    assert (choosing.chosen(now).place.id, choosing.chosen(now).passed_over) == (far.pk, 0)


def test_new_place_for_keys_has_lost_none(place: Place, now: datetime, tmp_path: Path) -> None:
    lying(place, taken.run(place, at=now - DAY))
    folder_place(tmp_path / "New", at=now, holds_keys=True)
    newest, lost = choosing.newest_keys()
    assert (newest.repository.place.location, lost) == (str(tmp_path / "Disk" / "tryggve-keys"), 0)


def test_place_that_has_its_keys_no_more_has_lost_them(place: Place, now: datetime, tmp_path: Path) -> None:
    other = holding(tmp_path / "Other", at=now)
    lying(place, taken.run(place, at=now - DAY))
    lying(other, taken.run(other, at=now - DAY))
    shutil.rmtree(tmp_path / "Other" / "tryggve-keys")
    assert choosing.newest_keys()[1] == 1


def test_one_that_was_asked_for_waits_once(place: Place, now: datetime) -> None:
    first, again = (
        restore_tests.ask(actor="machine:anna", at=now),
        restore_tests.ask(actor="machine:bo", at=now),
    )
    assert (first.pk, restore_tests.is_due(at=now)) == (again.pk, True)
    asked = Entry.objects.filter(action="backups.restore-test-asked")
    assert [(one.actor, one.facts) for one in asked] == [("machine:anna", {"test": str(first.pk)})]


@pytest.mark.parametrize(("days_ago", "counts"), [(0, True), (360, True), (370, False)])
def test_it_says_whether_people_brought_one_back_within_a_year(
    place: Place, now: datetime, days_ago: int, counts: bool
) -> None:
    kept(place, now)
    assert measured_at(now).facts["by_people"] is False
    at = now - timedelta(days=days_ago)
    audit.record(
        actions.RESTORED_ELSEWHERE, actor="system", at=at, pair=str(new_id()), days_ago=0, days_old=1
    )
    told = measured_at(now).facts
    assert (told["by_people"], told["by_people_on"]) == (counts, timezone.localdate(at))
