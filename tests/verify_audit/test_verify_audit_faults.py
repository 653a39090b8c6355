"""Each fault is found and named, on exports in which nothing else is wrong."""

import base64
import json
from collections.abc import Callable
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from tests.verify_audit import exports
from tests.verify_audit.conftest import Verify
from tests.verify_audit.exports import Epoch, Signer, Tree, first_epoch, key_made, leaf, opening
from tools import verify_audit

BUNDLE, LAST = "epoch-0001/tile/entries/000", "epoch-0001/tile/entries/002.p/88"
MALLORY = Signer(Ed25519PrivateKey.from_private_bytes(b"\6" * 32))


@pytest.fixture
def files() -> dict[str, bytes]:
    return exports.export_of(first_epoch(600, [10, 300, 600]))


def named(verdict: dict[str, Any]) -> tuple[Any, ...]:
    bad = verdict["first_bad"]
    return bad["why"], bad["epoch"], bad["index"], bad["entry"]


def leaves_of(bundle: bytes) -> list[bytes]:
    return verify_audit.split(bundle, 256)


def bundle_of(leaves: list[bytes]) -> bytes:
    return b"".join(len(one).to_bytes(2, "big") + one for one in leaves)


def second_epoch(before: Epoch, reason: str = "year", **facts: Any) -> Epoch:
    told: dict[str, Any] = {"size": len(before.leaves), "previous_root": before.root.hex(), **facts}
    return Epoch(2, [opening(1001, 2, reason, **told), *(leaf(entry) for entry in range(1002, 1006))])


def restored(before: Epoch, known: Epoch, **facts: Any) -> Epoch:
    told: dict[str, Any] = {"known_size": len(known.leaves), "known_root": known.root.hex()}
    told |= {"lost_from": len(before.leaves), "lost_to": max(len(known.leaves), len(before.leaves))}
    return second_epoch(before, "restore", **told | facts)


@pytest.mark.parametrize("count", [2, 3, 255, 256, 257, 511, 512, 600])
def test_whole_log_is_ok(verify: Verify, count: int) -> None:
    epoch = first_epoch(count, sorted({2, max(count // 2, 2), count}))
    assert verify(exports.export_of(epoch)) == {
        "ok": True,
        "entries": count,
        "checkpoint": {"epoch": 1, "size": count, "root": epoch.root.hex()},
        "first_bad": None,
        "lost_by_restore": [],
        "keys_replaced": [],
    }


def test_log_of_three_levels_is_ok(verify: Verify) -> None:
    epoch = first_epoch(65_536 + 300, [65_536, 65_536 + 299])
    verdict = verify(files := exports.export_of(epoch))
    assert (verdict["ok"], verdict["checkpoint"]["size"]) == (True, 65_835)
    assert {"epoch-0001/tile/2/000.p/1", "epoch-0001/tile/1/000"} <= set(files)


def test_zip_says_the_same_as_the_folder(
    files: dict[str, bytes], tmp_path: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    path = exports.write_zip(files, tmp_path / "export.zip")
    assert verify_audit.main([str(path)]) == 0
    assert capsys.readouterr().out.startswith("The log is whole: 600 entries")


def test_changed_entry_is_named(verify: Verify, files: dict[str, bytes]) -> None:
    leaves = leaves_of(files[BUNDLE])
    leaves[17] = leaves[17].replace(b"viewed", b"erased")
    assert named(verify(files | {BUNDLE: bundle_of(leaves)})) == ("changed", 1, 17, 18)


def test_deleted_entry_is_named(verify: Verify, files: dict[str, bytes]) -> None:
    leaves = leaves_of(files[BUNDLE])
    del leaves[17]
    assert named(verify(files | {BUNDLE: bundle_of(leaves)}))[:3] == ("missing", 1, 17)


def test_deleted_entry_is_named_where_the_later_ones_moved_up(verify: Verify) -> None:
    whole = exports.export_of(first_epoch(600))
    cut = first_epoch(600)
    del cut.leaves[17]
    bundles = {name: data for name, data in exports.export_of(cut).items() if "/entries/" in name}
    verdict = verify(whole | bundles | {LAST: bundles["epoch-0001/tile/entries/002.p/87"]})
    assert named(verdict)[:3] == ("missing", 1, 17)


def test_deleted_bundle_is_named(verify: Verify, files: dict[str, bytes]) -> None:
    kept = {name: data for name, data in files.items() if not name.startswith("epoch-0001/tile/entries/001")}
    assert named(verify(kept)) == ("missing", 1, 256, None)


@pytest.mark.parametrize("other", [18, 200])
def test_exchanged_entries_are_named(verify: Verify, files: dict[str, bytes], other: int) -> None:
    leaves = leaves_of(files[BUNDLE])
    leaves[17], leaves[other] = leaves[other], leaves[17]
    assert named(verify(files | {BUNDLE: bundle_of(leaves)})) == ("moved", 1, 17, other + 1)


def test_entries_exchanged_across_bundles_are_named(verify: Verify, files: dict[str, bytes]) -> None:
    one, two = leaves_of(files[BUNDLE]), leaves_of(files[LAST])
    one[17], two[3] = two[3], one[17]
    changed = {BUNDLE: bundle_of(one), LAST: bundle_of(two)}
    assert named(verify(files | changed)) == ("moved", 1, 17, 516)


def test_entry_written_between_others_is_changed(verify: Verify, files: dict[str, bytes]) -> None:
    leaves = leaves_of(files[BUNDLE])
    leaves[17:18] = [leaf(9999), leaves[17]]
    assert named(verify(files | {BUNDLE: bundle_of(leaves[:256])})) == ("changed", 1, 17, 9999)


@pytest.mark.parametrize("level", ["0/000", "0/002.p/88", "1/000.p/2"])
def test_changed_tile_is_named(verify: Verify, files: dict[str, bytes], level: str) -> None:
    name = f"epoch-0001/tile/{level}"
    verdict = verify(files | {name: bytes([files[name][0] ^ 1]) + files[name][1:]})
    assert named(verdict) == ("tile-changed", 1, None, None)


@pytest.mark.parametrize(("kind", "why", "at"), [("entries", "unreadable", 0), ("0", "tile-changed", None)])
def test_older_partial_file_that_was_changed_is_named(
    verify: Verify, files: dict[str, bytes], kind: str, why: str, at: int | None
) -> None:
    name = f"epoch-0001/tile/{kind}/000.p/10"
    verdict = verify(files | {name: files[name][:-1] + bytes([files[name][-1] ^ 1])})
    assert named(verdict) == (why, 1, at, None)
    assert name in verdict["first_bad"]["message"]


def test_bundle_and_tile_of_fewer_entries_than_their_names_say_are_named(verify: Verify) -> None:
    """Where no checkpoint reaches yet, nothing else would tell."""
    files = exports.export_of(first_epoch(600, [590]))
    tile = "epoch-0001/tile/0/002.p/88"
    fewer = {LAST: bundle_of(leaves_of(files[LAST])[:-1]), tile: files[tile][:-32]}
    assert verify(files)["ok"] is True
    assert named(verify(files | fewer)) == ("changed", 1, 599, None)


def test_entries_with_their_tiles_made_anew_are_not_the_tree(verify: Verify, files: dict[str, bytes]) -> None:
    forged = first_epoch(600, [10, 300, 600])
    forged.leaves[400] = leaf(401, action="customers.deleted")
    tiles = {name: data for name, data in exports.export_of(forged).items() if "/tile/" in name}
    verdict = verify(files | tiles)
    assert named(verdict) == ("not-the-tree-of-checkpoint", 1, None, None)
    assert "between 300 and 600" in verdict["first_bad"]["message"]


def test_log_forged_whole_is_found_with_the_key_pinned(verify: Verify) -> None:
    forged = exports.export_of(first_epoch(300, [300], MALLORY))
    assert verify(forged)["ok"] is True
    assert named(verify(forged, key=Signer().line)) == ("checkpoint-forged", 1, None, None)
    assert verify(forged, key=MALLORY.line)["ok"] is True


def test_cut_tail_is_found_by_a_saved_checkpoint(verify: Verify) -> None:
    whole, cut = first_epoch(600), exports.export_of(first_epoch(500))
    saved = Signer().checkpoint(1, 600, whole.root)
    assert verify(cut)["ok"] is True
    assert named(verify(cut, saved)) == ("shorter-than-checkpoint", 1, 500, None)


def test_cut_tail_is_found_by_the_checkpoints_of_the_export(verify: Verify) -> None:
    files = exports.export_of(first_epoch(500))
    name = "epoch-0001/checkpoints/000000000600"
    verdict = verify(files | {name: Signer().checkpoint(1, 600, first_epoch(600).root)})
    assert named(verdict) == ("shorter-than-checkpoint", 1, 500, None)


def test_newest_epoch_cut_off_is_found_by_a_saved_checkpoint(verify: Verify) -> None:
    first = first_epoch(20)
    saved = Signer().checkpoint(2, 5, second_epoch(first).root)
    assert named(verify(exports.export_of(first), saved)) == ("shorter-than-checkpoint", 2, None, None)


def test_log_written_anew_is_found_by_a_saved_checkpoint(verify: Verify) -> None:
    old = first_epoch(300)
    new = Epoch(1, [*old.leaves[:100], leaf(9999), *old.leaves[101:]])
    verdict = verify(exports.export_of(new), Signer().checkpoint(1, 250, Tree(old.leaves).root(250)))
    assert named(verdict)[:2] == ("not-the-tree-of-checkpoint", 1)


def test_saved_checkpoint_as_a_mail_program_keeps_it_holds(verify: Verify, files: dict[str, bytes]) -> None:
    saved = files["epoch-0001/checkpoints/000000000300"].replace(b"\n", b"\r\n") + b"\r\n\r\n"
    assert verify(files, saved)["ok"] is True


def test_saved_checkpoint_after_the_words_of_a_mail_holds(verify: Verify, files: dict[str, bytes]) -> None:
    words = b"Subject: Kontrollpunkt\n\nHej Anna,\ntryggve/ sparar detta:\n\n"
    assert verify(files, words + files["epoch-0001/checkpoint"])["ok"] is True


def test_saved_checkpoint_by_mallory_is_forged(verify: Verify, files: dict[str, bytes]) -> None:
    saved = MALLORY.checkpoint(1, 600, first_epoch(600).root)
    assert named(verify(files, saved)) == ("checkpoint-forged", 1, None, None)


def test_signature_of_other_words_by_our_key_is_false(verify: Verify, files: dict[str, bytes]) -> None:
    note = files["epoch-0001/checkpoint"]
    changed = note.replace(b"erasures 0", b"erasures 1")
    assert changed != note
    for verdict in (verify(files | {"epoch-0001/checkpoint": changed}), verify(files, changed)):
        assert named(verdict) == ("checkpoint-forged", 1, None, None)
        assert verdict["first_bad"]["message"].endswith("has a false signature.")


def test_checkpoint_of_another_log_is_forged(verify: Verify) -> None:
    other = Signer(name="tryggve/00000000-5d4e-4f6a-8b9c-0d1e2f3a4b5c")
    note = Signer().checkpoint(1, 5, first_epoch(5).root).partition(b"\n\n")[0] + b"\n"
    files = exports.export_of(first_epoch(5)) | {"key": f"{other.line}\n".encode()}
    files = {name: data for name, data in files.items() if "checkpoints/" not in name}
    files["epoch-0001/checkpoint"] = note + b"\n" + other.signature(note)
    assert named(verify(files)) == ("checkpoint-forged", 1, None, None)


def test_signature_by_a_stranger_beside_ours_says_nothing(verify: Verify, files: dict[str, bytes]) -> None:
    note = files["epoch-0001/checkpoint"]
    witness = Signer(name="witness.example").signature(b"anything")
    assert verify(files | {"epoch-0001/checkpoint": note + witness})["ok"] is True


def test_chain_of_epochs_is_ok(verify: Verify) -> None:
    first = first_epoch(300)
    verdict = verify(exports.export_of(first, second_epoch(first)))
    assert (verdict["ok"], verdict["entries"], verdict["checkpoint"]["epoch"]) == (True, 305, 2)


def test_export_that_begins_with_a_later_epoch_is_ok(verify: Verify) -> None:
    assert verify(exports.export_of(second_epoch(first_epoch(300))))["ok"] is True


def test_epoch_missing_between_is_named(verify: Verify) -> None:
    first = first_epoch(20)
    third = Epoch(3, [opening(2001, 3, "year", 5, previous_root=second_epoch(first).root.hex())])
    assert named(verify(exports.export_of(first, third))) == ("epoch-broken", 2, None, None)


@pytest.mark.parametrize(
    "facts",
    [
        {"size": 19},
        {"previous_root": "00" * 32},
        {"reason": "first"},
        {"reason": "because"},
        {"epoch": 3},
        {"size": "20"},
        {"size": True},
        {"reason": "restore"},  # without what it must tell
    ],
)
def test_opening_that_does_not_fit_the_epoch_before_is_named(verify: Verify, facts: dict[str, Any]) -> None:
    first, second = first_epoch(20), second_epoch(first_epoch(20))
    told = {"epoch": 2, "reason": "year", "previous_size": 20, "previous_root": first.root.hex()}
    told |= {"previous_size" if name == "size" else name: fact for name, fact in facts.items()}
    second.leaves[0] = leaf(1001, action="audit.epoch-opened", facts=told, commitment=None)
    assert named(verify(exports.export_of(first, second))) == ("epoch-broken", 2, 0, None)


def test_epoch_that_opens_with_another_entry_is_named(verify: Verify) -> None:
    assert named(verify(exports.export_of(Epoch(1, [leaf(1), leaf(2)])))) == ("epoch-broken", 1, 0, None)


def test_history_lost_by_restore_is_told_and_ok(verify: Verify) -> None:
    known, kept = first_epoch(30), first_epoch(25)
    saved = Signer().checkpoint(1, 30, known.root)
    verdict = verify(exports.export_of(kept, restored(kept, known)), saved)
    assert (verdict["ok"], verdict["lost_by_restore"]) == (
        True,
        [{"from": 25, "to": 30, "epoch": 1, "on": "2026-03-04"}],
    )


def test_restore_that_lost_nothing_tells_of_no_loss(verify: Verify) -> None:
    known, kept = first_epoch(25), first_epoch(30)
    verdict = verify(exports.export_of(kept, restored(kept, known)))
    assert (verdict["ok"], verdict["lost_by_restore"]) == (True, [])


@pytest.mark.parametrize(
    ("size", "changes", "why"),
    [
        (30, {"known_root": "00" * 32}, "not-the-tree-of-checkpoint"),
        (40, {}, "shorter-than-checkpoint"),  # more was lost than is told
    ],
)
def test_saved_checkpoint_beyond_what_a_restore_tells_is_named(
    verify: Verify, size: int, changes: dict[str, Any], why: str
) -> None:
    known, kept = first_epoch(30), first_epoch(25)
    saved = Signer().checkpoint(1, size, first_epoch(size).root)
    assert named(verify(exports.export_of(kept, restored(kept, known, **changes)), saved))[0] == why


@pytest.mark.parametrize(
    "facts",
    [{"lost_from": 24}, {"lost_to": 29}, {"lost_from": 31}, {"known_root": 5}, {"lost_from": 30}],
)
def test_restore_that_tells_what_can_not_be_is_named(verify: Verify, facts: dict[str, Any]) -> None:
    known, kept = first_epoch(30), first_epoch(25)
    files = exports.export_of(kept, restored(kept, known, **facts))
    assert named(verify(files)) == ("epoch-broken", 2, 0, None)


def test_restore_with_another_root_of_what_is_still_there_is_named(verify: Verify) -> None:
    known, kept = first_epoch(25), first_epoch(30)
    files = exports.export_of(kept, restored(kept, known, known_root="00" * 32))
    assert named(verify(files)) == ("epoch-broken", 2, 0, None)


@pytest.mark.parametrize(
    "changes",
    [
        {"at": "2026-02-30T08:00:00Z"},
        {"at": "2026-02-03T08:00:00+01:00"},
        {"at": "2026-02-03T08:00:00.000000Z"},
        {"at": "2026-02-03T24:00:00Z"},
        {"at": "2026-02-03T08:00:00.5Z"},
        {"at": None},
        {"commitment": "AB" * 32},
        {"commitment": "ab" * 31},
        {"entry": 0},
        {"entry": "5"},
        {"entry": True},
        {"entry": 10**15},
        {"facts": []},
        {"facts": None},
        {"actor": None},
        {"action": 5},
        {"subject": "01A201E6-A5D0-7A27-A58F-41D308402A13"},
        {"subject": "Cilla"},
        {"v": 2},
        {"v": True},
        {"more": 1},
    ],
    ids=str,
)
def test_signed_entry_of_another_form_is_named(verify: Verify, changes: dict[str, Any]) -> None:
    files = exports.export_of(
        Epoch(1, [*first_epoch(3).leaves, exports.canonical(json.loads(leaf(4)) | changes)])
    )
    assert named(verify(files)) == ("unreadable", 1, 3, None)


@pytest.mark.parametrize(
    "change",
    [
        lambda data: data.replace(b'"v":1', b'"v": 1'),
        lambda data: data.replace(b'"page"', b'"p\\u0061ge"'),
        lambda data: data.replace(b'"fields":3,"page":"edit"', b'"page":"edit","fields":3'),
        lambda data: data.replace(b'"fields":3', b'"fields":3,"fields":3'),
        lambda data: data.replace(b'"fields":3', b'"fields":03'),
        lambda data: data.replace(b'"fields":3', b'"fields":-0'),
        lambda data: data.replace(b'"fields":3', b'"fields":3.0'),
        lambda data: data.replace(b'"fields":3', b'"fields":NaN'),
        lambda data: data.replace(b'"fields":3', b'"fields":1e999'),
        lambda data: data.replace(b'"fields":3', b'"fields":1.50'),
        lambda data: data.replace(b'"fields":3', b'"fields":9007199254740992'),
        lambda data: data.replace(b'"fields":3', b'"fields":' + b"9" * 5000),
        lambda data: data.replace(b'"fields":3', b'"fields":' + b"[" * 30_000 + b"]" * 30_000),
        lambda data: data.replace(b'"edit"', b'"\xff"'),
        lambda data: data.replace(b'"edit"', b'"\\ud800"'),
        lambda data: data.replace(b'"edit"', b'"\x01"'),
        lambda data: data + b"\n",
        lambda data: b"\xef\xbb\xbf" + data,
        lambda data: b"[]",
        lambda data: b"null",
        lambda data: b"",
    ],
)
def test_signed_entry_that_is_not_canonical_is_named(
    verify: Verify, change: Callable[[bytes], bytes]
) -> None:
    last = leaf(5)
    assert change(last) != last
    files = exports.export_of(Epoch(1, [*first_epoch(4).leaves, change(last)]))
    assert named(verify(files)) == ("unreadable", 1, 4, None)


@pytest.mark.parametrize(
    "facts",
    [
        {"name": "Åsa"},
        {"é": 1, "z": 2},
        {"list": [1, {"a": "b"}], "nested": {"b": None, "a": '\u2028\x7f"\\\n\x1f'}},
        {"a-b": 1.5, "x": -3, "y": False},
        {"a": "},{", "b": '":"'},
    ],
)
def test_canonical_entry_out_of_the_ordinary_is_ok(verify: Verify, facts: dict[str, Any]) -> None:
    files = exports.export_of(Epoch(1, [*first_epoch(3).leaves, leaf(4, facts=facts)]))
    assert verify(files)["ok"] is True


def test_details_that_fit_are_ok(verify: Verify, files: dict[str, bytes]) -> None:
    assert verify(files | {"details.jsonl": exports.details_file(3, 597, 6)})["ok"] is True


def test_details_of_entries_out_of_order_are_found(verify: Verify) -> None:
    """The order of sequencing isn't that of the entries' numbers."""
    files = exports.export_of(
        Epoch(1, [opening(9, 1, "first"), leaf(6), leaf(3), leaf(12), key_made(10, Signer())])
    )
    assert verify(files | {"details.jsonl": exports.details_file(3, 6, 12)})["ok"] is True


@pytest.mark.parametrize(
    ("line", "place"),
    [
        (exports.details_file(300).replace(b"bad om det", b"bad inte om det"), (299, 300)),
        (exports.details_file(300).replace(b'"salt": "00', b'"salt": "01'), (299, 300)),
        (exports.details_file(300).replace(b'"entry": 300', b'"entry": 301'), (300, 301)),
        (exports.details_file(300).replace(b'"entry": 300', b'"entry": 9000'), (None, 9000)),
        (exports.details_file(300).replace(b'"entry": 300', b'"entry": -1'), (None, -1)),
        (exports.details_file(300).replace(b'"entry": 300', b'"entry": true'), (None, None)),
        (exports.details_file(300).replace(b'"details"', b'"details": {}, "details"'), (None, None)),
        (exports.details_file(300).replace(b'"salt": "00', b'"salt": "'), (None, None)),
        (b"\n", (None, None)),
        (b'{"entry": 300, "salt": "' + b"00" * 16 + b'", "details": {"reason": 5}}\n', (None, None)),
    ],
)
def test_details_that_do_not_fit_are_named(
    verify: Verify, files: dict[str, bytes], line: bytes, place: tuple[int | None, int | None]
) -> None:
    verdict = verify(files | {"details.jsonl": exports.details_file(3) + line})
    assert named(verdict) == ("commitment-broken", 1, *place)


def test_details_of_a_later_epoch_name_it(verify: Verify) -> None:
    first = first_epoch(20)
    lines = exports.details_file(1002).replace(b"18", b"81")
    files = exports.export_of(first, second_epoch(first)) | {"details.jsonl": lines}
    assert named(verify(files)) == ("commitment-broken", 2, 1, 1002)


def test_signature_in_another_spelling_of_base64_is_damaged(verify: Verify, files: dict[str, bytes]) -> None:
    """Two bits of the last letter stand for nothing; decoders that don't look would let them through."""
    name = "epoch-0001/checkpoint"
    letters = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
    last = letters.index(files[name][-3])
    spelled = files[name][:-3] + letters[last + 1 : last + 2] + b"=\n"
    assert base64.b64decode(spelled.split()[-1]) == base64.b64decode(files[name].split()[-1])
    assert named(verify(files | {name: spelled})) == ("unreadable", 1, None, None)


@pytest.mark.parametrize(("epoch", "size"), [(2, 300), (1, 299)])
def test_checkpoint_in_the_place_of_another_is_damaged(
    verify: Verify, files: dict[str, bytes], epoch: int, size: int
) -> None:
    note = Signer().checkpoint(epoch, size, Tree(first_epoch(600).leaves).root(size))
    verdict = verify(files | {"epoch-0001/checkpoints/000000000300": note})
    assert named(verdict) == ("unreadable", 1, None, None)
