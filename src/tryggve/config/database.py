from typing import Any

from tryggve.lib.folders import Folders

# Temporary tables stay in memory: SQLite would write them to the system's folder, outside the data folder.
_SQLITE_START = (
    "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; PRAGMA temp_store=MEMORY;"
)


def database_of(folders: Folders) -> dict[str, Any]:
    """Django's settings for the firm's database: SQLite, unless the folder of keys names a PostgreSQL.

    Raises postgresql.DatabaseAddressWrong.
    """
    if folders.database_url_file.is_file():
        from tryggve.config import postgresql  # noqa: PLC0415 - only who uses it waits for its driver

        return postgresql.settings_of(folders.database_url_file)
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": folders.database,
        "CONN_MAX_AGE": None,
        "OPTIONS": {"transaction_mode": "IMMEDIATE", "timeout": 20, "init_command": _SQLITE_START},
    }
