"""What `doctor` looks at. Each question gives one finding, and one that fails hides no other."""

import ctypes.util
import shutil
import stat
from collections.abc import Iterator, Sequence
from pathlib import Path

from django.utils.translation import gettext as _

from tryggve import vault
from tryggve.domains.setup import computer, database, installation
from tryggve.lib.errors import Refusal
from tryggve.lib.findings import Finding, Question, questions
from tryggve.lib.folders import Folders
from tryggve.lib.language import BUILT_LOCALE
from tryggve.supervisor import lock

_LEAST_FREE_BYTES = 1024**3


def findings(folders: Folders) -> Iterator[Finding]:
    """Everything worth knowing about this installation, the most basic first. Changes nothing."""
    yield from _each(folders, [_built_files, _pango, _disk, _register])
    if installation.is_begun(folders):
        own = list(_each(folders, [_rights, _keys, _database]))
        yield from own
        if own[-1].verdict == "good":  # asking a SQLite database that isn't there would make it
            yield from _each(folders, questions())
        yield from _each(folders, [*computer.QUESTIONS, _running])


def _each(folders: Folders, asked: Sequence[Question]) -> Iterator[Finding]:
    for question in asked:
        try:
            yield question(folders)
        except Refusal as refusal:
            yield Finding(question.__name__.strip("_"), "bad", str(refusal))
        except OSError:
            yield Finding(
                question.__name__.strip("_"), "bad", _("The folder can't be read. Check its rights.")
            )


def _built_files(folders: Folders) -> Finding:
    if (BUILT_LOCALE.parent / "stamp").exists():
        return Finding("built_files", "good", _("Pages and translations are built."))
    return Finding(
        "built_files", "bad", _("Pages and translations are not built. «./tryggve up» builds them.")
    )


def _pango(folders: Folders) -> Finding:
    if ctypes.util.find_library("pango-1.0"):
        return Finding("pango", "good", _("Pango is there, for printing to PDF."))
    return Finding(
        "pango", "warning", _("Pango is missing; PDF files can't be made. Install libpango-1.0-0.")
    )


def _disk(folders: Folders) -> Finding:
    place = next(folder for folder in (folders.data, *folders.data.parents) if folder.exists())
    free = shutil.disk_usage(place).free
    gigabytes = {"gigabytes": f"{free / 1024**3:.1f}"}
    if free < _LEAST_FREE_BYTES:
        return Finding("disk", "bad", _("Only %(gigabytes)s GB are free on the disk. Make room.") % gigabytes)
    return Finding("disk", "good", _("%(gigabytes)s GB are free on the disk.") % gigabytes)


def _register(folders: Folders) -> Finding:
    place = {"folder": folders.data}
    if installation.is_begun(folders):
        return Finding("register", "good", _("There is a register in %(folder)s.") % place)
    return Finding(
        "register", "warning", _("There is no register in %(folder)s yet. «./tryggve up» makes one.") % place
    )


def _rights(folders: Folders) -> Finding:
    open_to_others = [path for path in (folders.data, folders.config) if _is_open_to_others(path)]
    if open_to_others:
        names = ", ".join(map(str, open_to_others))
        return Finding(
            "rights",
            "bad",
            _("Other users of this computer can read %(names)s. Run: chmod 700 %(names)s") % {"names": names},
        )
    return Finding("rights", "good", _("Only this user can read the data and the keys."))


def _is_open_to_others(path: Path) -> bool:
    return bool(path.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO))


def _keys(folders: Folders) -> Finding:
    try:
        vault.keyring().require_unlocked()
    except vault.NotUnlocked as locked:
        return Finding("keys", "warning", str(locked))
    return Finding("keys", "good", _("The register is open, or its key file opens it."))


def _database(folders: Folders) -> Finding:
    installation.require(folders)
    database.require_guarded_log()
    return Finding("database", "good", _("The database answers, and its log is protected against changes."))


def _running(folders: Folders) -> Finding:
    address = lock.running_at(folders)
    if address is None:
        return Finding("running", "warning", _("Tryggve is not running. Start it with «./tryggve up»."))
    if not address:
        return Finding("running", "good", _("Tryggve is just starting or stopping."))
    return Finding("running", "good", _("Tryggve is running: %(address)s") % {"address": address})
