"""What the machine does by itself about the controls, as the scheduler calls it."""

from datetime import datetime, timedelta

import pytest

from tryggve.controls import day_scores
from tryggve.routines import registry

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("planted")]


def test_todays_count_is_kept_four_times_a_day(now: datetime) -> None:
    routine = registry.routines()["controls.keep-score"]
    routine.work(now)
    [begun] = day_scores.trend("larger", now=now)
    assert (begun.on, begun.proven, begun.of) == (now.date(), 0, 60)

    routine.work(now + timedelta(days=1))
    assert [row.on for row in day_scores.trend("larger", now=now + timedelta(days=1))] == [
        now.date(),
        now.date() + timedelta(days=1),
    ]
    assert routine.every == timedelta(hours=6)
