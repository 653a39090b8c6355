from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.sessions.models import Session

from tryggve.audit import checkpoints, selectors, services
from tryggve.audit.models import Leaf
from tryggve.audit.tests import logs
from tryggve.domains.access import actions
from tryggve.routines import registry

NOW = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)


@pytest.mark.django_db
def test_ended_sessions_are_cleared_once_a_day() -> None:
    Session.objects.create(session_key="ended", session_data="", expire_date=NOW - timedelta(seconds=1))
    routine = registry.routines()["access.clear-sessions"]
    routine.work(NOW)
    assert (Session.objects.count(), routine.every) == (0, timedelta(days=1))


@pytest.mark.django_db
def test_log_is_sequenced_every_minute_and_signed_every_hour() -> None:
    services.record(actions.SIGNED_OUT, actor="system", at=NOW)
    sequence = registry.routines()["access.sequence-log"]
    sign = registry.routines()["access.sign-checkpoint"]

    sequence.work(NOW)
    assert (Leaf.objects.count(), checkpoints.newest()) == (2, None)
    sign.work(NOW)

    signed = checkpoints.newest()
    assert (signed.size if signed else None, sequence.every, sign.every) == (
        3,
        timedelta(minutes=1),
        timedelta(hours=1),
    )


@pytest.mark.django_db
def test_log_is_verified_every_day_and_the_log_says_so() -> None:
    routine = registry.routines()["access.verify-log"]
    registry.routines()["access.sign-checkpoint"].work(NOW)

    routine.work(NOW)

    (newest,) = selectors.newest_entries(limit=1)
    assert (newest.action, newest.facts, routine.every) == (
        "audit.verified",
        {"ok": True, "entries": 2},
        timedelta(days=1),
    )


@pytest.mark.django_db
def test_log_that_was_rolled_back_is_told_of_by_the_nightly_verification() -> None:
    services.record(actions.SIGNED_OUT, actor="system", at=NOW)
    registry.routines()["access.sign-checkpoint"].work(NOW)
    logs.roll_back(to=2)

    registry.routines()["access.verify-log"].work(NOW)

    (newest,) = selectors.newest_entries(limit=1)
    assert newest.facts == {"ok": False, "entries": 0, "why": "rolled-back", "epoch": 1}
