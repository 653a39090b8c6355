"""What a run of restic tells or brings, passed on as it comes: neither a long list nor a large file is held whole."""

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from subprocess import Popen
from typing import IO, Any, Final, Protocol, TypeVar

from tryggve.domains.backups.restic import running
from tryggve.domains.backups.restic.limits import Limits
from tryggve.domains.backups.restic.places import Place

_PIECE: Final = 256 * 1024
_Part_co = TypeVar("_Part_co", covariant=True)


class Reads(Protocol[_Part_co]):
    """Either of these."""

    def __call__(
        self, words: Sequence[str], *, place: Place, password: str, cache: Path, patience: float
    ) -> Iterator[_Part_co]: ...


def messages(
    words: Sequence[str], *, place: Place, password: str, cache: Path, patience: float
) -> Iterator[dict[str, Any]]:
    """Line by line. Raises ResticFailed at the end; whoever stops before it ends restic, too."""
    with _read(words, place, password, cache, patience) as (child, limits):
        for line in child.stdout or ():
            told = json.loads(line)
            if isinstance(told, dict):
                with limits.waited_for():
                    yield told


def pieces(
    words: Sequence[str], *, place: Place, password: str, cache: Path, patience: float
) -> Iterator[bytes]:
    """The bytes that it writes. Raises ResticFailed at the end, so that half a file isn't taken for a whole one."""
    with _read(words, place, password, cache, patience) as (child, limits):
        for piece in _pieces_of(child.stdout):
            with limits.waited_for():
                yield piece


@contextmanager
def _read(
    words: Sequence[str], place: Place, password: str, cache: Path, patience: float
) -> Iterator[tuple[Popen[bytes], Limits]]:
    """A list or a file takes as long as it takes, while something comes."""
    asked = running.started(words, place=place, password=password, cache=cache, given=None)
    with asked as child, running.limited(child, seconds=None, patience=patience) as limits:
        said = running.Said(child)
        yield child, limits
        status = child.wait()
        said.join()
    running.require_done(status, said, limits)


def _pieces_of(stream: IO[bytes] | None) -> Iterator[bytes]:
    while stream is not None and (piece := stream.read(_PIECE)):
        yield piece
