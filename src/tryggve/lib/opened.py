"""Files that a person named on the command line, opened before rights were dropped."""

import os
from collections.abc import Iterable
from pathlib import Path
from typing import BinaryIO

_opened: dict[str, int] = {}


def open_named_files(arguments: Iterable[str]) -> None:
    """Open each argument that names a readable file, with the rights of who called."""
    for argument in arguments:
        if not argument.startswith("-") and Path(argument).is_file():
            _opened[argument] = os.open(argument, os.O_RDONLY | os.O_CLOEXEC)


def open_binary(name: str) -> BinaryIO:
    """The file of that name for reading. Raises OSError."""
    if name in _opened:
        return os.fdopen(os.dup(_opened[name]), "rb")
    return Path(name).open("rb")
