from datetime import datetime, timedelta

from django.utils.translation import gettext_lazy as _

from tryggve.domains.protection.services import nights, reports
from tryggve.routines.registry import routine


@routine(
    "protection.keep-night",
    title=_("Count what was done in the night, for the first page"),
    every=timedelta(hours=1),
)
def keep_night(now: datetime) -> None:
    nights.keep_night(at=now)


@routine(
    "protection.make-yearly-report",
    title=_("Make the report of the year that has ended"),
    every=timedelta(hours=12),
)
def make_yearly_report(now: datetime) -> None:
    reports.make_yearly_report(at=now)
