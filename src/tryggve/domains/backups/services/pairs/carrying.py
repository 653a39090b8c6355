"""Bringing copies to places, to several at once: one that fails or is slow holds up no other."""

import io
import os
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, replace
from typing import IO, Any, Final, TypeVar
from uuid import UUID

from tryggve.domains.backups.engine import lineage
from tryggve.domains.backups.restic import (
    Added,
    Incomplete,
    LockedByAnother,
    Repository,
    ResticFailed,
    Snapshot,
)
from tryggve.domains.backups.services.pairs import causes
from tryggve.domains.backups.services.pairs.causes import CannotCopy
from tryggve.lib import write_points

_MOST_AT_ONCE: Final = 4
_LOOK_AGAIN_SECONDS: Final = 1.0
_MOST_SECONDS: Final = 120.0
_Told = TypeVar("_Told")


@dataclass(frozen=True, slots=True)
class Errand:
    """What is to be brought where; ``bring`` runs in a thread of its own and must not ask the database."""

    place: UUID
    bring: Callable[[], "Carried"]


@dataclass(frozen=True, slots=True)
class Carried:
    """A snapshot by its whole id; ``added`` is None of one that lacks what couldn't be read."""

    snapshot: str
    added: Added | None
    before: tuple[Snapshot, ...] = ()


@dataclass(frozen=True, slots=True)
class Brought:
    """What came of it: the snapshot's whole id, or the code of why not; both where the snapshot lacks something.

    ``before``: what lay there when it was brought.
    """

    place: UUID
    snapshot: str = ""
    added: Added | None = None
    cause: str = ""
    before: tuple[Snapshot, ...] = ()


class Progress:
    """How many bytes have been gone through, over all places; told by their threads, read by the one that waits."""

    def __init__(self) -> None:
        self._lock, self._told = threading.Lock(), dict[UUID, tuple[int, int]]()

    def watch(self, place: UUID) -> Callable[[dict[str, Any]], None]:
        """What listens to restic for one place."""

        def told(message: dict[str, Any]) -> None:
            if message.get("message_type") == "status":
                with self._lock:
                    self._told[place] = int(message.get("bytes_done", 0)), int(message.get("total_bytes", 0))

        return told

    def sums(self) -> tuple[int, int]:
        """Done, and in all as far as is known."""
        with self._lock:
            told = list(self._told.values())
        return sum(done for done, _all in told), sum(in_all for _done, in_all in told)


def carry(errands: Sequence[Errand], *, meanwhile: Callable[[], None]) -> Iterator[Brought]:
    """Each as it ends; ``meanwhile`` is called every second."""
    if not errands:
        return
    with ThreadPoolExecutor(max_workers=min(len(errands), _MOST_AT_ONCE)) as threads:
        under_way: set[Future[Brought]] = {threads.submit(_brought, one) for one in errands}
        while under_way:
            ended, under_way = wait(under_way, timeout=_LOOK_AGAIN_SECONDS, return_when=FIRST_COMPLETED)
            meanwhile()
            for one in ended:
                yield one.result()


def unlocked(repository: Repository, deed: Callable[[], _Told]) -> _Told:
    """Do it, and once more after the locks of those who died were taken away. Raises as the deed, LockedByAnother."""
    try:
        return deed()
    except LockedByAnother:
        repository.free()
        return deed()


def backed_up(repository: Repository, deed: Callable[[], Added], *, tags: Sequence[str]) -> Carried:
    """Raises as the deed, and CannotCopy where another computer took the register over and brought its own."""
    before = _ours(repository, tags)
    return replace(_backed_up(repository, deed), before=before)


def _backed_up(repository: Repository, deed: Callable[[], Added]) -> Carried:
    added = unlocked(repository, deed)
    write_points.reached("backups: brought, not written down")
    return Carried(unlocked(repository, lambda: repository.whole_id(added.snapshot)), added)


def _ours(repository: Repository, tags: Sequence[str]) -> tuple[Snapshot, ...]:
    there = tuple(repository.snapshots(seconds=min(_MOST_SECONDS, repository.patience)))
    if any(lineage.is_of_later_home(one.tags, tags) for one in there):
        raise CannotCopy(causes.TAKEN_OVER)
    return there


def backed_up_as_far_as_can_be(
    repository: Repository, deed: Callable[[], Added], *, tags: Sequence[str]
) -> Carried:
    """Where data was brought just before, also without what couldn't be read. Raises as the deed if nothing could."""
    try:
        return _backed_up(repository, deed)
    except Incomplete:
        there = unlocked(repository, lambda: repository.snapshots(tags=tags))
        if not there:
            raise
        return Carried(there[-1].id, None)


def stream_of(content: bytes) -> IO[bytes]:
    """Something that a process can read them from; on no disk."""
    descriptor = os.memfd_create("tryggve-keys", os.MFD_CLOEXEC)
    stream = os.fdopen(descriptor, "w+b")
    stream.write(content)
    stream.seek(0, io.SEEK_SET)
    return stream


def _brought(errand: Errand) -> Brought:
    try:
        carried = errand.bring()
    except ResticFailed as failed:
        return Brought(errand.place, cause=failed.code)
    except CannotCopy as cannot:
        return Brought(errand.place, cause=cannot.cause)
    except OSError:
        return Brought(errand.place, cause=ResticFailed.code)
    cause = "" if carried.added else Incomplete.code
    return Brought(errand.place, carried.snapshot, carried.added, cause, carried.before)
