"""Backups that something else makes: an address that it calls, or a folder in which it leaves new files."""

from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import ClassVar, Final
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from tryggve.accounts import clock
from tryggve.audit import services as audit
from tryggve.domains.backups import actions
from tryggve.domains.backups.models import Heartbeat
from tryggve.domains.backups.own_folders import sealed_paths, told_paths
from tryggve.domains.backups.own_folders.walking import Walk
from tryggve.domains.backups.selectors import heartbeats as selectors
from tryggve.lib import random_tokens
from tryggve.lib.errors import Missing, Refusal

MOST: Final = 50
LONGEST_DAYS: Final = 366
# The routine that looks at all of them has a lease of a few minutes.
_SECONDS: Final = 20.0
_MOST_FILES: Final = 1_000_000


class NotAllTold(Refusal):
    """A name and a number of days are needed."""

    sentence: ClassVar = _(
        "Write what it is that is copied, and every how many days, 1 to %(most)s. Nothing was changed."
    )


class TooManyHeartbeats(Refusal):
    """Nobody would look through them."""

    sentence: ClassVar = _(
        "Tryggve watches at most %(most)s other backups. Nothing was changed. Take one away that isn't made any more."
    )


class NoSuchHeartbeat(Missing):
    """It isn't watched, or can't be taken back any more, or calls no address."""


@transaction.atomic
def add_address(*, title: str, every_days: int, actor: str, at: datetime) -> tuple[UUID, str]:
    """Watch what will call an address: its id, and the secret part of the address, kept nowhere.

    Raises NotAllTold and TooManyHeartbeats.
    """
    secret = random_tokens.new_token()
    row = _new(Heartbeat.Kind.ADDRESS, title, every_days, at)
    row.token_hash = random_tokens.hash_of(secret)
    return _added(row, actor, at), secret


@transaction.atomic
def add_folder(*, title: str, told: str, every_days: int, actor: str, at: datetime) -> UUID:
    """Watch a folder for new files. Raises as add_address, told_paths.folder_at, vault.Locked."""
    row = _new(Heartbeat.Kind.FOLDER, title, every_days, at)
    path = told_paths.folder_at(told)
    row.path_sealed = sealed_paths.sealed(path)
    row.heard_at = newest_in(path, at=at)
    return _added(row, actor, at)


@transaction.atomic
def renew_address(*, heartbeat: UUID, actor: str, at: datetime) -> str:
    """Another secret part; the one before is answered no more. Raises NoSuchHeartbeat."""
    secret = random_tokens.new_token()
    watched = Heartbeat.objects.filter(pk=heartbeat, kind=Heartbeat.Kind.ADDRESS, removed_at=None)
    if not watched.update(token_hash=random_tokens.hash_of(secret)):
        raise NoSuchHeartbeat(heartbeat)
    audit.record(actions.HEARTBEAT_RENEWED, actor=actor, at=at, heartbeat=str(heartbeat))
    return secret


@transaction.atomic
def remove(*, heartbeat: UUID, actor: str, at: datetime) -> None:
    """Watch it no more; it can be taken back for 30 days. Raises NoSuchHeartbeat."""
    if not Heartbeat.objects.filter(pk=heartbeat, removed_at=None).update(removed_at=at):
        raise NoSuchHeartbeat(heartbeat)
    Heartbeat.objects.filter(removed_at__lte=at - selectors.UNDO).delete()
    audit.record(actions.HEARTBEAT_REMOVED, actor=actor, at=at, heartbeat=str(heartbeat))


@transaction.atomic
def restore(*, heartbeat: UUID, actor: str, at: datetime) -> None:
    """Watch it again. Raises NoSuchHeartbeat and TooManyHeartbeats."""
    row = Heartbeat.objects.filter(pk=heartbeat, removed_at__gt=at - selectors.UNDO).first()
    if row is None:
        raise NoSuchHeartbeat(heartbeat)
    _require_room()
    row.removed_at = None
    _added(row, actor, at)


def hear(secret: str, *, at: datetime) -> bool:
    """Note that it called; whether anything watched has that address. One statement, whoever calls."""
    one = Heartbeat.objects.filter(token_hash=random_tokens.hash_of(secret), removed_at=None)
    return bool(one.exclude(token_hash="").update(heard_at=at))


def look_at_folders(*, at: datetime) -> int:
    """Note the newest file of each watched folder; how many folders couldn't be opened or are gone.

    A folder that is away has left no new files, so that it gets late by itself. Raises vault.Locked.
    """
    away = 0
    for row in Heartbeat.objects.filter(kind=Heartbeat.Kind.FOLDER, removed_at=None):
        newest = newest_in(sealed_paths.opened(row.path_sealed), at=at)
        away += newest is None
        if newest is not None and newest != row.heard_at:
            Heartbeat.objects.filter(pk=row.pk).update(heard_at=newest)
    return away


def newest_in(folder: Path, *, at: datetime) -> datetime | None:
    """When the newest file below it was written, as far as can be seen in a while; none dated ahead of now counts."""
    moments = _moments(folder)
    latest = (at + clock.MOST_AHEAD).timestamp()
    newest = max((one for one in moments if one <= latest), default=None)
    return None if newest is None else min(datetime.fromtimestamp(newest, UTC), at)


def _moments(folder: Path) -> Iterator[float]:
    for entry in Walk(folder, most=_MOST_FILES, seconds=_SECONDS):
        with suppress(OSError):
            yield entry.stat(follow_symlinks=False).st_mtime


def _new(kind: Heartbeat.Kind, title: str, every_days: int, at: datetime) -> Heartbeat:
    title = title.strip()
    longest = Heartbeat._meta.get_field("title").max_length or 0
    if not title or len(title) > longest or not 1 <= every_days <= LONGEST_DAYS:
        raise NotAllTold(most=LONGEST_DAYS)
    _require_room()
    return Heartbeat(kind=kind, title=title, every_days=every_days, added_at=at)


def _require_room() -> None:
    if Heartbeat.objects.filter(removed_at=None).count() >= MOST:
        raise TooManyHeartbeats(most=MOST)


def _added(row: Heartbeat, actor: str, at: datetime) -> UUID:
    row.save()
    audit.record(actions.HEARTBEAT_ADDED, actor=actor, at=at, heartbeat=str(row.pk), kind=row.kind.lower())
    return row.pk
