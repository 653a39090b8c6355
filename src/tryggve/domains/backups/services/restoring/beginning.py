"""Beginning a restore: the folders are made, and the key store put back in them."""

from collections.abc import Sequence
from datetime import datetime

from django.utils.translation import gettext_lazy

from tryggve.domains.backups.services.restoring import progress
from tryggve.domains.backups.services.restoring.keys_found import KeysCopy
from tryggve.domains.backups.services.restoring.progress import Progress
from tryggve.domains.setup import api as setup
from tryggve.lib import folders, write_points
from tryggve.lib.errors import Refusal
from tryggve.lib.folders import Folders
from tryggve.vault import restoring


class RegisterThere(Refusal):
    sentence = gettext_lazy(
        "There is a register in %(folder)s already. Nothing was changed: a restore never writes over one. Name an "
        "empty folder with --data, or move that one away first and keep it."
    )


def require_empty(where: Folders) -> Progress | None:
    """Refuse where a register lies that this isn't the restore of; how far that has come. Raises RegisterThere."""
    known = progress.read(where)
    if known is None and setup.is_begun():
        raise RegisterThere(folder=where.data)
    return known


def put_keys_back(copy: KeysCopy, shares: Sequence[str], where: Folders, *, at: datetime) -> Progress:
    """Make the folders and put the key store back, or take up what was cut off.

    Raises RegisterThere, as ``vault.restoring.put_back`` does, those of the folders, and OSError.
    """
    known = require_empty(where)
    folders.create(where)
    if known is not None and known.keys_snapshot != copy.snapshot.id:
        where.keys.unlink(
            missing_ok=True
        )  # of an older copy, which this very restore put there and nobody used
    begun = Progress(
        stage=progress.KEYS,
        began_at=known.began_at if known else at,
        keys_snapshot=copy.snapshot.id,
        keys_taken_at=copy.taken_at,
        checkpoint=str(copy.told.get("checkpoint") or ""),
    )
    begun = progress.note(where, begun)
    write_points.reached("backups: restore begun")
    restoring.put_back(copy.store, shares, where)
    write_points.reached("backups: keys put back")
    return begun
