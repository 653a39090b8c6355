"""restic, driven as a program: from 0.14 (Debian 12) on, whatever it says checked by its JSON and its exit status.

For most cases: ``Repository(place, password).backup(...)``, ``.snapshots()``, ``.restore(...)``, ``.check_all_data()``.
"""

from tryggve.domains.backups.restic.answers import Added, Listed, Password, Snapshot
from tryggve.domains.backups.restic.errors import (
    AlreadyThere,
    Damaged,
    Incomplete,
    Killed,
    LockedByAnother,
    NoRepository,
    NotInstalled,
    PlaceFull,
    Refused,
    ResticFailed,
    TookTooLong,
    TooOld,
    Unreachable,
    WrongPassword,
)
from tryggve.domains.backups.restic.places import Place
from tryggve.domains.backups.restic.repository import BRIEF_SECONDS, Repository

__all__ = [
    "BRIEF_SECONDS",
    "Added",
    "AlreadyThere",
    "Damaged",
    "Incomplete",
    "Killed",
    "Listed",
    "LockedByAnother",
    "NoRepository",
    "NotInstalled",
    "Password",
    "Place",
    "PlaceFull",
    "Refused",
    "Repository",
    "ResticFailed",
    "Snapshot",
    "TooOld",
    "TookTooLong",
    "Unreachable",
    "WrongPassword",
]
