"""BAK-01: a copy is taken every night. The copies are taken by restic, and broken where they lie."""

import os
import shutil
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from django.utils import timezone

from tests.evidence import measured
from tryggve.accounts.models import User
from tryggve.controls.engine.standing import State
from tryggve.domains.backups.models import Copy, Place, Run
from tryggve.domains.backups.restic import Repository
from tryggve.domains.backups.selectors.places import PlaceInUse
from tryggve.domains.backups.services import awake, pairs, watching
from tryggve.domains.backups.services import folders as own_folders
from tryggve.domains.backups.tests.places_for_tests import folder_place
from tryggve.lib import folders

pytestmark = [pytest.mark.process, pytest.mark.django_db(transaction=True)]

_BAK = "BAK-01"
_HOUR, _DAY = timedelta(hours=1), timedelta(days=1)
_PROVED = ("PROVED", "")


@pytest.fixture
def now() -> datetime:
    # What restic writes down is dated by the real clock.
    return timezone.now()


@pytest.fixture
def disk(tmp_path: Path, anna: User, now: datetime) -> PlaceInUse:
    return folder_place(tmp_path / "disk", at=now - 60 * _DAY, holds_data=True)


@pytest.fixture
def drawer(tmp_path: Path, anna: User, now: datetime) -> PlaceInUse:
    return folder_place(tmp_path / "drawer", at=now - 60 * _DAY, holds_keys=True)


@pytest.fixture
def taken(disk: PlaceInUse, drawer: PlaceInUse) -> Run:
    """A pair that lies where it should."""
    return take()


@pytest.fixture
def document(taken: Run) -> Iterator[Path]:
    """A sealed file that was there before the pair was taken, and that isn't in it."""
    path = folders.current().files / "ab" / "document"
    path.parent.mkdir()
    path.write_bytes(b"sealed")
    written = (taken.began_at - 2 * _HOUR).timestamp()
    os.utime(path, (written, written))
    yield path
    shutil.rmtree(path.parent)


def take() -> Run:
    run = pairs.take(why=Run.Why.DUE, now=timezone.now)
    assert (run.state, run.cause) == (Run.State.DONE, "")
    return run


def found(at: datetime | None = None) -> tuple[str, str]:
    return measured.found(_BAK, at or timezone.now())


def data_of(place: PlaceInUse) -> Repository:
    assert place.data is not None
    return place.data


def test_pair_that_lies_in_its_places_is_proved_until_the_night_after(taken: Run) -> None:
    assert found() == _PROVED
    assert measured.facts(_BAK, timezone.now()) == {
        "last_on": timezone.localdate(taken.began_at).isoformat(),
        "hours": 0,
        "places": 2,
        "failing": 0,
        "signs": 0,
    }
    assert found(taken.began_at + 25 * _HOUR) == _PROVED
    assert found(taken.began_at + 27 * _HOUR) == ("FAILING", "place-old")


def test_signs_fail_until_somebody_has_answered_and_without_restic_nothing_is_known(
    taken: Run, anna: User, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    Run.objects.filter(pk=taken.pk).update(signs=["strange-content"])
    assert found() == ("FAILING", "signs")
    watching.answer_signs(taken, anna.actor, timezone.now())
    assert found() == _PROVED

    with monkeypatch.context() as patch:
        patch.setenv("PATH", str(tmp_path))
        assert found() == ("unknown", "not-installed")


def test_place_that_was_emptied_fails_until_it_is_back_whatever_anybody_says(
    taken: Run, tmp_path: Path, anna: User
) -> None:
    aside = tmp_path / "aside"
    for place in (tmp_path / "disk", tmp_path / "drawer"):
        shutil.move(place, aside)
        place.mkdir()
        assert found() == ("FAILING", "place-failed")
        measured.attest(_BAK, anna, timezone.now())
        assert measured.state(_BAK, timezone.now()) is State.FAILING

        place.rmdir()
        shutil.move(aside, place)
        assert found() == _PROVED


def test_what_is_missing_fails_until_the_next_copy(taken: Run, disk: PlaceInUse, document: Path) -> None:
    """A document that is in no copy; a copy that somebody deleted; a night without one."""
    assert found() == ("FAILING", "copy-incomplete")
    run = take()
    assert found() == _PROVED

    data_of(disk).forget([Copy.objects.get(kind="DATA", run=run).snapshot])
    assert found() == ("FAILING", "copy-gone")
    Run.objects.update(began_at=taken.began_at - 27 * _HOUR)
    assert found() == ("FAILING", "place-old")
    take()
    assert found() == _PROVED


def test_copy_without_the_database_and_keys_of_other_data_fail(
    taken: Run, disk: PlaceInUse, tmp_path: Path
) -> None:
    first = Copy.objects.get(kind="KEYS").snapshot
    run = take()
    last = Copy.objects.get(kind="KEYS", run=run)
    Copy.objects.filter(pk=last.pk).update(snapshot=first)
    assert found() == ("FAILING", "keys-missing")
    Copy.objects.filter(pk=last.pk).update(snapshot=last.snapshot)

    (tmp_path / "else" / "backups" / "copy").mkdir(parents=True)
    (tmp_path / "else" / "backups" / "copy" / "manifest.json").write_text("{}")
    added = data_of(disk).backup([Path()], folder=tmp_path / "else", tags=["data"])
    [whole] = [one.id for one in data_of(disk).snapshots() if one.id.startswith(added.snapshot)]
    Copy.objects.filter(kind="DATA", run=run).update(snapshot=whole)
    assert found() == ("FAILING", "copy-incomplete")


def test_last_try_that_failed_fails_though_the_one_before_was_well(taken: Run, tmp_path: Path) -> None:
    closed = tmp_path / "disk" / "tryggve-data"
    closed.rename(tmp_path / "aside")
    run = pairs.take(why=Run.Why.DUE, now=timezone.now)
    assert run.state == Run.State.FAILED
    (tmp_path / "aside").rename(closed)
    assert found() == ("FAILING", "place-failed")
    take()
    assert found() == _PROVED


def test_folder_of_their_own_that_is_away_fails_until_it_is_copied_again(
    disk: PlaceInUse, drawer: PlaceInUse, tmp_path: Path, anna: User, now: datetime
) -> None:
    own = tmp_path / "Bookkeeping"
    own.mkdir()
    (own / "2026.se").write_text("#FLAGGA 0")
    added = own_folders.add(told=str(own), actor=anna.actor, at=now - 2 * _DAY)
    take()
    assert found() == _PROVED
    own.rename(tmp_path / "away")
    pairs.take(why=Run.Why.DUE, now=timezone.now)
    assert found() == ("FAILING", "folders-incomplete")
    own_folders.remove(folder=added, actor=anna.actor, at=now)
    assert found() == _PROVED


def test_company_without_places_is_asked_for_one(anna: User, now: datetime) -> None:
    assert found(now) == ("unknown", "no-place")


def test_data_without_a_place_for_keys_fails(disk: PlaceInUse, now: datetime) -> None:
    assert found(now) == ("FAILING", "no-keys-place")


def test_keys_without_a_place_for_data_fail(drawer: PlaceInUse, now: datetime) -> None:
    assert found(now) == ("FAILING", "no-data-place")


def test_places_of_today_wait_for_the_first_night(
    disk: PlaceInUse, drawer: PlaceInUse, now: datetime
) -> None:
    assert found(now) == ("FAILING", "place-old")
    Place.objects.update(added_at=now)
    assert found(now) == ("unknown", "awaited")
    assert found(now + 27 * _HOUR) == ("FAILING", "place-old")


def test_new_place_has_a_night_and_a_disk_that_is_carried_may_be_away_for_a_month(
    taken: Run, tmp_path: Path, now: datetime
) -> None:
    carried = folder_place(tmp_path / "carried", at=now, holds_data=True)
    assert found() == _PROVED

    Place.objects.filter(pk=carried.id).update(is_carried=True)
    run = take()
    shutil.move(tmp_path / "carried", tmp_path / "elsewhere")
    pairs.take(why=Run.Why.DUE, now=timezone.now)
    assert found() == _PROVED
    Run.objects.filter(pk=run.pk).update(began_at=now - 32 * _DAY)
    Place.objects.filter(pk=carried.id).update(added_at=now - 60 * _DAY)
    assert found() == ("FAILING", "place-old")


def test_what_is_late_is_unknown_while_it_is_on_its_way_or_the_computer_was_off(taken: Run) -> None:
    at = taken.began_at + 60 * _HOUR
    assert found(at) == ("FAILING", "place-old")
    running = Run.objects.create(why=Run.Why.DUE, state=Run.State.RUNNING, began_at=at - 20 * _HOUR)
    assert found(at) == ("unknown", "on-its-way")
    running.delete()

    awake.note(at=taken.began_at)
    assert found(at) == ("unknown", "was-off")
    awake.note(at=at)
    assert found(at + _HOUR) == ("unknown", "was-off")
    for hours in (1, 2, 3):
        awake.note(at=at + hours * _HOUR)
    assert found(at + 3 * _HOUR) == ("FAILING", "place-old")


def test_what_else_is_wrong_fails_whatever_is_on_its_way(taken: Run, disk: PlaceInUse) -> None:
    Run.objects.create(why=Run.Why.ASKED, state=Run.State.WAITING, began_at=timezone.now())
    assert found() == _PROVED
    data_of(disk).forget([Copy.objects.get(kind="DATA", run=taken).snapshot])
    assert found() == ("FAILING", "copy-gone")


def test_pair_dated_ahead_is_neither_the_newest_nor_good(taken: Run) -> None:
    at = timezone.now() + 60 * _HOUR
    for copy in Copy.objects.all():
        ahead, _is_new = Run.objects.get_or_create(
            cause="ahead", defaults={"began_at": at + 300 * _DAY, "state": Run.State.DONE}
        )
        Copy.objects.create(
            run=ahead, place=copy.place, kind=copy.kind, snapshot=copy.snapshot, at=ahead.began_at
        )
    assert found(at) == ("FAILING", "place-old")
    assert measured.facts(_BAK, at)["hours"] == 60
