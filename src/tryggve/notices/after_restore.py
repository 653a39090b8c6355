from datetime import datetime

from django.utils.translation import gettext_lazy as _

from tryggve.lib.after_restore import Deed, after_restore
from tryggve.notices import services


def _hold(now: datetime) -> int:
    return services.hold_restored(at=now)


HELD = after_restore(
    Deed(
        "mail",
        _(
            "%(count)s messages that waited to be sent are held: they may have been sent since. Look at them under "
            "Company, Mail, and send or throw away each."
        ),
        _hold,
    )
)
