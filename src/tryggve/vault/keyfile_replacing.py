"""A new key file in the old one's place: beside it first, then its slot, then the name. Cut off anywhere, one opens.

``key.next`` counts once its slot is in the key store; what an opening finds is finished or removed by that.
"""

import contextlib
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from uuid import UUID

from tryggve.lib import durable, folders, write_points
from tryggve.vault import keyfile, secretfile, slots, storage, unlocking
from tryggve.vault.keystore import Keystore
from tryggve.vault.locked import cause_in_words
from tryggve.vault.secretfile import FileSecret
from tryggve.vault.unlocking import Unlocked


def renew_key_file(where: folders.Folders, *, unlocked: Unlocked, now: datetime) -> UUID:
    """Make a key file with a fresh secret, in the place of one that is lost or known; the old opens nothing more.

    Returns its id. Raises KeyFileNotWritten, KeysChanging, and as Keystore does.
    """
    store = Keystore(where.keys)
    with store.alone(), replacing(where) as made:
        with store.connection() as connection, storage.committed(connection):
            unlocking.require_state(connection, unlocked)
            slot = slots.with_secret(
                made.secret,
                slot_id=made.id,
                kind=slots.KEY_FILE,
                generation=unlocked.state.generation,
                key_encryption_key=unlocked.current,
                made_at=now.isoformat(),
            )
            old = [slot for slot in slots.read(connection) if slot.kind == slots.KEY_FILE]
            slots.delete(connection, old)
            slots.insert(connection, slot)
            write_points.reached("vault: key file's slot replaced")
        write_points.reached("vault: next key counts")
    return made.id


@contextlib.contextmanager
def replacing(where: folders.Folders) -> Iterator[FileSecret]:
    """A fresh secret, durable in ``key.next``, for a slot that the block commits; then it becomes the key file.

    Called by who is alone in the key store. Raises KeyFileNotWritten.
    """
    path, made = _next(where), secretfile.fresh()
    with _in_words(path):
        path.unlink(missing_ok=True)
    secretfile.write(path, keyfile.FORM, made, warning=keyfile.warning())
    yield made
    _put_in_place(where)


def settle(where: folders.Folders) -> None:
    """Finish or undo a replacement that was cut off. Raises as keyfile.read does, and as Keystore does."""
    path = _next(where)
    if not (path.exists() or _unfinished(path).exists()):
        return
    store = Keystore(where.keys)
    with store.alone(), _in_words(path):
        durable.clear_unfinished(path)
        if path.exists():
            found = keyfile.read(path)
            if any(slot.id == found.id for slot in store.slots()):
                _put_in_place(where)
            else:
                path.unlink()


def _put_in_place(where: folders.Folders) -> None:
    path = _next(where)
    with _in_words(path):
        path.replace(_real(where))
        write_points.reached("vault: key file replaced")
        durable.sync_folder(path.parent)


@contextlib.contextmanager
def _in_words(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise keyfile.KeyFileNotWritten(path=path, cause=cause_in_words(error)) from None


def _real(where: folders.Folders) -> Path:
    """The file itself: a link to a stick that can be taken away stays a link."""
    return where.key_file.resolve()


def _next(where: folders.Folders) -> Path:
    real = _real(where)
    return real.with_name(real.name + ".next")


def _unfinished(path: Path) -> Path:
    return path.with_name(path.name + ".new")
