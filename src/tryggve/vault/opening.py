from tryggve.lib import folders
from tryggve.vault import keyfile, unlocking
from tryggve.vault.keys import Keyring
from tryggve.vault.keystore import Keystore

_rings: dict[folders.Folders, Keyring] = {}


def keyring() -> Keyring:
    """The keyring of the current folders, opened when first asked for and then kept by the process.

    Raises KeyStoreMissing, KeyStoreDamaged, KeyStoreNewer, KeyStoreUnavailable, KeyFileMissing,
    KeyFileUnreadable, KeyFileExposed, KeyFileNewer and KeyFileWrong, all of them Locked; asked again, it
    tries again.
    """
    where = folders.current()
    # No lock: two threads that open it at once get equal keyrings, and a lock could be held across a fork.
    if where not in _rings:
        _rings[where] = open_keyring(where)
    return _rings[where]


def open_keyring(where: folders.Folders) -> Keyring:
    """A keyring opened with the key file. Raises as keyring does."""
    store = Keystore(where.keys)
    slots = store.slots()
    unlocked = unlocking.open_with(keyfile.read(where.key_file), slots, path=where.key_file)
    return Keyring(store, unlocked)


def forget() -> None:
    """Let go of every opened keyring: the next call of keyring opens one again."""
    _rings.clear()
