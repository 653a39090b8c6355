import shutil
from pathlib import Path
from uuid import UUID, uuid4

import pytest

from tryggve import vault
from tryggve.lib import write_points
from tryggve.lib.folders import Folders
from tryggve.vault import (
    keyfile,
    keyfile_replacing,
    opening,
    recovery,
    rotation,
    storage,
)
from tryggve.vault.keystore import Keystore
from tryggve.vault.tests import programs, rotating
from tryggve.vault.tests.cast import CILLA, CILLAS_DETAILS
from tryggve.vault.tests.cheap import PASSPHRASE
from tryggve.vault.tests.rotating import NOW, Firm

USE_ALL_THE_TIME = """
from tryggve.vault.tests.cast import details_of
ring = opening.open_keyring(where)
print("ready", flush=True)
while not (where.run / "enough").exists():
    (key,) = ring.create_keys([CILLA])
    blob = ring.seal(b"hello", key=key, bound_to=CILLAS_DETAILS)
    again = opening.open_keyring(where)
    if ring.open(blob, bound_to=CILLAS_DETAILS) != again.open(blob, bound_to=CILLAS_DETAILS):
        print("differs")
print("done")
"""


def test_rotate_replaces_both_secrets_and_loses_nobody(firm: Firm) -> None:
    where = firm.where
    before, old_file = opening.unlock(where), keyfile.read(where.key_file)

    after = rotation.rotate(where, before)

    assert after.state.generation == before.state.generation + 1
    assert set(after.secrets) == {after.state.generation}
    assert keyfile.read(where.key_file).secret != old_file.secret
    assert firm.generations() == {2: rotating.KEYS}
    assert firm.all_open()
    assert opening.open_with_passphrase(where, PASSPHRASE).current == after.current
    assert firm.config() == ["id", "key", "service-key"]


def test_rotate_twice_is_as_good_as_once(firm: Firm) -> None:
    where = firm.where
    rotation.rotate(where, rotation.rotate(where, opening.unlock(where)))

    assert firm.generations() == {3: rotating.KEYS}
    assert firm.all_open()


def test_rotate_leaves_neither_old_key_in_the_file(firm: Firm) -> None:
    where = firm.where
    store, before = Keystore(where.keys), opening.unlock(where)
    old = [
        row.wrapped
        for row in store.wrapped_keys_and_state(store.ids_before(UUID(int=2**128 - 1)))[0].values()
    ]
    old += [part for slot in store.slots() for part in (slot.wrapped, slot.wrapped_slot_key)]
    assert {where.keys.read_bytes().count(part) for part in old} == {1}

    rotation.rotate(where, before)

    raw = b"".join(path.read_bytes() for path in where.data.iterdir() if path.is_file())
    assert [part for part in old if part in raw or part[13:40] in raw] == []
    assert store.contents().former is None


def test_old_key_file_opens_nothing_after_a_rotation(firm: Firm, tmp_path: Path) -> None:
    where = firm.where
    shutil.copy(where.key_file, tmp_path / "stolen")
    rotation.rotate(where, opening.unlock(where))
    shutil.copy(tmp_path / "stolen", where.key_file)

    with pytest.raises(vault.KeyFileWrong):
        opening.unlock(where)


def test_kit_printed_before_a_rotation_opens_after_it(firm: Firm) -> None:
    where = firm.where
    store, before = Keystore(where.keys), opening.unlock(where)
    kit = recovery.make_kit(store=store, unlocked=before, now=NOW)
    shares = [" ".join(words) for words in kit.shares]
    recovery.test_kit(shares[:2], store=store, now=NOW)
    after = rotation.rotate(where, before)
    where.key_file.unlink()
    where.service_key_file.unlink()

    opened = opening.open_with_kit(where, shares[1:])

    assert opened.current == after.current
    assert where.service_key_file.exists()
    keyfile_replacing.renew_key_file(where, unlocked=opened, now=NOW)
    assert firm.all_open()


def test_rotation_without_key_file_keeps_its_slot_for_the_copy(firm: Firm, tmp_path: Path) -> None:
    """Where the file was taken away, a new one would be a key left lying in the open."""
    where = firm.where
    unlocked = opening.unlock(where)
    where.key_file.rename(tmp_path / "in the safe")

    rotation.rotate(where, unlocked)

    assert not where.key_file.exists()
    (tmp_path / "in the safe").rename(where.key_file)
    assert firm.all_open()


def test_rotation_with_systemds_credential_keeps_it(
    firm: Firm, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    where = firm.where
    monkeypatch.setenv("CREDENTIALS_DIRECTORY", str(tmp_path))
    shutil.move(where.key_file, tmp_path / "tryggve-key")

    rotation.rotate(where, opening.unlock(where))

    assert not where.key_file.exists()
    assert firm.all_open()


def test_resume_with_nothing_to_finish_writes_nothing(firm: Firm) -> None:
    where = firm.where
    unlocked, before = opening.unlock(where), where.keys.read_bytes()

    assert rotation.resume(where, unlocked) is unlocked
    assert where.keys.read_bytes() == before


def test_keyring_opened_before_a_rotation_goes_on_after_it(firm: Firm) -> None:
    where = firm.where
    ring = opening.open_keyring(where)
    (key,) = ring.create_keys([CILLA])
    rotation.rotate(where, opening.unlock(where))

    assert firm.all_open(ring)
    blob = ring.seal(b"hello", key=key, bound_to=CILLAS_DETAILS)
    assert ring.open(blob, bound_to=CILLAS_DETAILS) == b"hello"
    ring.create_keys([CILLA])
    assert firm.generations() == {2: 2_504}


def test_key_made_while_a_rotation_runs_is_of_the_new_generation(firm: Firm) -> None:
    """The ring still holds the old key-encryption key when it is asked, between two batches."""
    where = firm.where
    ring, unlocked, made = opening.open_keyring(where), opening.unlock(where), list[UUID]()

    def create(point: str) -> None:
        if point == "vault: batch committed" and not made:
            made.extend(ring.create_keys([CILLA]))

    write_points.cut_with(create)
    try:
        rotation.rotate(where, unlocked)
    finally:
        write_points.cut_with(None)

    assert len(made) == 1
    assert firm.generations() == {2: 2_503}


def test_others_read_and_write_all_the_time_while_keys_are_rotated(firm: Firm) -> None:
    where = firm.where
    other = programs.begin(USE_ALL_THE_TIME, where)
    assert other.stdout
    assert other.stdout.readline() == "ready\n"
    unlocked = opening.unlock(where)
    for _ in range(6):
        unlocked = rotation.rotate(where, unlocked)
    (where.run / "enough").touch()

    assert other.communicate(timeout=60) == ("done\n", "")
    assert list(firm.generations()) == [unlocked.state.generation]
    assert firm.all_open()


def test_rotate_with_keys_that_were_replaced_meanwhile_is_refused(firm: Firm) -> None:
    where = firm.where
    stale = opening.unlock(where)
    rotation.rotate(where, stale)

    with pytest.raises(vault.KeysChanging):
        rotation.rotate(where, stale)
    assert firm.all_open()
    assert not (where.config / "key.next").exists()


def test_damaged_key_does_not_stop_a_rotation(firm: Firm, caplog: pytest.LogCaptureFixture) -> None:
    where = firm.where
    damaged = vault.key_id_of(firm.blobs[0])
    with storage.connected(where.keys) as connection:
        connection.execute("UPDATE keys SET commitment = zeroblob(32) WHERE id = ?", (damaged.bytes,))

    rotation.rotate(where, opening.unlock(where))

    assert caplog.messages == ["damaged keys can't be wrapped anew"]
    assert firm.generations() == {1: 1, 2: 2_501}
    with pytest.raises(vault.Damaged):
        opening.open_keyring(where).open(firm.blobs[0], bound_to=CILLAS_DETAILS)
    assert firm.all_open(but_first=True)


def test_staff_keys_are_left_alone_by_a_rotation(chosen: Folders, caplog: pytest.LogCaptureFixture) -> None:
    vault.create(chosen)
    vault.staff_keyring().create_keys([uuid4()])
    vault.keyring().create_keys([CILLA])

    rotation.rotate(chosen, opening.unlock(chosen))

    assert rotating.generations(chosen) == {0: 1, 2: 1}
    assert caplog.messages == []
    assert vault.open_for_service("mail", vault.seal_for_service("mail", b"hello")) == b"hello"
