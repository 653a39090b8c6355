"""Keys and sealing: what makes a customer readable, and erasing one possible.

For most cases use these two, on the process's own keyring::

    ring = vault.keyring()
    blob = ring.seal(plaintext, key=key_id, bound_to=binding)
    plaintext = ring.open(blob, bound_to=binding)

A blob opens only with the same :class:`Binding` that it was sealed with, so that it can't be moved to another
row, subject, part or revision unnoticed. Lists, indexes and imports use ``seal_many``, ``open_many`` or
``loaded``, which fetch keys a thousand at a time.

Every data subject has a random key. ``create_keys`` makes keys *before* the row that needs them is
written; ``destroy_keys`` is the point of no return of an erasure. Keys lie wrapped in the key store
(``keys.sqlite3``); what opens the key store is the key file, in another folder. :func:`create` makes both at
a first start, before any other data exists.

A domain that makes keys registers an :func:`owner` that names those in use; what nobody names for a day is
destroyed by :func:`collect_keys`.

When the keys can't be had, everything here raises a subclass of :class:`Locked`. When one blob can't be
opened, it raises :class:`Damaged`, :class:`KeyGone` or :class:`NewerFormat`, all of them :class:`CannotOpen`.

What a later version seals or writes carries a higher version number; what version 1 wrote stays readable.
"""

from tryggve.vault.binding import GENERAL, Binding, Compartment, Part
from tryggve.vault.collecting import collect_keys
from tryggve.vault.creation import KeyFileInsideData, create
from tryggve.vault.keyfile import (
    KeyFileExposed,
    KeyFileForbidden,
    KeyFileMissing,
    KeyFileNewer,
    KeyFileNotWritten,
    KeyFileUnreadable,
)
from tryggve.vault.keys import Keyring, Loaded, MoreThanLeftOver
from tryggve.vault.keystore import (
    KeyStoreDamaged,
    KeyStoreMissing,
    KeyStoreNewer,
    KeyStoreUnavailable,
    KeyStoreUnsafe,
)
from tryggve.vault.locked import Locked
from tryggve.vault.opening import forget, keyring
from tryggve.vault.owners import NobodyOwnsKeys, owner
from tryggve.vault.sealing import SHORTEST as SHORTEST_BLOB
from tryggve.vault.sealing import CannotOpen, Damaged, KeyGone, NewerFormat, key_id_of
from tryggve.vault.unlocking import KeyFileWrong

__all__ = [
    "GENERAL",
    "SHORTEST_BLOB",
    "Binding",
    "CannotOpen",
    "Compartment",
    "Damaged",
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
    "KeyStoreUnavailable",
    "KeyStoreUnsafe",
    "Keyring",
    "Loaded",
    "Locked",
    "MoreThanLeftOver",
    "NewerFormat",
    "NobodyOwnsKeys",
    "Part",
    "collect_keys",
    "create",
    "forget",
    "key_id_of",
    "keyring",
    "owner",
]
