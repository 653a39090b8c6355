import errno
import sqlite3
from typing import ClassVar

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tryggve.lib import errors

_FULL = (errno.ENOSPC, errno.EDQUOT)
_FORBIDDEN = (errno.EACCES, errno.EPERM, errno.EROFS)
_FORBIDDEN_IN_SQLITE = (sqlite3.SQLITE_READONLY, sqlite3.SQLITE_PERM, sqlite3.SQLITE_CANTOPEN)


class Locked(errors.Refusal):
    """The keys can't be had now; what is sealed stays sealed and is not lost."""

    exit_status: ClassVar[int] = 3


class NotUnlocked(Locked):
    """Somebody locked the register, or it was started where only a person can open it."""

    sentence = gettext_lazy(
        "The register is locked. Nothing is lost: open it on its page in the browser, "
        "or with «./tryggve keys unlock»."
    )


def cause_in_words(error: OSError | sqlite3.Error) -> str:
    """Why the disk said no, for the middle of a sentence."""
    number = error.errno if isinstance(error, OSError) else None
    code = None if isinstance(error, OSError) else error.sqlite_errorcode & 0xFF
    if number in _FULL or code == sqlite3.SQLITE_FULL:
        return _("the disk is full")
    if number in _FORBIDDEN or code in _FORBIDDEN_IN_SQLITE:
        return _("Tryggve lacks the rights that it needs there")
    if code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        return _("another program has been using it for too long")
    return _("the disk answered with an error")
