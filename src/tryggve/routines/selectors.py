from collections.abc import Sequence

from tryggve.routines.models import Schedule


def schedules() -> Sequence[Schedule]:
    """Every routine of the machine, those that fail first, then by what comes next."""
    return list(Schedule.objects.order_by("-failures_in_a_row", "due_at", "code"))
