"""Bringing a database to this version."""

import sqlite3
from pathlib import Path

from django.core.management import call_command
from django.db import connection

from tryggve.domains.setup import database
from tryggve.lib.folders import Folders


def upgrade(folders: Folders) -> None:
    """An upgrade that goes wrong must not cost the register: the database is kept as it was before."""
    mark = _mark(folders)
    if not mark.exists():  # else one was cut off, and the copy from before it is the one to keep
        _keep_copy(folders)
        mark.touch(mode=0o600)
    call_command("migrate", verbosity=0, interactive=False, skip_checks=True)


def note_end(folders: Folders) -> None:
    """From now on no upgrade is under way: the next one keeps a copy of its own."""
    _mark(folders).unlink(missing_ok=True)


def _mark(folders: Folders) -> Path:
    return folders.run / "upgrading"


def _keep_copy(folders: Folders) -> None:
    if connection.vendor != "sqlite" or not database.has_tables():
        return
    copy = folders.data / "before-upgrade.sqlite3"
    fresh = copy.with_name(copy.name + ".new")
    fresh.unlink(missing_ok=True)
    fresh.touch(mode=0o600)
    source, target = sqlite3.connect(folders.database), sqlite3.connect(fresh)
    try:
        source.backup(target)
    finally:
        source.close()
        target.close()
    fresh.replace(copy)
