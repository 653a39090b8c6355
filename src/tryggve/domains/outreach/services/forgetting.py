from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from tryggve.audit import actors
from tryggve.audit import services as audit
from tryggve.domains.outreach import actions
from tryggve.domains.outreach.keeping import KEPT_FOR
from tryggve.domains.outreach.models import Mailing
from tryggve.domains.rights import api as rights


@transaction.atomic
def forget_old(*, now: datetime) -> int:
    """Remove mailings that ended so long ago that they are kept no more, with whom they were for; how many.

    None while the clock is doubted.
    """
    if not rights.is_clock_believed(at=now):
        return 0
    due = _due(now)
    Mailing.objects.filter(pk__in=due).delete()
    if due:
        audit.record(actions.FORGOTTEN, actor=actors.SYSTEM, at=now, count=len(due))
    return len(due)


@rights.waits_for_its_date
def is_anything_old(at: datetime) -> bool:
    """Whether ``forget_old`` would remove anything."""
    return bool(_due(at))


def _due(now: datetime) -> list[UUID]:
    today = timezone.localdate(now)
    ended = Mailing.objects.exclude(ended_at=None).filter(
        state__in=(Mailing.State.DONE, Mailing.State.STOPPED)
    )
    days = ended.values_list("pk", "ended_at")
    return [pk for pk, at in days if at and KEPT_FOR.is_due(timezone.localdate(at), today=today)]
