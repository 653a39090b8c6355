"""Files that a person named on the command line, opened before rights were dropped."""

import os
import stat
from collections.abc import Iterable
from pathlib import Path
from typing import BinaryIO

# A link is not followed with the rights of who called: the file's folder may be another user's, who could lead
# it to what only root may read. Not blocking: a pipe in its place must not hang the command.
_FLAGS = os.O_RDONLY | os.O_CLOEXEC | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_NOCTTY

_opened: dict[str, int] = {}


def open_named_files(arguments: Iterable[str]) -> None:
    """Open each argument that names a file, with the rights of who called; what can't be opened waits."""
    for argument in arguments:
        if not argument.startswith("-") and argument not in _opened:
            try:
                descriptor = os.open(argument, _FLAGS)
            except OSError:
                continue  # no name of a file, or one that is told when it is wanted
            if stat.S_ISREG(os.fstat(descriptor).st_mode):
                _opened[argument] = descriptor
            else:
                os.close(descriptor)


def open_binary(name: str) -> BinaryIO:
    """The file of that name for reading, from its start. Raises OSError."""
    if name not in _opened:
        return Path(name).open("rb")
    os.lseek(_opened[name], 0, os.SEEK_SET)
    return os.fdopen(os.dup(_opened[name]), "rb")
