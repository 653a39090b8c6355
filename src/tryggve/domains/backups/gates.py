"""An alarm that waited for a mail server until it was over isn't sent."""

from datetime import datetime, timedelta
from typing import Final

from tryggve.domains.backups.models import Alarm
from tryggve.domains.backups.notices import DISK_AWAITED, LOST_KEYS, SIGNS, SILENT
from tryggve.domains.backups.selectors import taken
from tryggve.domains.backups.services import watching
from tryggve.notices.registry import only_while

# The next day's tells the same.
_NEWS_FOR: Final = timedelta(days=1)
_DISK_NEWS_FOR: Final = timedelta(days=7)


@only_while(SIGNS)
def is_unanswered(recipient_ref: str, made_at: datetime, at: datetime) -> bool:
    return taken.unanswered().exists()


@only_while(SILENT)
def is_still_silent(recipient_ref: str, made_at: datetime, at: datetime) -> bool:
    return at - made_at < _NEWS_FOR and taken.is_silent(at=at)


@only_while(DISK_AWAITED)
def is_disk_still_awaited(recipient_ref: str, made_at: datetime, at: datetime) -> bool:
    return at - made_at < _DISK_NEWS_FOR and taken.is_silent(at=at) and taken.is_on_carried_disks_alone()


@only_while(LOST_KEYS)
def are_keys_still_lost(recipient_ref: str, made_at: datetime, at: datetime) -> bool:
    return at - made_at < _NEWS_FOR and Alarm.objects.filter(pk=watching.LOST_KEYS).exists()
