"""A new key-encryption key and a new key file; every subject's key is wrapped anew, and nothing else changes.

One transaction begins the new generation: all slots, the service key's copy, and the former key-encryption key
wrapped under the new one. Then the keys follow, a thousand a transaction, while everybody reads and writes. The
last transaction removes the former. Cut off anywhere, resume finishes; until then both open what is theirs.
"""

import logging
import sqlite3
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from uuid import UUID

from tryggve.lib import folders, write_points
from tryggve.vault import (
    keyfile,
    keyfile_replacing,
    sealing,
    slots,
    storage,
    unlocking,
)
from tryggve.vault.holding import KeysChanging, State
from tryggve.vault.keystore import Contents, Keystore
from tryggve.vault.secretfile import FileSecret
from tryggve.vault.slots import Slot
from tryggve.vault.unlocking import Unlocked
from tryggve.vault.wrapping import KeyEncryptionKey, WrappedKey

logger = logging.getLogger(__name__)

# A commit shuts readers out for as long as the disk takes; between two, those who wait must all get in.
_PAUSE_SECONDS = 0.03


def rotate(where: folders.Folders, unlocked: Unlocked) -> Unlocked:
    """Replace the key-encryption key and the key file's secret, and wrap every key anew; what is in use then.

    Every unlocker stays. A copy of the old key file opens no copy of the key store made from now on; but who has both
    old ones has the slot keys of passphrase and kit as well, and each customer's own key stays what it was. An
    unfinished rotation is finished first. Raises KeysChanging, KeyFileNotWritten, KeyStoreDamaged, and as Keystore
    does.
    """
    return resume(where, begin(where, resume(where, unlocked)))


def begin(where: folders.Folders, unlocked: Unlocked) -> Unlocked:
    """Start the new generation; what opens both, with which resume does the rest while others work.

    Every keyring asks anew from here on, so whoever answers them must have this at hand at once. Raises as rotate.
    """
    store = Keystore(where.keys)
    with store.alone():
        contents = store.contents()
        if contents.state != unlocked.state or contents.former is not None:
            raise KeysChanging
        with _next_key_file(where, contents) as (replaced, made):
            begun = _next_generation(unlocked)
            with store.connection() as connection, storage.committed(connection):
                _renew_slots(connection, contents, unlocked, begun, replaced=replaced, made=made)
                _renew_state(connection, contents, unlocked, begun)
                write_points.reached("vault: slots renewed")
            write_points.reached("vault: generation begun")
    return begun


def resume(where: folders.Folders, unlocked: Unlocked) -> Unlocked:
    """Finish a rotation that was cut off; when there is none, this does nothing. Raises as rotate does."""
    former = unlocked.state.generation - 1
    if former not in unlocked.secrets:
        return unlocked
    store = Keystore(where.keys)
    _rewrap_all(store, unlocked)
    with store.transaction() as connection:
        unlocking.require_state(connection, unlocked)
        connection.execute("UPDATE state SET former = NULL")
        write_points.reached("vault: former key removed")
    write_points.reached("vault: rotation ended")
    return Unlocked(unlocked.state, {unlocked.state.generation: unlocked.current})


def _next_generation(unlocked: Unlocked) -> Unlocked:
    state = State(unlocked.state.generation + 1, unlocked.state.lock_count)
    held = {state.generation: unlocking.fresh_secret(), unlocked.state.generation: unlocked.current}
    return Unlocked(state, held)


@contextmanager
def _next_key_file(
    where: folders.Folders, contents: Contents
) -> Iterator[tuple[UUID | None, FileSecret | None]]:
    """The id of the slot whose file gets a fresh secret, and that secret; neither where no file can follow."""
    own = [slot.id for slot in contents.slots if slot.kind == slots.KEY_FILE]
    if not own or keyfile.credential() or not _is_there(where, own):
        yield None, None
        return
    with keyfile_replacing.replacing(where) as made:
        yield own[0], made


def _is_there(where: folders.Folders, own: Sequence[UUID]) -> bool:
    try:
        return keyfile.read(where.key_file).id in own
    except (keyfile.KeyFileMissing, keyfile.KeyFileUnreadable):
        return False


def _renew_slots(
    connection: sqlite3.Connection,
    contents: Contents,
    unlocked: Unlocked,
    begun: Unlocked,
    *,
    replaced: UUID | None,
    made: FileSecret | None,
) -> None:
    slots.delete(connection, contents.slots)
    for slot in contents.slots:
        if made and slot.id == replaced:
            slots.insert(connection, _slot_of_new_file(slot, made, begun))
        else:
            slots.insert(connection, _same_slot(slot, unlocked, begun))


def _slot_of_new_file(slot: Slot, made: FileSecret, begun: Unlocked) -> Slot:
    return slots.with_secret(
        made.secret,
        slot_id=made.id,
        kind=slot.kind,
        generation=begun.state.generation,
        key_encryption_key=begun.current,
        **slot.parameters,
    )


def _same_slot(slot: Slot, unlocked: Unlocked, begun: Unlocked) -> Slot:
    """The unlocker keeps its secret, its salt and so its slot key, which nobody needs to be asked for."""
    return slots.fill(
        slot_id=slot.id,
        kind=slot.kind,
        generation=begun.state.generation,
        slot_key=slot.slot_key(unlocked.current),
        salt=slot.salt,
        key_encryption_key=begun.current,
        parameters=slot.parameters,
    )


def _renew_state(
    connection: sqlite3.Connection, contents: Contents, unlocked: Unlocked, begun: Unlocked
) -> None:
    generation, copy = begun.state.generation, contents.service_key
    service_key = unlocking.service_key_of(copy, unlocked)
    renewed = unlocking.copy_of(service_key, current=begun.current, generation=generation)
    connection.execute("UPDATE service_key SET generation = ?, wrapped = ?", (generation, renewed.wrapped))
    former = unlocking.keep_former(unlocked.current, begun.current, generation)
    connection.execute("UPDATE state SET generation = ?, former = ?", (generation, former))


def _rewrap_all(store: Keystore, unlocked: Unlocked) -> None:
    last, damaged = b"", 0
    while True:
        with store.transaction() as connection:
            unlocking.require_state(connection, unlocked)
            keys = _of_former(connection, unlocked, after=last)
            damaged += _rewrap(connection, keys, unlocked)
            write_points.reached("vault: keys wrapped anew")
        write_points.reached("vault: batch committed")
        if not keys:
            break
        last = keys[-1].id.bytes
        time.sleep(_PAUSE_SECONDS)
    if damaged:
        logger.error("damaged keys can't be wrapped anew", extra={"facts": {"count": damaged}})


def _of_former(connection: sqlite3.Connection, unlocked: Unlocked, *, after: bytes) -> list[WrappedKey]:
    rows = connection.execute(
        "SELECT id, wrapped, commitment, generation FROM keys"
        " WHERE id > ? AND generation = ? ORDER BY id LIMIT ?",
        (after, unlocked.state.generation - 1, storage.BATCH),
    )
    return [WrappedKey(UUID(bytes=row[0]), *row[1:]) for row in rows]


def _rewrap(connection: sqlite3.Connection, keys: Sequence[WrappedKey], unlocked: Unlocked) -> int:
    """Wrap these keys anew; how many are damaged and stay as they are, as unreadable as they were."""
    generation = unlocked.state.generation
    former_secret = unlocked.secrets[generation - 1]
    former = KeyEncryptionKey(former_secret, generation=generation - 1)
    current, rows = KeyEncryptionKey(unlocked.current, generation=generation), []
    for key in keys:
        try:
            taken = current.take_over(key, wrapped_by=former, first_secret=former_secret)
        except sealing.CannotOpen:
            continue
        rows.append((taken.wrapped, generation, key.id.bytes))
    connection.executemany("UPDATE keys SET wrapped = ?, generation = ? WHERE id = ?", rows)
    return len(keys) - len(rows)
