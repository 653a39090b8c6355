"""Nothing that lives is written over, and nothing half is left behind by a restore that can't be."""

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tryggve import vault
from tryggve.lib.folders import Folders
from tryggve.vault import key_copies, keyfile, opening, recovery, restoring, secretfile, servicefile, shares
from tryggve.vault.tests import copies, lost_register, vector_files, version_1
from tryggve.vault.tests.cast import CILLA
from tryggve.vault.tests.copies import copied
from tryggve.vault.tests.lost_register import Lost


def test_key_store_that_is_there_is_never_written_over(lost: Lost, bare: Folders) -> None:
    restoring.put_back(lost.copied, lost.typed, bare)
    opening.open_keyring(bare).create_keys([CILLA])

    _refused(lost, bare, restoring.KeyStoreThere)


@pytest.mark.parametrize("content", [b"", b"my own notes"])
def test_file_that_is_there_is_never_written_over(lost: Lost, bare: Folders, content: bytes) -> None:
    bare.keys.write_bytes(content)

    _refused(lost, bare, restoring.KeyStoreThere)
    assert lost_register.names(bare.config) == []


def test_register_that_lives_isnt_put_back_upon(lost: Lost) -> None:
    opening.open_keyring(lost.where).create_keys([CILLA])

    _refused(lost, lost.where, restoring.KeyStoreThere)


@pytest.mark.parametrize("name", ["key", "service-key"])
def test_key_that_was_brought_along_is_not_taken_up(lost: Lost, bare: Folders, name: str) -> None:
    if name == "key":
        shutil.copy(lost.where.key_file, bare.key_file)
    else:
        servicefile.write(bare.service_key_file, secretfile.fresh())

    _refused(lost, bare, restoring.KeyThere)
    assert (lost_register.names(bare.config), bare.keys.exists()) == ([name], False)


def test_lost_computers_credential_is_not_taken_up(
    lost: Lost, bare: Folders, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copy(lost.where.key_file, tmp_path / keyfile.CREDENTIAL)
    monkeypatch.setenv("CREDENTIALS_DIRECTORY", str(tmp_path))

    _refused(lost, bare, restoring.KeyThere)


def test_another_registers_kit_is_unknown(lost: Lost, bare: Folders) -> None:
    other, *_ = vector_files.of("kit")
    for typed, refusal in (
        (other["shares"][:2], recovery.KitUnknown),
        (lost.typed[:1], shares.TooFewShares),
        (["not a word", lost.typed[1]], shares.WordUnknown),
    ):
        with pytest.raises(refusal):
            restoring.put_back(lost.copied, typed, bare)
    assert (lost_register.names(bare.data), lost_register.names(bare.config)) == ([], [])


def test_kit_that_was_made_after_the_copy_is_unknown(lost: Lost, bare: Folders) -> None:
    newer = copies.tested_kit(lost.where)

    with pytest.raises(recovery.KitUnknown):
        restoring.put_back(lost.copied, newer[:2], bare)


def test_copy_that_is_too_old_newer_or_damaged_is_refused(lost: Lost, bare: Folders, tmp_path: Path) -> None:
    first = lost_register.bare(tmp_path / "first")
    version_1.begin(first, CILLA)
    with closing(sqlite3.connect(lost.where.keys)) as store:
        store.execute("PRAGMA user_version = 4")
    for content, refusal in (
        (copied(first), key_copies.CopyTooOld),
        (copied(lost.where), key_copies.CopyNewer),
        (lost.copied[:-4096] + bytes(4096), key_copies.CopyDamaged),
        (b"", key_copies.CopyDamaged),
    ):
        with pytest.raises(refusal):
            restoring.put_back(content, lost.typed, bare)
    assert (lost_register.names(bare.data), lost_register.names(bare.config)) == ([], [])


def test_keys_inside_the_data_folder_are_refused(lost: Lost, bare: Folders) -> None:
    together = Folders(data=bare.data, config=bare.data / "config")
    together.config.mkdir()

    with pytest.raises(vault.KeyFileInsideData):
        restoring.put_back(lost.copied, lost.typed, together)


def test_folder_that_is_missing_is_refused_in_words(lost: Lost, tmp_path: Path) -> None:
    nowhere = Folders(data=tmp_path / "no" / "data", config=tmp_path / "no" / "config")

    with pytest.raises(vault.KeyStoreUnavailable):
        restoring.put_back(lost.copied, lost.typed, nowhere)


def _refused(lost: Lost, where: Folders, refusal: type[Exception]) -> None:
    before = {path: path.read_bytes() for path in where.data.parent.rglob("*") if path.is_file()}
    with pytest.raises(refusal):
        restoring.put_back(lost.copied, lost.typed, where)
    after = {path: path.read_bytes() for path in where.data.parent.rglob("*") if path.is_file()}
    after.pop(where.keys.with_name("keys.sqlite3.lock"), None)
    before.pop(where.keys.with_name("keys.sqlite3.lock"), None)
    assert after == before
