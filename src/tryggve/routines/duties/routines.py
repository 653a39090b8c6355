from datetime import datetime, timedelta

from django.utils.translation import gettext_lazy as _

from tryggve.routines.duties.services import forgetting, planning, reminding
from tryggve.routines.registry import routine


@routine(
    "duties.plan", title=_("Plan what people do again and again"), every=timedelta(hours=1), at_start=True
)
def plan(now: datetime) -> None:
    planning.plan(at=now)


@routine("duties.remind", title=_("Remind people of their routines"), every=timedelta(minutes=15))
def remind(now: datetime) -> None:
    planning.plan(at=now)
    reminding.remind(at=now)


@routine("duties.forget", title=_("Forget old remarks about routines"), every=timedelta(days=1))
def forget(now: datetime) -> None:
    forgetting.forget_old(now=now)
