"""Mallory owns the database and the folder, but no key: the product doesn't sign for him what he wrote."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from tryggve.audit import (
    checkpoint_files,
    checkpoints,
    epochs,
    leaves,
    notes,
    registry,
    sequencer,
    signing,
    signing_refusals,
    standing,
    verification,
)
from tryggve.audit.checkpoint_files import Checkpoint
from tryggve.audit.models import Entry, Leaf
from tryggve.audit.tests import logs
from tryggve.audit.tests.logs import NOW, TOMORROW, fill, tamper, verdict
from tryggve.lib import write_points

pytestmark = pytest.mark.django_db


@pytest.fixture
def signed(seen: registry.Action) -> Checkpoint:
    fill(seen, 8)
    return checkpoints.sign(now=NOW)


def _forged(size: int, like: Checkpoint) -> bytes:
    text = checkpoint_files.text_of(
        like.installation, like.epoch, size, bytes(32), ["at 2026-03-02T08:00:00Z"]
    )
    return notes.sign(
        text, name=checkpoint_files.key_name(like.installation), key=Ed25519PrivateKey.generate()
    )


def _forget_key_entry() -> None:
    tamper("DELETE FROM audit_leaf WHERE leaf_index > 8")
    tamper("DELETE FROM audit_entry WHERE action = 'audit.signing-key-made'")


def test_log_rewritten_without_its_keys_is_not_signed(signed: Checkpoint) -> None:
    tamper("UPDATE audit_entry SET actor = 'system' WHERE id = %s", logs.entry_at(5))
    shutil.rmtree(logs.folder() / "epoch-0001")
    (logs.folder() / "signing-key").unlink()
    (logs.folder() / "key").unlink()
    before = logs.written(), logs.recorded(), logs.sequenced()

    with pytest.raises(signing_refusals.SigningKeyLost):
        checkpoints.sign(now=TOMORROW)
    assert (logs.written(), logs.recorded(), logs.sequenced()) == before
    assert verdict() == ("unreadable", None)


def _only_the_entry(folder: Path) -> None:
    (folder / "key").unlink()
    shutil.rmtree(folder / "epoch-0001/checkpoints")


def _only_the_list(folder: Path) -> None:
    _forget_key_entry()
    shutil.rmtree(folder / "epoch-0001")


def _only_a_checkpoint(folder: Path) -> None:
    _forget_key_entry()
    (folder / "key").unlink()


@pytest.mark.parametrize("left", [_only_the_entry, _only_the_list, _only_a_checkpoint])
def test_signing_key_is_not_made_again_while_anything_tells_of_it(
    signed: Checkpoint, left: Callable[[Path], None]
) -> None:
    (logs.folder() / "signing-key").unlink()
    left(logs.folder())

    with pytest.raises(signing_refusals.SigningKeyLost):
        signing.signing_key(signed.installation, now=TOMORROW)
    assert not (logs.folder() / "signing-key").exists()


def test_checkpoint_of_replaced_keys_is_told_as_such(signed: Checkpoint, seen: registry.Action) -> None:
    logs.begin_anew()
    fill(seen, 8)
    checkpoints.sign(now=NOW)

    bad = verification.verify([signed.note], now=TOMORROW).first_bad
    assert bad is not None
    assert (bad.why, bad.message) == (
        "checkpoint-forged",
        "A checkpoint that was kept elsewhere is signed with a key that this log doesn't know: the log's keys were "
        "replaced, or the checkpoint is of another log.",
    )


def test_tiles_of_a_rewritten_log_are_not_made_anew(signed: Checkpoint) -> None:
    tamper("UPDATE audit_entry SET actor = 'system' WHERE id = %s", logs.entry_at(5))
    shutil.rmtree(logs.folder() / "epoch-0001")
    before = logs.written(), logs.recorded(), logs.sequenced()

    with pytest.raises(standing.FilesMissing):
        checkpoints.sign(now=TOMORROW)
    assert (logs.written(), logs.recorded(), logs.sequenced()) == before
    assert verdict() == ("unreadable", None)
    assert verdict(signed.note) == ("not-the-tree-of-checkpoint", signed.size)


def test_files_that_lag_by_more_than_a_batch_are_missing(
    seen: registry.Action, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(seen, 300)
    sequencer.sequence(now=NOW)
    (logs.folder() / "epoch-0001/tile/0/001.p/45").unlink()

    monkeypatch.setattr(standing, "MOST_BEHIND", 44)
    with pytest.raises(standing.FilesMissing):
        sequencer.sequence(now=NOW)
    assert verdict() == ("unreadable", None)
    monkeypatch.setattr(standing, "MOST_BEHIND", 45)
    assert verdict() == "ok"
    sequencer.sequence(now=NOW)
    assert (logs.disk_size(), verdict()) == (301, "ok")


def test_files_never_lag_by_more_than_a_batch(seen: registry.Action, monkeypatch: pytest.MonkeyPatch) -> None:
    """At no point where a run may be cut off, in a first epoch or in one that a new year opens."""
    monkeypatch.setattr(sequencer, "BATCH", 100)
    monkeypatch.setattr(standing, "MOST_BEHIND", 100)
    missing: list[str] = []

    def look(name: str) -> None:
        newest = leaves.newest()
        if newest and standing.are_files_missing(newest.index + 1, logs.disk_size(newest.epoch)):
            missing.append(name)

    write_points.cut_with(look)
    for year in range(2):
        fill(seen, 350)
        sequencer.sequence(now=NOW.replace(year=NOW.year + year))

    assert (missing, logs.disk_size(1), logs.disk_size(2)) == ([], 351, 351)


def test_older_epoch_without_its_last_file_is_unreadable(seen: registry.Action) -> None:
    fill(seen, 300)
    sequencer.sequence(now=NOW)
    sequencer.sequence(now=NOW.replace(year=NOW.year + 1))
    (logs.folder() / "epoch-0001/tile/0/001.p/45").unlink()

    bad = verification.verify(now=TOMORROW).first_bad
    assert bad is not None
    assert (bad.why, bad.epoch) == ("unreadable", 1)


def test_forged_checkpoint_of_the_current_size_is_neither_signed_on_nor_shown(
    signed: Checkpoint, seen: registry.Action
) -> None:
    checkpoint_files.path(1, signed.size).write_bytes(_forged(signed.size, signed))

    for deed in (checkpoints.newest, lambda: checkpoints.sign(now=TOMORROW)):
        with pytest.raises(checkpoint_files.CheckpointForged):
            deed()
    fill(seen, 1)
    with pytest.raises(checkpoint_files.CheckpointForged):
        checkpoints.sign(now=TOMORROW)
    assert verdict() == ("checkpoint-forged", None)


def test_checkpoint_under_the_name_of_another_size_is_not_signed_on(
    signed: Checkpoint, seen: registry.Action
) -> None:
    fill(seen, 2)
    sequencer.sequence(now=NOW)
    checkpoint_files.path(1, signed.size + 1).write_bytes(signed.note)

    with pytest.raises(checkpoint_files.CheckpointForged):
        checkpoints.sign(now=TOMORROW)


@pytest.mark.parametrize("where", ["epoch-0001", "epoch-0002"])
@pytest.mark.parametrize("name", ["000000099999", "99999", "²"])
def test_file_that_only_lies_among_checkpoints_does_not_stop_the_log(
    signed: Checkpoint, seen: registry.Action, where: str, name: str
) -> None:
    stray = logs.folder() / where / "checkpoints" / name
    stray.parent.mkdir(parents=True, exist_ok=True)
    stray.write_bytes(_forged(99_999, signed))
    fill(seen, 2)

    assert sequencer.sequence(now=NOW) == 2
    assert checkpoints.newest() == signed
    assert checkpoints.sign(now=TOMORROW).size == signed.size + 2
    told = {"000000099999": ("checkpoint-forged", None), "99999": ("unreadable", None), "²": "ok"}
    assert verdict() == told[name]


def test_forged_checkpoint_on_the_disk_is_not_what_a_restore_lost(signed: Checkpoint) -> None:
    checkpoint_files.path(1, 99_999).write_bytes(_forged(99_999, signed))

    epochs.open_after_restore(signed, now=TOMORROW)

    opening = Entry.objects.get(pk=Leaf.objects.get(epoch=2, leaf_index=0).entry)
    assert (opening.facts["known_size"], opening.facts["lost_to"]) == (signed.size, signed.size)


def test_first_start_beside_old_entries_makes_the_key(seen: registry.Action) -> None:
    fill(seen, 8)
    assert (checkpoints.sign(now=NOW).size, verdict()) == (10, "ok")


def test_newest_checkpoint_may_be_of_an_older_epoch(signed: Checkpoint) -> None:
    sequencer.sequence(now=NOW.replace(year=NOW.year + 1))

    assert checkpoints.newest() == signed
