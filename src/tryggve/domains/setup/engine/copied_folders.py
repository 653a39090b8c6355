"""What takes copies of whole folders or of the whole computer, as far as marks of it can be seen."""

import re
from pathlib import Path

from tryggve.domains.setup.engine.block_devices import text_of

# Names that the programs give their folder, and what they put inside it.
_NAMES = {
    "Dropbox": r"Dropbox( \(.+\))?",
    "OneDrive": r"OneDrive( - .+)?",
    "Google Drive": r"Google ?Drive|My Drive",
    "Nextcloud": r"Nextcloud\d?|ownCloud\d?",
    "iCloud": r"iCloud ?Drive|Mobile Documents|com~apple~CloudDocs",
}
_MARKS = {
    "Dropbox": (".dropbox.cache",),  # «.dropbox» lies in the home folder too
    "Google Drive": (".tmp.drivedownload", ".tmp.driveupload"),
    "Nextcloud": (".sync_*.db", "._sync_*.db", ".nextcloudsync.log", ".owncloudsync.log"),
    "Syncthing": (".stfolder",),
}


def copying_program(folder: Path) -> str | None:
    """The program that copies this folder to other computers, by name; None when no mark of one is seen."""
    for place in (folder, *folder.parents):
        for program, name in _NAMES.items():
            if re.fullmatch(name, place.name):
                return program
        for program, marks in _MARKS.items():
            if any(_holds(place, mark) for mark in marks):
                return program
    return None


def is_virtual_machine(root: Path) -> bool:
    """Whether another computer runs this one, which can then be copied whole from outside."""
    flags = re.search(r"^flags\s*:(.*)$", text_of(root / "proc/cpuinfo") or "", re.MULTILINE)
    return (flags is not None and "hypervisor" in flags[1].split()) or bool(
        text_of(root / "sys/hypervisor/type")
    )


def _holds(place: Path, mark: str) -> bool:
    try:
        return next(place.glob(mark), None) is not None
    except OSError:
        return False  # a folder above that may not be read tells nothing
