from datetime import datetime, timedelta

from django.utils.translation import gettext_lazy as _

from tryggve.routines import jobs
from tryggve.routines.registry import routine


@routine("setup.forget-jobs", title=_("Forget jobs that ended two weeks ago"), every=timedelta(days=1))
def forget_jobs(now: datetime) -> None:
    jobs.remove_finished(now=now)
