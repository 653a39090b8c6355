import errno
import sqlite3

from django import db

from tryggve.lib import trace
from tryggve.lib.language import early_words

_ = early_words()

_FULL = _(
    "The disk is full. What was being written was undone; nothing else is lost. Make room and try again."
)
_FORBIDDEN = _("The data folder can't be written to. Nothing was changed. Check its rights and the disk.")
_FAILING = _(
    "The disk answered with an error; it may be full or broken. What was being written was undone. "
    "Look at the disk, then try again."
)
_BUSY = _("Another program has used the database for too long. Nothing was changed. Try again in a while.")
_DAMAGED = _(
    "The database is damaged. Tryggve has changed nothing in it: keep the file, and put the newest whole copy "
    "in its place."
)
_AWAY = _("The database doesn't answer. What was not finished was undone. Is it started? Then try again.")

_OF_SYSTEM = {
    errno.ENOSPC: _FULL,
    errno.EDQUOT: _FULL,
    errno.EFBIG: _FULL,
    errno.EROFS: _FORBIDDEN,
    errno.EACCES: _FORBIDDEN,
    errno.EPERM: _FORBIDDEN,
    errno.EIO: _FAILING,
}
_OF_SQLITE = {
    sqlite3.SQLITE_FULL: _FULL,
    sqlite3.SQLITE_READONLY: _FORBIDDEN,
    sqlite3.SQLITE_CANTOPEN: _FORBIDDEN,
    sqlite3.SQLITE_PERM: _FORBIDDEN,
    sqlite3.SQLITE_IOERR: _FAILING,
    sqlite3.SQLITE_BUSY: _BUSY,
    sqlite3.SQLITE_LOCKED: _BUSY,
    sqlite3.SQLITE_CORRUPT: _DAMAGED,
    sqlite3.SQLITE_NOTADB: _DAMAGED,
}
_NO_ANSWER = "08"
# By code, or by its class (PostgreSQL, Appendix A).
_OF_POSTGRESQL = {
    _NO_ANSWER: _AWAY,
    "57P01": _AWAY,
    "57P02": _AWAY,
    "57P03": _AWAY,
    "53100": _FULL,
    "55P03": _BUSY,
    "57014": _BUSY,
    "40P01": _BUSY,
}


def told(failure: BaseException) -> str:
    """What to tell a person of a failure that nobody expected, without any value in it."""
    if words := _of_disk_or_database(failure):
        return words
    return _(
        "Something went wrong that we did not foresee (number %(number)s). What was not finished was undone. "
        "Try again; if it comes back, give the number to whoever helps you."
    ) % {"number": trace.keep(failure)}


def _of_disk_or_database(failure: BaseException | None) -> str | None:
    """Follow the chain of causes to what disk or database said."""
    while failure is not None:
        if words := _told_by(failure):
            return words
        failure = failure.__cause__ or failure.__context__
    return None


def _told_by(failure: BaseException) -> str | None:
    match failure:
        case OSError():
            return _OF_SYSTEM.get(failure.errno or 0)
        case sqlite3.Error():
            return _OF_SQLITE.get(getattr(failure, "sqlite_errorcode", 0) & 0xFF)
        case db.OperationalError() | db.InterfaceError() if not isinstance(failure.__cause__, sqlite3.Error):
            # PostgreSQL gives a code to what it answers, and none when it doesn't answer.
            state = getattr(failure.__cause__, "sqlstate", None) or _NO_ANSWER
            return _OF_POSTGRESQL.get(state, _OF_POSTGRESQL.get(state[:2]))
    return None
