"""What a recovery kit opens on a bare machine, and how every repository of key copies comes to know it."""

import logging
from itertools import pairwise
from typing import Any

import pytest

from tryggve import vault
from tryggve.lib.folders import Folders
from tryggve.vault import derivation, opening, recovery, rotation, service, shares, slots, storage, unlockers
from tryggve.vault.keeper.custody import Custody
from tryggve.vault.keystore import Keystore
from tryggve.vault.recovery import Kit
from tryggve.vault.tests import copies, vector_files
from tryggve.vault.tests.copies import NOW

KITS = vector_files.of("kit")


@pytest.mark.parametrize("vector", KITS, ids=vector_files.name)
def test_two_shares_of_the_vector_give_its_backup_password_without_any_key_store(
    vector: dict[str, Any],
) -> None:
    assert recovery.backup_password_of(vector["shares"][1:]) == vector["backup_password"]


def test_one_share_gives_no_backup_password() -> None:
    with pytest.raises(shares.TooFewShares):
        recovery.backup_password_of(KITS[0]["shares"][:1])


def test_backup_password_is_neither_the_kits_secret_nor_a_slot_key() -> None:
    secret = bytes.fromhex(KITS[0]["secret"])
    own = bytes.fromhex(KITS[0]["backup_password"])

    others = [derivation.slot_key(secret, salt=salt, kind="recovery-kit") for salt in (bytes(32), b"")]
    assert own not in (secret, *others)


def test_kit_opens_backups_from_when_it_is_made_and_tells_that_it_doesnt_count(
    chosen: Folders, ring: vault.Keyring
) -> None:
    assert (recovery.backup_passwords(), recovery.opens_backups()) == ([], False)

    kit = _make(chosen)

    own = recovery.backup_password_of(_typed(kit))
    [known] = recovery.backup_kits()
    assert (known.number, known.counts, known.password) == (1, False, own)
    assert (recovery.backup_passwords(), recovery.opens_backups()) == ([own], False)
    recovery.test_kit(_typed(kit), store=Keystore(chosen.keys), now=NOW)
    assert (recovery.backup_passwords(), recovery.opens_backups()) == ([own], True)


def test_passwords_of_kits_that_were_replaced_are_told_no_more(chosen: Folders, ring: vault.Keyring) -> None:
    old, new = copies.tested_kit(chosen), _make(chosen)
    both = [recovery.backup_password_of(old[1:]), recovery.backup_password_of(_typed(new))]
    assert recovery.backup_passwords() == both

    recovery.test_kit(_typed(new), store=Keystore(chosen.keys), now=NOW)

    assert recovery.backup_passwords() == both[1:]


def test_kit_that_was_removed_opens_no_backups(chosen: Folders, ring: vault.Keyring) -> None:
    copies.tested_kit(chosen)
    [kit] = recovery.backup_kits()

    unlockers.remove_unlocker(kit.id, store=Keystore(chosen.keys), files=opening.files_there(chosen))

    assert (recovery.backup_kits(), recovery.opens_backups()) == ([], False)


def test_passwords_are_told_while_the_register_is_locked(chosen: Folders, ring: vault.Keyring) -> None:
    typed = copies.tested_kit(chosen)
    Keystore(chosen.keys).bump_lock()
    chosen.key_file.unlink()
    vault.forget()

    assert recovery.backup_passwords() == [recovery.backup_password_of(typed)]


def test_without_the_service_key_nobody_is_told_that_there_are_no_kits(
    chosen: Folders, ring: vault.Keyring
) -> None:
    """Who heard «none» would take every kit's password out of the repositories."""
    copies.tested_kit(chosen)
    chosen.service_key_file.unlink()
    vault.forget()

    for ask in (recovery.backup_kits, recovery.backup_passwords, recovery.opens_backups):
        with pytest.raises(vault.ServiceKeyMissing):
            ask()


def test_kit_of_a_former_version_opens_the_register_and_gets_its_password_when_typed_again(
    chosen: Folders, ring: vault.Keyring
) -> None:
    typed = copies.tested_kit(chosen)
    copies.forget_passwords(chosen)
    [kit] = recovery.backup_kits()
    assert (kit.counts, kit.password, recovery.backup_passwords(), recovery.opens_backups()) == (
        True,
        None,
        [],
        False,
    )
    assert opening.open_with_kit(chosen, typed[:2])

    recovery.test_kit(typed[1:], store=Keystore(chosen.keys), now=NOW)

    assert (recovery.backup_passwords(), recovery.opens_backups()) == (
        [recovery.backup_password_of(typed)],
        True,
    )


@pytest.mark.parametrize("stored", ["00ff", "no hex", "", 7, None, "of another kit"])
def test_password_that_cant_be_read_is_told_as_lacking_and_mended_by_typing(
    chosen: Folders, ring: vault.Keyring, caplog: pytest.LogCaptureFixture, stored: object
) -> None:
    typed = copies.tested_kit(chosen)
    if stored == "of another kit":
        _make(chosen)
        stored = _stored(chosen, number=2)
    _store(chosen, stored)

    with caplog.at_level(logging.WARNING):
        assert recovery.opens_backups() is False
    assert recovery.backup_kits()[0].password is None
    assert recovery.backup_password_of(typed) not in caplog.text

    recovery.test_kit(typed[1:], store=Keystore(chosen.keys), now=NOW)
    assert recovery.opens_backups() is True


def test_passwords_outlive_a_rotation(chosen: Folders, ring: vault.Keyring) -> None:
    typed = copies.tested_kit(chosen)

    rotation.rotate(chosen, rotation.rotate(chosen, opening.unlock(chosen)))
    vault.forget()

    assert recovery.backup_passwords() == [recovery.backup_password_of(typed)]
    recovery.test_kit(typed[1:], store=Keystore(chosen.keys), now=NOW)
    assert recovery.opens_backups() is True


def test_passwords_outlive_a_service_key_that_was_lost(chosen: Folders, ring: vault.Keyring) -> None:
    typed = copies.tested_kit(chosen)
    chosen.service_key_file.unlink()
    vault.forget()

    opening.unlock(chosen)

    assert recovery.backup_passwords() == [recovery.backup_password_of(typed)]


def test_keeper_needs_neither_the_service_keys_file_nor_to_be_told_the_folders(
    where: Folders, ring: vault.Keyring, monkeypatch: pytest.MonkeyPatch
) -> None:
    custody = Custody(where)
    custody.begin()
    kept = where.service_key_file.read_bytes()
    where.service_key_file.unlink()
    monkeypatch.delenv("TRYGGVE_DATA", raising=False)

    custody.answer("make-kit", {"by": "anna", "now": NOW.isoformat()})
    typed = []
    for share in (1, 2):
        page = {"number": 1, "share": share, "by": "anna"}
        typed.append(" ".join(custody.answer("sheet", page)["words"]))
        custody.answer("put-sheet-away", page)
    custody.answer("test-kit", {"by": "anna", "now": NOW.isoformat(), "shares": typed})

    where.service_key_file.write_bytes(kept)
    where.service_key_file.chmod(0o600)
    monkeypatch.setenv("TRYGGVE_DATA", str(where.data))
    monkeypatch.setenv("TRYGGVE_CONFIG", str(where.config))
    service.forget()
    assert recovery.backup_passwords() == [recovery.backup_password_of(typed)]
    assert recovery.opens_backups() is True


def test_kit_is_made_where_the_service_keys_copy_is_damaged_but_opens_no_backups(
    chosen: Folders, ring: vault.Keyring
) -> None:
    with Keystore(chosen.keys).transaction() as connection:
        connection.execute("UPDATE service_key SET wrapped = zeroblob(60)")

    typed = copies.tested_kit(chosen)

    assert opening.open_with_kit(chosen, typed[:2])
    assert recovery.opens_backups() is False


def test_password_lies_nowhere_in_clear(chosen: Folders, ring: vault.Keyring) -> None:
    typed = copies.tested_kit(chosen)
    password = recovery.backup_password_of(typed)
    raw = b"".join(
        path.read_bytes()
        for folder in (chosen.data, chosen.config)
        for path in folder.rglob("*")
        if path.is_file()
    )

    assert b"backup_password_sealed" in raw
    assert [one for one in (password.encode(), bytes.fromhex(password)) if one in raw] == []
    assert password not in repr(recovery.backup_kits())
    pairs = {f"{one} {other}" for share in typed for one, other in pairwise(share.split())}
    assert [pair for pair in pairs if pair.encode() in raw] == []


def _make(where: Folders) -> Kit:
    return recovery.make_kit(store=Keystore(where.keys), unlocked=opening.unlock(where), now=NOW)


def _typed(kit: Kit) -> list[str]:
    return [" ".join(words) for words in kit.shares[:2]]


def _stored(where: Folders, *, number: int) -> object:
    [kit] = [slot for slot in Keystore(where.keys).slots() if slot.parameters.get("number") == number]
    return kit.parameters["backup_password_sealed"]


def _store(where: Folders, value: object) -> None:
    with storage.connected(where.keys) as connection:
        [kit] = [slot for slot in slots.read(connection) if slot.parameters.get("number") == 1]
        slots.set_parameters(connection, kit, {**kit.parameters, "backup_password_sealed": value})
