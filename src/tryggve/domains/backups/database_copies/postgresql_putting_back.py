"""A dump of a PostgreSQL database put into another, all of it or nothing."""

import shutil
import subprocess
from pathlib import Path

from tryggve.domains.backups.database_copies.postgresql_copies import address, environment
from tryggve.domains.backups.restic.running import die_with_parent


class NoRestoreProgram(Exception):
    """There is no pg_restore on this computer."""


class NotPutBack(Exception):
    """pg_restore ended without having done it; nothing is in the database then."""


def put_back(dump: Path, *, seconds: float) -> None:
    """Fill the database that Django's settings name, which holds nothing. Raises NoRestoreProgram and NotPutBack."""
    program = shutil.which("pg_restore")
    if program is None:
        raise NoRestoreProgram
    words = ["--no-owner", "--no-privileges", "--exit-on-error", "--single-transaction", "--no-password"]
    try:
        subprocess.run(  # noqa: S603 - found on PATH
            [program, *words, f"--dbname={address()}", str(dump)],
            env=environment(), stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
            timeout=seconds, check=True, preexec_fn=die_with_parent,
        )  # fmt: skip
    except (subprocess.SubprocessError, OSError):
        raise NotPutBack from None
