"""A register whose computer is gone, and the new computer."""

from dataclasses import dataclass, field
from pathlib import Path

from tryggve import vault
from tryggve.lib import folders
from tryggve.lib.folders import Folders
from tryggve.vault import opening, unlockers
from tryggve.vault.keystore import Keystore
from tryggve.vault.tests import copies
from tryggve.vault.tests.cast import CILLA, CILLAS_DETAILS, DAN
from tryggve.vault.tests.cheap import CHEAP, PASSPHRASE
from tryggve.vault.tests.copies import NOW, copied


@dataclass(frozen=True)
class Lost:
    """Its copy, two shares of its kit, one of its blobs."""

    where: Folders
    copied: bytes = field(repr=False)
    typed: list[str] = field(repr=False)
    blob: bytes = field(repr=False)


def lose(where: Folders, ring: vault.Keyring) -> Lost:
    """With a customer who is there, one who was erased, a passphrase and a kit."""
    [key] = ring.create_keys([CILLA])
    ring.erase_keys({DAN: ring.create_keys([DAN])}, at=NOW)
    blob = ring.seal(b"hello", key=key, bound_to=CILLAS_DETAILS)
    unlocked, store = opening.unlock(where), Keystore(where.keys)
    unlockers.add_passphrase(PASSPHRASE, store=store, unlocked=unlocked, now=NOW, cost=CHEAP)
    typed = copies.tested_kit(where)
    return Lost(where, copied(where), typed[1:], blob)


def bare(home: Path) -> Folders:
    """A new computer's folders, empty."""
    where = Folders(data=home / "data", config=home / "config")
    folders.create(where)
    return where


def names(folder: Path) -> list[str]:
    """The files in a folder, but for the data folder's own mark."""
    return sorted(path.name for path in folder.iterdir() if path.is_file() and path.name != "id")
