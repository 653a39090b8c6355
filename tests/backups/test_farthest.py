"""The restore test takes the newest pair from the farthest place; where that doesn't answer, it says so."""

from pathlib import Path

import pytest
from django.utils import timezone

from tests.backups.backed_up import BackedUp, firm_backed_up, flip
from tryggve.controls import answers, registry
from tryggve.controls.answers import Outcome
from tryggve.controls.registry import Verdict
from tryggve.domains.backups.models import RestoreTest, Run
from tryggve.domains.backups.selectors.places import PlaceInUse
from tryggve.domains.backups.tests import here
from tryggve.domains.backups.tests.places_for_tests import folder_place

__all__ = ["firm_backed_up"]
pytestmark = [pytest.mark.process, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def far(firm_backed_up: BackedUp) -> PlaceInUse:
    """In another house, and added last; the newest pair lies there as it lies here."""
    far = folder_place(firm_backed_up.home / "far", at=timezone.now(), holds_data=True, is_elsewhere=True)
    firm_backed_up.run = firm_backed_up.back_up()
    return far


def _restored(row: RestoreTest) -> tuple[object, ...]:
    """Where from, which pair, and how that is told."""
    return row.state, row.cause, row.place_id, row.run, row.found["elsewhere"], row.found["passed_over"]


def _bak_02() -> Outcome:
    measure = registry.measures()["BAK-02"]
    return answers.read(answers.of_measured(measure.work(timezone.now()), measure), measure)


def _packs(place: PlaceInUse) -> list[Path]:
    found = sorted(Path(here.data_of(place).place.location).glob("data/*/*"))
    assert found
    return found


def test_pair_in_another_house_is_the_one_that_is_restored(firm_backed_up: BackedUp, far: PlaceInUse) -> None:
    for pack in _packs(firm_backed_up.near):
        flip(pack)  # nobody reads these
    row = firm_backed_up.test()
    assert _restored(row) == ("PASSED", "", far.id, firm_backed_up.run, 1, 0)
    outcome = _bak_02()
    assert (outcome.verdict, outcome.facts["is_elsewhere"]) == (Verdict.PROVED, True)

    # It answers, and has lost what was brought there: that is no reason to take another.
    for snapshot in Path(here.data_of(far).place.location).glob("snapshots/*"):
        snapshot.unlink()
    row = firm_backed_up.test()
    assert (row.state, row.cause, row.place_id) == ("FAILED", "snapshot-missing", far.id)
    assert _bak_02().verdict is Verdict.FAILING


def test_while_it_does_not_answer_the_near_one_is_tested_and_that_is_no_proof(
    firm_backed_up: BackedUp, far: PlaceInUse
) -> None:
    Path(far.access.location).rename(firm_backed_up.home / "out of reach")
    row = firm_backed_up.test()
    assert _restored(row) == ("PASSED", "", firm_backed_up.near.id, firm_backed_up.run, 0, 1)
    outcome = _bak_02()
    told = outcome.verdict, outcome.facts["is_elsewhere"], outcome.facts["not_tested"]
    assert told == (Verdict.OBSERVED, False, 1)

    Path(firm_backed_up.near.access.location).rename(firm_backed_up.home / "gone as well")
    row = firm_backed_up.test()
    assert (row.state, row.cause) == ("UNKNOWN", "unreachable")


def test_far_place_without_the_newest_pair_gives_the_newest_that_it_has(
    firm_backed_up: BackedUp, far: PlaceInUse
) -> None:
    (before, away) = Path(far.access.location), firm_backed_up.home / "carried away"
    before.rename(away)
    run = here.taken()
    assert (run.state, run.cause) == (Run.State.FAILED, "unreachable")
    away.rename(before)
    assert _restored(firm_backed_up.test()) == ("PASSED", "", far.id, firm_backed_up.run, 1, 0)
