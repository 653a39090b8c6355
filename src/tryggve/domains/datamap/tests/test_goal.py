"""In how few places data may lie: set by somebody, shown beside what is, and drawn over time."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.test import Client
from django.utils import timezone

from tests.evidence import measured
from tryggve.accounts.models import User
from tryggve.audit.models import Entry
from tryggve.domains.datamap.models import Goal
from tryggve.domains.datamap.selectors import trend
from tryggve.domains.datamap.services import goals, sources
from tryggve.domains.datamap.tests import mapped
from tryggve.domains.datamap.tests.mapped import MACHINE, lying, people
from tryggve.domains.datamap.words import pictures

pytestmark = pytest.mark.django_db
HOME = "/protection/data-map/"


def _page(browser: Client) -> str:
    return " ".join(browser.get(HOME).content.decode().split())


def test_goal_is_set_changed_and_in_the_log(as_anna: Client, anna: User) -> None:
    for places in ("3", "1"):
        assert as_anna.post(f"{HOME}goal/", {"places": places})["Location"] == HOME
    assert (Goal.objects.get().places, Goal.objects.get().set_by) == (1, anna.actor)
    told = Entry.objects.filter(action="datamap.goal-set").order_by("pk")
    assert [(one.actor, one.facts) for one in told] == [
        (anna.actor, {"places": 3}),
        (anna.actor, {"places": 1}),
    ]


@pytest.mark.parametrize("places", ["-1", "51", "few", ""])
def test_goal_that_is_no_small_number_is_refused(as_anna: Client, places: str) -> None:
    assert as_anna.post(f"{HOME}goal/", {"places": places}).status_code == 200
    assert not Goal.objects.exists()


def test_map_says_whether_the_goal_is_reached(as_anna: Client, tmp_path: Path) -> None:
    disk = mapped.folder(tmp_path / "disk", at=timezone.now())
    lying(disk, tmp_path / "disk/a.csv", people(range(3)))
    assert "Set a goal" in _page(as_anna)
    goals.set_goal(places=0, actor=MACHINE, at=timezone.now())
    assert "→ Your goal is 0 at the most." in _page(as_anna)
    goals.set_goal(places=1, actor=MACHINE, at=timezone.now())
    assert "✓ Your goal is 1 at the most." in _page(as_anna)


def test_trend_is_what_was_measured_and_outlives_its_places(
    anna: User, as_anna: Client, tmp_path: Path
) -> None:
    now = timezone.now()
    long_ago = now - timedelta(days=20)
    made = [mapped.folder(tmp_path / name, title=name, at=long_ago) for name in ("a", "b")]
    for one in made:
        lying(one, tmp_path / f"{one.pk}.csv", people(range(3)), at=long_ago)
    assert "<polyline" not in _page(as_anna)
    measured.found("DAT-04", long_ago)
    sources.remove(source=made[0].pk, actor=MACHINE, at=now)
    points = trend.trend(1, now=now)
    assert [(point.on, point.places) for point in points] == [
        (timezone.localdate(long_ago), 2),
        (timezone.localdate(now), 1),
    ]
    page = _page(as_anna)
    assert "from 2 to 1" in page
    assert '<polyline points="0.0,4.0 240.0,4.0 240.0,24.0"/>' in page
    goals.set_goal(places=1, actor=MACHINE, at=now)
    assert '<line class="trend-goal" x1="0" x2="240" y1="24.0" y2="24.0"/>' in _page(as_anna)


def test_line_of_one_day_is_none() -> None:
    assert pictures.line([trend.Point(timezone.localdate(), 4)], None) is None
