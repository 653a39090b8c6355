"""Folders that something keeps the same elsewhere: what is deleted there stays in somebody's history."""

from pathlib import Path
from typing import Final

from tryggve.domains.backups import place_marks

_NAMES: Final = (
    ("Dropbox", ("dropbox",)),
    ("OneDrive", ("onedrive",)),
    ("iCloud", ("icloud", "icloud drive", "icloudrive", "mobile documents", "com~apple~clouddocs")),
    ("Nextcloud", ("nextcloud", "owncloud")),
    ("Google Drive", ("google drive", "googledrive", "my drive")),
    ("Syncthing", ("syncthing",)),
    ("pCloud", ("pcloud", "pcloud drive", "pclouddrive")),
)
_MARKS: Final = (
    ("Dropbox", (".dropbox", ".dropbox.cache")),
    ("OneDrive", (".849C9593-D756-4E56-8D6E-42412F2A707B",)),
    ("Nextcloud", (".nextcloudsync.log", ".owncloudsync.log", ".sync_*.db", "._sync_*.db")),
    ("Google Drive", (".tmp.drivedownload", ".tmp.driveupload")),
    ("Syncthing", (".stfolder",)),
)
_KINDS: Final = {
    "fuse.rclone": "rclone",
    "fuse.google-drive-ocamlfuse": "Google Drive",
    "fuse.onedriver": "OneDrive",
    "fuse.gvfsd-fuse": "GNOME",
}


def synced_by(folder: Path) -> str:
    """The name of what keeps this folder the same elsewhere; empty for nothing that is known."""
    mount = place_marks.mount_of(folder)
    if mount is not None and mount.kind in _KINDS:
        return _KINDS[mount.kind]
    lies = folder.resolve()
    return next(filter(None, map(_told_by, (lies, *lies.parents))), "")


def _told_by(folder: Path) -> str:
    name = folder.name.casefold()
    for title, names in _NAMES:
        # OneDrive adds the company's name to its own, Nextcloud a number.
        if any(name == one or name.startswith((f"{one} -", f"{one} (")) for one in names):
            return title
    return next((title for title, marks in _MARKS if any(_has(folder, mark) for mark in marks)), "")


def _has(folder: Path, mark: str) -> bool:
    try:
        return next(folder.glob(mark), None) is not None
    except OSError:
        return False
