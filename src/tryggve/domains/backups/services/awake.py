"""It is noted each minute that this computer is at work."""

from datetime import datetime

from tryggve.domains.backups.models import Awake
from tryggve.domains.backups.selectors import awake


def note(*, at: datetime) -> None:
    """After a longer break, or a clock that was set back, the time it is at work begins anew."""
    row = Awake.objects.first()
    since = row.since if row is not None and awake.is_at_work(row, at=at) else at
    Awake.objects.update_or_create(pk=1, defaults={"since": since, "seen_at": at})
