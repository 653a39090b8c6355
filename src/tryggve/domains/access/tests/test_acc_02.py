"""Whoever leaves loses access the same day: accounts are left lying, shared and half closed, and mended again."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.utils import timezone

from tests import signing_in
from tests.telephone import telephone_of
from tryggve.accounts import leaving, tokens
from tryggve.accounts.models import ApiToken, Device, KnownNetwork, SignIn, User
from tryggve.controls import selectors, services
from tryggve.controls.engine.standing import State
from tryggve.controls.models import Evidence
from tryggve.controls.tests import here
from tryggve.domains.access.models import AccessReview, LeavingStep
from tryggve.domains.access.selectors import access_reviews as review_selectors
from tryggve.domains.access.selectors import account_use
from tryggve.domains.access.services import access_reviews, leaving_steps

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def _measure(at: datetime | None = None) -> Evidence:
    return here.measure("ACC-02", at=at or timezone.now())


def _said(evidence: Evidence) -> tuple[str, Any]:
    return evidence.verdict, evidence.facts.get("wrong")


def _review(by: User, *, at: datetime | None = None) -> None:
    at = at or timezone.now()
    stamps = [review_selectors.stamp_of(user) for user in review_selectors.people_with_access(at=at)]
    access_reviews.sign_off(seen=stamps, by=by, at=at)


def _session(user: User, browser: str, *, began: datetime, seen: datetime) -> None:
    device = Device.objects.create(
        user=user,
        token_hash=f"{browser}{began}"[:60],
        browser=browser,
        first_seen_at=began,
        last_seen_at=seen,
    )
    SignIn.objects.create(user=user, device=device, method="password", started_at=began, last_seen_at=seen)


def _long_ago(user: User, days: int) -> None:
    then = timezone.now() - days * DAY
    User.objects.filter(pk=user.pk).update(created_at=then, last_login=then)


def test_nobody_has_gone_through_it_until_somebody_does(anna: User) -> None:
    found = _measure()
    assert (*_said(found), found.facts.get("reviewed_on")) == ("FAILING", "not-reviewed", None)

    _review(anna)
    found = _measure()
    assert (*_said(found), found.facts["reviewed_on"]) == ("OBSERVED", None, timezone.localdate().isoformat())


def test_before_anybody_has_begun_nothing_is_said(db: None) -> None:
    found = _measure()
    assert (found.verdict, found.cause) == ("", "not-begun")


def test_it_is_to_be_gone_through_again_after_a_quarter(anna: User) -> None:
    _review(anna)
    now = timezone.now()
    AccessReview.objects.update(done_at=now - review_selectors.LASTS + timedelta(minutes=1))
    assert _said(_measure(now)) == ("OBSERVED", None)
    AccessReview.objects.update(done_at=now - review_selectors.LASTS - timedelta(minutes=1))
    assert _said(_measure(now)) == ("FAILING", "not-reviewed")


@pytest.mark.usefixtures("keeper")
def test_a_tick_turns_nothing_green(anna: User) -> None:
    now = timezone.now()
    _measure(now)
    services.attest(control="ACC-02", by=anna, note="All fine.", until=None, at=now)
    standing = selectors.protection("ACC-02", now=now + timedelta(seconds=2)).standing
    assert (standing.state, standing.disagrees) == (State.FAILING, True)


def test_an_account_that_nobody_uses_fails_until_it_is_closed_or_used(anna: User, bo: User) -> None:
    _review(anna)
    _long_ago(bo, 46)
    found = _measure()
    assert (*_said(found), found.facts["dormant"]) == ("FAILING", "dormant", 1)

    signing_in.browser_of(bo)
    assert _said(_measure()) == ("OBSERVED", None)

    _long_ago(bo, 46)
    Device.objects.filter(user=bo).delete()
    assert _said(_measure()) == ("FAILING", "dormant")
    leaving.leave(person=bo.pk, successor=anna.pk, by=anna, at=timezone.now())
    assert _said(_measure()) == ("OBSERVED", None)


@pytest.mark.parametrize(("days", "is_dormant"), [(44, False), (46, True)])
def test_an_account_sleeps_after_45_days(anna: User, bo: User, days: int, is_dormant: bool) -> None:
    _long_ago(bo, days)
    assert (bo.pk in account_use.dormant(at=timezone.now())) is is_dormant


def test_an_account_that_was_opened_again_has_time(anna: User, bo: User) -> None:
    _long_ago(bo, 60)
    leaving.leave(person=bo.pk, successor=anna.pk, by=anna, at=timezone.now() - 50 * DAY)
    leaving.reopen(person=bo.pk, by=anna, at=timezone.now() - DAY)
    assert account_use.dormant(at=timezone.now()) == frozenset()


def test_two_computers_of_one_kind_at_once_fail_until_somebody_has_looked(anna: User) -> None:
    now = timezone.now()
    _review(anna, at=now - 2 * DAY)
    for hour in (8, 7):
        _session(anna, "Firefox on Windows", began=now - timedelta(hours=hour), seen=now - timedelta(hours=1))
    found = _measure(now)
    assert (*_said(found), found.facts["shared"]) == ("FAILING", "shared", 1)

    _review(anna, at=now)
    assert _said(_measure(now)) == ("OBSERVED", None)


def test_a_computer_and_a_telephone_are_one_persons(anna: User) -> None:
    now = timezone.now()
    for browser in ("Firefox on Windows", "Safari on iPhone"):
        _session(anna, browser, began=now - timedelta(hours=8), seen=now)
    assert account_use.shared(since=None, at=now) == frozenset()


def test_a_computer_at_work_and_one_at_home_are_one_persons(anna: User) -> None:
    now = timezone.now()
    for began, seen in ((12, 5), (5.5, 1)):
        _session(
            anna, "Firefox on Windows", began=now - timedelta(hours=began), seen=now - timedelta(hours=seen)
        )
    assert account_use.shared(since=None, at=now) == frozenset()


@pytest.mark.parametrize(
    ("one", "other", "hours", "is_shared"),
    [
        ("SE", "ES", 1, True),
        ("SE", "ES", 3, False),
        ("SE", "DE", 1, True),
        ("SE", "DK", 1, False),
        ("NO", "SE", 1, False),
        ("SE", "FI", 1, False),
        ("FI", "NO", 1, False),
        ("DK", "DE", 1, False),
    ],
)
def test_two_countries_within_two_hours_are_two_people_but_for_neighbours(
    anna: User, one: str, other: str, hours: int, is_shared: bool
) -> None:
    now = timezone.now()
    for country, seen in ((one, now), (other, now - timedelta(hours=hours)), ("", now)):
        KnownNetwork.objects.create(
            user=anna, tag=country, country=country, first_seen_at=seen, last_seen_at=seen
        )
    assert (anna.pk in account_use.shared(since=None, at=now)) is is_shared


def _open_session(bo: User) -> None:
    SignIn.objects.filter(user=bo).update(ended_at=None)


def _open_token(bo: User) -> None:
    ApiToken.objects.filter(user=bo).update(ended_at=None)


def _keep_telephone(bo: User) -> None:
    telephone_of(bo)


@pytest.mark.parametrize("hold", [_open_session, _open_token, _keep_telephone])
@pytest.mark.usefixtures("keeper")
def test_what_a_leaver_still_has_fails_until_it_is_ended(
    anna: User, bo: User, hold: Callable[[User], None]
) -> None:
    now = timezone.now()
    signing_in.browser_of(bo)
    tokens.make(user=bo, name="t", scopes=[], lasts=DAY, actor=bo.actor, at=now)
    leaving.leave(person=bo.pk, successor=anna.pk, by=anna, at=now)
    _review(anna)
    assert _said(_measure()) == ("OBSERVED", None)

    hold(bo)
    found = _measure()
    assert (*_said(found), found.facts["left_behind"]) == ("FAILING", "left-behind", 1)

    SignIn.objects.filter(user=bo).update(ended_at=now)
    tokens.end_all(user=bo, actor=anna.actor, at=now)
    Authenticator.objects.filter(user=bo).delete()
    assert _said(_measure()) == ("OBSERVED", None)


def test_it_tells_how_long_the_last_session_lived_on(anna: User, bo: User) -> None:
    now = timezone.now()
    signing_in.browser_of(bo)
    leaving.leave(person=bo.pk, successor=anna.pk, by=anna, at=now)
    assert account_use.minutes_to_close(at=now) == 0
    SignIn.objects.filter(user=bo).update(ended_at=now + timedelta(minutes=90))
    assert account_use.minutes_to_close(at=now + DAY) == 90


def test_a_list_left_undone_fails_after_a_month_until_it_is_ticked(anna: User, bo: User) -> None:
    now = timezone.now()
    leaving.leave(person=bo.pk, successor=anna.pk, by=anna, at=now)
    _review(anna, at=now)
    assert LeavingStep.objects.filter(user=bo, done_at=None).exists()
    assert _said(_measure(now + timedelta(minutes=1))) == ("OBSERVED", None)
    later = now + timedelta(days=31)
    User.objects.filter(pk=anna.pk).update(last_login=later)
    assert _said(_measure(later)) == ("FAILING", "steps-left")

    for step in LeavingStep.objects.filter(user=bo):
        leaving_steps.mark(person=bo.pk, code=step.code, is_done=True, by=anna, at=later)
    assert _said(_measure(later)) == ("OBSERVED", None)
