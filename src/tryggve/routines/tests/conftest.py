from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from tryggve.routines import jobs, registry
from tryggve.routines.tests import errands


class Clock:
    """The time, which moves when a test moves it."""

    def __init__(self) -> None:
        self.now = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now

    def move(self, step: timedelta) -> None:
        self.now += step


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def timetable(monkeypatch: pytest.MonkeyPatch) -> None:
    """Routines of the test's own, without the product's."""
    monkeypatch.setattr(registry, "_routines", {})


@pytest.fixture
def done(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[object]]:
    """What the errands have done, in order."""
    monkeypatch.setattr(jobs, "_given_up", {})
    errands.done.clear()
    yield errands.done
    errands.done.clear()
