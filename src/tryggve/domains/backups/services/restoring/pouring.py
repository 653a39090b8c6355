"""The database of a register that lies in a PostgreSQL server."""

from typing import Final

from django.db import DatabaseError, connection
from django.utils.translation import gettext_lazy

from tryggve.domains.backups.database_copies import postgresql_putting_back
from tryggve.domains.backups.services.restoring import placing
from tryggve.lib.errors import Refusal
from tryggve.lib.folders import Folders

_SECONDS: Final = 12 * 3600.0


class DatabaseInUse(Refusal):
    sentence = gettext_lazy(
        "The database that %(file)s names isn't empty. Nothing was changed in it. Make an empty one, write its address "
        "into that file, and run «./tryggve restore» again."
    )


class NoServer(Refusal):
    sentence = gettext_lazy(
        "The PostgreSQL database that %(file)s names doesn't answer. Nothing was lost. Start it, or correct the "
        "address in that file, and run «./tryggve restore» again."
    )


class NotPoured(Refusal):
    sentence = gettext_lazy(
        "The copy of the database could not be put into PostgreSQL: %(cause)s. Nothing is in it now. Mend that, and "
        "run «./tryggve restore» again."
    )


def is_empty(where: Folders) -> bool:
    """Whether nothing is in the database yet. Raises NoServer."""
    try:
        return not connection.introspection.table_names()
    except DatabaseError:
        raise NoServer(file=where.database_url_file) from None
    finally:
        connection.close()


def require(where: Folders, *, is_empty: bool) -> None:
    """Refuse to fill what holds anything. Raises DatabaseInUse."""
    if not is_empty:
        raise DatabaseInUse(file=where.database_url_file)


def pour(where: Folders) -> None:
    """Put the dump that was brought into the empty database, all of it or nothing. Raises NotPoured."""
    try:
        postgresql_putting_back.put_back(placing.dump_of(where), seconds=_SECONDS)
    except postgresql_putting_back.NoRestoreProgram:
        cause = gettext_lazy("there is no pg_restore; install it with: sudo apt install postgresql-client")
        raise NotPoured(cause=cause) from None
    except postgresql_putting_back.NotPutBack:
        cause = gettext_lazy("the server refused it, or is older than the one that it comes from")
        raise NotPoured(cause=cause) from None
