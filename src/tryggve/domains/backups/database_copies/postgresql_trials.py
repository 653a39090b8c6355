"""A database of its own on the register's PostgreSQL server, made for one restore test and dropped after it."""

import hashlib
import os
import secrets
import shutil
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlencode

from django.db import connection

from tryggve.domains.backups.restic.running import die_with_parent
from tryggve.lib import folders

if TYPE_CHECKING:
    import psycopg

_PASSED: Final = ("PATH", "HOME", "LANG", "LC_ALL")
_SECONDS: Final = 6 * 3600.0
_RANDOM_BYTES: Final = 4
# What may stand in no argument: others see those.
_SECRET: Final = frozenset({"password", "sslpassword"})


class MayNotCreate(Exception):
    """The register's user on that server may not make databases."""


class NoRestoreProgram(Exception):
    """There is no pg_restore on this computer."""


class RestoreFailed(Exception):
    """pg_restore ended without having done it."""


@dataclass(frozen=True, slots=True)
class TrialDatabase:
    """``address`` is for the file ``database-url``, ``settings`` are Django's."""

    address: str
    settings: Mapping[str, Any]


@contextmanager
def restored(dump: Path) -> Iterator[TrialDatabase]:
    """What the dump holds. Raises MayNotCreate, NoRestoreProgram and RestoreFailed."""
    program = shutil.which("pg_restore")
    if program is None:
        raise NoRestoreProgram
    name = f"{_prefix()}{secrets.token_hex(_RANDOM_BYTES)}"
    _create(name)
    try:
        parts = {**_parts(), "dbname": name}
        _restore(program, dump, parts)
        yield TrialDatabase(
            address=f"postgresql://?{urlencode(parts)}", settings={**connection.settings_dict, "NAME": name}
        )
    finally:
        _drop([name])


def require_usable() -> None:
    """Before a dump is at hand. Raises MayNotCreate and NoRestoreProgram."""
    if shutil.which("pg_restore") is None:
        raise NoRestoreProgram
    with _connected() as server:
        may = server.execute(
            "SELECT rolcreatedb OR rolsuper FROM pg_roles WHERE rolname = current_user"
        ).fetchone()
    if may is None or not may[0]:
        raise MayNotCreate


def remove_left_behind() -> None:
    """Those of this register whose test was killed. To be called by who holds the turn."""
    with _connected() as server:
        found = server.execute("SELECT datname FROM pg_database WHERE starts_with(datname, %s)", [_prefix()])
        names = [name for (name,) in found]
    if names:
        _drop(names)


def _create(name: str) -> None:
    from psycopg import errors, sql  # noqa: PLC0415 - only who uses it waits for its driver

    with _connected() as server:
        try:
            server.execute(
                sql.SQL("CREATE DATABASE {} TEMPLATE template0 ENCODING 'UTF8'").format(sql.Identifier(name))
            )
        except errors.InsufficientPrivilege:
            raise MayNotCreate from None


def _drop(names: list[str]) -> None:
    from psycopg import sql  # noqa: PLC0415

    with _connected() as server:
        for name in names:
            server.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))


def _restore(program: str, dump: Path, parts: Mapping[str, str]) -> None:
    from psycopg import conninfo  # noqa: PLC0415

    told = conninfo.make_conninfo(**{name: part for name, part in parts.items() if name not in _SECRET})
    words = [
        program,
        "--no-owner",
        "--no-privileges",
        "--exit-on-error",
        "--no-password",
        f"--dbname={told}",
        str(dump),
    ]
    password = parts.get("password")
    try:
        subprocess.run(  # noqa: S603 - found on PATH
            words,
            env={
                **{name: os.environ[name] for name in _PASSED if name in os.environ},
                **({"PGPASSWORD": password} if password else {}),
            },
            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
            timeout=_SECONDS, check=True, preexec_fn=die_with_parent,
        )  # fmt: skip
    except (subprocess.SubprocessError, OSError):
        raise RestoreFailed from None


@contextmanager
def _connected() -> "Iterator[psycopg.Connection[Any]]":
    """To the register's own database, outside any transaction, as CREATE DATABASE wants it."""
    import psycopg  # noqa: PLC0415

    with psycopg.connect(**_parts(), autocommit=True) as server:
        yield server


def _parts() -> dict[str, Any]:
    told: Mapping[str, Any] = connection.settings_dict
    parts = {
        "dbname": told["NAME"],
        "user": told["USER"],
        "password": told["PASSWORD"],
        "host": told["HOST"],
        "port": str(told["PORT"]),
        **{name: value for name, value in told["OPTIONS"].items() if isinstance(value, str)},
    }
    return {name: part for name, part in parts.items() if part}


def _prefix() -> str:
    """Of this register's alone: another on the same server may be testing, too."""
    known = hashlib.sha256(str(folders.current().data.resolve()).encode()).hexdigest()[:12]
    return f"tryggve_restore_test_{known}_"
