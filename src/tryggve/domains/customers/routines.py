from datetime import datetime, timedelta

from django.utils.translation import gettext_lazy as _

from tryggve.domains.customers.services import imports, records
from tryggve.routines.registry import routine

KEEP_LEAVINGS = timedelta(days=30)
_MACHINE = "system"


@routine(
    "customers.finish-deletions", title=_("Finish deletions that were cut short"), every=timedelta(minutes=5)
)
def finish_deletions(now: datetime) -> None:
    records.finish_deletions(actor=_MACHINE, at=now)


@routine("customers.remove-interrupted", title=_("Remove half-done imports"), every=timedelta(minutes=5))
def remove_interrupted(now: datetime) -> None:
    imports.remove_interrupted(actor=_MACHINE, at=now)


@routine(
    "customers.forget-leavings",
    title=_("Destroy what imports left behind 30 days ago"),
    every=timedelta(days=1),
)
def forget_leavings(now: datetime) -> None:
    imports.forget_leavings(before=now - KEEP_LEAVINGS, actor=_MACHINE, at=now)
