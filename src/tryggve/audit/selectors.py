from collections.abc import Sequence
from uuid import UUID

from tryggve.audit.models import Entry


def newest_entries(*, limit: int = 50, before: int | None = None) -> Sequence[Entry]:
    """The newest first; ``before`` is the id of the last one already shown."""
    entries = Entry.objects.newest_first()
    return list((entries if before is None else entries.filter(id__lt=before))[:limit])


def entries_about(subject: UUID, *, limit: int = 50) -> Sequence[Entry]:
    """What was done to one person's or firm's data, the newest first."""
    return list(Entry.objects.filter(subject=subject).newest_first()[:limit])
