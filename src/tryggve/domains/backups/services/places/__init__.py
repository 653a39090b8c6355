"""Places for backups: added after a trial, changed, removed and taken back; and what is noted of them."""

from tryggve.domains.backups.services.places.adding import Added, Wanted, add
from tryggve.domains.backups.services.places.changing import (
    change,
    change_access,
    note_deletion,
    remove,
    restore,
    try_again,
)
from tryggve.domains.backups.services.places.clearing import Left, note_destroyed
from tryggve.domains.backups.services.places.passwords import renew as renew_passwords
from tryggve.domains.backups.services.places.standing import failed, look, look_at, seen

__all__ = [
    "Added",
    "Left",
    "Wanted",
    "add",
    "change",
    "change_access",
    "failed",
    "look",
    "look_at",
    "note_deletion",
    "note_destroyed",
    "remove",
    "renew_passwords",
    "restore",
    "seen",
    "try_again",
]
