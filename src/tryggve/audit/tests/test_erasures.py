"""Checkpoints state the erasure ledger, and an older key store put back is noticed by it."""

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from tests.cast import NOW
from tryggve import vault
from tryggve.audit import checkpoints, erasures, findings, registry, services
from tryggve.audit.checkpoint_files import Checkpoint
from tryggve.lib import folders
from tryggve.lib.ids import new_id

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def older(tmp_path: Path) -> Iterator[Path]:
    """The key store as it was before the test, which is put back afterwards: the other tests have the same one."""
    copy = tmp_path / "older"
    shutil.copyfile(folders.current().keys, copy)
    yield copy
    shutil.copyfile(copy, folders.current().keys)


def _erase() -> None:
    vault.keyring().erase_keys({new_id(): []}, at=NOW)


def _line(signed: Checkpoint) -> str:
    [line] = [one for one in signed.extensions if one.startswith("erasures ")]
    return line


def _grow(seen: registry.Action) -> None:
    services.record(seen, actor="system", at=NOW)


def test_checkpoint_states_how_many_erasures_there_are_and_their_hash(seen: registry.Action) -> None:
    _grow(seen)
    _erase()
    assert _line(checkpoints.sign(now=NOW)) == f"erasures {vault.ledger_state()}"
    erasures.require_whole()


def test_older_key_store_put_back_is_an_alarm_that_no_later_checkpoint_hides(
    seen: registry.Action, older: Path
) -> None:
    _grow(seen)
    _erase()
    stated = _line(checkpoints.sign(now=NOW))

    shutil.copyfile(older, folders.current().keys)
    with pytest.raises(erasures.LedgerBehind):
        erasures.require_whole()
    assert findings.erasures_kept(folders.current()).verdict == "bad"

    _grow(seen)
    _erase()  # as many as before, but another one
    assert _line(checkpoints.sign(now=NOW + timedelta(hours=1))) == stated
    with pytest.raises(erasures.LedgerBehind):
        erasures.require_whole()


def test_entry_that_was_taken_out_stops_the_signing(seen: registry.Action) -> None:
    _grow(seen)
    _erase()
    _erase()
    with closing(sqlite3.connect(folders.current().keys)) as store:
        store.executescript("DROP TRIGGER erased_stays; DELETE FROM erased WHERE place = 1;")
    with pytest.raises(vault.KeyStoreDamaged):
        checkpoints.sign(now=NOW)


def test_log_without_a_checkpoint_finds_nothing_wrong(seen: registry.Action) -> None:
    _erase()
    assert erasures.stated_before() is None
    assert findings.erasures_kept(folders.current()).verdict == "good"
