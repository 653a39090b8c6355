"""Other backups: the address that they call, the folder in which they leave files, and when one is late."""

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID

import pytest
from django.test import Client

from tests.cast import NOW
from tryggve.accounts.models import User
from tryggve.audit.models import Entry
from tryggve.domains.backups import routines
from tryggve.domains.backups.models import Heartbeat
from tryggve.domains.backups.own_folders import told_paths
from tryggve.domains.backups.selectors import heartbeats as selectors
from tryggve.domains.backups.selectors.heartbeats import Pulse
from tryggve.domains.backups.services import heartbeats
from tryggve.lib import random_tokens

pytestmark = pytest.mark.django_db

DAY, HOUR = timedelta(days=1), timedelta(hours=1)


@pytest.fixture
def laptop(anna: User) -> tuple[UUID, str]:
    """Anna's, which calls every day."""
    return heartbeats.add_address(title="Anna's laptop", every_days=1, actor=anna.actor, at=NOW)


@pytest.fixture
def nas(anna: User, tmp_path: Path) -> Path:
    """A folder with one file of a week ago."""
    folder = tmp_path / "nas"
    (folder / "deep").mkdir(parents=True)
    leave(folder / "deep" / "old.tib", NOW - 7 * DAY)
    heartbeats.add_folder(title="The NAS", told=str(folder), every_days=7, actor=anna.actor, at=NOW)
    return folder


def leave(path: Path, at: datetime) -> None:
    path.write_bytes(b"-")
    os.utime(path, (at.timestamp(), at.timestamp()))


def row() -> Heartbeat:
    return Heartbeat.objects.get()


def address(secret: str) -> str:
    return f"/heartbeats/{secret}/"


def the_pulse(at: datetime) -> Pulse:
    [one] = selectors.watched()
    return one.pulse(at=at)


@pytest.mark.parametrize("method", ["get", "post"])
def test_call_counts_and_is_answered_with_nothing(
    method: str, laptop: tuple[UUID, str], as_mallory: Client
) -> None:
    before = datetime.now(UTC)
    answer = getattr(as_mallory, method)(address(laptop[1]))
    assert (answer.status_code, answer.content, answer.cookies) == (204, b"", {})
    heard = row().heard_at
    assert heard is not None
    assert heard >= before


def test_post_of_another_site_or_program_counts_without_a_form_of_ours(laptop: tuple[UUID, str]) -> None:
    browser = Client(enforce_csrf_checks=True)
    answer = browser.post(address(laptop[1]), b"rsync: done", content_type="application/octet-stream")
    assert answer.status_code == 204


def test_looking_with_head_does_not_count(laptop: tuple[UUID, str], as_mallory: Client) -> None:
    assert as_mallory.head(address(laptop[1])).status_code == 405
    assert row().heard_at is None


def test_unknown_address_is_not_there_and_says_nothing(laptop: tuple[UUID, str], as_mallory: Client) -> None:
    for secret in ("x", random_tokens.new_token(), random_tokens.hash_of(laptop[1])):
        answer = as_mallory.get(address(secret))
        assert (answer.status_code, answer.content, answer.cookies) == (404, b"", {})
    assert row().heard_at is None


def test_folders_that_have_no_address_are_called_by_none(nas: Path) -> None:
    assert not heartbeats.hear("", at=NOW)
    Heartbeat.objects.update(token_hash="")
    assert not heartbeats.hear("", at=NOW)


def test_known_and_unknown_cost_the_same_one_statement(
    laptop: tuple[UUID, str], django_assert_num_queries: pytest.FixtureRequest
) -> None:
    for secret in (laptop[1], random_tokens.new_token()):
        with django_assert_num_queries(1):  # type: ignore[operator]  # pytest-django's own
            heartbeats.hear(secret, at=NOW)


def test_whoever_calls_all_the_time_is_turned_away(laptop: tuple[UUID, str], as_mallory: Client) -> None:
    told = [as_mallory.get(address("x")).status_code for _ in range(61)]
    assert (told[:60], told[60]) == ([404] * 60, 429)
    assert as_mallory.post(address(laptop[1])).status_code == 429
    assert Client(REMOTE_ADDR="192.0.2.7").post(address(laptop[1])).status_code == 204


def test_secret_is_kept_as_a_hash_alone(laptop: tuple[UUID, str]) -> None:
    assert row().token_hash == random_tokens.hash_of(laptop[1])
    told = Entry.objects.get(action="backups.heartbeat-added").facts
    assert told == {"heartbeat": str(laptop[0]), "kind": "address"}


def test_renewed_address_ends_the_one_before(laptop: tuple[UUID, str], anna: User) -> None:
    secret = heartbeats.renew_address(heartbeat=laptop[0], actor=anna.actor, at=NOW)
    assert (heartbeats.hear(laptop[1], at=NOW), heartbeats.hear(secret, at=NOW)) == (False, True)


def test_removed_is_called_no_more_until_it_is_taken_back(laptop: tuple[UUID, str], anna: User) -> None:
    id, secret = laptop
    heartbeats.remove(heartbeat=id, actor=anna.actor, at=NOW)
    assert not heartbeats.hear(secret, at=NOW)
    assert [one.title for one in selectors.removed(at=NOW)] == ["Anna's laptop"]
    with pytest.raises(heartbeats.NoSuchHeartbeat):
        heartbeats.renew_address(heartbeat=id, actor=anna.actor, at=NOW)

    heartbeats.restore(heartbeat=id, actor=anna.actor, at=NOW + DAY)
    assert heartbeats.hear(secret, at=NOW + DAY)
    heartbeats.remove(heartbeat=id, actor=anna.actor, at=NOW)
    with pytest.raises(heartbeats.NoSuchHeartbeat):
        heartbeats.restore(heartbeat=id, actor=anna.actor, at=NOW + 30 * DAY)


@pytest.mark.parametrize(("title", "days"), [("", 1), ("  ", 1), ("x" * 81, 1), ("Phone", 0), ("Phone", 367)])
def test_what_is_not_all_told_is_refused(title: str, days: int, anna: User) -> None:
    with pytest.raises(heartbeats.NotAllTold, match="Nothing was changed"):
        heartbeats.add_address(title=title, every_days=days, actor=anna.actor, at=NOW)
    assert not Heartbeat.objects.exists()


def test_more_than_anybody_looks_through_are_refused(anna: User) -> None:
    for number in range(heartbeats.MOST):
        heartbeats.add_address(title=f"{number}", every_days=1, actor=anna.actor, at=NOW)
    with pytest.raises(heartbeats.TooManyHeartbeats):
        heartbeats.add_address(title="one more", every_days=1, actor=anna.actor, at=NOW)


def test_is_awaited_at_first_then_in_time_then_late(laptop: tuple[UUID, str]) -> None:
    assert the_pulse(NOW + 3 * DAY) is Pulse.AWAITED
    assert the_pulse(NOW + 3 * DAY + HOUR) is Pulse.LATE
    heartbeats.hear(laptop[1], at=NOW + 4 * DAY)
    assert the_pulse(NOW + 7 * DAY) is Pulse.IN_TIME
    assert the_pulse(NOW + 7 * DAY + HOUR) is Pulse.LATE


def test_daily_one_may_be_silent_from_fridays_closing_to_mondays_opening(laptop: tuple[UUID, str]) -> None:
    friday, monday = NOW + 4 * DAY + 9 * HOUR, NOW + 7 * DAY
    heartbeats.hear(laptop[1], at=friday)
    assert monday - friday == 63 * HOUR
    assert the_pulse(monday) is Pulse.IN_TIME


def test_heard_ahead_of_the_clock_is_not_known_to_be_in_time(laptop: tuple[UUID, str]) -> None:
    heartbeats.hear(laptop[1], at=NOW + 100 * DAY)
    assert the_pulse(NOW) is Pulse.LATE


def test_folder_is_as_old_as_its_newest_file_however_deep(nas: Path) -> None:
    assert row().heard_at == NOW - 7 * DAY
    assert the_pulse(NOW + DAY) is Pulse.IN_TIME
    assert the_pulse(NOW + DAY + HOUR) is Pulse.LATE

    leave(nas / "deep" / "new.tib", NOW + DAY)
    routines.look_at_folders(NOW + 2 * DAY)
    assert row().heard_at == NOW + DAY
    assert the_pulse(NOW + 9 * DAY) is Pulse.IN_TIME


def test_file_dated_in_the_future_proves_nothing(nas: Path) -> None:
    leave(nas / "wrong.tib", NOW + 1000 * DAY)
    heartbeats.look_at_folders(at=NOW + 2 * DAY)
    assert row().heard_at == NOW - 7 * DAY


def test_folder_that_is_away_grows_late_by_itself(nas: Path) -> None:
    nas.rename(nas.with_name("away"))
    assert heartbeats.look_at_folders(at=NOW + HOUR) == 1
    assert row().heard_at == NOW - 7 * DAY


def test_folder_that_is_none_is_refused_and_its_path_is_sealed(nas: Path, anna: User) -> None:
    assert b"nas" not in bytes(row().path_sealed)
    with pytest.raises(told_paths.NotAFolder):
        heartbeats.add_folder(title="Gone", told="/nowhere", every_days=1, actor=anna.actor, at=NOW)
    assert Heartbeat.objects.count() == 1


def test_empty_folder_was_never_heard_of(anna: User, tmp_path: Path) -> None:
    heartbeats.add_folder(title="New", told=str(tmp_path), every_days=1, actor=anna.actor, at=NOW)
    assert (row().heard_at, the_pulse(NOW)) == (None, Pulse.AWAITED)
