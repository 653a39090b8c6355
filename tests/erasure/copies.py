"""Copies of the data without its keys, as a backup of the data is one."""

import json
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from django.db import connection

from tests.cast import NOW
from tests.erasure import beside
from tests.erasure.erasing import AFTER
from tryggve.lib import folders


@dataclass(frozen=True)
class Copy:
    """Data files of a day before the erasure, in folders beside today's key store."""

    data: Path

    @property
    def database(self) -> Path:
        return self.data / "tryggve.sqlite3"

    def readable(self) -> list[str]:
        """All that can be read there, with the key store of now."""
        shutil.copyfile(folders.current().keys, self.data / "keys.sqlite3")
        status, printed = beside.run("read", NOW, "", data=self.data, database=self.database)
        assert status == 0
        told: list[str] = json.loads(printed)
        return told

    def start(self) -> None:
        """What the program does before it serves anybody, and once after that."""
        status, _printed = beside.run("start", AFTER, "", data=self.data, database=self.database)
        assert status == 0

    def rows(self, question: str) -> list[tuple[object, ...]]:
        with closing(sqlite3.connect(self.database)) as database:
            return database.execute(question).fetchall()


def make(folder: Path, *, meanwhile: Callable[[], object] | None = None) -> Copy:
    """Of the data as it is now; ``meanwhile`` is done when the first page of the database is copied."""
    made = Copy(folder / "data")
    made.data.mkdir(mode=0o700)
    (made.data / "run").mkdir(mode=0o700)
    for there in (folders.current().files, folders.current().audit):
        shutil.copytree(there, made.data / there.name)
    waiting = [meanwhile] if meanwhile else []

    def copied(_status: int, _remaining: int, _total: int) -> None:
        if waiting:
            waiting.pop()()

    source = sqlite3.connect(connection.settings_dict["NAME"], uri=True)
    with closing(source), closing(sqlite3.connect(made.database)) as target:
        source.backup(target, pages=8, progress=copied)
    return made
