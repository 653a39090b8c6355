"""What Tryggve did while nobody was there, counted from the log."""

from datetime import UTC, datetime, timedelta

import pytest

from tryggve.accounts.models import User
from tryggve.audit import actors, registry
from tryggve.audit import selectors as audit_selectors
from tryggve.audit import services as audit
from tryggve.controls import actions
from tryggve.controls.models import DayScore
from tryggve.domains.protection.models import FirstPage
from tryggve.domains.protection.services.nights import keep_night, night_before
from tryggve.domains.protection.words import nights

pytestmark = pytest.mark.django_db

# Half past six where the company is (Stockholm, in winter).
_MORNING = datetime(2026, 3, 3, 5, 30, tzinfo=UTC)
_MIDNIGHT = _MORNING - timedelta(hours=6)
_HOUR = timedelta(hours=1)


def _found(control: str, at: datetime, actor: str = actors.SYSTEM) -> None:
    audit.record(actions.FINDING_OPENED, actor=actor, at=at, control=control)


def _measured(control: str, at: datetime) -> None:
    audit.record(
        actions.MEASURED, actor=actors.SYSTEM, at=at,
        control=control, verdict="proved", cause="none", facts=0, evidence="0" * 64,
    )  # fmt: skip


def _counts() -> dict[str, int]:
    counts: dict[str, int] = FirstPage.objects.get().night_counts
    return counts


def test_night_is_from_six_to_six() -> None:
    since, until = night_before(_MORNING.date())
    assert (since, until) == (
        datetime(2026, 3, 2, 17, 0, tzinfo=UTC),
        datetime(2026, 3, 3, 5, 0, tzinfo=UTC),
    )


def test_only_what_tryggve_did_in_that_night_is_counted(anna: User) -> None:
    since, until = night_before(_MORNING.date())
    _found("gov-01", since - _HOUR)
    _found("gov-01", since)
    _found("gov-02", _MIDNIGHT)
    _found("gov-03", _MIDNIGHT, actor=anna.actor)
    _found("gov-04", until)
    keep_night(at=_MORNING)
    assert _counts() == {"controls.finding-opened": 2}


def test_protection_measured_often_is_one_protection() -> None:
    for minutes in range(5):
        _measured("web-01", _MIDNIGHT + timedelta(minutes=minutes))
    _measured("aut-04", _MIDNIGHT)
    keep_night(at=_MORNING)
    assert _counts() == {"controls.measured": 6, "protections": 2}
    assert nights.sentences(_counts()) == ["Measured 2 protections."]


def test_deed_about_many_counts_them() -> None:
    audit.record(registry.actions()["rights.due-found"], actor=actors.SYSTEM, at=_MIDNIGHT, count=7)
    keep_night(at=_MORNING)
    assert _counts() == {"rights.due-found": 7}
    assert nights.sentences(_counts())[0].endswith(": 7")


def test_night_before_tryggve_came_is_no_quiet_one() -> None:
    _found("gov-01", _MORNING)
    keep_night(at=_MORNING + _HOUR)
    assert FirstPage.objects.get().night_on is None


def test_night_is_counted_once_and_not_before_it_is_over() -> None:
    _found("gov-01", _MIDNIGHT - 24 * _HOUR)
    keep_night(at=_MORNING - _HOUR)
    assert FirstPage.objects.get().night_on is None
    keep_night(at=_MORNING)
    _found("gov-01", _MIDNIGHT)
    keep_night(at=_MORNING + _HOUR)
    assert _counts() == {}


def test_next_night_is_looked_for_after_the_last_one_only() -> None:
    _found("gov-01", _MIDNIGHT)
    keep_night(at=_MORNING)
    seen = FirstPage.objects.get().last_entry
    assert seen == audit_selectors.newest_id()
    _found("gov-02", _MIDNIGHT + 24 * _HOUR)
    keep_night(at=_MORNING + 24 * _HOUR)
    assert _counts() == {"controls.finding-opened": 1}


def test_log_that_a_restore_made_shorter_is_counted_all_the_same() -> None:
    FirstPage.objects.create(pk=1, last_entry=10_000)
    _found("gov-01", _MIDNIGHT)
    keep_night(at=_MORNING)
    assert _counts() == {"controls.finding-opened": 1}


def test_chosen_list_outlives_the_night() -> None:
    FirstPage.objects.create(pk=1, tier="hour")
    keep_night(at=_MORNING)
    assert FirstPage.objects.get().tier == "hour"


def test_days_before_are_kept_for_the_line_of_each_list() -> None:
    rest = {"attested": 0, "stale": 0, "failing": 0, "unknown": 0, "not_applicable": 0}
    _found("gov-01", _MIDNIGHT)
    for days in (0, 1, 2, 30, 31):
        on = _MORNING.date() - timedelta(days=days)
        DayScore.objects.create(on=on, tier="month", proven=40 - days, of=43, **rest)
    keep_night(at=_MORNING)
    assert FirstPage.objects.get().trend == {
        "hour": [],
        "month": [[10, 43], [38, 43], [39, 43]],
        "larger": [],
    }
