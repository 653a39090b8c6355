import fcntl
import os
from pathlib import Path
from typing import Any

from django.core.cache.backends.base import DEFAULT_TIMEOUT
from django.core.cache.backends.filebased import FileBasedCache


class SharedCache(FileBasedCache):
    """Django's cache in files, in which only one of several processes can add the same key.

    Django's own looks first and writes then: two that add at the same moment are both told that they were first,
    and limits on guessing, which are counted under such a lock, would let more attempts through.
    """

    def __init__(self, location: str | Path, params: dict[str, Any]) -> None:
        super().__init__(str(location), params)
        self._turn = Path(location) / "turn"

    def add(self, key: Any, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> bool:
        self._turn.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        descriptor = os.open(self._turn, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX)
            return super().add(key, value, timeout, version)
        finally:
            os.close(descriptor)
