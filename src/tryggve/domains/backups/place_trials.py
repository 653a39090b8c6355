"""Trying a repository out: write, read back, and see whether what is old can be taken away by who writes there.

What is written is small, tagged ``trial``, and cleared away again where the place lets it be.
"""

import os
import secrets
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import IO, Final

from tryggve.domains.backups import s3_asking
from tryggve.domains.backups.models import Place
from tryggve.domains.backups.place_access import DATA, Access
from tryggve.domains.backups.restic import Damaged, Refused, Repository, Snapshot, TookTooLong

TAG: Final = "trial"
_NAME: Final = "tryggve-trial"
# restic asks again for a quarter of an hour before it takes a no.
DELETION_SECONDS: float = 20.0
# One that was refused is tried again, so that a place that keeps all isn't filled with trials.
_FRESH: Final = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Tried:
    """How long writing and reading took, and whether what was to be deleted was kept; None where it isn't told."""

    seconds: float
    keeps_old: bool | None


def write_and_read(repository: Repository) -> tuple[str, float]:
    """The snapshot, and the seconds it took. Raises Damaged where something else came back, and ResticFailed."""
    began, content = time.monotonic(), secrets.token_bytes(4096)
    with _stream(content) as stream:
        snapshot = repository.backup_stream(stream, name=_NAME, tags=[TAG]).snapshot
    if repository.dump(snapshot, f"/{_NAME}") != content:
        raise Damaged
    return snapshot, time.monotonic() - began


def try_out(repository: Repository, access: Access, kind: str, *, at: datetime) -> Tried:
    """All of it, in a repository of data that is new. Raises Damaged and ResticFailed."""
    snapshot, seconds = write_and_read(repository)
    if is_kept(repository, snapshot):
        return Tried(seconds, keeps_old=True)
    repository.prune(unused="0")
    try:
        return Tried(seconds, _is_kept_as_version(access, kind, snapshot, at))
    except s3_asking.NotTold:
        return Tried(seconds, keeps_old=None)


def lets_go(repository: Repository) -> bool:
    """Whether a repository of keys loses what is deleted, with every byte of it. Raises as ``try_out``."""
    before = set(repository.packs())
    snapshot, _seconds = write_and_read(repository)
    written = set(repository.packs()) - before
    if is_kept(repository, snapshot):
        return False
    try:
        repository.let_go([])
    except Refused:
        return False
    return not written & set(repository.packs())


def is_kept(repository: Repository, snapshot: str) -> bool:
    """Try to delete it; whether it is there all the same. Raises ResticFailed where that can't be told."""
    try:
        repository.forget_alone(snapshot, seconds=DELETION_SECONDS)
    except Refused:
        repository.free()
    except TookTooLong:
        repository.free()
        repository.forget_alone(snapshot, seconds=DELETION_SECONDS)
    return any(one.id.startswith(snapshot) for one in repository.snapshots(tags=[TAG]))


def keeps_old(repository: Repository, access: Access, kind: str, *, at: datetime) -> bool:
    """Whether day-to-day credentials fail to delete an old snapshot of data: one that a trial left, or a new one.

    Raises ResticFailed and s3_asking.NotTold.
    """
    left = [one for one in repository.snapshots(tags=[TAG]) if one.taken_at > at - _FRESH]
    snapshot = left[-1].id if left else write_and_read(repository)[0]
    return is_kept(repository, snapshot) or _is_kept_as_version(access, kind, snapshot, at)


def _is_kept_as_version(access: Access, kind: str, snapshot: str, at: datetime) -> bool:
    if kind != Place.Kind.S3:
        return False
    bucket = s3_asking.bucket_of(access)
    if not s3_asking.keeps_versions(bucket, at=at):
        return False
    prefix = "/".join(filter(None, (access.details["prefix"], DATA, "snapshots", snapshot)))
    return not s3_asking.lets_old_versions_go(bucket, prefix=prefix, at=at)


def is_trial(snapshot: Snapshot) -> bool:
    """Whether a trial left it, so that it holds nothing."""
    return snapshot.tags == {TAG}


@contextmanager
def _stream(content: bytes) -> Iterator[IO[bytes]]:
    reading, writing = os.pipe()
    os.write(writing, content)
    os.close(writing)
    with os.fdopen(reading, "rb") as stream:
        yield stream
