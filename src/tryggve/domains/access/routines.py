from datetime import datetime, timedelta

from django.utils.translation import gettext_lazy as _

from tryggve.accounts import sessions
from tryggve.routines.registry import routine


@routine("access.clear-sessions", title=_("Forget sessions that have ended"), every=timedelta(days=1))
def clear_sessions(now: datetime) -> None:
    sessions.forget_ended(now=now)
