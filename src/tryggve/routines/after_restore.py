from datetime import datetime

from django.utils.translation import gettext_lazy as _

from tryggve.lib.after_restore import Deed, after_restore
from tryggve.routines import jobs


def _drop(now: datetime) -> int:
    return jobs.drop_half_done(at=now)


DROPPED = after_restore(
    Deed("jobs", _("%(count)s pieces of work that were half done when the copy was made are dropped."), _drop)
)
