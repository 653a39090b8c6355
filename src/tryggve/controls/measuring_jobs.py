from django.utils import timezone
from django_tasks import task

from tryggve.controls import starting, turns
from tryggve.routines import jobs


@task()
def measure_what_is_due() -> None:
    """What the worker runs when somebody wants a control measured again."""
    now = timezone.now()  # noqa: TID251 - the worker's clock
    # One that is at it may have looked for the last time.
    if turns.is_any_due(now) and not starting.start():
        raise jobs.NotYet
