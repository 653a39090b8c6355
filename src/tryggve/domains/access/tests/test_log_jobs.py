"""A verification that was asked for, and whoever asked may no longer see the log."""

import pytest
from django.test import Client
from django.utils import timezone

from tests.cast import NOW
from tryggve.accounts.models import User
from tryggve.accounts.roles import Role
from tryggve.audit import checkpoints
from tryggve.domains.access.tests.log_reading import text, written
from tryggve.routines import jobs

pytestmark = pytest.mark.django_db


def test_verification_ends_as_refused_and_says_so(as_karin: Client, karin: User, as_anna: Client) -> None:
    checkpoints.sign(now=NOW)
    place = as_karin.post("/events/log/verify/").headers["Location"]
    User.objects.filter(pk=karin.pk).update(role=Role.EMPLOYEE)
    assert jobs.run_next(owner="worker", now=timezone.now)

    assert written("access.log-verified") == []
    (refusal,) = written("accounts.refused")
    assert (refusal.actor, refusal.facts) == (
        karin.actor, {"permission": "access.log", "rule": "not-your-area"},
    )  # fmt: skip
    assert as_karin.get(place).status_code == 403
    page = text(as_anna.get(place))
    assert ("whoever asked for it may no longer see the log" in page, "neither yes nor no" in page) == (
        True, False,
    )  # fmt: skip
