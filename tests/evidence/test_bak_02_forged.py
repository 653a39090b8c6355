"""BAK-02 by what is written down of a test: neither a hand in the database nor a word makes it green."""

import os
from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from tests.evidence import measured
from tests.evidence.tested_restores import (
    DAY,
    FOUND,
    came_to,
    kept,
    measured_at,
    now,
    place,
)
from tryggve.accounts.models import User
from tryggve.audit import checkpoints
from tryggve.controls.engine.standing import State
from tryggve.controls.registry import Verdict
from tryggve.controls.tests import here
from tryggve.domains.backups.models import Place, RestoreTest
from tryggve.domains.backups.services import restore_tests
from tryggve.domains.backups.services.restore_tests import evidence, keeping
from tryggve.domains.backups.tests import taken
from tryggve.notices.models import OutboxMessage

__all__ = ["now", "place"]
pytestmark = pytest.mark.django_db(transaction=True)


class _ByHand:
    """What somebody could try who writes in the database."""

    @staticmethod
    def row_alone(row: RestoreTest) -> None:
        row.save(force_insert=True)

    @staticmethod
    def row_and_entry(row: RestoreTest) -> None:
        """With all that the log asks for, and under a checkpoint; only what seals it is out of reach."""
        row.ended_at = row.began_at
        row.digest_sealed = os.urandom(90)
        row.found = {**row.found, "seconds": 1}
        row.entry = keeping._record(row, evidence.digest_of(row), row.began_at)
        row.checkpoint_size = checkpoints.sign(now=row.began_at).size
        row.save(force_insert=True)

    @staticmethod
    def entry_alone(row: RestoreTest) -> None:
        row.found = {**row.found, "seconds": 1}
        keeping._record(row, "0" * 64, row.began_at)


@pytest.mark.parametrize("how", [_ByHand.row_alone, _ByHand.row_and_entry, _ByHand.entry_alone])
def test_nobody_makes_it_green_by_writing(place: Place, now: datetime, how: object) -> None:
    run = taken.run(place, at=now - DAY)
    assert callable(how)
    how(RestoreTest(place=place, run=run, state="PASSED", began_at=now, found=dict(FOUND)))
    assert measured_at(now).verdict is None


@pytest.mark.parametrize(
    "changed",
    [
        {"state": "PASSED"},
        {"began_at": timezone.now() + DAY},
        {"found": FOUND},
        {"cause": "x"},
        {"checkpoint_size": None},
        {"checkpoint_size": 9_999},
    ],
)
def test_row_that_was_changed_doesnt_count(place: Place, now: datetime, changed: dict[str, object]) -> None:
    state, verdict = ("FAILED", Verdict.FAILING) if changed == {"state": "PASSED"} else ("PASSED", None)
    row = kept(place, now - DAY, state)
    RestoreTest.objects.filter(pk=row.pk).update(**changed)
    assert measured_at(now).verdict is verdict


def test_nobodys_word_outweighs_a_test_that_failed(place: Place, now: datetime, anna: User) -> None:
    kept(place, now - DAY, "FAILED", "damaged")
    here.measure("BAK-02", at=now)
    measured.attest("BAK-02", anna, now)
    assert measured.state("BAK-02", now) is State.FAILING


def test_failure_is_not_forgotten_with_its_row(place: Place, now: datetime) -> None:
    kept(place, now - 2 * DAY)
    kept(place, now - DAY, "FAILED", "damaged").delete()
    assert came_to(now) == (Verdict.FAILING, "test-failed")


def test_without_a_checkpoint_it_is_no_proof(
    place: Place, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keeping, "_sign", lambda row, at: None)
    kept(place, now - DAY)
    assert came_to(now) == (None, "not-signed")


def test_what_was_written_and_not_signed_is_signed_at_the_next_look_and_counts(
    place: Place, now: datetime, monkeypatch: pytest.MonkeyPatch, karin: User
) -> None:
    with monkeypatch.context() as cut:
        cut.setattr(keeping, "_sign", lambda row, at: None)
        kept(place, now - 2 * DAY)
        failed = kept(place, now - DAY, "FAILED", "damaged")
        passed = kept(place, now - timedelta(hours=3))
    assert restore_tests.is_free(at=now)
    assert [one.kind for one in OutboxMessage.objects.all()] == ["backups.test-failed"]
    assert came_to(now)[0] is Verdict.PROVED
    for row in (failed, passed):
        row.refresh_from_db()
        assert row.checkpoint_size
    # Once is enough: nobody is told again.
    assert (restore_tests.is_free(at=now), OutboxMessage.objects.count()) == (True, 1)
