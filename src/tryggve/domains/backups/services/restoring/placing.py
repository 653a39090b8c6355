"""Putting what was brought where a register has it; each file by one rename, so that it is done again where cut off."""

import os
import shutil
from pathlib import Path
from typing import Final

from tryggve.domains.backups.services.restoring import fetching
from tryggve.lib import durable, write_points
from tryggve.lib.folders import Folders

# All else that a copy might hold is no register's, or this computer's own: its name, its keys, how far it has come.
_OF_A_REGISTER: Final = frozenset({"files", "audit", "in-use", "demo"})


def dump_of(where: Folders) -> Path:
    """Where a copy of a PostgreSQL database waits to be put into its server."""
    return where.data / "database.pgdump"


def put_in_place(brought: Path, where: Folders) -> None:
    """What a register has, the database last; whoever may add a copy can't add more. Raises OSError."""
    _remove_links(brought)
    for source in sorted(brought.iterdir()):
        if source.name in _OF_A_REGISTER:
            _move(source, where.data / source.name)
            write_points.reached("backups: restored in part")
    for copy, target in (
        (fetching.SQLITE, where.database),
        (fetching.POSTGRESQL, dump_of(where)),
    ):
        if (brought / copy).exists():
            _move(brought / copy, target)
    durable.sync_folder(where.data)


def clear(where: Folders) -> None:
    """Nothing of what was brought lies twice."""
    shutil.rmtree(where.data / "restored", ignore_errors=True)


def _remove_links(brought: Path) -> None:
    """A register has none: they would lead out of it."""
    for folder, folders, names in os.walk(brought):
        for path in (Path(folder) / name for name in (*folders, *names)):
            if path.is_symlink():
                path.unlink()


def _move(source: Path, target: Path) -> None:
    """What lies there was put there by this very restore, or is an empty folder."""
    if target.is_dir():
        shutil.rmtree(target)
    source.replace(target)
