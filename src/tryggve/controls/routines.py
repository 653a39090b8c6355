from datetime import datetime, timedelta

from django.utils.translation import gettext_lazy as _

from tryggve.controls import day_scores, selectors, starting, turns, writing
from tryggve.routines.registry import routine


@routine("controls.measure-due", title=_("Measure the protections that are due"), every=timedelta(minutes=1))
def measure_due(now: datetime) -> None:
    """In a process of its own: no mail waits for a measuring. What was changed since is due the next time."""
    turns.plan(now=now)
    if turns.is_any_due(now):
        starting.start()
    if changed := selectors.unfounded():
        writing.distrust(changed, at=now)


@routine(
    "controls.keep-score",
    title=_("Keep today's count of protections, for the trend"),
    every=timedelta(hours=6),
)
def keep_score(now: datetime) -> None:
    day_scores.keep(at=now)
