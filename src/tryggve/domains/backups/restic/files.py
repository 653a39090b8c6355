"""Files that restic's own helpers need, such as a key for ssh: there for one run, for their owner alone."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from tryggve.domains.backups.restic.places import Place

# Stands in a place's environment, options and files for the folder that the files lie in.
FOLDER: Final = "{files}"
_PREFIX: Final = "place-"
_OWNER_ALONE: Final = 0o600


@contextmanager
def laid_out(place: Place, *, beside: Path) -> Iterator[Place]:
    """The place as restic takes it while its files lie in a folder of their own; then they are gone. Raises OSError."""
    if not place.files:
        yield place
        return
    under = place.files_under or beside
    under.mkdir(mode=0o700, parents=True, exist_ok=True)
    _sweep(under)
    folder = Path(tempfile.mkdtemp(prefix=f"{_PREFIX}{os.getpid()}-", dir=under))
    try:
        for name, content in place.files.items():
            _write(folder / name, _put(content, folder))
        yield Place(
            place.location,
            {name: _put(value, folder) for name, value in place.environment.items()},
            tuple(_put(option, folder) for option in place.options),
            is_away=place.is_away,
        )
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _put(text: str, folder: Path) -> str:
    return text.replace(FOLDER, str(folder))


def _write(path: Path, content: str) -> None:
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _OWNER_ALONE), "w") as out:
        out.write(content)


def _sweep(under: Path) -> None:
    """Remove what a process left behind that was killed."""
    for left in under.glob(f"{_PREFIX}*"):
        if not _is_alive(left.name.removeprefix(_PREFIX).partition("-")[0]):
            shutil.rmtree(left, ignore_errors=True)


def _is_alive(process: str) -> bool:
    try:
        os.kill(int(process), 0)
    except (ValueError, ProcessLookupError):
        return False
    except PermissionError:
        return True
    return True
