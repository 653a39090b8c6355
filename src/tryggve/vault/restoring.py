"""A copied key store becomes a new computer's own, by two shares of its recovery kit.

The key file comes first, then the service key, and the key store last, in one step: cut off anywhere, it is done again.
The lost computer's key file, credential and keyring open nothing here; passphrase and kit open as they did.
"""

from collections.abc import Sequence

from django.utils.translation import gettext_lazy

from tryggve.lib import durable, errors, folders, write_points
from tryggve.vault import (
    creation,
    key_copies,
    keyfile,
    opening,
    recovery,
    service,
    servicefile,
    slots,
    storage,
    unlocking,
)
from tryggve.vault.key_copies import KeyCopy
from tryggve.vault.keystore import Contents, Keystore
from tryggve.vault.secretfile import FileSecret
from tryggve.vault.slots import Slot
from tryggve.vault.unlocking import Unlocked

_TABLES = ("keys", "service_key", "erased", "barred", "state")


class KeyStoreThere(errors.Refusal):
    sentence = gettext_lazy(
        "There is a key store already, %(path)s. Nothing was changed: a copy is put back only where there is none. "
        "Choose an empty folder with --data, or move the file away and keep it."
    )


class KeyThere(errors.Refusal):
    sentence = gettext_lazy(
        "%(path)s is the lost computer's, or another register's. Nothing was changed: this computer gets one of its "
        "own. Move the file away, and try again."
    )


def put_back(copied: bytes, typed: Sequence[str], where: folders.Folders) -> None:
    """Make the copy the key store of these folders, which have been made and hold none, with a key file of its own.

    Where this very copy was put back before, a service key that is missing is written again. Raises CopyDamaged,
    CopyNewer, CopyTooOld, KitUnknown, shares.ShareRefused, KeyStoreThere, KeyThere, KeyFileInsideData, Damaged for a
    service key that can't be read, and as vault.create does.
    """
    creation.require_apart(where)
    contents, unlocked = _opened(copied, typed)
    with Keystore(where.keys).alone():
        if where.keys.exists():
            _require_same(copied, where)
        else:
            _begin(copied, contents, unlocked, where)
        durable.clear_unfinished(where.keys)
    opening.unlock(where)


def open_for_service(copied: bytes, typed: Sequence[str], *, purpose: str, blob: bytes) -> bytes:
    """What was sealed for the service, before the copy is put back anywhere.

    Raises CopyDamaged, CopyNewer, CopyTooOld, KitUnknown, shares.ShareRefused, and as vault.open_for_service.
    """
    contents, unlocked = _opened(copied, typed)
    key = unlocking.service_key_of(contents.service_key, unlocked)
    return service.open_sealed(blob, key=key, purpose=purpose)


def _opened(copied: bytes, typed: Sequence[str]) -> tuple[Contents, Unlocked]:
    with KeyCopy(copied) as copy:
        contents = copy.contents()  # tells of a copy that is newer or too old
        if not copy.is_whole():
            raise key_copies.CopyDamaged
    return contents, recovery.open_with_kit(typed, contents)


def _begin(copied: bytes, contents: Contents, unlocked: Unlocked, where: folders.Folders) -> None:
    service_key = unlocking.service_key_of(contents.service_key, unlocked)
    _require_own(where, contents, service_key)
    kind, found = creation.unlocker_found_or_made(where)
    if not where.service_key_file.exists():
        servicefile.write(where.service_key_file, service_key)
    slot = slots.with_secret(
        found.secret,
        slot_id=found.id,
        kind=kind,
        generation=unlocked.state.generation,
        key_encryption_key=unlocked.current,
    )
    durable.clear_unfinished(where.keys)
    durable.write_unfinished(where.keys, _with_slot(copied, slot))
    write_points.reached("vault: keys.sqlite3 written")
    durable.put_in_place(where.keys)


def _require_own(where: folders.Folders, contents: Contents, service_key: FileSecret) -> None:
    """What a start left that was cut off is taken up; what opened the register before, or another one, is not."""
    known = {slot.id for slot in contents.slots}
    if known & opening.files_there(where):
        raise KeyThere(path=where.key_file if where.key_file.exists() else keyfile.credential())
    path = where.service_key_file
    if path.exists() and servicefile.found_or_made(path) != service_key:
        raise KeyThere(path=path)


def _with_slot(copied: bytes, slot: Slot) -> bytes:
    with key_copies.in_memory(copied) as connection:
        with storage.committed(connection):
            lost = [known for known in slots.read(connection) if known.kind not in slots.BY_SOMEBODY]
            slots.delete(connection, lost)
            slots.insert(connection, slot)
        return connection.serialize()


def _require_same(copied: bytes, where: folders.Folders) -> None:
    try:
        is_same = _what_stays(where.keys.read_bytes()) == _what_stays(copied)
    except errors.Refusal:
        is_same = False
    if not is_same:
        raise KeyStoreThere(path=where.keys)


def _what_stays(copied: bytes) -> list[object]:
    """All but the ways in that were the lost computer's."""
    with key_copies.in_memory(copied) as connection:
        ways = [slot for slot in slots.read(connection) if slot.kind in slots.BY_SOMEBODY]
        return [ways, *(connection.execute(f"SELECT * FROM {table}").fetchall() for table in _TABLES)]  # noqa: S608 - names of ours
