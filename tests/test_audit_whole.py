"""Mallory at the log: what the product's command finds, and what the auditor's file finds in the product's export."""

import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from tests import commands
from tests.cast import NOW
from tools import tree
from tryggve.audit import checkpoint_files, checkpoints, epochs, notes, registry, tile_writing
from tryggve.audit.models import Leaf
from tryggve.audit.tests import logs

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("database_in_its_place")]

STANDALONE = tree.ROOT / "tools" / "verify_audit.py"
SIZE = 600
Verdict = dict[str, Any]


def _audit(*words: str) -> str:
    return commands.run("access", "audit", *words)[1]


def _fill(count: int) -> None:
    logs.fill(registry.actions()["test.seen"], count)


@pytest.fixture(autouse=True)
def seen(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(registry, "_actions", dict(registry.actions()))
    registry.declare("test.seen", "A customer's details were read", number=int)


@dataclass(frozen=True)
class Log:
    """A log of 600 leaves with a checkpoint that an auditor keeps, and her file with the product's keys, one a line."""

    saved: Path
    key: str
    home: Path

    def product(self, *, with_saved: bool = True) -> Verdict:
        words = ["--checkpoint", str(self.saved)] if with_saved else []
        told: Verdict = json.loads(_audit("verify", "--json", *words))
        return told

    def standalone(self, *, with_saved: bool = True) -> Verdict:
        """What she finds in what the product exports now."""
        export = self.home / "log.zip"
        export.unlink(missing_ok=True)
        _audit("export", str(export))
        words = [word for line in self.key.splitlines() for word in ("--key", line)]
        words += ["--checkpoint", str(self.saved)] if with_saved else []
        done = subprocess.run(
            [sys.executable, "-I", "-S", str(STANDALONE), str(export), "--json", *words],
            capture_output=True,
            check=False,
        )
        told: Verdict = json.loads(done.stdout)
        assert (done.returncode, done.stderr) == (0 if told["ok"] else 1, b"")
        return told


@pytest.fixture
def log(tmp_path: Path) -> Log:
    _fill(298)
    checkpoints.sign(now=NOW)
    _fill(300)
    saved = tmp_path / "saved"
    saved.write_text(_audit("checkpoint"))
    assert checkpoint_files.read(saved.read_bytes()).size == SIZE
    key = checkpoint_files.keys_path().read_text().strip()
    return Log(saved, key, tmp_path)


def _why(verdict: Verdict) -> tuple[str, int | None] | str:
    bad = verdict["first_bad"]
    return "ok" if bad is None else (bad["why"], bad["index"])


def test_whole_log_has_one_verdict(log: Log) -> None:
    standalone = log.standalone()
    product = log.product()
    assert standalone["checkpoint"].items() <= product["checkpoint"].items()
    assert standalone == product | {"checkpoint": standalone["checkpoint"]}
    assert (product["ok"], product["entries"] > SIZE) == (True, True)


def test_checkpoint_in_the_text_of_a_mail_is_read_by_both(log: Log) -> None:
    mail = b"Keep this mail: from the line that begins with\n\ntryggve/\n\n" + log.saved.read_bytes()
    log.saved.write_bytes(mail.replace(b"\n", b"\r\n") + b"\r\n")
    assert (_why(log.standalone()), _why(log.product())) == ("ok", "ok")


# In the database alone: the export is made of what lies beside it, and still proves what was.


def _flip(index: int) -> None:
    logs.tamper("UPDATE audit_entry SET facts = replace(facts, '2', '3') WHERE id = %s", logs.entry_at(index))


def _delete(index: int) -> None:
    logs.tamper("DELETE FROM audit_entry WHERE id = %s", logs.entry_at(index))


def _delete_with_place(index: int) -> None:
    entry = logs.entry_at(index)
    logs.tamper("DELETE FROM audit_entry WHERE id = %s", entry)
    logs.tamper("DELETE FROM audit_leaf WHERE entry = %s", entry)


def _reorder(index: int) -> None:
    first, second = logs.entry_at(index), logs.entry_at(index + 100)
    logs.tamper("UPDATE audit_leaf SET leaf_index = -1 WHERE entry = %s", first)
    logs.tamper("UPDATE audit_leaf SET leaf_index = %s WHERE entry = %s", index, second)
    logs.tamper("UPDATE audit_leaf SET leaf_index = %s WHERE entry = %s", index + 100, first)


def _reorder_contents(index: int) -> None:
    """The entries themselves change places, not their numbers."""
    first, second = logs.entry_at(index), logs.entry_at(index + 100)
    for entry, other in ((first, -1), (second, first), (-1, second)):
        logs.tamper("UPDATE audit_entry SET id = %s WHERE id = %s", other, entry)


@pytest.mark.parametrize(
    ("deed", "why"),
    [
        (_flip, "changed"),
        (_delete, "missing"),
        (_delete_with_place, "missing"),
        (_reorder, "moved"),
        (_reorder_contents, "changed"),
    ],
    ids=["flipped", "deleted", "deleted-with-place", "reordered", "contents-reordered"],
)
@pytest.mark.parametrize("index", [22, 420])
def test_entry_tampered_with_in_the_database_is_named(
    log: Log, deed: Callable[[int], None], why: str, index: int
) -> None:
    deed(index)
    assert _why(log.product(with_saved=False)) == (why, index)
    assert _why(log.product()) == (why, index)
    assert _why(log.standalone()) == "ok"


def test_database_rolled_back_is_named(log: Log) -> None:
    logs.roll_back(to=410)
    assert _why(log.product(with_saved=False)) == ("rolled-back", 410)
    assert _why(log.standalone()) == "ok"


def test_places_given_anew_in_the_database_alone_are_a_log_rolled_back(log: Log) -> None:
    _flip(22)
    logs.tamper("DELETE FROM audit_leaf WHERE leaf_index > 0")
    assert _why(log.product(with_saved=False))[0] == "rolled-back"
    assert _why(log.standalone()) == "ok"


# In the database and beside it: now only the checkpoint that was kept elsewhere tells, and it tells both of them.


def _sequence_anew() -> None:
    """Mallory also has the folder, and lets the product give all places again, in the order of the entries."""
    logs.tamper("DELETE FROM audit_leaf WHERE leaf_index > 0")
    logs.start_over_on_disk()
    _fill(SIZE)
    checkpoints.sign(now=NOW)


@pytest.mark.parametrize("deed", [_flip, _delete, _reorder_contents])
def test_log_tampered_with_and_sequenced_anew_is_not_the_one_that_was_signed(
    log: Log, deed: Callable[[int], None]
) -> None:
    deed(22)
    _sequence_anew()
    assert (_why(log.product(with_saved=False)), _why(log.standalone(with_saved=False))) == ("ok", "ok")
    assert _why(log.product())[0] == "not-the-tree-of-checkpoint"
    assert _why(log.standalone())[0] == "not-the-tree-of-checkpoint"


def test_tail_cut_off_everywhere_is_shorter_than_the_saved_checkpoint(log: Log) -> None:
    logs.roll_back(to=400)
    logs.start_over_on_disk()
    assert (_why(log.product(with_saved=False)), _why(log.standalone(with_saved=False))) == ("ok", "ok")
    assert _why(log.product())[0] == "shorter-than-checkpoint"
    assert _why(log.standalone())[0] == "shorter-than-checkpoint"


def test_log_begun_anew_is_not_the_one_whose_key_the_auditor_knows(log: Log) -> None:
    logs.begin_anew()
    _fill(SIZE)
    checkpoints.sign(now=NOW)
    assert _why(log.product())[0] == "checkpoint-forged"
    assert _why(log.standalone())[0] == "checkpoint-forged"


def test_tiles_made_to_fit_a_changed_entry_are_not_the_tree_of_the_checkpoint(log: Log) -> None:
    _flip(22)
    shutil.rmtree(logs.folder() / "epoch-0001/tile")
    tile_writing.catch_up(1, to=Leaf.objects.count())
    assert _why(log.product(with_saved=False))[0] == "not-the-tree-of-checkpoint"
    assert _why(log.standalone(with_saved=False))[0] == "not-the-tree-of-checkpoint"


# Beside the database alone.


def test_flipped_byte_of_a_bundle_is_named_by_both(log: Log) -> None:
    bundle = logs.folder() / "epoch-0001/tile/entries/000"
    logs.flip(bundle, bundle.read_bytes().index(b'"number":20') + len(b'"number":'))
    assert _why(log.product()) == ("tile-changed", 21)  # the database is as it was logged
    assert _why(log.standalone()) == ("changed", 21)  # the export is all that she has


def test_flipped_byte_of_a_tile_is_named_by_both(log: Log) -> None:
    logs.flip(logs.folder() / "epoch-0001/tile/0/000", 22 * 32)
    assert _why(log.product()) == ("tile-changed", 22)
    assert _why(log.standalone())[0] == "tile-changed"


def test_history_lost_by_a_restore_is_told_alike(log: Log) -> None:
    known = checkpoint_files.read(log.saved.read_bytes())
    logs.roll_back(to=410)
    epochs.open_after_restore(known, now=NOW + timedelta(days=1))
    _fill(3)
    standalone, product = log.standalone(), log.product()
    assert (standalone["ok"], product["ok"]) == (True, True)
    lost = [{"from": 410, "to": SIZE, "epoch": 1, "on": "2026-03-03"}]
    assert (standalone["lost_by_restore"], product["lost_by_restore"]) == (lost, lost)


def test_restore_that_lost_nothing_is_told_alike(log: Log) -> None:
    known = checkpoint_files.read(log.saved.read_bytes())
    epochs.open_after_restore(known, now=NOW + timedelta(days=1))
    assert log.standalone()["lost_by_restore"] == log.product()["lost_by_restore"] == []


def test_new_signing_key_is_told_alike_and_the_lost_one_alone_is_not_enough(log: Log) -> None:
    (logs.folder() / "signing-key").unlink()
    checkpoints.sign_with_new_key(actor="system", now=NOW)
    product, pinned = log.product(), log.standalone()
    assert (_why(product), len(product["keys_replaced"])) == ("ok", 1)
    assert (
        _why(pinned),
        f"entry {product['keys_replaced'][0]['entry']} of" in pinned["first_bad"]["message"],
    ) == (
        ("checkpoint-forged", None),
        True,
    )
    both = replace(log, key=checkpoint_files.keys_path().read_text()).standalone()
    assert (both["ok"], both["keys_replaced"]) == (True, product["keys_replaced"])


def test_checkpoint_signed_with_a_key_that_only_is_listed_is_forged_to_both(log: Log) -> None:
    signed = checkpoint_files.read(log.saved.read_bytes())
    key, name = Ed25519PrivateKey.generate(), checkpoint_files.key_name(signed.installation)
    line = notes.Verifier(name, key.public_key().public_bytes_raw()).line
    with checkpoint_files.keys_path().open("a") as listed:
        listed.write(f"{line}\n")
    log.saved.write_bytes(notes.sign(notes.text_of(signed.note)[0], name=name, key=key))
    knowing = replace(log, key=checkpoint_files.keys_path().read_text())
    assert (_why(knowing.product())[0], _why(knowing.standalone())[0]) == (("checkpoint-forged",) * 2)
