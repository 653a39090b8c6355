"""What this computer has that the tests need and the product doesn't."""

import ctypes
import os
import shutil
from pathlib import Path

_BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def browser() -> Path | None:
    """A Chromium that tests can drive: not one in a snap, which sees no temporary folders."""
    for name in _BROWSERS:
        found = shutil.which(name)
        if found and not _is_snap(Path(found)):
            return Path(found)
    return None


def lacks_for_pages() -> str:
    """Why tests can't drive a browser here; empty when they can."""
    if browser() is None:
        return "no Chromium that tests can drive was found"
    try:
        ctypes.CDLL("libatomic.so.1")  # the browser's driver is linked to it
    except OSError:
        return "the library libatomic.so.1 is missing"
    return ""


def lacks_for_a_desktop() -> str:
    """Why tests can't have a desktop's keyring here; empty when they can."""
    missing = [name for name in ("dbus-daemon", "gnome-keyring-daemon") if not shutil.which(name)]
    return f"{' and '.join(missing)} is missing" if missing else ""


def _is_snap(program: Path) -> bool:
    if "snap" in program.resolve().parts or program.resolve().name == "snap":
        return True
    with program.open("rb") as start:
        return b"/snap/bin" in start.read(4096)


def postgresql() -> Path | None:
    """The folder with the newest PostgreSQL server's programs; Debian keeps it off PATH."""
    versions = [path.parent for path in Path("/usr/lib/postgresql").glob("*/bin/initdb")]
    if versions:
        return max(versions, key=lambda folder: int(folder.parent.name))
    found = shutil.which("initdb")
    return Path(found).resolve().parent if found else None


def is_ci() -> bool:
    """Where nothing may be left out."""
    return os.environ.get("CI", "").lower() not in {"", "0", "false"}
