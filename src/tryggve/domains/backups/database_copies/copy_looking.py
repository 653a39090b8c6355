"""Looks at a copy of the register in a process of its own, which knows that copy and no other.

``folder`` is laid out as a data folder: ``tryggve.sqlite3``, and ``audit`` beside it where the log is to be verified.
"""

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Final
from uuid import UUID

from tryggve.domains.backups.restic.running import die_with_parent

_PROGRAM: Final = f"import {__name__} as looking; looking.answer()"
_PASSED: Final = ("PATH", "HOME", "LANG", "LC_ALL", "TZ", "PYTHONUTF8")
_SECONDS: Final = 3600.0


class CannotLook(Exception):
    """The copy can't be looked at: it isn't one, or is damaged, or its keys' owners can't be told."""


@dataclass(frozen=True, slots=True)
class Looked:
    """What a copy of the data is found to be.

    ``log_fault``: the code of the first thing that is wrong with its audit log; empty when nothing is, or when it
    wasn't asked. ``log_size``: the entries that were verified.
    """

    is_whole: bool
    counts: dict[str, int]
    migrations: list[str]
    keys: frozenset[UUID]
    log_fault: str = ""
    log_size: int = 0


def look(
    folder: Path,
    *,
    database: Mapping[str, Any] | None = None,
    thoroughly: bool = False,
    log_at: datetime | None = None,
    seconds: float = _SECONDS,
) -> Looked:
    """Read it as it is; nothing is written there.

    ``database``: Django's settings of one to look into instead of the SQLite file. ``log_at``: verify the audit log as
    of that time. Raises CannotLook.
    """
    asked = {
        "database": dict(database) if database is not None else _read_only(folder / "tryggve.sqlite3"),
        "thoroughly": thoroughly,
        "log_at": log_at.isoformat() if log_at is not None else None,
    }
    try:
        ended = subprocess.run(  # noqa: S603 - our own program
            [sys.executable, "-P", "-c", _PROGRAM],
            env=_environment(folder), input=json.dumps(asked, default=str).encode(), stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL, timeout=seconds, check=True, cwd=folder, preexec_fn=die_with_parent,
        )  # fmt: skip
        return _looked(json.loads(ended.stdout))
    except (subprocess.SubprocessError, OSError, ValueError, KeyError):
        raise CannotLook from None


def answer() -> None:
    """In the process that looks: standard input tells at what, standard output takes what was found."""
    import django  # noqa: PLC0415 - the copy is told to the settings first
    from django.conf import settings  # noqa: PLC0415

    asked = json.load(sys.stdin)
    settings.DATABASES["default"] = asked["database"]
    django.setup()
    json.dump(_found(asked), sys.stdout)


def _found(asked: Mapping[str, Any]) -> dict[str, Any]:
    from tryggve.domains.backups.database_copies import copy_questions  # noqa: PLC0415 - needs what was set up above

    is_sqlite = str(asked["database"]["ENGINE"]).endswith("sqlite3")
    if is_sqlite and not copy_questions.is_whole(thoroughly=asked["thoroughly"]):
        return {"is_whole": False, "counts": {}, "migrations": [], "keys": []}
    return {
        "is_whole": True,
        "counts": copy_questions.counts(),
        "migrations": copy_questions.migrations(),
        "keys": [key.hex for key in copy_questions.named_keys()],
        **(_log(datetime.fromisoformat(asked["log_at"])) if asked["log_at"] else {}),
    }


def _log(at: datetime) -> dict[str, Any]:
    from tryggve.audit import verification  # noqa: PLC0415 - needs what was set up

    verdict = verification.verify(now=at)
    return {
        "log_fault": "" if verdict.first_bad is None else verdict.first_bad.why,
        "log_size": verdict.entries,
    }


def _looked(told: Mapping[str, Any]) -> Looked:
    return Looked(
        is_whole=bool(told["is_whole"]),
        counts={str(table): int(count) for table, count in told["counts"].items()},
        migrations=[str(one) for one in told["migrations"]],
        keys=frozenset(UUID(hex=key) for key in told["keys"]),
        log_fault=str(told.get("log_fault", "")),
        log_size=int(told.get("log_size", 0)),
    )


def _read_only(file: Path) -> dict[str, Any]:
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": f"{file.absolute().as_uri()}?mode=ro",
        "OPTIONS": {"init_command": "PRAGMA query_only=ON; PRAGMA temp_store=MEMORY;"},
    }


def _environment(folder: Path) -> dict[str, str]:
    path = os.pathsep.join(place for place in sys.path if Path(place).is_absolute())
    return {
        **{name: os.environ[name] for name in _PASSED if name in os.environ},
        "DJANGO_SETTINGS_MODULE": "tryggve.config.settings",
        "TRYGGVE_DATA": str(folder),
        # No keys, and no database but the one that is told.
        "TRYGGVE_CONFIG": str(folder / "no-keys"),
        "PYTHONPATH": path,
        "MALLOC_ARENA_MAX": "2",
    }
