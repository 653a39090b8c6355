from datetime import datetime

from django.utils.translation import gettext_lazy as _

from tryggve.domains.outreach.services import pausing
from tryggve.lib.after_restore import Deed, after_restore


def _pause(now: datetime) -> int:
    return pausing.pause_restored(at=now)


PAUSED = after_restore(
    Deed(
        "mailings",
        _(
            "%(count)s messages to many customers were being sent and are paused: some may have got them since. "
            "Look at each before you go on with it."
        ),
        _pause,
    )
)
