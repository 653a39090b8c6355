"""A new computer gets the key store out of a backup, with two shares and nothing else."""

import shutil
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tryggve import vault
from tryggve.lib.folders import Folders
from tryggve.vault import keyfile, opening, recovery, restoring, rotation, secretfile, storage, unlockers
from tryggve.vault.keystore import Keystore
from tryggve.vault.slots import Slot
from tryggve.vault.tests import copies, lost_register, rotating, version_2
from tryggve.vault.tests.cast import CILLAS_DETAILS, DAN
from tryggve.vault.tests.cheap import PASSPHRASE
from tryggve.vault.tests.copies import NOW, copied
from tryggve.vault.tests.lost_register import Lost
from tryggve.vault.tests.rotating import Firm


def test_copy_put_back_opens_by_itself_and_has_lost_nobody(
    lost: Lost, bare: Folders, monkeypatch: pytest.MonkeyPatch
) -> None:
    restoring.put_back(lost.copied, lost.typed, bare)

    with _current(bare, monkeypatch):
        assert vault.keyring().open(lost.blob, bound_to=CILLAS_DETAILS) == b"hello"
        assert [one.subject for one in vault.tombstones()] == [DAN]
        assert vault.open_for_service("mail", vault.seal_for_service("mail", b"hello")) == b"hello"
        assert recovery.backup_passwords() == [recovery.backup_password_of(lost.typed)]


def test_copy_put_back_is_kept_as_a_key_store_is(lost: Lost, bare: Folders) -> None:
    restoring.put_back(lost.copied, lost.typed, bare)

    files = (bare.keys, bare.key_file, bare.service_key_file)
    assert [stat.S_IMODE(path.stat().st_mode) for path in files] == [0o600] * 3
    assert lost_register.names(bare.config) == ["key", "service-key"]
    assert lost_register.names(bare.data) == ["keys.sqlite3", "keys.sqlite3.lock"]
    with storage.connected(bare.keys) as connection:
        storage.require_settings(connection)
        assert storage.read_back(connection, "integrity_check") == "ok"


def test_passphrase_and_kit_open_it_as_they_did(lost: Lost, bare: Folders) -> None:
    restoring.put_back(lost.copied, lost.typed, bare)

    ways = {way.kind: way.counts for way in unlockers.unlockers(Keystore(bare.keys))}
    assert ways == {"key-file": True, "passphrase": True, "recovery-kit": True}
    opened = [opening.open_with_passphrase(bare, PASSPHRASE), opening.open_with_kit(bare, lost.typed)]
    assert {one.current for one in opened} == {opening.unlock(lost.where).current}


def test_lost_computers_own_ways_in_open_nothing_here(lost: Lost, bare: Folders) -> None:
    unlocked, store = opening.unlock(lost.where), Keystore(lost.where.keys)
    unlockers.add_os_keyring(secretfile.fresh(), store=store, unlocked=unlocked, now=NOW)
    content = copied(lost.where)
    old = keyfile.read(lost.where.key_file)
    parts = [
        part for slot in store.slots() if slot.kind in ("key-file", "os-keyring") for part in _parts(slot)
    ]
    assert (len(parts), {content.count(part) for part in parts}) == (4, {1})

    restoring.put_back(content, lost.typed, bare)

    assert keyfile.read(bare.key_file) != old
    assert [part for part in parts if part in bare.keys.read_bytes()] == []
    shutil.copy(lost.where.key_file, bare.key_file)
    with pytest.raises(vault.KeyFileWrong):
        opening.unlock(bare)


def test_put_back_again_changes_nothing(lost: Lost, bare: Folders) -> None:
    restoring.put_back(lost.copied, lost.typed, bare)
    before = [path.read_bytes() for path in (bare.keys, bare.key_file, bare.service_key_file)]

    restoring.put_back(lost.copied, lost.typed, bare)

    assert [path.read_bytes() for path in (bare.keys, bare.key_file, bare.service_key_file)] == before


def test_put_back_again_writes_a_service_key_that_is_missing_and_tells_of_a_missing_key_file(
    lost: Lost, bare: Folders
) -> None:
    restoring.put_back(lost.copied, lost.typed, bare)
    before = bare.service_key_file.read_bytes()
    bare.service_key_file.unlink()

    restoring.put_back(lost.copied, lost.typed, bare)

    assert bare.service_key_file.read_bytes() == before
    bare.key_file.unlink()
    with pytest.raises(vault.KeyFileMissing):
        restoring.put_back(lost.copied, lost.typed, bare)


def test_service_key_of_this_register_may_be_there(lost: Lost, bare: Folders) -> None:
    shutil.copy(lost.where.service_key_file, bare.service_key_file)

    restoring.put_back(lost.copied, lost.typed, bare)

    assert bare.service_key_file.read_bytes() == lost.where.service_key_file.read_bytes()


def test_systemds_credential_opens_it_where_there_is_one(
    lost: Lost, bare: Folders, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    keyfile.make(tmp_path / keyfile.CREDENTIAL)
    monkeypatch.setenv("CREDENTIALS_DIRECTORY", str(tmp_path))

    restoring.put_back(lost.copied, lost.typed, bare)

    assert lost_register.names(bare.config) == ["service-key"]
    assert opening.open_keyring(bare).open(lost.blob, bound_to=CILLAS_DETAILS) == b"hello"


def test_kit_of_the_time_opens_a_copy_from_before_a_rotation(lost: Lost, bare: Folders) -> None:
    rotation.rotate(lost.where, opening.unlock(lost.where))

    restoring.put_back(lost.copied, lost.typed, bare)

    assert opening.open_keyring(bare).open(lost.blob, bound_to=CILLAS_DETAILS) == b"hello"


def test_copy_from_amidst_a_rotation_is_finished_here(firm: Firm, bare: Folders) -> None:
    typed = copies.tested_kit(firm.where)
    rotation.begin(firm.where, opening.unlock(firm.where))

    restoring.put_back(copied(firm.where), typed[:2], bare)

    restored = Firm(bare, firm.blobs)
    assert restored.all_open()
    rotation.resume(bare, opening.unlock(bare))
    assert (restored.generations(), restored.all_open()) == ({2: rotating.KEYS}, True)


def test_copy_of_version_2_is_brought_up_to_date(lost: Lost, bare: Folders) -> None:
    version_2.go_back(lost.where)
    old = copied(lost.where)

    restoring.put_back(old, lost.typed, bare)

    assert Keystore(bare.keys).looked_through() == 3
    assert opening.open_keyring(bare).open(lost.blob, bound_to=CILLAS_DETAILS) == b"hello"
    restoring.put_back(old, lost.typed, bare)


def test_what_was_sealed_for_the_service_opens_before_anything_is_put_back(
    lost: Lost, chosen: Folders, bare: Folders
) -> None:
    blob = vault.seal_for_service("places", b"hello")

    assert restoring.open_for_service(lost.copied, lost.typed, purpose="places", blob=blob) == b"hello"
    with pytest.raises(vault.Damaged):
        restoring.open_for_service(lost.copied, lost.typed, purpose="mail", blob=blob)
    assert (lost_register.names(bare.data), lost_register.names(bare.config)) == ([], [])


@contextmanager
def _current(where: Folders, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("TRYGGVE_DATA", str(where.data))
    monkeypatch.setenv("TRYGGVE_CONFIG", str(where.config))
    vault.forget()
    yield
    vault.forget()


def _parts(slot: Slot) -> list[bytes]:
    return [slot.wrapped, slot.wrapped_slot_key]
