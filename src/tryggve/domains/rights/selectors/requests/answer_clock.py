from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from tryggve.domains.rights.models import Case


@dataclass(frozen=True, slots=True)
class Clock:
    """``days_left`` is of the open request that must be answered first, None where none is open."""

    open: int
    late: int
    days_left: int | None


def clock(*, at: datetime) -> Clock:
    """How the requests stand that wait for an answer (GDPR art. 12(3)). One question."""
    today = timezone.localdate(at)
    left = sorted(
        (due - today).days
        for due in Case.objects.filter(state=Case.State.OPEN).values_list("due_on", flat=True)
    )
    return Clock(len(left), sum(days < 0 for days in left), left[0] if left else None)
