"""A signing key that is lost is replaced, and the log tells of it for ever."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from tryggve import vault
from tryggve.audit import (
    checkpoint_files,
    checkpoints,
    epochs,
    notes,
    registry,
    signing,
    signing_refusals,
    verification,
)
from tryggve.audit.checkpoint_files import Checkpoint
from tryggve.audit.models import Entry
from tryggve.audit.tests import logs
from tryggve.audit.tests.logs import ANNA, NOW, TOMORROW, fill, killed_at, verdict
from tryggve.lib.errors import Refusal

REPLACED = "audit.signing-key-replaced"

pytestmark = pytest.mark.django_db


@pytest.fixture
def signed(seen: registry.Action) -> Checkpoint:
    fill(seen, 8)
    return checkpoints.sign(now=NOW)


def _lose() -> None:
    (logs.folder() / "signing-key").unlink()


def _damage() -> None:
    logs.flip(logs.folder() / "signing-key", 60)


def _make_a_pipe_of_it() -> None:
    _lose()
    os.mkfifo(logs.folder() / "signing-key")


@pytest.mark.parametrize("gone", [_lose, _damage, _make_a_pipe_of_it])
def test_lost_key_is_replaced_recorded_and_listed_after_the_old_one(
    signed: Checkpoint, gone: Callable[[], None]
) -> None:
    (old,) = checkpoint_files.keys()
    gone()

    newest = checkpoints.sign_with_new_key(actor=ANNA, now=TOMORROW)

    first, second = checkpoint_files.keys()
    entry = Entry.objects.get(action=REPLACED)
    assert (first, entry.actor) == (old, ANNA)
    assert entry.facts == {"key": second.public.hex(), "previous_key": old.public.hex()}
    assert (newest.size, checkpoints.opened(newest.note).signed_by) == (signed.size + 1, (second,))
    assert verdict(signed.note, newest.note) == "ok"


def test_verdict_names_the_new_key(signed: Checkpoint, seen: registry.Action) -> None:
    assert verification.verify(now=TOMORROW).keys_replaced == ()
    _lose()
    checkpoints.sign_with_new_key(actor=ANNA, now=TOMORROW)
    fill(seen, 3)
    checkpoints.sign(now=TOMORROW)

    entry, (_first, second) = Entry.objects.get(action=REPLACED), checkpoint_files.keys()
    told = {"entry": entry.pk, "epoch": 1, "on": "2026-03-03", "key": second.public.hex()}
    assert verification.verify(now=TOMORROW).as_json()["keys_replaced"] == [told]


def test_damaged_key_is_set_aside_and_not_signed_with(signed: Checkpoint, seen: registry.Action) -> None:
    _damage()
    damaged = (logs.folder() / "signing-key").read_bytes()
    fill(seen, 1)
    with pytest.raises(signing_refusals.SigningKeyUnreadable):
        checkpoints.sign(now=TOMORROW)

    checkpoints.sign_with_new_key(actor=ANNA, now=TOMORROW)

    assert (logs.folder() / "signing-key-unreadable-1").read_bytes() == damaged


def _nothing() -> None: ...


def _lose_the_list_too() -> None:
    _lose()
    checkpoint_files.keys_path().unlink()


def _seal_for_a_newer_version() -> None:
    key = logs.folder() / "signing-key"
    key.write_bytes(b"\x63" + key.read_bytes()[1:])


@pytest.mark.parametrize(
    ("deed", "refusal"),
    [
        (_nothing, signing_refusals.KeyAtHand),
        (_lose_the_list_too, signing_refusals.KeyListMissing),
        (_seal_for_a_newer_version, vault.NewerFormat),
    ],
)
def test_key_is_not_replaced_without_need_or_without_the_old_ones(
    signed: Checkpoint, deed: Callable[[], None], refusal: type[Refusal]
) -> None:
    deed()
    before = logs.written(), logs.recorded()
    with pytest.raises(refusal):
        checkpoints.sign_with_new_key(actor=ANNA, now=TOMORROW)
    assert (logs.written(), logs.recorded()) == before


def test_key_of_a_log_that_was_never_signed_is_not_replaced(seen: registry.Action) -> None:
    fill(seen, 3)
    with pytest.raises(signing_refusals.NoKeyYet):
        checkpoints.sign_with_new_key(actor=ANNA, now=NOW)
    assert (logs.recorded(), signing._path().exists()) == (logs.recorded()[:3], False)


@pytest.mark.django_db(transaction=True)
def test_replacement_cut_off_anywhere_is_finished_by_the_next(seen: registry.Action) -> None:
    fill(seen, 2)
    checkpoints.sign(now=NOW)
    number = 1
    while _cut_and_finish(number, seen):
        number += 1
    assert number > 5


def _cut_and_finish(number: int, seen: registry.Action) -> bool:
    _lose()
    was_cut = killed_at(number, lambda: checkpoints.sign_with_new_key(actor=ANNA, now=TOMORROW))
    if (logs.folder() / "signing-key").exists():
        fill(seen, 1)
        checkpoints.sign(now=TOMORROW)
    else:
        checkpoints.sign_with_new_key(actor=ANNA, now=TOMORROW)
    entries = Entry.objects.filter(action=REPLACED).order_by("pk")
    recorded = [entry.facts["key"] for entry in entries]
    listed = [key.public.hex() for key in checkpoint_files.keys()[1:]]
    assert (recorded, verdict()) == (listed, "ok")
    return was_cut


def _signed_by_mallory(at: Checkpoint) -> notes.Verifier:
    """His key is on the list, and the newest checkpoint is his."""
    key, name = Ed25519PrivateKey.generate(), checkpoint_files.key_name(at.installation)
    own = notes.Verifier(name, key.public_key().public_bytes_raw())
    with checkpoint_files.keys_path().open("a") as listed:
        listed.write(f"{own.line}\n")
    note = notes.sign(notes.text_of(at.note)[0], name=name, key=key)
    checkpoint_files.path(1, at.size).write_bytes(note)
    checkpoint_files.newest_path(1).write_bytes(note)
    return own


def test_key_that_mallory_added_to_the_list_is_found(signed: Checkpoint) -> None:
    assert verdict() == "ok"
    own = _signed_by_mallory(signed)

    bad = verification.verify(now=TOMORROW).first_bad
    assert bad is not None
    assert (bad.why, bad.epoch, own.id.hex() in bad.message) == ("checkpoint-forged", 1, True)


def test_key_told_of_after_it_signed_is_found(signed: Checkpoint, seen: registry.Action) -> None:
    own = _signed_by_mallory(signed)
    facts = f'{{"key":"{own.public.hex()}"}}'
    fill(seen, 1)
    logs.tamper(
        "UPDATE audit_entry SET action = 'audit.signing-key-made', facts = %s WHERE id = %s",
        facts,
        logs.recorded()[-1],
    )
    checkpoints.sign(now=TOMORROW)
    assert verdict() == ("checkpoint-forged", None)


def test_saved_checkpoint_of_a_key_that_only_is_listed_is_found(signed: Checkpoint) -> None:
    content = logs.written()
    _signed_by_mallory(signed)
    forged = checkpoint_files.newest_path(1).read_bytes()
    for name in ("epoch-0001/checkpoint", f"epoch-0001/checkpoints/{signed.size:012}"):
        (logs.folder() / name).write_bytes(content[name])
    assert (verdict(), verdict(forged)) == ("ok", ("checkpoint-forged", None))


def test_key_whose_entry_a_restore_lost_is_recorded_again(signed: Checkpoint, seen: registry.Action) -> None:
    _lose()
    known = checkpoints.sign_with_new_key(actor=ANNA, now=TOMORROW)
    logs.roll_back(to=5)
    epochs.open_after_restore(known, now=TOMORROW)
    fill(seen, 1)

    newest = checkpoints.sign(now=TOMORROW)

    assert Entry.objects.filter(action=REPLACED).count() == 1
    assert verdict(signed.note, known.note, newest.note) == "ok"


@pytest.mark.parametrize(
    "name",
    [
        "key",
        "epoch-0001/checkpoint",
        "epoch-0001/checkpoints/000000000010",
        "epoch-0001/tile/0/000.p/10",
        "epoch-0001/tile/entries/000.p/10",
    ],
)
@pytest.mark.parametrize("through_a_link", [False, True])
def test_pipe_in_the_place_of_a_file_is_unreadable_and_not_waited_for(
    signed: Checkpoint, tmp_path: Path, name: str, through_a_link: bool
) -> None:
    assert (signed.size, verdict()) == (10, "ok")
    path = logs.folder() / name
    path.unlink()
    pipe = tmp_path / "pipe" if through_a_link else path
    os.mkfifo(pipe)
    if through_a_link:
        path.symlink_to(pipe)
    assert verdict() == ("unreadable", None)
