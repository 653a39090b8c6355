from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from tryggve.accounts.models import User
from tryggve.domains.access.checkpoint_folder import Trouble
from tryggve.domains.access.models import CheckpointPlaces


@dataclass(frozen=True, slots=True)
class Places:
    """Where checkpoints leave to, when one last did, and what went wrong since, in words."""

    folder: str = ""
    is_elsewhere: bool = False
    left_at: datetime | None = None
    left_size: int = 0
    error: str = ""
    mail_to: UUID | None = None
    mail_to_name: str = ""
    mailed_at: datetime | None = None


def checkpoint_places() -> Places:
    row = CheckpointPlaces.objects.filter(pk=1).first()
    if row is None:
        return Places()
    reader = User.objects.filter(pk=row.mail_to_ref, is_active=True).first() if row.mail_to_ref else None
    return Places(
        folder=row.folder,
        is_elsewhere=row.is_elsewhere,
        left_at=row.left_at,
        left_size=row.left_size,
        error=str(Trouble(row.folder_error).label) if row.folder_error in Trouble.values else "",
        mail_to=reader.pk if reader else None,
        mail_to_name=reader.name if reader else "",
        mailed_at=row.mailed_at,
    )


def readers() -> Sequence[tuple[UUID, str]]:
    """Who could get the mail: everybody who may sign in, by name."""
    return list(User.objects.filter(is_active=True).order_by("name", "pk").values_list("pk", "name"))
