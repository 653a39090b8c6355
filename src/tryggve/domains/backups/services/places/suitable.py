"""Where keys may not lie: wherever what is deleted isn't gone (docs on security, backups are pairs)."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from tryggve.domains.backups import s3_asking
from tryggve.domains.backups.models import Place
from tryggve.domains.backups.own_folders import apart, synced_folders
from tryggve.domains.backups.place_access import Access
from tryggve.domains.backups.place_kinds import rclone
from tryggve.domains.backups.selectors import folders as own_folders
from tryggve.domains.backups.selectors.places import PlaceInUse
from tryggve.domains.backups.services.places import refusals


def require_fit(place: PlaceInUse, *, at: datetime) -> None:
    """The same of a place that has them: much may have changed there since. Raises as these two."""
    require_fit_for_keys(place.kind, place.access, is_carried=place.is_carried, at=at)
    require_apart(place.folders_here)


def require_apart(there: Sequence[Path]) -> None:
    """What lies there would be copied with the company's own folders, and stay in those copies for years.

    Raises InOwnFolder and vault.Locked.
    """
    if apart.touch(there, own_folders.paths()):
        raise refusals.InOwnFolder


def require_fit_for_keys(kind: str, access: Access, *, is_carried: bool, at: datetime) -> None:
    """As far as it can be known before a trial. Raises OffLine, Synced, RemoteKeeps, KeepsVersions, VersionsUntold."""
    if is_carried:
        raise refusals.OffLine
    match kind:
        case Place.Kind.FOLDER:
            _require_unsynced(access.location)
        case Place.Kind.RCLONE:
            _require_remote_forgets(access)
        case Place.Kind.S3:
            _require_no_versions(access, at)


def _require_unsynced(folder: str) -> None:
    if name := synced_folders.synced_by(Path(folder)):
        raise refusals.Synced(name=name)


def _require_remote_forgets(access: Access) -> None:
    kind = access.details["type"]
    if kind not in rclone.LETS_GO:
        raise refusals.RemoteKeeps(kind=kind)
    if kind == "local":
        _require_unsynced(access.details["path"])


def _require_no_versions(access: Access, at: datetime) -> None:
    try:
        keeps = s3_asking.may_keep_versions(s3_asking.bucket_of(access), at=at)
    except s3_asking.NotTold:
        raise refusals.VersionsUntold from None
    if keeps:
        raise refusals.KeepsVersions
