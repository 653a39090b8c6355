"""What is kept about people's routines, and no longer: the turns stay, as evidence; what people wrote goes."""

from datetime import datetime, timedelta
from uuid import UUID

from django.utils import timezone

from tryggve.privacy.retention import Period
from tryggve.routines.duties.models import Feed, MailDay, Remark

KEEP_REMARKS = Period(years=2)
# Two years are never shorter: asked first, so that few rows are read.
_AT_LEAST = timedelta(days=730)
_KEEP_MAIL_DAYS = timedelta(days=30)
_KEEP_ENDED = timedelta(days=30)


def forget_old(*, now: datetime) -> int:
    """Remove remarks of more than two years ago, and what tells of mails and calendars that ended; returns how many."""
    today = timezone.localdate(now)
    remarks = [
        pk
        for pk, at in Remark.objects.filter(written_at__lt=now - _AT_LEAST).values_list("pk", "written_at")
        if today > KEEP_REMARKS.last_day(timezone.localdate(at))
    ]
    removed = (
        Remark.objects.filter(pk__in=remarks),
        MailDay.objects.filter(day__lt=today - _KEEP_MAIL_DAYS),
        Feed.objects.filter(ended_at__lt=now - _KEEP_ENDED),
    )
    return sum(rows.delete()[0] for rows in removed)


def erase_of(person: UUID) -> int:
    """Remove what this person wrote, and their calendar; what they did stays, as an id."""
    written = Remark.objects.filter(writer_ref=person).delete()[0]
    return written + Feed.objects.filter(user_id=person).delete()[0]
