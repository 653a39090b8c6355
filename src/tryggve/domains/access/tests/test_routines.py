from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.sessions.models import Session

from tryggve.routines import registry

NOW = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)


@pytest.mark.django_db
def test_ended_sessions_are_cleared_once_a_day() -> None:
    Session.objects.create(session_key="ended", session_data="", expire_date=NOW - timedelta(seconds=1))
    routine = registry.routines()["access.clear-sessions"]
    routine.work(NOW)
    assert (Session.objects.count(), routine.every) == (0, timedelta(days=1))
