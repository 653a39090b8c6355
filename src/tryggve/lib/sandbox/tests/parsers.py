"""Parsers that misbehave, each in its own way; most say their process's number first."""

import ctypes
import itertools
import os
import sys
from collections.abc import Iterator
from errno import EBADF
from typing import Any, BinaryIO

_CHUNK_BYTES = 1024 * 1024
_read: list[str] = []
_remembered: list[bytes] = []


def counting(stream: BinaryIO, *, up_to: int) -> Iterator[int]:
    yield os.getpid()
    yield from range(up_to)


def hungry(stream: BinaryIO, *, chunks: int) -> Iterator[int]:
    """Take memory and keep it."""
    yield os.getpid()
    yield len([bytearray(_CHUNK_BYTES) for _chunk in range(chunks)])


def endless(stream: BinaryIO) -> Iterator[int]:
    """Compute for ever."""
    yield os.getpid()
    for _number in itertools.count():
        pass


def waiting(stream: BinaryIO) -> Iterator[Any]:
    """Wait for bytes, without computing."""
    yield os.getpid()
    yield stream.read().decode()


def talkative(stream: BinaryIO) -> Iterator[Any]:
    yield os.getpid()
    yield from itertools.repeat("word " * 1000)


def crashing(stream: BinaryIO) -> Iterator[int]:
    yield os.getpid()
    ctypes.string_at(0)


def telling(stream: BinaryIO) -> Iterator[int]:
    """Put what it read into an error, and onto the terminal."""
    yield os.getpid()
    text = stream.read().decode()
    sys.stderr.write(text)
    sys.stderr.flush()
    raise ValueError(text) from KeyError(text)


def leaving(stream: BinaryIO) -> Iterator[int]:
    """End as if all were well, in the middle."""
    yield os.getpid()
    os._exit(0)


def silent(stream: BinaryIO) -> Iterator[int]:
    """Close its mouth and live on."""
    yield os.getpid()
    os.close(1)
    for _number in itertools.count():
        pass


def garbling(stream: BinaryIO) -> Iterator[int]:
    """Write past the answers whatever it was given."""
    yield os.getpid()
    os.write(1, stream.read())
    os._exit(0)


def looking_around(stream: BinaryIO) -> Iterator[Any]:
    """The environment, and the descriptors that are open."""
    yield dict(os.environ)
    yield [number for number in range(64) if _is_open(number)]


def _is_open(number: int) -> bool:
    try:
        os.lseek(number, 0, os.SEEK_CUR)
    except OSError as refused:
        return refused.errno != EBADF
    return True


def remembering(stream: BinaryIO) -> Iterator[Any]:
    """All that this process was given so far."""
    yield os.getpid()
    _read.append(stream.read().decode())
    yield _read


def own_number(stream: BinaryIO) -> Iterator[int]:
    yield os.getpid()


def refusing(stream: BinaryIO) -> Iterator[dict[str, Any]]:
    """Refuse a list with whatever code it was given."""
    yield {"unreadable": stream.read().decode(), "line": None, "limit": None}


def remember(*told: bytes) -> None:
    """A rehearsal that is told something."""
    _remembered.extend(told)


def recalling(stream: BinaryIO) -> Iterator[list[int]]:
    yield [len(one) for one in _remembered]
