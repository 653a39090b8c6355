from datetime import datetime, timedelta

from django.utils.translation import gettext_lazy as _

from tryggve.domains.incidents.services import reports, silence, trials
from tryggve.routines.registry import routine


@routine(
    "incidents.try-alert",
    title=_("Mail a test alarm when the mail settings changed, and once a month"),
    every=timedelta(minutes=15),
)
def try_alert(now: datetime) -> None:
    trials.send_due(at=now)


@routine(
    "incidents.tell-silence",
    title=_("Mail an alarm when a protection can't be measured any more"),
    every=timedelta(minutes=15),
)
def tell_silence(now: datetime) -> None:
    silence.tell(at=now)


@routine(
    "incidents.forget-reports",
    title=_("Remove reports of what happened that were closed three years ago"),
    every=timedelta(days=1),
)
def forget_reports(now: datetime) -> None:
    reports.forget_old(at=now)
    trials.forget_old(at=now)
