"""What a person tells of a place, made into what restic takes: a file for each kind.

For most cases: ``access_of(kind, fields, holds_keys=…)``.
"""

from collections.abc import Callable, Mapping
from typing import Final

from tryggve.domains.backups.models import Place
from tryggve.domains.backups.place_access import Access
from tryggve.domains.backups.place_kinds import folder, rclone, rest, s3, sftp
from tryggve.domains.backups.place_kinds.told import Untold

__all__ = ["FIELDS", "SECRETS", "Untold", "access_of"]

_KINDS: Final[Mapping[str, Callable[[Mapping[str, str]], Access]]] = {
    Place.Kind.FOLDER: folder.access_of,
    Place.Kind.SFTP: sftp.access_of,
    Place.Kind.S3: s3.access_of,
    Place.Kind.REST: rest.access_of,
    Place.Kind.RCLONE: rclone.access_of,
}
# What is told of each kind; of these, what nobody else may see.
FIELDS: Final[Mapping[str, tuple[str, ...]]] = {
    Place.Kind.FOLDER: folder.FIELDS,
    Place.Kind.SFTP: sftp.FIELDS,
    Place.Kind.S3: s3.FIELDS,
    Place.Kind.REST: rest.FIELDS,
    Place.Kind.RCLONE: rclone.FIELDS,
}
SECRETS: Final = frozenset({"secret", "password", "config"})


def access_of(kind: str, fields: Mapping[str, str]) -> Access:
    """Without the repositories' passwords. Raises Untold for what can't be a place, with the reason in words."""
    return _KINDS[kind]({name: value.strip() for name, value in fields.items()})
