"""The proof that who was erased is gone from the backups: with a made-up customer, in a real older snapshot.

``ensure_standing`` before each data copy, ``note_backed_up`` after it; in a restore test ``read_back``, then
``erase_read_back`` and ``prove``. Each may be cut anywhere and is carried on at the next time; while the register is
locked none does anything.
"""

from tryggve.domains.backups.services.shredding.older_cards import Restored
from tryggve.domains.backups.services.shredding.proving import prove
from tryggve.domains.backups.services.shredding.standing import (
    ReadBack,
    ensure_standing,
    erase_read_back,
    note_backed_up,
    read_back,
)

__all__ = [
    "ReadBack",
    "Restored",
    "ensure_standing",
    "erase_read_back",
    "note_backed_up",
    "prove",
    "read_back",
]
