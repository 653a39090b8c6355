"""Mallory owns the folder of the log, too: what he does to tiles and checkpoints is found and named."""

import json
import shutil
from datetime import timedelta
from uuid import uuid4

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tryggve.audit import (
    checkpoint_files,
    notes,
    sequencer,
    tile_writing,
    verification,
)
from tryggve.audit.models import Entry
from tryggve.audit.tests import logs
from tryggve.audit.tests.logs import NOW, TOMORROW, entry_at, flip, tamper, verdict

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("name", "at", "found"),
    [
        ("tile/0/000", 32 * 7, ("tile-changed", 7)),
        ("tile/0/002.p/108", 32 * 100, ("tile-changed", 612)),
        ("tile/1/000.p/2", 40, ("tile-changed", 256)),
        ("tile/entries/000", 30, ("tile-changed", 0)),
        ("tile/entries/001", 0, ("unreadable", None)),
    ],
)
def test_flipped_byte_of_a_tile_is_named(
    log: bytes, name: str, at: int, found: tuple[str, int | None]
) -> None:
    flip(logs.folder() / "epoch-0001" / name, at)

    assert verdict() == found


@pytest.mark.parametrize(
    "name", ["tile/0/000", "tile/0/001", "tile/entries/001", "tile/1/000.p/2", "checkpoint"]
)
def test_missing_file_is_unreadable(log: bytes, name: str) -> None:
    (logs.folder() / "epoch-0001" / name).unlink()

    assert verdict() == ("unreadable", None)


def test_entry_and_tile_changed_alike_are_not_the_tree_of_the_checkpoint(log: bytes) -> None:
    tamper("UPDATE audit_entry SET actor = 'system' WHERE id = %s", entry_at(300))
    shutil.rmtree(logs.folder() / "epoch-0001/tile")
    tile_writing.catch_up(1, to=620)

    assert verdict() == ("not-the-tree-of-checkpoint", 300 + 300)


def test_checkpoint_of_another_key_is_forged(log: bytes) -> None:
    text = notes.text_of(log)[0].replace("600", "620")
    key = Ed25519PrivateKey.generate()
    name = checkpoint_files.key_name(checkpoint_files.read(log).installation)

    assert verdict(notes.sign(text, name=name, key=key)) == ("checkpoint-forged", None)


def test_checkpoint_that_is_none_is_unreadable(log: bytes) -> None:
    assert verdict(b"hello") == ("unreadable", None)


def test_opening_that_tells_of_another_tree_is_broken(log: bytes) -> None:
    sequencer.sequence(now=NOW + timedelta(days=365))
    facts = Entry.objects.get(pk=entry_at(0, epoch=2)).facts | {"previous_size": 619}
    tamper(
        "UPDATE audit_entry SET facts = %s WHERE id = %s",
        json.dumps(facts, sort_keys=True, separators=(",", ":")),
        entry_at(0, epoch=2),
    )

    found = verification.verify(now=TOMORROW).first_bad
    assert found is not None
    assert (found.why, found.epoch, found.index) == ("epoch-broken", 2, 0)


def test_older_part_written_anew_does_not_fit_the_opening_after_it(log: bytes) -> None:
    """Beyond the last checkpoint of a closed epoch, the next epoch's first entry is what tells."""
    sequencer.sequence(now=NOW + timedelta(days=365))
    tamper("UPDATE audit_entry SET actor = 'system' WHERE id = %s", entry_at(610))
    shutil.rmtree(logs.folder() / "epoch-0001/tile")
    tile_writing.catch_up(1, to=620)

    found = verification.verify(now=TOMORROW).first_bad
    assert found is not None
    assert (found.why, found.epoch, found.index) == ("epoch-broken", 2, 0)


def test_checkpoint_of_another_installation_is_forged_even_with_its_key_listed(log: bytes) -> None:
    other, key = uuid4(), Ed25519PrivateKey.generate()
    name, ours = checkpoint_files.key_name(other), checkpoint_files.read(log)
    line = notes.Verifier(name, key.public_key().public_bytes_raw()).line
    with checkpoint_files.keys_path().open("a") as keys:
        keys.write(f"{line}\n")
    text = checkpoint_files.text_of(other, 1, ours.size, ours.root, [])

    assert verdict(notes.sign(text, name=name, key=key)) == ("checkpoint-forged", None)


_UNHURRIED = settings(
    deadline=None, max_examples=100, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@_UNHURRIED
@given(st.data())
def test_any_flipped_byte_on_the_disk_is_found(log: bytes, data: st.DataObject) -> None:
    files = [
        path
        for path in logs.folder().rglob("*")
        if path.is_file() and path.name not in ("lock", "signing-key")
    ]
    path = data.draw(st.sampled_from(sorted(files)))
    content = path.read_bytes()
    flip(path, data.draw(st.integers(0, len(content) - 1)), data.draw(st.integers(1, 255)))

    found = verdict()

    path.write_bytes(content)
    assert found != "ok"
