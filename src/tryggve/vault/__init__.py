"""Keys and sealing: what makes a customer readable, and erasing one possible.

For most cases use these two, on the process's own keyring::

    ring = vault.keyring()
    blob = ring.seal(plaintext, key=key_id, bound_to=binding)
    plaintext = ring.open(blob, bound_to=binding)

A blob opens only with the same :class:`Binding` that it was sealed with, so that it can't be moved to another
row, subject, part or revision unnoticed. Lists and indexes use ``seal_many``, ``open_many`` or ``loaded``, which
fetch keys a thousand at a time; imports use ``seal_with_new_keys``, which makes each subject's key and seals under it.

Files of any size go through :func:`seal_file` and :func:`open_file`.

Every data subject has a random key. ``create_keys`` makes keys *before* the row that needs them is
written; ``erase_keys`` is the point of no return of an erasure, and enters it in the ledger
(:func:`tombstones`). Keys lie wrapped in the key store (``keys.sqlite3``); what opens it lies elsewhere: the
key file in another folder, a passphrase, a recovery kit.
:func:`create` makes key file, service key and key store at a first start, before any other data exists.

What must work while the register is locked uses ``seal_for_service``, ``open_for_service`` and
``staff_keyring``, under the service key, which opens no customer; ``tags_for_service`` makes keyed hashes under it.

A domain that makes keys registers an :func:`owner` that names those in use; what nobody names for a day is
destroyed by :func:`collect_keys`.

When the keys can't be had, everything here raises a subclass of :class:`Locked`. When one blob can't be
opened, it raises :class:`Damaged`, :class:`KeyGone` or :class:`NewerFormat`, all of them :class:`CannotOpen`.
Formats and errors one by one: ``docs/handbook/vault.md``.

What a later version seals or writes carries a higher version number; what version 1 wrote stays readable.
"""

from tryggve.vault.binding import GENERAL, STAFF, Binding, Compartment, Part
from tryggve.vault.collecting import collect_keys
from tryggve.vault.creation import KeyFileInsideData, create
from tryggve.vault.holding import KeysChanging
from tryggve.vault.keyfile import (
    KeyFileExposed,
    KeyFileForbidden,
    KeyFileMissing,
    KeyFileNewer,
    KeyFileNotWritten,
    KeyFileUnreadable,
)
from tryggve.vault.keys import Keyring, Loaded, MoreThanLeftOver
from tryggve.vault.ledger import (
    LedgerState,
    Tombstone,
    barred_tags,
    buried_at,
    destroyed_keys_of,
    ledger_state,
    ledger_state_at,
    tombstones,
)
from tryggve.vault.locked import Locked, NotUnlocked
from tryggve.vault.opening import forget, keyring
from tryggve.vault.owners import NobodyOwnsKeys, owner
from tryggve.vault.sealed_files import FileNotKept, SealedReader, open_file, seal_file
from tryggve.vault.sealing import SHORTEST as SHORTEST_BLOB
from tryggve.vault.sealing import CannotOpen, Damaged, KeyGone, NewerFormat, key_id_of
from tryggve.vault.service import open_for_service, seal_for_service, staff_keyring, tags_for_service
from tryggve.vault.servicefile import (
    ServiceKeyExposed,
    ServiceKeyForbidden,
    ServiceKeyMissing,
    ServiceKeyNewer,
    ServiceKeyNotWritten,
    ServiceKeyUnreadable,
    ServiceKeyWrong,
)
from tryggve.vault.storage import (
    KeyStoreDamaged,
    KeyStoreMissing,
    KeyStoreNewer,
    KeyStoreOlder,
    KeyStoreUnavailable,
    KeyStoreUnsafe,
)
from tryggve.vault.unlocking import KeyFileWrong

__all__ = [
    "GENERAL",
    "SHORTEST_BLOB",
    "STAFF",
    "Binding",
    "CannotOpen",
    "Compartment",
    "Damaged",
    "FileNotKept",
    "KeyFileExposed",
    "KeyFileForbidden",
    "KeyFileInsideData",
    "KeyFileMissing",
    "KeyFileNewer",
    "KeyFileNotWritten",
    "KeyFileUnreadable",
    "KeyFileWrong",
    "KeyGone",
    "KeyStoreDamaged",
    "KeyStoreMissing",
    "KeyStoreNewer",
    "KeyStoreOlder",
    "KeyStoreUnavailable",
    "KeyStoreUnsafe",
    "Keyring",
    "KeysChanging",
    "LedgerState",
    "Loaded",
    "Locked",
    "MoreThanLeftOver",
    "NewerFormat",
    "NobodyOwnsKeys",
    "NotUnlocked",
    "Part",
    "SealedReader",
    "ServiceKeyExposed",
    "ServiceKeyForbidden",
    "ServiceKeyMissing",
    "ServiceKeyNewer",
    "ServiceKeyNotWritten",
    "ServiceKeyUnreadable",
    "ServiceKeyWrong",
    "Tombstone",
    "barred_tags",
    "buried_at",
    "collect_keys",
    "create",
    "destroyed_keys_of",
    "forget",
    "key_id_of",
    "keyring",
    "ledger_state",
    "ledger_state_at",
    "open_file",
    "open_for_service",
    "owner",
    "seal_file",
    "seal_for_service",
    "staff_keyring",
    "tags_for_service",
    "tombstones",
]
