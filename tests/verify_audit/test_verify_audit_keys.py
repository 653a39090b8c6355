"""Keys that sign: told of in the log before they do, and named when they took the place of another."""

import os
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from tests.verify_audit import exports
from tests.verify_audit.conftest import Verify
from tests.verify_audit.exports import Epoch, Signer, Tree, first_epoch, key_made, leaf, opening
from tools import verify_audit

FIRST, SECOND = Signer(), Signer(Ed25519PrivateKey.from_private_bytes(b"\x08" * 32))
MALLORY = Signer(Ed25519PrivateKey.from_private_bytes(b"\x66" * 32))
PREVIOUS = FIRST.public[1:].hex()
REPLACED = [{"entry": 21, "epoch": 1, "on": "2026-03-04", "key": SECOND.public[1:].hex()}]


def log_of(*leaves: bytes) -> Epoch:
    return Epoch(1, [*first_epoch(20).leaves, *leaves])


def replaced() -> Epoch:
    """The second key in place of the first, from entry 21 on."""
    return log_of(key_made(21, SECOND, previous_key=PREVIOUS), *(leaf(entry) for entry in range(22, 31)))


def signed(epoch: Epoch, *by: tuple[Signer, int], keys: tuple[Signer, ...] = ()) -> dict[str, bytes]:
    """An export of the epoch with these checkpoints; the last one is the newest."""
    tiles = {name: data for name, data in exports.export_of(epoch).items() if "/tile/" in name}
    lines = dict.fromkeys(signer.line for signer in keys or [signer for signer, _size in by])
    files = tiles | {"key": "".join(f"{line}\n" for line in lines).encode()}
    for signer, size in by:
        note = signer.checkpoint(1, size, Tree(epoch.leaves).root(size))
        files |= {f"epoch-0001/checkpoints/{size:012}": note, "epoch-0001/checkpoint": note}
    return files


def why(verdict: dict[str, Any]) -> str:
    return "ok" if verdict["ok"] else str(verdict["first_bad"]["why"])


def test_replaced_key_is_named(verify: Verify) -> None:
    verdict = verify(signed(replaced(), (FIRST, 20), (SECOND, 21), (SECOND, 30)))
    assert (why(verdict), verdict["keys_replaced"]) == ("ok", REPLACED)


def test_replaced_key_is_named_in_words(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = exports.write(signed(replaced(), (FIRST, 20), (SECOND, 30)), tmp_path / "export")
    words = [str(folder), "--key", FIRST.line, "--key", SECOND.line]
    assert verify_audit.main(words) == 0
    told = f"Signed with another key since entry 21 of 2026-03-04, as the one before was lost: {SECOND.line}"
    assert told in capsys.readouterr().out.splitlines()


def test_reader_who_pinned_the_first_key_is_told_of_the_second(verify: Verify) -> None:
    verdict = verify(signed(replaced(), (FIRST, 20), (SECOND, 30)), key=FIRST.line)
    assert why(verdict) == "checkpoint-forged"
    message = verdict["first_bad"]["message"]
    assert "made in place of a lost one by entry 21 of 2026-03-04" in message
    assert f"--key '{SECOND.line}'" in message


def test_key_that_mallory_added_to_the_list_is_not_the_logs(verify: Verify) -> None:
    whole = log_of()
    assert why(verify(signed(whole, (FIRST, 10), (FIRST, 20)))) == "ok"
    verdict = verify(signed(whole, (FIRST, 10), (MALLORY, 20)))
    assert why(verdict) == "checkpoint-forged"
    assert MALLORY.line in verdict["first_bad"]["message"]


def test_key_that_is_listed_and_has_signed_nothing_is_left_alone(verify: Verify) -> None:
    assert why(verify(signed(log_of(), (FIRST, 20), keys=(FIRST, MALLORY)))) == "ok"


@pytest.mark.parametrize(("size", "found"), [(20, "checkpoint-forged"), (21, "ok")])
def test_key_signs_from_its_own_entry_on(verify: Verify, size: int, found: str) -> None:
    assert why(verify(signed(replaced(), (SECOND, size), (SECOND, 30)))) == found


def test_saved_checkpoint_of_an_unrecorded_key_is_forged(verify: Verify) -> None:
    whole = log_of()
    saved = MALLORY.checkpoint(1, 20, whole.root)
    assert why(verify(signed(whole, (FIRST, 20), keys=(FIRST, MALLORY)), saved)) == "checkpoint-forged"


def test_second_key_that_was_told_of_as_a_first_one_is_named_all_the_same(verify: Verify) -> None:
    verdict = verify(signed(log_of(key_made(21, SECOND)), (FIRST, 20), (SECOND, 21)))
    assert (why(verdict), verdict["keys_replaced"]) == ("ok", REPLACED)


@pytest.mark.parametrize("key", [None, 7, "", "00" * 31, "GG" * 32])
def test_entry_without_a_key_tells_of_none(verify: Verify, key: object) -> None:
    odd = leaf(21, action="audit.signing-key-replaced", facts={"key": key}, commitment=None)
    assert why(verify(signed(log_of(odd), (FIRST, 20), (SECOND, 21)))) == "checkpoint-forged"


def lost_by_restore(*leaves: bytes) -> dict[str, bytes]:
    """The second key was made in what the restore lost, and goes on signing."""
    kept, whole = first_epoch(15), replaced()
    told = {"known_size": 30, "known_root": whole.root.hex(), "lost_from": 15, "lost_to": 30}
    begun = opening(1001, 2, "restore", 15, previous_root=kept.root.hex(), **told)
    files = signed(kept, (FIRST, 15), keys=(FIRST, SECOND))
    files["epoch-0001/checkpoints/000000000030"] = SECOND.checkpoint(1, 30, whole.root)
    second = exports.export_of(Epoch(2, [begun, *leaves], signer=SECOND))
    return files | {name: data for name, data in second.items() if name != "key"}


def test_key_whose_entry_a_restore_lost_is_told_of_again(verify: Verify) -> None:
    again = key_made(1002, SECOND, previous_key=PREVIOUS)
    verdict = verify(lost_by_restore(again))
    assert (why(verdict), [one["epoch"] for one in verdict["keys_replaced"]]) == ("ok", [2])
    assert why(verify(lost_by_restore(leaf(1002)))) == "checkpoint-forged"


def test_key_that_signed_only_what_a_restore_lost_need_not_be_told_of(verify: Verify) -> None:
    """A copy of before the first key was told of, when the second had taken its place."""
    told = {"known_size": 30, "known_root": replaced().root.hex(), "lost_from": 1, "lost_to": 30}
    kept = Epoch(1, first_epoch(2).leaves[:1])
    begun = opening(1001, 2, "restore", 1, previous_root=kept.root.hex(), **told)
    second = Epoch(2, [begun, key_made(1002, SECOND, previous_key=PREVIOUS)], signer=SECOND)
    files = exports.export_of(kept, second)
    del files["epoch-0001/checkpoint"], files["epoch-0001/checkpoints/000000000001"]
    lost = [FIRST.checkpoint(1, 20, bytes(32)), SECOND.checkpoint(1, 30, replaced().root)]
    assert why(verify(files, *lost)) == "ok"


def test_export_that_begins_later_says_what_it_can_not_show(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    first = first_epoch(20)
    year = opening(1001, 2, "year", 20, previous_root=first.root.hex())
    files = exports.export_of(Epoch(2, [year, leaf(1002)]))
    assert verify_audit.main([str(exports.write(files, tmp_path / "export"))]) == 0
    told = f"No entry of the export tells of this key, as it begins later than the key: {FIRST.line}"
    assert told in capsys.readouterr().out.splitlines()


@pytest.mark.parametrize(
    "name", ["key", "epoch-0001/checkpoint", "epoch-0001/tile/0/000.p/20", "epoch-0001/tile/entries/000.p/20"]
)
def test_pipe_that_takes_a_files_place_meanwhile_is_not_waited_for(tmp_path: Path, name: str) -> None:
    folder = exports.write(exports.export_of(first_epoch(20)), tmp_path / "export")
    export = verify_audit.Export(folder)
    (folder / name).unlink()
    os.mkfifo(folder / name)
    with pytest.raises(verify_audit.Refusal, match="it is no file"):
        export.read(name, 65_536)


def test_pipe_instead_of_an_export_is_not_waited_for(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    os.mkfifo(tmp_path / "export")
    assert verify_audit.main([str(tmp_path / "export")]) == 2
    assert "it is no file" in capsys.readouterr().err
