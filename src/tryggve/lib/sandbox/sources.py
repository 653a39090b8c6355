import fcntl
import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress


@contextmanager
def descriptor_of(source: bytes | int) -> Iterator[int]:
    """A descriptor from which a child reads these bytes; one that is given stays the caller's."""
    if isinstance(source, int):
        yield source
        return
    reading = _in_memory(source) if hasattr(os, "memfd_create") else _piped(source)
    try:
        yield reading
    finally:
        os.close(reading)


def _in_memory(content: bytes) -> int:
    """A file without a name or a disk, which nobody can change any more."""
    made = os.memfd_create("", os.MFD_CLOEXEC | os.MFD_ALLOW_SEALING)
    try:
        left = memoryview(content)
        while left:
            left = left[os.write(made, left) :]
        seals = fcntl.F_SEAL_WRITE | fcntl.F_SEAL_GROW | fcntl.F_SEAL_SHRINK | fcntl.F_SEAL_SEAL
        fcntl.fcntl(made, fcntl.F_ADD_SEALS, seals)
        os.lseek(made, 0, os.SEEK_SET)
    except BaseException:
        os.close(made)
        raise
    return made


def _piped(content: bytes) -> int:
    """Where memory has no files, a pipe that is filled as it is emptied."""
    reading, writing = os.pipe()
    threading.Thread(target=_fill, args=(writing, content), daemon=True).start()
    return reading


def _fill(writing: int, content: bytes) -> None:
    # Whoever was to read may end early.
    with suppress(BrokenPipeError), os.fdopen(writing, "wb", buffering=0) as out:
        left = memoryview(content)
        while left:
            left = left[out.write(left) :]
