"""A dump of a PostgreSQL database as it is in a transaction that is open: what is asked in it is told of the same."""

import os
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from django.db import connection

from tryggve.domains.backups.restic.running import die_with_parent

_PASSED: Final = ("PATH", "HOME", "LANG", "LC_ALL")
# What may stand in no argument: others see those.
_SECRET: Final = frozenset({"password", "sslpassword"})


class NoDumpProgram(Exception):
    """There is no pg_dump on this computer."""


class DumpFailed(Exception):
    """pg_dump ended without having done it; an older one than the server can't."""


def stand_still() -> None:
    """From here on this transaction sees the database as it is now; the first thing that is asked in it."""
    with connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")


def dump(target: Path, *, seconds: float) -> None:
    """Write all that this transaction sees to a new file. Raises NoDumpProgram, DumpFailed; then no file is left."""
    program = shutil.which("pg_dump")
    if program is None:
        raise NoDumpProgram
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_export_snapshot()")
        snapshot = cursor.fetchone()[0]
    words = [program, "--format=custom", "--no-password", f"--snapshot={snapshot}", f"--file={target}"]
    try:
        subprocess.run(  # noqa: S603 - found on PATH
            [*words, f"--dbname={address()}"],
            env=environment(), stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
            timeout=seconds, check=True, preexec_fn=die_with_parent,
        )  # fmt: skip
    except (subprocess.SubprocessError, OSError):
        target.unlink(missing_ok=True)
        raise DumpFailed from None


def address() -> str:
    """Of the database that Django's settings name, without what must be seen by nobody else."""
    from psycopg import conninfo  # noqa: PLC0415 - only who uses it waits for its driver

    told: Mapping[str, Any] = connection.settings_dict
    parts = {
        "dbname": told["NAME"],
        "user": told["USER"],
        "host": told["HOST"],
        "port": str(told["PORT"]),
        **{name: value for name, value in told["OPTIONS"].items() if isinstance(value, str)},
    }
    return conninfo.make_conninfo(
        **{name: part for name, part in parts.items() if part and name not in _SECRET}
    )


def environment() -> dict[str, str]:
    """What PostgreSQL's own programs get, the password among it."""
    password = connection.settings_dict["PASSWORD"]
    return {
        **{name: os.environ[name] for name in _PASSED if name in os.environ},
        **({"PGPASSWORD": password} if password else {}),
    }
