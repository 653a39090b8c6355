"""Restores over a change of epoch, and restores of a copy from before the first entry had its place.

In most of these the copy is of epoch 1, and the newest checkpoint known is of epoch 3: epoch 4 comes after epoch 1.
"""

import hashlib
from pathlib import Path
from typing import Any

import pytest

from tests.verify_audit import exports
from tests.verify_audit.conftest import Verify
from tests.verify_audit.exports import Epoch, Signer, Tree, first_epoch, key_made, leaf, opening
from tools import verify_audit

WHOLE, KEPT = first_epoch(30), first_epoch(25, [10, 25])
EMPTY = hashlib.sha256(b"").hexdigest()


def after(before: Epoch, number: int, reason: str = "year", **facts: Any) -> Epoch:
    told: dict[str, Any] = {"size": len(before.leaves), "previous_root": before.root.hex(), **facts}
    first = 1000 * number + 1
    leaves = [opening(first, number, reason, **told), key_made(first + 1, Signer())]
    leaves += [leaf(first + one) for one in range(2, 6)]
    return Epoch(number, leaves)


SECOND = after(WHOLE, 2)
THIRD = after(SECOND, 3)


def passed_over(kept: Epoch = KEPT, known: Epoch = THIRD, **facts: Any) -> Epoch:
    """The epoch after a restore of an older one."""
    told = {"known_size": len(known.leaves), "known_root": known.root.hex(), "previous_epoch": kept.number}
    told |= {"lost_from": 0, "lost_to": len(known.leaves)} | facts
    return after(kept, known.number + 1, "restore", **{name: told[name] for name in told if told[name] != ""})


def begun_anew(known: Epoch, **facts: Any) -> Epoch:
    """The epoch after a restore of a copy that had no entry in its place."""
    told = {
        "size": 0,
        "previous_root": EMPTY,
        "known_size": len(known.leaves),
        "known_root": known.root.hex(),
    }
    told |= {"lost_from": 0, "lost_to": len(known.leaves)} | facts
    return after(known, known.number + 1, "restore", **told)


def restored(fourth: Epoch | None = None) -> dict[str, bytes]:
    return exports.lost(exports.export_of(KEPT, SECOND, THIRD, fourth or passed_over()), 2, 3)


def without(files: dict[str, bytes], *epochs: int) -> dict[str, bytes]:
    folders = tuple(f"epoch-{epoch:04}/" for epoch in epochs)
    return {name: data for name, data in files.items() if not name.startswith(folders)}


def note(epoch: Epoch, size: int = 0) -> bytes:
    size = size or len(epoch.leaves)
    return Signer().checkpoint(epoch.number, size, Tree(epoch.leaves).root(size))


def place(verdict: dict[str, Any]) -> tuple[Any, ...]:
    bad = verdict["first_bad"]
    return bad["why"], bad["epoch"], bad["index"]


def test_copy_of_an_older_epoch_is_ok_and_its_loss_is_told(verify: Verify) -> None:
    fourth = passed_over()
    assert verify(restored(fourth)) == {
        "ok": True,
        "entries": 31,
        "checkpoint": {"epoch": 4, "size": 6, "root": fourth.root.hex()},
        "first_bad": None,
        "lost_by_restore": [{"from": 0, "to": 6, "epoch": 3, "on": "2026-03-04"}],
        "keys_replaced": [],
    }


@pytest.mark.parametrize("gone", [(), (2,), (3,), (2, 3)])
def test_saved_checkpoints_of_what_such_a_restore_lost_are_ok(verify: Verify, gone: tuple[int, ...]) -> None:
    """Whether or not the folder that was put back has the epochs' checkpoints."""
    saved = [note(WHOLE), note(WHOLE, 25), note(WHOLE, 26), note(SECOND), note(THIRD, 1), note(THIRD)]
    verdict = verify(without(restored(), *gone), *saved)
    assert (verdict["ok"], len(verdict["lost_by_restore"])) == (True, 1)


def test_log_goes_on_after_such_a_restore(verify: Verify) -> None:
    fourth = passed_over()
    fifth = after(fourth, 5)
    assert verify(restored(fourth) | exports.export_of(fifth))["ok"] is True


def test_copy_of_an_older_epoch_put_back_twice_is_ok(verify: Verify) -> None:
    """The second copy is older still, and was taken before the first was put back."""
    older, fourth = first_epoch(20, [10]), passed_over()
    files = exports.export_of(older, SECOND, THIRD, fourth, passed_over(older, fourth))
    verdict = verify(exports.lost(files, 2, 3, 4), note(WHOLE))
    assert (verdict["ok"], verdict["checkpoint"]["epoch"]) == (True, 5)
    assert verdict["lost_by_restore"] == [{"from": 0, "to": 6, "epoch": 4, "on": "2026-03-04"}]


@pytest.mark.parametrize(
    "facts",
    [
        {"previous_epoch": 0},
        {"previous_epoch": -1},
        {"previous_epoch": "1"},
        {"previous_epoch": True},
        {"previous_epoch": 2},
        {"previous_epoch": 3},
        {"previous_epoch": ""},  # left out
        {"size": 24},
        {"previous_root": "00" * 32},
        {"lost_from": 25, "lost_to": 30},
        {"lost_to": 5},
        {"known_size": -1},
        {"lost_to": 0, "known_size": 0},  # what came after the copy is lost, whatever it was
        {"lost_from": 7, "lost_to": 7},
    ],
    ids=str,
)
def test_restore_over_epochs_that_tells_what_can_not_be_is_named(
    verify: Verify, facts: dict[str, Any]
) -> None:
    """What comes after epoch 1 is missing then, for nothing tells why."""
    assert place(verify(restored(passed_over(**facts)))) == ("epoch-broken", 2, None)


@pytest.mark.parametrize("previous", [2, 3])
def test_previous_epoch_that_is_the_one_before_or_later_is_named(verify: Verify, previous: int) -> None:
    told = {"known_size": 30, "known_root": WHOLE.root.hex(), "lost_from": 25, "lost_to": 30}
    assert verify(exports.export_of(KEPT, after(KEPT, 2, "restore", **told)))["ok"] is True
    second = after(KEPT, 2, "restore", previous_epoch=previous - 1, **told)
    assert place(verify(exports.export_of(KEPT, second))) == ("epoch-broken", 2, 0)


@pytest.mark.parametrize("previous", [0, -1])
def test_previous_epoch_that_can_not_be_is_named_without_it(verify: Verify, previous: int) -> None:
    """Also where the export begins with the epoch that tells of it."""
    assert verify(exports.export_of(passed_over()))["ok"] is True
    fourth = passed_over(previous_epoch=previous)
    assert place(verify(exports.export_of(fourth))) == ("epoch-broken", 4, 0)


def test_epoch_before_the_copy_is_not_lost_by_the_restore(verify: Verify) -> None:
    files = exports.export_of(passed_over(SECOND))
    assert verify(files, note(THIRD))["ok"] is True
    assert place(verify(files, note(WHOLE), note(THIRD))) == ("shorter-than-checkpoint", 1, None)


def test_new_year_after_an_older_epoch_is_named(verify: Verify) -> None:
    files = exports.export_of(KEPT, after(KEPT, 3, previous_epoch=1))
    assert place(verify(files)) == ("epoch-broken", 2, None)


def test_epoch_taken_out_that_no_restore_passed_over_is_named(verify: Verify) -> None:
    whole = exports.export_of(WHOLE, SECOND, THIRD)
    assert verify(whole)["ok"] is True
    assert place(verify(exports.lost(whole, 2))) == ("epoch-broken", 2, None)


def test_first_epoch_taken_out_is_found_by_its_checkpoints(verify: Verify) -> None:
    whole = exports.export_of(WHOLE, SECOND)
    assert verify(without(whole, 1))["ok"] is True
    assert place(verify(exports.lost(whole, 1))) == ("shorter-than-checkpoint", 1, None)
    assert place(verify(without(whole, 1), note(WHOLE))) == ("shorter-than-checkpoint", 1, None)


def test_epoch_that_is_there_can_not_be_passed_over(verify: Verify) -> None:
    second = after(KEPT, 2)
    third = passed_over(KEPT, second)
    assert verify(exports.lost(exports.export_of(KEPT, second, third), 2))["ok"] is True
    assert place(verify(exports.export_of(KEPT, second, third))) == ("epoch-broken", 3, 0)


@pytest.mark.parametrize(
    ("saved", "why"),
    [
        (note(Epoch(1, [*KEPT.leaves[:9], leaf(99), *KEPT.leaves[10:]]), 20), "not-the-tree-of-checkpoint"),
        (note(Epoch(3, [*THIRD.leaves, leaf(3900)])), "shorter-than-checkpoint"),  # more than is told
        (note(Epoch(3, [*THIRD.leaves[:5], leaf(3900)])), "not-the-tree-of-checkpoint"),
    ],
)
def test_saved_checkpoint_that_such_a_restore_does_not_tell_of_is_named(
    verify: Verify, saved: bytes, why: str
) -> None:
    assert place(verify(restored(), saved))[0] == why


@pytest.mark.parametrize("kept", [False, True])
def test_copy_emptied_after_the_restore_is_found(verify: Verify, kept: bool) -> None:
    """What the restore tells of as kept is not lost by it, even where no later checkpoint of it was signed."""
    files = exports.lost(restored(), 1)
    assert verify(without(files, 1))["ok"] is True  # an export may begin with any epoch
    if not kept:
        files = {name: data for name, data in files.items() if "/000000000010" not in name}
    assert place(verify(files)) == ("shorter-than-checkpoint", 1, None)
    assert place(verify(without(files, 1), note(WHOLE))) == ("shorter-than-checkpoint", 1, None)


def test_epoch_emptied_after_a_restore_within_it_is_found(verify: Verify) -> None:
    told = {"known_size": 30, "known_root": WHOLE.root.hex(), "lost_from": 25, "lost_to": 30}
    files = exports.export_of(Epoch(1, KEPT.leaves, [25]), after(KEPT, 2, "restore", **told))
    files["epoch-0001/checkpoint"] = files["epoch-0001/checkpoints/000000000030"] = note(WHOLE)
    del files["epoch-0001/checkpoints/000000000025"]
    assert verify(files)["ok"] is True
    assert place(verify(exports.lost(files, 1))) == ("shorter-than-checkpoint", 1, None)


def test_copy_without_an_entry_in_its_place_is_ok_and_its_loss_is_told(verify: Verify) -> None:
    second = begun_anew(WHOLE)
    files = exports.lost(exports.export_of(WHOLE, second), 1)
    assert verify(files, note(WHOLE), note(WHOLE, 3)) == {
        "ok": True,
        "entries": 6,
        "checkpoint": {"epoch": 2, "size": 6, "root": second.root.hex()},
        "first_bad": None,
        "lost_by_restore": [{"from": 0, "to": 30, "epoch": 1, "on": "2026-03-04"}],
        "keys_replaced": [],
    }
    assert verify(without(files, 1), note(WHOLE))["ok"] is True


@pytest.mark.parametrize(
    "facts",
    [
        {"previous_root": "00" * 32},
        {"previous_root": ""},
        {"lost_from": 1},
        {"lost_to": 29},
        {"known_size": -1},
        {"lost_to": 0, "known_size": 0},
        {"size": -1, "lost_from": -1},
        {"size": -1, "lost_from": -1, "previous_root": ""},
    ],
    ids=str,
)
def test_restore_of_no_entry_that_tells_what_can_not_be_is_named(
    verify: Verify, facts: dict[str, Any]
) -> None:
    assert place(verify(exports.export_of(begun_anew(WHOLE, **facts)))) == ("epoch-broken", 2, 0)


def test_restore_of_no_entry_of_an_older_epoch_is_named(verify: Verify) -> None:
    """Nothing was left: then no epoch is the one that was put back."""
    assert verify(exports.export_of(begun_anew(THIRD)))["ok"] is True
    assert place(verify(exports.export_of(begun_anew(THIRD, previous_epoch=1)))) == ("epoch-broken", 4, 0)


def test_new_year_after_no_entry_is_named(verify: Verify) -> None:
    second = after(WHOLE, 2, size=0, previous_root=EMPTY)
    assert place(verify(exports.export_of(second))) == ("epoch-broken", 2, 0)


def test_restore_of_no_entry_over_entries_that_are_there_is_named(verify: Verify) -> None:
    files = exports.export_of(WHOLE, SECOND, begun_anew(SECOND))
    assert place(verify(files)) == ("epoch-broken", 3, 0)
    assert place(verify(exports.lost(files, 2))) == ("epoch-broken", 2, None)
    assert place(verify(exports.export_of(WHOLE, begun_anew(WHOLE)))) == ("epoch-broken", 2, 0)


@pytest.mark.parametrize(
    ("saved", "why"),
    [
        (note(first_epoch(31)), "shorter-than-checkpoint"),
        (note(Epoch(1, [*WHOLE.leaves[:29], leaf(99)])), "not-the-tree-of-checkpoint"),
    ],
)
def test_saved_checkpoint_that_a_restore_of_no_entry_does_not_tell_of_is_named(
    verify: Verify, saved: bytes, why: str
) -> None:
    assert place(verify(exports.export_of(begun_anew(WHOLE)), saved))[0] == why


def test_restore_that_tells_of_no_loss_excuses_no_checkpoint(verify: Verify) -> None:
    told = {"known_size": 25, "known_root": KEPT.root.hex(), "lost_from": 77, "lost_to": 77}
    files = exports.export_of(KEPT, after(KEPT, 2, "restore", **told))
    assert verify(files)["ok"] is True
    assert place(verify(files, note(WHOLE))) == ("shorter-than-checkpoint", 1, 25)


def test_restore_that_tells_of_a_negative_size_is_named(verify: Verify) -> None:
    told = {"known_size": -1, "known_root": WHOLE.root.hex(), "lost_from": 25, "lost_to": 30}
    files = exports.export_of(KEPT, after(KEPT, 2, "restore", **told))
    assert place(verify(files)) == ("epoch-broken", 2, 0)


def test_older_epoch_without_a_checkpoint_is_proved_by_the_next(verify: Verify) -> None:
    """The copy that was put back may be from before its epoch's first checkpoint."""
    files = restored()
    bare = {name: data for name, data in files.items() if not name.startswith("epoch-0001/checkpoint")}
    assert verify(bare)["ok"] is True
    shorter = exports.export_of(first_epoch(24))
    cut = without(bare, 1) | {name: data for name, data in shorter.items() if "/tile/" in name}
    assert place(verify(cut)) == ("epoch-broken", 2, None)


def test_newest_epoch_without_a_checkpoint_of_its_own_is_proved_by_one_saved(verify: Verify) -> None:
    files = {name: data for name, data in exports.export_of(WHOLE).items() if "/checkpoint" not in name}
    assert verify(files, note(WHOLE))["checkpoint"]["size"] == 30


def test_log_of_checkpoints_alone_is_not_ok(verify: Verify) -> None:
    files = exports.lost(exports.export_of(WHOLE), 1)
    assert place(verify(files)) == ("shorter-than-checkpoint", 1, None)
    nothing = Signer().checkpoint(1, 0, bytes.fromhex(EMPTY))
    files = {"key": files["key"], "epoch-0001/checkpoint": nothing}
    assert place(verify(files)) == ("epoch-broken", 1, 0)


LOST = "History lost by the restore of 2026-03-04, as the log itself tells: from"


@pytest.mark.parametrize(
    ("files", "sentences"),
    [
        (
            restored(),
            ["31 entries in 2 epochs.", f"{LOST} number 25 of epoch 1 on to number 5 of epoch 3."],
        ),
        (
            exports.lost(exports.export_of(WHOLE, begun_anew(WHOLE)), 1),
            [
                "6 entries in 1 epochs.",
                f"{LOST} number 0 of epoch 1 on to number 29 of epoch 1.",
                "The export begins with epoch 2; of those before it nothing more is said.",
            ],
        ),
    ],
)
def test_sentences_tell_what_such_a_restore_lost(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], files: dict[str, bytes], sentences: list[str]
) -> None:
    assert verify_audit.main([str(exports.write(files, tmp_path / "export"))]) == 0
    out = capsys.readouterr().out
    assert [sentence for sentence in sentences if sentence not in out] == []
