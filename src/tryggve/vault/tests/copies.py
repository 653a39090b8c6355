"""Copies of key stores as backups hold them: bytes."""

import sqlite3
from contextlib import closing
from datetime import UTC, datetime

from tryggve.lib.folders import Folders
from tryggve.vault import opening, recovery, slots
from tryggve.vault.keystore import Keystore

NOW = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)


def copied(where: Folders) -> bytes:
    """The key store as it is now."""
    with closing(sqlite3.connect(where.keys)) as store:
        return store.serialize()


def tested_kit(where: Folders) -> list[str]:
    """The three shares of a new kit that counts."""
    store = Keystore(where.keys)
    kit = recovery.make_kit(store=store, unlocked=opening.unlock(where), now=NOW)
    words = [" ".join(share) for share in kit.shares]
    recovery.test_kit(words[:2], store=store, now=NOW)
    return words


def forget_passwords(where: Folders) -> None:
    """Make the kits into ones of a version that knew no backup passwords."""
    with Keystore(where.keys).transaction() as connection:
        for slot in slots.read(connection):
            kept = {
                name: value for name, value in slot.parameters.items() if name != "backup_password_sealed"
            }
            slots.set_parameters(connection, slot, kept)
