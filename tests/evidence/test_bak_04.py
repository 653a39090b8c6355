"""BAK-04: computers, phones and bookkeeping are copied, too. They call the real address, or leave real files."""

import os
from datetime import datetime, timedelta
from pathlib import Path
from uuid import UUID

import pytest
from django.test import Client
from django.utils import timezone

from tests.evidence import measured
from tryggve.accounts.models import User
from tryggve.controls.engine.standing import State
from tryggve.domains.backups.models import Heartbeat
from tryggve.domains.backups.services import heartbeats

pytestmark = pytest.mark.django_db

_BAK = "BAK-04"
_HOUR, _DAY = timedelta(hours=1), timedelta(days=1)
_PROVED = ("PROVED", "")


@pytest.fixture
def now() -> datetime:
    # The address is answered by the real clock.
    return timezone.now()


@pytest.fixture
def laptop(anna: User, now: datetime) -> tuple[UUID, str]:
    """One that calls each night, its id and its secret."""
    return heartbeats.add_address(title="Laptop", every_days=1, actor=anna.actor, at=now)


@pytest.fixture
def nas(anna: User, tmp_path: Path, now: datetime) -> Path:
    """A folder that gets a file each week."""
    folder = tmp_path / "nas"
    folder.mkdir()
    leave(folder / "monday.tib", now)
    heartbeats.add_folder(title="NAS", told=str(folder), every_days=7, actor=anna.actor, at=now)
    return folder


def leave(path: Path, at: datetime) -> None:
    path.write_bytes(b"-")
    os.utime(path, (at.timestamp(), at.timestamp()))


def call(secret: str) -> None:
    assert Client().post(f"/heartbeats/{secret}/").status_code == 204


def found(at: datetime) -> tuple[str, str]:
    return measured.found(_BAK, at)


def test_company_that_added_none_is_asked_for_one(anna: User, now: datetime) -> None:
    assert found(now) == ("unknown", "nothing-yet")


def test_new_one_is_awaited_until_it_calls(laptop: tuple[UUID, str], now: datetime) -> None:
    assert found(now) == ("unknown", "awaited")
    call(laptop[1])
    assert found(timezone.now()) == _PROVED


def test_computer_that_falls_silent_fails_until_it_calls_again_whatever_anybody_says(
    laptop: tuple[UUID, str], anna: User, now: datetime
) -> None:
    call(laptop[1])
    Heartbeat.objects.update(heard_at=now - 3 * _DAY - _HOUR)
    assert found(now) == ("FAILING", "late")
    measured.attest(_BAK, anna, now)
    assert measured.state(_BAK, now) is State.FAILING

    call(laptop[1])
    assert found(timezone.now()) == _PROVED


def test_computer_that_never_called_fails_in_the_end(laptop: tuple[UUID, str], now: datetime) -> None:
    assert found(now + 3 * _DAY + _HOUR) == ("FAILING", "late")


def test_address_of_another_proves_nothing(laptop: tuple[UUID, str], now: datetime) -> None:
    assert Client().post("/heartbeats/another/").status_code == 404
    assert found(now) == ("unknown", "awaited")


def test_folder_without_new_files_fails_until_there_is_one(nas: Path, now: datetime) -> None:
    assert found(now + 8 * _DAY) == _PROVED
    later = now + 8 * _DAY + _HOUR
    assert found(later) == ("FAILING", "late")
    leave(nas / "tuesday.tib", later - _HOUR)
    assert found(later) == _PROVED


def test_folder_that_was_emptied_fails_in_time(nas: Path, now: datetime) -> None:
    (nas / "monday.tib").unlink()
    assert found(now + 8 * _DAY) == _PROVED
    assert found(now + 9 * _DAY) == ("FAILING", "late")


def test_one_that_is_late_counts_whatever_the_others_do(
    laptop: tuple[UUID, str], nas: Path, now: datetime
) -> None:
    call(laptop[1])
    at = timezone.now()
    assert measured.facts(_BAK, at) == {
        "watched": 2,
        "late": 0,
        "awaited": 0,
        "heard_on": timezone.localdate(now).isoformat(),
    }
    assert found(at + 4 * _DAY) == ("FAILING", "late")
    assert measured.facts(_BAK, at + 4 * _DAY)["late"] == 1


def test_removed_one_is_asked_no_more(laptop: tuple[UUID, str], anna: User, now: datetime) -> None:
    heartbeats.remove(heartbeat=laptop[0], actor=anna.actor, at=now)
    assert found(now + 9 * _DAY) == ("unknown", "nothing-yet")
