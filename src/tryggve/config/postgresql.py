from pathlib import Path
from typing import Any

import psycopg
from psycopg import conninfo

from tryggve.lib.errors import Refusal
from tryggve.lib.language import early_words

_ = early_words()
_SCHEMES = ("postgresql://", "postgres://")


class DatabaseAddressWrong(Refusal):
    """The file database-url doesn't hold the address of a PostgreSQL database."""


def settings_of(url_file: Path) -> dict[str, Any]:
    """Read ``postgresql://user:password@host:port/name?option=value``, as libpq itself does.

    Raises DatabaseAddressWrong.
    """
    parts = _parts_of(url_file)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.pop("dbname"),
        "USER": parts.pop("user", ""),
        "PASSWORD": parts.pop("password", ""),
        "HOST": parts.pop("host", ""),
        "PORT": parts.pop("port", ""),
        "CONN_MAX_AGE": None,
        "OPTIONS": parts,
    }


def _parts_of(url_file: Path) -> dict[str, Any]:
    try:
        text = url_file.read_text(encoding="utf-8").strip()
        parts = conninfo.conninfo_to_dict(text) if text.startswith(_SCHEMES) else {}
    except (psycopg.ProgrammingError, UnicodeDecodeError):
        parts = {}  # what was wrong isn't told: it may quote the password
    if not parts.get("dbname"):
        raise DatabaseAddressWrong(
            _(
                "%(file)s must hold one line: postgresql://USER:PASSWORD@HOST/DATABASE. Nothing was started. "
                "Signs like @ or / in the password are written as %%40 or %%2F."
            )
            % {"file": url_file}
        )
    return parts
