"""Going through a folder of the company's own, for so long and no longer."""

import os
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Final

MOST_FILES: Final = 2_000_000
SECONDS: Final = 60.0
# How often the clock is asked.
_EVERY: Final = 512


class Walk:
    """The plain files below a folder, as ``os.DirEntry``; links aren't followed, and what can't be read is left out.

    ``is_whole``: whether it came to the end, rather than to one of its limits.
    """

    def __init__(self, folder: Path, *, most: int = MOST_FILES, seconds: float = SECONDS) -> None:
        self._folder, self._left, self._until = folder, most, time.monotonic() + seconds
        self.is_whole = True

    def __iter__(self) -> Iterator[os.DirEntry[str]]:
        waiting = [os.fspath(self._folder)]
        while waiting:
            for entry in _entries(waiting.pop()):
                if not self._goes_on():
                    return
                if _is_folder(entry):
                    waiting.append(entry.path)
                elif _is_file(entry):
                    yield entry

    def _goes_on(self) -> bool:
        self._left -= 1
        if self._left < 0 or (self._left % _EVERY == 0 and time.monotonic() > self._until):
            self.is_whole = False
        return self.is_whole


def _entries(folder: str) -> list[os.DirEntry[str]]:
    try:
        with os.scandir(folder) as found:
            return list(found)
    except OSError:
        return []


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir(follow_symlinks=False)
    except OSError:
        return False


def _is_file(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_file(follow_symlinks=False)
    except OSError:
        return False
