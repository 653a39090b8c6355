"""A check that doesn't read the data ends well on a flipped bit: it proves nothing, and is asked for by nobody."""

from collections.abc import Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from subprocess import Popen
from typing import Any

import pytest
from django.utils import timezone

from tests.backups.backed_up import BackedUp, firm_backed_up, flip
from tests.evidence import measured
from tryggve.domains.backups.engine import restore_test
from tryggve.domains.backups.restic import Damaged, Repository, running

__all__ = ["firm_backed_up"]
pytestmark = [pytest.mark.process, pytest.mark.django_db(transaction=True)]


def _checked_without_reading(repository: Repository) -> None:
    """Raises ResticFailed."""
    running.run(
        ["check"], place=repository.place, password=repository.password, cache=repository.cache, seconds=60
    )


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[Sequence[str]]:
    """What restic is told to do from now on."""
    told: list[Sequence[str]] = []
    started = running.started

    def heard(words: Sequence[str], **others: Any) -> AbstractContextManager[Popen[bytes]]:
        told.append(words)
        return started(words, **others)

    monkeypatch.setattr(running, "started", heard)
    return told


def test_check_that_reads_nothing_ends_well_on_a_flipped_bit_and_no_proof_is_made_of_it(
    firm_backed_up: BackedUp, asked: list[Sequence[str]]
) -> None:
    assert firm_backed_up.test().state == "PASSED"
    for control in ("BAK-01", "BAK-02", "BAK-03"):
        measured.found(control, timezone.now())
    checks = [words for words in asked if words[0] == "check"]
    assert checks
    assert all(any(one.startswith("--read-data") for one in words) for words in checks)

    with firm_backed_up.spoiled(Path(firm_backed_up.near.access.location)) as near:
        flip(max(near.glob("tryggve-data/data/*/*"), key=lambda one: one.stat().st_size))
        _checked_without_reading(firm_backed_up.data)
        with pytest.raises(Damaged):
            firm_backed_up.data.check_all_data()
        assert _parts_that_are_damaged(firm_backed_up.data) == 1
        assert firm_backed_up.test().state == "FAILED"
        assert measured.found("BAK-02", timezone.now()) == ("FAILING", "test-failed")


def _parts_that_are_damaged(repository: Repository) -> int:
    found = 0
    for part in range(1, restore_test.PARTS + 1):
        try:
            repository.check_part(part, of=restore_test.PARTS)
        except Damaged:
            found += 1
    return found
