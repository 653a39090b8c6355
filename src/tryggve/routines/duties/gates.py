"""A mail that waited for a mail server until its time was over isn't sent: a reminder's next one tells the same."""

from datetime import datetime

from django.utils import timezone

from tryggve.notices.registry import only_while
from tryggve.routines.duties import mail_days
from tryggve.routines.duties.notices import DUE, MEETING, WEEK
from tryggve.routines.duties.selectors import meetings


@only_while(WEEK)
def is_of_this_week(recipient_ref: str, made_at: datetime, at: datetime) -> bool:
    made_on, today = timezone.localdate(made_at), timezone.localdate(at)
    return mail_days.monday_of(made_on) == mail_days.monday_of(today)


@only_while(DUE)
def is_of_today(recipient_ref: str, made_at: datetime, at: datetime) -> bool:
    return timezone.localdate(made_at) == timezone.localdate(at)


@only_while(MEETING)
def can_be_answered(recipient_ref: str, made_at: datetime, at: datetime) -> bool:
    return at - made_at < meetings.CONFIRMED_WITHIN
