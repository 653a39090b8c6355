"""What this thread asks of the database is asked of a copy of it for a while, and of nothing else."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from django.db import DEFAULT_DB_ALIAS, connections

_OPTIONS: Final = {"init_command": "PRAGMA query_only=ON; PRAGMA temp_store=MEMORY;"}


@contextmanager
def asked(copy: Path) -> Iterator[None]:
    """Of that SQLite file, which nothing is written to, as long as the block lasts."""
    here = connections[DEFAULT_DB_ALIAS]
    there = here.copy()
    there.settings_dict |= {"NAME": f"{copy.absolute().as_uri()}?mode=ro", "OPTIONS": _OPTIONS}
    connections[DEFAULT_DB_ALIAS] = there
    try:
        yield
    finally:
        connections[DEFAULT_DB_ALIAS] = here
        there.close()
