"""BAK-02: green by a restore that went well; red as soon as one didn't, or what was tested lies nowhere any more."""

import shutil
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from django.utils import timezone

from tests.backups.backed_up import BackedUp, firm_backed_up, flip
from tests.evidence.tested_restores import (
    DAY,
    came_to,
    holding,
    kept,
    lying,
    measured_at,
    now,
    place,
    repositories,
)
from tryggve.controls.answers import Outcome
from tryggve.controls.registry import Verdict
from tryggve.domains.backups.models import Copy, Place
from tryggve.domains.backups.tests import taken

__all__ = ["firm_backed_up", "now", "place"]
pytestmark = pytest.mark.django_db(transaction=True)


def test_one_that_passed_is_proof_for_eight_days(place: Place, now: datetime) -> None:
    kept(place, now - 2 * DAY)
    assert measured_at(now) == Outcome(
        Verdict.PROVED,
        facts={
            "minutes": 3,
            "data_age_hours": 1,
            "customers": 20,
            "files": 7,
            "on": timezone.localdate(now - 2 * DAY + timedelta(minutes=3)),
            "is_elsewhere": False,
            "by_people": False,
        },
    )
    assert came_to(now + 7 * DAY) == (Verdict.FAILING, "test-too-old")


@pytest.mark.parametrize(
    ("cause", "wrong"),
    [
        ("damaged", "test-failed"),
        ("keys-older", "keys-older"),
        ("keys-lost", "keys-lost"),
        ("keys-damaged", "keys-lost"),
    ],
)
def test_one_that_failed_is_red_and_counts_what_is_lost(
    place: Place, now: datetime, cause: str, wrong: str
) -> None:
    kept(place, now - 2 * DAY)
    kept(place, now - DAY, "FAILED", cause, lost=12)
    outcome = measured_at(now)
    assert (outcome.verdict, outcome.facts["wrong"], outcome.facts["lost"]) == (Verdict.FAILING, wrong, 12)


def test_one_of_an_old_pair_is_red(place: Place, now: datetime) -> None:
    kept(place, now - DAY, data_age_minutes=3 * 24 * 60)
    assert came_to(now) == (Verdict.FAILING, "pair-too-old")


@pytest.mark.parametrize(
    ("cause", "told"),
    [
        ("locked", "locked"),
        ("no-private-memory", "no-private-memory"),
        ("unreachable", "place-not-usable"),
        ("cut-off", "test-cut-off"),
        ("no-test-database", "no-test-database"),
        ("no-pg-restore", "no-pg-restore"),
        ("full-here", "full-here"),
        ("memory", "too-little-memory"),
        ("broke", "not-restored"),
    ],
)
def test_one_that_couldnt_be_made_says_why_nothing_is_known(
    place: Place, now: datetime, cause: str, told: str
) -> None:
    assert came_to(now) == (None, "never-tested")
    kept(place, now - DAY, "UNKNOWN", cause)
    assert came_to(now) == (None, told)
    kept(place, now - 2 * DAY)
    assert came_to(now)[0] is Verdict.PROVED


@pytest.mark.parametrize("gone", ["keys", "data"])
def test_it_is_red_at_the_next_look_when_what_was_tested_lies_nowhere_any_more(
    place: Place, now: datetime, gone: str
) -> None:
    kept(place, now - DAY)
    assert came_to(now)[0] is Verdict.PROVED
    for snapshot in Path(repositories(place)[gone.upper()].place.location, "snapshots").iterdir():
        snapshot.unlink()
    assert came_to(now) == (Verdict.FAILING, "keys-lost" if gone == "keys" else "copy-gone")


def test_it_is_red_at_the_next_look_when_the_last_place_of_keys_was_removed(
    place: Place, now: datetime
) -> None:
    kept(place, now - DAY)
    Place.objects.filter(pk=place.pk).update(removed_at=now)
    assert came_to(now) == (Verdict.FAILING, "keys-lost")


def test_a_place_that_lost_its_keys_is_told_though_another_has_them(
    place: Place, now: datetime, tmp_path: Path
) -> None:
    kept(holding(tmp_path / "Other", at=now - 30 * DAY), now - 2 * DAY)
    kept(place, now - DAY)
    shutil.rmtree(tmp_path / "Other" / "tryggve-keys")
    assert came_to(now) == (Verdict.FAILING, "copy-gone")


@pytest.mark.parametrize("other_has", [Copy.Kind.KEYS, Copy.Kind.DATA])
def test_while_what_it_needs_can_be_reached_nowhere_it_is_no_proof(
    place: Place, now: datetime, tmp_path: Path, other_has: Copy.Kind
) -> None:
    other = holding(tmp_path / "Other", at=now - 30 * DAY)
    lying(other, taken.run(other, at=now - 2 * DAY, kinds=[other_has]))
    kept(place, now - DAY)
    away = (tmp_path / "Disk").rename(tmp_path / "unplugged")
    outcome = measured_at(now)
    assert (outcome.verdict, outcome.facts["unreached"]) == (Verdict.OBSERVED, 2)
    Place.objects.filter(pk=place.pk).update(is_carried=True)
    assert came_to(now)[0] is Verdict.PROVED
    away.rename(tmp_path / "Disk")
    assert "unreached" not in measured_at(now).facts


@pytest.mark.parametrize(
    ("found", "verdict"),
    [
        ({"elsewhere": 1}, Verdict.PROVED),
        ({"elsewhere": 0}, Verdict.PROVED),
        ({"elsewhere": 0, "passed_over": 1}, Verdict.OBSERVED),
    ],
)
def test_it_says_from_where_and_is_proof_of_the_farthest_alone(
    place: Place, now: datetime, found: dict[str, int], verdict: Verdict
) -> None:
    kept(place, now - DAY, "PASSED", "", **found)
    outcome = measured_at(now)
    told = outcome.facts["is_elsewhere"], outcome.facts.get("not_tested", 0)
    assert (outcome.verdict, *told) == (verdict, bool(found["elsewhere"]), found.get("passed_over", 0))


def test_one_of_a_clock_that_was_ahead_is_no_proof_until_the_next(place: Place, now: datetime) -> None:
    kept(place, now + 300 * DAY)
    assert came_to(now) == (None, "clock-ahead")
    kept(place, now - timedelta(hours=1))
    assert came_to(now)[0] is Verdict.PROVED


@pytest.mark.process
def test_it_goes_red_within_one_measuring_once_the_copies_are_broken(firm_backed_up: BackedUp) -> None:
    firm_backed_up.test()
    assert came_to(timezone.now())[0] is Verdict.PROVED
    with firm_backed_up.spoiled(Path(firm_backed_up.near.access.location)) as near:
        flip(max(near.glob("tryggve-data/data/*/*"), key=lambda one: one.stat().st_size))
        firm_backed_up.test()
        assert came_to(timezone.now()) == (Verdict.FAILING, "test-failed")
    firm_backed_up.test()
    assert came_to(timezone.now())[0] is Verdict.PROVED
