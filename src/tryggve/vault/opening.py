import contextlib
import logging
import threading
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from uuid import UUID

from tryggve.lib import folders
from tryggve.vault import (
    keyfile,
    keyfile_replacing,
    os_keyring,
    recovery,
    schema,
    service,
    slots,
    unlockers,
    unlocking,
    upgrading,
)
from tryggve.vault.keeper_socket import client, token
from tryggve.vault.keys import Keyring
from tryggve.vault.keystore import Contents, Keystore
from tryggve.vault.locked import Locked, NotUnlocked
from tryggve.vault.secretfile import FileSecret
from tryggve.vault.storage import KeyStoreOlder
from tryggve.vault.unlocking import Unlocked

logger = logging.getLogger(__name__)

LOCK_NOTICED_SECONDS = 60.0

_WITHOUT_A_FILE = (NotUnlocked, keyfile.KeyFileMissing, keyfile.KeyFileUnreadable, unlocking.KeyFileWrong)

_rings: dict[folders.Folders, Keyring] = {}


def keyring() -> Keyring:
    """The keyring of the current folders, opened when first asked for and then kept by the process.

    Raises NotUnlocked, KeyStoreMissing, KeyStoreDamaged, KeyStoreNewer, KeyStoreUnavailable, KeyFileMissing,
    KeyFileUnreadable, KeyFileExposed, KeyFileNewer and KeyFileWrong, all of them Locked; asked again, it
    tries again.
    """
    where = folders.current()
    # No lock: two threads that open it at once get equal keyrings, and a lock could be held across a fork.
    if where not in _rings:
        _rings[where] = open_keyring(where)
        if token.inherited():
            _watch_for_locks()
    return _rings[where]


def _watch_for_locks() -> None:
    """A process that stays lets go of the keys within a minute of a lock, also when it has nothing to do."""
    pause = threading.Event()

    def look() -> None:
        while not pause.wait(LOCK_NOTICED_SECONDS):
            let_go_if_locked()

    threading.Thread(target=look, name="lock watch", daemon=True).start()


def open_keyring(where: folders.Folders) -> Keyring:
    """A keyring that asks the keeper if one runs, at once and again after a lock. Raises as keyring does."""
    ring = Keyring(Keystore(where.keys), lambda: unlocked(where).keys())
    ring.unlock()
    return ring


def unlock(where: folders.Folders) -> Unlocked:
    """Open the key store with what needs nobody: systemd's credential, or else the key file, or else the keyring.

    An older key store is brought up to date first, a replacement of the key file that was cut off is finished,
    and a service key that is gone is written again. Raises as keyring does.
    """
    try:
        return _by_file(where)
    except _WITHOUT_A_FILE as lack:
        return _by_os_keyring(where, lack)


def unlocked(where: folders.Folders) -> Unlocked:
    """The key-encryption keys as the keeper has them, or else opened by this process, with what needs nobody.

    Raises as keyring does, and KeeperSilent in a child of ``up``: only its parent opens unlockers.
    """
    try:
        return client.unlocked(where)
    except client.NoKeeper:
        if token.inherited():
            raise client.KeeperSilent from None
        return unlock(where)


@contextlib.contextmanager
def or_locked(where: folders.Folders) -> Iterator[None]:
    """Inside, the register may stay locked for want of a key file, if a person can still unlock it.

    Raises what the block raises when nobody could.
    """
    try:
        yield
    except _WITHOUT_A_FILE:
        if not unlockers.can_be_unlocked_by_somebody(Keystore(where.keys)):
            raise


def _by_file(where: folders.Folders) -> Unlocked:
    try:
        return _opened(where, lambda contents: _with_file(where, contents))
    except (keyfile.KeyFileMissing, unlocking.KeyFileWrong):
        # Somebody may have replaced the key file between the look at the store and the look at the file.
        with contextlib.suppress(Locked), Keystore(where.keys).alone():
            pass
        return _opened(where, lambda contents: _with_file(where, contents))


def _by_os_keyring(where: folders.Folders, lack: Locked) -> Unlocked:
    """Raises the lack of a file where a file should have opened it, else why the keyring doesn't."""
    try:
        own = [slot.id for slot in Keystore(where.keys).slots() if slot.kind == slots.OS_KEYRING]
    except KeyStoreOlder:  # from before there were keyrings
        own = []
    if not own:
        raise lack
    try:
        found = FileSecret(own[-1], os_keyring.read(own[-1]))
        return _opened(where, lambda contents: unlocking.with_os_keyring(found, contents))
    except os_keyring.OsKeyringRefused as refused:
        logger.warning("the keyring opened nothing", extra={"facts": {"error": type(refused).__name__}})
        if isinstance(lack, NotUnlocked):
            raise
        raise lack from None


def open_with_passphrase(where: folders.Folders, typed: str) -> Unlocked:
    """Open the key store with a passphrase. Raises PassphraseWrong, NoPassphrase, and as keyring does."""
    return _opened(where, lambda contents: unlockers.open_with_passphrase(typed, contents))


def open_with_kit(where: folders.Folders, typed: Sequence[str]) -> Unlocked:
    """Open the key store with two shares. Raises KitUnknown, shares.ShareRefused, and as keyring does."""
    return _opened(where, lambda contents: recovery.open_with_kit(typed, contents))


def forget() -> None:
    """Let go of every opened keyring and service key: the next call opens one again."""
    _rings.clear()
    service.forget()


def _opened(where: folders.Folders, opened_by: Callable[[Contents], Unlocked]) -> Unlocked:
    store = Keystore(where.keys)
    if store.looked_through() < schema.VERSION:
        upgrading.upgrade(where)
    keyfile_replacing.settle(where)
    opened = opened_by(store.contents())
    service.restore_file(where, opened)
    return opened


def _with_file(where: folders.Folders, contents: Contents) -> Unlocked:
    if not any(slot.kind in slots.FILES for slot in contents.slots):
        raise NotUnlocked
    found, path = _file(where)
    return unlocking.with_file(found, contents, path=path)


def _file(where: folders.Folders) -> tuple[FileSecret, Path]:
    credential = keyfile.credential()
    if credential:
        return keyfile.read_credential(credential), credential
    return keyfile.read(where.key_file), where.key_file


def files_there(where: folders.Folders) -> set[UUID]:
    """The ids of the key file and of systemd's credential, as far as they are there and whole."""
    found = set()
    if credential := keyfile.credential():
        with contextlib.suppress(Locked):
            found.add(keyfile.read_credential(credential).id)
    with contextlib.suppress(Locked):
        found.add(keyfile.read(where.key_file).id)
    return found


def let_go_if_locked() -> None:
    """Drop key-encryption keys that a lock or a rotation has made stale, though nobody needs them now."""
    for ring in list(_rings.values()):
        with contextlib.suppress(Locked):
            ring.let_go_if_locked()
