"""Registers on folders of their own, as the real program makes them and finds them again."""

import os
import shutil
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from tests.program import Program
from tryggve.lib import machine

# What `up` does before it serves, without serving.
PREPARE = """
import os, sys
from datetime import UTC, datetime
os.environ |= {"TRYGGVE_DATA": sys.argv[2], "TRYGGVE_CONFIG": sys.argv[4]}
os.environ["DJANGO_SETTINGS_MODULE"] = "tryggve.config.settings"
os.umask(0o077)
import django
django.setup()
from tryggve.domains.setup import installation
from tryggve.lib import folders
from tryggve.lib.errors import Refusal
try:
    installation.prepare(folders.current(), at=datetime.now(UTC))
except Refusal as refusal:
    sys.exit(f"{type(refusal).__name__}: {refusal}")
"""
PREPARING = (sys.executable, "-c", PREPARE)
BY_COMMAND = (sys.executable, "-m", "tryggve")


@contextmanager
def new(*, command: tuple[str, ...] = BY_COMMAND) -> Iterator[Program]:
    """An installation that wasn't started yet."""
    made = Program(command=command)
    try:
        yield made
    finally:
        made.clear()


@contextmanager
def copied(source: Program, *, command: tuple[str, ...] = BY_COMMAND) -> Iterator[Program]:
    """The same register once more on the same computer, for a test to spoil."""
    with new(command=command) as made:
        for place, copy in ((source.data, made.data), (source.config, made.config)):
            shutil.copytree(place, copy, copy_function=_copied_here)
        made._give_to_nobody()
        yield made


def _copied_here(source: str, target: str) -> None:
    """A computer without a machine-id is known by the very file that holds its secret."""
    (os.link if Path(source).name == machine.FILE else shutil.copy2)(source, target)


def change(program: Program, *statements: str) -> None:
    """Change the database behind the product's back; no file is left that the product's user can't use."""
    with closing(sqlite3.connect(program.data / "tryggve.sqlite3", isolation_level=None)) as connection:
        for statement in statements:
            connection.execute(statement)
    program._give_to_nobody()


def tables(database: Path) -> set[str]:
    with closing(sqlite3.connect(database)) as connection:
        return {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}


def rows(program: Program) -> list[str]:
    """All that stands in the database, as statements that would make it anew."""
    with closing(sqlite3.connect(program.data / "tryggve.sqlite3")) as connection:
        return list(connection.iterdump())


def content(program: Program) -> dict[str, bytes]:
    """Every file but the locks, which say nothing."""
    return {
        str(path.relative_to(program.home)): path.read_bytes()
        for path in sorted(program.home.rglob("*"))
        if path.is_file() and path.parent.name != "run" and path.suffix != ".lock"
    }


def modes(program: Program) -> dict[str, int]:
    """What others may do with each file and folder; 0 everywhere is right."""
    return {
        str(path.relative_to(program.home)): path.stat().st_mode & 0o077
        for place in (program.data, program.config)
        for path in (place, *place.rglob("*"))
    }


def owners(program: Program) -> set[int]:
    return {path.stat().st_uid for path in (program.home, *program.home.rglob("*"))}
