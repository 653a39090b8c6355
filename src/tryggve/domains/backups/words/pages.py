"""What the pages about backups say of codes: why something failed, and how long ago something was."""

from collections.abc import Mapping
from typing import Final

from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

from tryggve.domains.backups.services.pairs import causes

CAUSES: Final[Mapping[str, StrOrPromise]] = {
    "not-installed": _(
        "The program that makes the copies, restic, isn't on this computer. Install it with: sudo apt install restic"
    ),
    "too-old": _(
        "The restic on this computer is too old: it must be 0.14 or later. Install it with: sudo apt install restic"
    ),
    "took-too-long": _("The place didn't answer in time. Nothing there was changed."),
    "no-repository": _("The place answers, but the copies that should lie there are not there."),
    "already-there": _("Somebody else's copies lie there already. Choose another folder in it."),
    "wrong-password": _("The copies there were made by another installation, or their password was changed."),
    "locked": _("Something else is at work there just now. Tryggve tries again by itself."),
    "unreachable": _("The place doesn't answer, or doesn't let Tryggve in."),
    "full": _("There is no room left. Make room there, or add a larger place."),
    "damaged": _("What lies there isn't what was written. Don't rely on this place: add another one now."),
    "incomplete": _("Some files could not be read, so the copy lacks them."),
    causes.NO_DATA_PLACE: _("No place that holds data could be reached."),
    causes.NO_KEY_PLACE: _(
        "No place that holds keys could be reached, and without keys a copy can't be read."
    ),
    causes.KEYS_MISSING: _(
        "The register names keys that are nowhere. A copy of that would be a broken one. Ask for help now."
    ),
    causes.KEYS_UNREADABLE: _("The keys on this computer could not be read."),
    causes.COPY_DAMAGED: _("The copy of the register was found damaged before it was brought anywhere."),
    causes.COPY_TOOK_TOO_LONG: _(
        "Others wrote so much in the register that no copy of one moment could be made."
    ),
    causes.DISK_OVERDUE: _(
        "A disk that is carried away hasn't been here for a month. Plug it in: the newest backup is then brought to it."
    ),
    causes.TAKEN_OVER: _(
        "Another computer has taken this register over, and its copies lie there. Nothing was brought. Stop Tryggve on "
        "this computer. If it is this one that should go on, type: ./tryggve keys take-over"
    ),
    causes.KEYS_KNOW_MORE: _(
        "Copies of the keys lie there that know of erased customers whom this register doesn't, as after a restore "
        "from older keys. They are kept. Restore once more, and name this place for the keys."
    ),
    causes.NOT_COPIED: _(
        "The register could not be copied on this computer, so nothing was brought anywhere."
    ),
    causes.FULL_HERE: _("There is no room left on this computer."),
    causes.NO_DUMP_PROGRAM: _(
        "The program pg_dump isn't on this computer. Install it with: sudo apt install postgresql-client"
    ),
    causes.DUMP_FAILED: _("The database could not be copied."),
    causes.CUT_OFF: _("The computer was turned off, or the program was ended, in the middle of it."),
    causes.BROKE: _("Something went wrong in Tryggve. The program's own log tells where."),
    "failed": _("The copy could not be made."),
}


_OTHER: Final = _("The test came upon something that it has no words for. The program's own log tells more.")
# Of restore tests, beside those.
TEST_CAUSES: Final[Mapping[str, StrOrPromise]] = {
    "in-use": _("Something else was at work in the place. Tryggve tries again soon."),
    "locked": _("The register was locked, so that no customer could be read. Unlock it and test again."),
    "keys-replaced": _(
        "The keys were replaced after the copy was taken. The next backup and test belong together again."
    ),
    "no-private-memory": _(
        "This computer has too little free memory for a private folder. Close other programs and test again."
    ),
    "files-missing": _("Files are missing in the copy."),
    "files-too-many": _("There are files in the copy that don't belong there."),
    "files-differ": _("Files in the copy are not what they were when they were copied."),
    "own-folders-differ": _("Files of your own folders are missing in the copy."),
    "keys-damaged": _("The copy of the keys is damaged, so that the data couldn't be read with it."),
    "keys-lost": _("A place that should hold the keys has none any more."),
    "keys-older": _(
        "Keys of customers are missing in the copy of the keys: their details couldn't be read after a restore."
    ),
    "database-damaged": _("The register in the copy is damaged."),
    "rows-differ": _("The register in the copy doesn't have every row that it had."),
    "newer-copy": _("The copy was made by a newer version of Tryggve than this one."),
    "other-version": _("The copy was made by another version of Tryggve than it says."),
    "copy-unusable": _("The register in the copy couldn't be brought to this version of Tryggve."),
    "full": _("There was no room left, in the place or on this computer."),
    "memory": _("This computer has too little free memory. Close other programs and test again."),
    "log-broken": _("The log in the copy was changed, or a part of it is gone."),
    "other-log": _("The log in the copy isn't the one that was copied."),
    "made-up-unreadable": _(
        "Somebody made up, who was written down before the backup, couldn't be read in it."
    ),
    "erased-readable": _("Somebody made up, who was erased, can still be read in an older copy."),
    "no-place": _("There is no place for the copies yet."),
    "no-pair": _("There is no whole copy yet that could be restored."),
    "no-test-database": _(
        "Tryggve may not make a database to restore into. As the administrator of PostgreSQL: "
        "ALTER ROLE tryggve CREATEDB;"
    ),
    "no-pg-restore": _(
        "The program pg_restore isn't on this computer. Install it with: sudo apt install postgresql-client"
    ),
    "other-database": _("The copy is of another kind of database than the one in use."),
    "database-missing": _("The register is missing in the copy."),
    "does-not-start": _("Tryggve couldn't be started on the copy."),
    "manifest-damaged": _("The list of what the copy holds is missing or damaged."),
    "other-pair": _("Data and keys in the places don't belong together."),
    "own-folders-damaged": _("Your own folders in the copy are damaged."),
    "snapshot-missing": _("The copy isn't in the place any more, though it should be."),
    "cut-off": _("The computer was turned off, or the program was ended, in the middle of it."),
    "customers-unreadable": _("Customers in the copy couldn't be decrypted."),
}


def test_cause_in_words(code: str) -> StrOrPromise:
    """Why a restore test failed or couldn't be made; empty for no code."""
    return TEST_CAUSES.get(code) or CAUSES.get(code, _OTHER) if code else ""


def cause_in_words(code: str) -> StrOrPromise:
    """Why something couldn't be done; empty for no code."""
    return CAUSES.get(code, CAUSES["failed"]) if code else ""


def ago(days: int) -> str:
    """How long since, as people say it."""
    if days <= 0:
        return gettext("today")
    return ngettext("%(days)s day ago", "%(days)s days ago", days) % {"days": days}
