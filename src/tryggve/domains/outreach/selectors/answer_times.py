"""How fast customers who told what they think were answered: counted, nobody is named."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from tryggve.domains.outreach.models import Feedback

# So long somebody who wrote may wait.
ANSWER_WITHIN = timedelta(days=14)
# What a quarter is about, and a little more.
_LOOKED_BACK = timedelta(days=92)


@dataclass(frozen=True, slots=True)
class AnswerTimes:
    """Of the last 92 days ``given`` and ``slowest_days``; of all that waits ``waiting`` and ``late``."""

    given: int
    waiting: int
    late: int
    slowest_days: int | None


def answer_times(*, at: datetime) -> AnswerTimes:
    """Three questions."""
    lately = Feedback.objects.filter(given_at__gt=at - _LOOKED_BACK)
    waiting = list(Feedback.objects.filter(state__in=Feedback.WAITING).values_list("given_at", flat=True))
    handled = lately.filter(state=Feedback.State.HANDLED).values_list("given_at", "ended_at")
    days = [(ended - given).days for given, ended in handled if ended is not None]
    return AnswerTimes(
        given=lately.count(),
        waiting=len(waiting),
        late=sum(at - given > ANSWER_WITHIN for given in waiting),
        slowest_days=max(days, default=None),
    )
