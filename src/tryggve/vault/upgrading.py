import sqlite3
from uuid import UUID

from tryggve.lib import folders, write_points
from tryggve.vault import (
    derivation,
    keyfile,
    schema,
    sealing,
    servicefile,
    slots,
    storage,
    unlocking,
)
from tryggve.vault.keystore import Keystore
from tryggve.vault.secretfile import FileSecret


def upgrade(where: folders.Folders) -> None:
    """Bring an older key store up to date, in one transaction; killed anywhere, it is done again.

    One of version 1 is opened with the key file, the only unlocker that version knew. Raises as keyring does, and
    ServiceKeyNotWritten.
    """
    store = Keystore(where.keys)
    with store.alone(), store.connection(version=1) as connection:
        version = storage.read_back(connection, "user_version")
        if version == schema.VERSION:
            return  # by another process, while this one waited
        if version != 1:
            _upgrade_newer(connection)
            return
        key_file = keyfile.read(where.key_file)
        secret = _opened(connection, key_file, where)
        service_key = servicefile.found_or_made(where.service_key_file)
        write_points.reached("vault: service key there")
        with storage.committed(connection):
            slot = slots.with_secret(
                key_file.secret,
                slot_id=key_file.id,
                kind=slots.KEY_FILE,
                generation=schema.FIRST_GENERATION,
                key_encryption_key=secret,
            )
            copy = unlocking.copy_of(service_key, current=secret, generation=schema.FIRST_GENERATION)
            schema.upgrade(connection, slot, copy)
            write_points.reached("vault: keys.sqlite3 altered")
        write_points.reached("vault: keys.sqlite3 upgraded")


def _upgrade_newer(connection: sqlite3.Connection) -> None:
    with storage.committed(connection):
        schema.upgrade_from_2(connection)
        write_points.reached("vault: ledger begun")
    write_points.reached("vault: keys.sqlite3 upgraded")


def _opened(connection: sqlite3.Connection, key_file: FileSecret, where: folders.Folders) -> bytes:
    found = connection.execute(
        "SELECT id, kind, generation, salt, wrapped FROM slots WHERE id = ?", (key_file.id.bytes,)
    ).fetchone()
    try:
        if not found:
            raise sealing.Damaged
        slot = slots.Slot(UUID(bytes=found[0]), *found[1:])
        return slot.open(derivation.slot_key(key_file.secret, salt=slot.salt, kind=slot.kind))
    except sealing.Damaged:
        raise unlocking.KeyFileWrong(path=where.key_file) from None
