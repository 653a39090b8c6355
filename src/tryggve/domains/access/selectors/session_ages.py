from datetime import datetime, timedelta
from typing import Final

from django.db.models import F

from tryggve.accounts import sign_ins
from tryggve.accounts.models import SignIn
from tryggve.accounts.policy.rules import WHOLE_SESSION_SECONDS

LOOKED_BACK: Final = timedelta(days=7)
# When a session was last used is kept with a minute's accuracy.
_SLACK: Final = timedelta(minutes=2)


def overlong(*, at: datetime) -> int:
    """How many sessions of the last days were still used when they should have ended, or are open of a time to come.

    One query.
    """
    longest = timedelta(seconds=WHOLE_SESSION_SECONDS) + _SLACK
    lately = SignIn.objects.filter(last_seen_at__gt=at - LOOKED_BACK)
    return (lately.filter(last_seen_at__gt=F("started_at") + longest) | sign_ins.ahead(at=at)).count()
