"""Places that backups go to, with what lets into them."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final
from uuid import UUID

from django.db.models import QuerySet

from tryggve.domains.backups import other_computers, place_access, place_marks
from tryggve.domains.backups.models import Copy, Place
from tryggve.domains.backups.place_access import Access
from tryggve.domains.backups.restic import Repository, ResticFailed
from tryggve.domains.backups.selectors.shown_places import NoSuchPlace

# So long a place may take to say that it is there.
ANSWER_SECONDS: Final = 30.0


@dataclass(frozen=True, slots=True)
class PlaceInUse:
    """One of them; ``data`` and ``keys`` are its repositories."""

    id: UUID
    kind: str
    title: str
    holds_data: bool
    holds_keys: bool
    is_carried: bool
    is_elsewhere: bool
    country: str
    access: Access

    @property
    def data(self) -> Repository | None:
        """Each run with it raises Unreachable while the disk isn't plugged in."""
        return self.access.data(at=self.folder, is_away=self.is_away) if self.holds_data else None

    @property
    def keys(self) -> Repository | None:
        """As ``data``."""
        return self.access.keys(at=self.folder, is_away=self.is_away) if self.holds_keys else None

    @property
    def is_folder(self) -> bool:
        return self.kind == Place.Kind.FOLDER

    @property
    def folder(self) -> Path | None:
        """Where its folder lies now; None for a disk that isn't there, and for other kinds."""
        if not self.is_folder:
            return None
        return place_marks.found(Path(self.access.location), self.id, on_mount=self.access.on_mount)

    @property
    def folders_here(self) -> list[Path]:
        """The folders of this computer that are this place: the one that was told, and where its disk lies now."""
        return [*self.access.folders, *([self.folder] if self.folder else [])]

    @property
    def is_away(self) -> bool:
        """Whether it is a folder that isn't there: its mount point may be."""
        return self.is_folder and self.folder is None

    @property
    def is_other_computer(self) -> bool:
        """Whether something else than this computer holds what lies there, as far as that can be seen."""
        if self.is_folder:
            mount = place_marks.mount_of(self.folder) if self.folder else None
            return mount is not None and mount.is_network
        return other_computers.is_other(self.access.details.get("host", ""))


def in_use() -> list[PlaceInUse]:
    """The first added first. Raises vault.Locked without the service key."""
    return [_told(row) for row in Place.objects.filter(removed_at=None)]


def removed_with_keys() -> list[PlaceInUse]:
    """Those that were removed, and where copies of keys may lie. Raises vault.Locked without the service key."""
    return [_told(row) for row in rows_removed_with_keys()]


def rows_removed_with_keys() -> QuerySet[Place]:
    """The same, without what lets in there."""
    keys = Copy.objects.filter(kind=Copy.Kind.KEYS, forgotten_at=None).exclude(snapshot="")
    return Place.objects.filter(removed_at__isnull=False, holds_keys=True, pk__in=keys.values("place"))


def one(id: UUID) -> PlaceInUse:
    """That one. Raises NoSuchPlace, and vault.Locked without the service key."""
    row = Place.objects.filter(pk=id, removed_at=None).first()
    if row is None:
        raise NoSuchPlace(id)
    return _told(row)


def one_removed(id: UUID, *, since: datetime) -> PlaceInUse:
    """One that was taken away after that. Raises NoSuchPlace, and vault.Locked without the service key."""
    row = Place.objects.filter(pk=id, removed_at__gt=since, seen_at__isnull=False).first()
    if row is None:
        raise NoSuchPlace(id)
    return _told(row)


def farthest(found: list[PlaceInUse]) -> PlaceInUse | None:
    """Of those with data that answer now, the one that lies farthest away: elsewhere, on another computer, carried."""
    ordered = sorted(
        found, key=lambda one: (not one.is_elsewhere, not one.is_other_computer, not one.is_carried)
    )
    return next((one for one in ordered if _answers(one.data)), None)


def _answers(repository: Repository | None) -> bool:
    try:
        return repository is not None and repository.exists(seconds=ANSWER_SECONDS)
    except ResticFailed:
        return False


def _told(row: Place) -> PlaceInUse:
    return PlaceInUse(
        id=row.pk,
        kind=row.kind,
        title=row.title,
        holds_data=row.holds_data,
        holds_keys=row.holds_keys,
        is_carried=row.is_carried,
        is_elsewhere=row.is_elsewhere,
        country=row.country,
        access=place_access.opened(bytes(row.access_sealed)),
    )
