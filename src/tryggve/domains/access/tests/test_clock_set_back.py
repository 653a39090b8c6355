"""The clock was ahead for a while, and was set back: nothing of that while counts as fresh for ever."""

from datetime import datetime, timedelta
from functools import partial
from typing import Any

import pytest
import time_machine
from allauth.account.internal.flows import login
from django.test import Client
from django.utils import timezone

from tests import signing_in
from tryggve.accounts import leaving, sign_ins
from tryggve.accounts.models import Device, User
from tryggve.domains.access.models import AccessReview, LeavingStep
from tryggve.domains.access.selectors import account_use
from tryggve.domains.access.selectors import passwords as password_selectors
from tryggve.domains.access.services import own_sign_in, standby
from tryggve.domains.access.services import passwords as services
from tryggve.domains.access.tests import factors, measured

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
_PAGE, _IMPORTANT = "/company/people/", "/company/people/invite/"
_NEW = "fyra nya hästar sjunger"


@pytest.fixture
def now() -> datetime:
    # Accounts are made by the real clock, and the cast's stood before.
    return timezone.now() + timedelta(hours=1)


@pytest.fixture
def ahead(now: datetime) -> datetime:
    return now + 300 * DAY


@pytest.fixture
def two(anna: User, bo: User, now: datetime) -> tuple[User, User]:
    """Anna answers for security, and Bo steps in."""
    for user in (anna, bo):
        factors.telephone_of(user)
    standby.choose(person=bo.pk, by=anna, at=now)
    return anna, bo


def _is_here(user: User, at: datetime, *, on: str = "work") -> None:
    Device.objects.update_or_create(
        user=user,
        token_hash=f"{on} of {user.pk}",
        defaults={"browser": "Firefox", "first_seen_at": at, "last_seen_at": at},
    )


def _goes_to(browser: Client, path: str, at: datetime) -> Any:
    with time_machine.travel(at, tick=False):
        return browser.get(path).headers.get("Location", "").split("?")[0]


@pytest.mark.parametrize("later", [timedelta(), DAY, 100 * DAY])
def test_a_session_of_that_while_is_over(
    anna: User, now: datetime, ahead: datetime, later: timedelta
) -> None:
    with time_machine.travel(ahead, tick=False):
        browser = signing_in.browser_of(anna, at=ahead)
        assert browser.get(_PAGE).status_code == 200

    assert _goes_to(browser, _PAGE, now + later) == "/sign-in/"


def test_a_session_that_was_used_in_that_while_is_over(anna: User, now: datetime, ahead: datetime) -> None:
    with time_machine.travel(now, tick=False):
        browser = signing_in.browser_of(anna, at=now)
    session = browser.session
    facts = sign_ins.facts_of(session)
    assert facts is not None
    sign_ins.note_seen(session, facts, at=ahead)
    session.save()

    assert _goes_to(browser, _PAGE, now + timedelta(minutes=1)) == "/sign-in/"


def test_a_clock_that_is_a_little_behind_ends_nothing(anna: User, now: datetime) -> None:
    with time_machine.travel(now, tick=False):
        browser = signing_in.browser_of(anna, at=now)

    assert _goes_to(browser, _PAGE, now - timedelta(minutes=1)) == ""


def test_a_factor_of_that_while_is_asked_for_once_more_and_then_counts(
    anna: User, now: datetime, ahead: datetime
) -> None:
    with time_machine.travel(now, tick=False):
        browser = signing_in.browser_of(anna, at=now)
    session = browser.session
    said = [{"method": "mfa", "type": "webauthn", "at": ahead.timestamp()}]
    session[login.AUTHENTICATION_METHODS_SESSION_KEY] = said
    session.save()
    assert _goes_to(browser, _IMPORTANT, now) == "/sign-in/confirm/"

    said.append({"method": "mfa", "type": "totp", "at": now.timestamp()})
    session[login.AUTHENTICATION_METHODS_SESSION_KEY] = said
    session.save()
    assert _goes_to(browser, _IMPORTANT, now) == ""


@pytest.mark.parametrize(("which", "wrong"), [(0, "captain-away"), (1, "deputy-away")])
def test_whoever_was_here_only_in_that_while_has_not_been_here(
    two: tuple[User, User], now: datetime, ahead: datetime, which: int, wrong: str
) -> None:
    _is_here(two[1 - which], now)
    _is_here(two[which], ahead)
    assert measured.outcome("GOV-01", now) == f"FAILING {wrong}"

    _is_here(two[which], now, on="home")
    assert measured.outcome("GOV-01", now) == "OBSERVED"


def test_a_review_of_that_while_is_none(anna: User, now: datetime, ahead: datetime) -> None:
    AccessReview.objects.create(by_ref=anna.pk, done_at=ahead, people=1, changed=0, closed=0)
    assert measured.outcome("ACC-02", now) == "FAILING not-reviewed"

    AccessReview.objects.create(by_ref=anna.pk, done_at=now, people=1, changed=0, closed=0)
    assert measured.outcome("ACC-02", now) == "OBSERVED"


def test_an_account_that_was_used_only_in_that_while_lies_unused(
    anna: User, bo: User, now: datetime, ahead: datetime, as_anna: Client
) -> None:
    User.objects.filter(pk=bo.pk).update(created_at=ahead, last_login=ahead)
    _is_here(bo, ahead)
    assert account_use.dormant(at=now) == {bo.pk}
    assert "clock was set back" in as_anna.get("/company/people/review/").content.decode()

    User.objects.filter(pk=bo.pk).update(last_login=now)
    assert account_use.dormant(at=now) == frozenset()


def test_a_request_for_another_password_stays_whatever_the_clock_said(
    anna: User, bo: User, now: datetime, ahead: datetime
) -> None:
    services.choose_rule(longest_days=0, by=anna, at=now)
    own_sign_in.change_password(user=bo, password=_NEW, this=None, at=ahead)
    services.ask_for_another(person=bo.pk, reason=services.Reason.LEAKED, by=anna, at=now)
    assert measured.outcome("AUT-03", now) == "FAILING asked"

    own_sign_in.change_password(user=bo, password=f"{_NEW} igen", this=None, at=now)
    assert measured.outcome("AUT-03", now) == "OBSERVED"


def test_a_password_of_that_while_is_too_old_for_any_limit(
    anna: User, bo: User, now: datetime, ahead: datetime, as_anna: Client
) -> None:
    own_sign_in.change_password(user=bo, password=_NEW, this=None, at=ahead)
    services.choose_rule(longest_days=0, by=anna, at=now)
    assert measured.outcome("AUT-03", now) == "OBSERVED"

    services.choose_rule(longest_days=365, by=anna, at=now)
    assert measured.outcome("AUT-03", now) == "FAILING too-old"
    assert [one.days for one in password_selectors.passwords(at=now).people] == [None, 0]
    assert "clock was set back" in as_anna.get("/company/people/passwords/").content.decode()


def test_a_list_of_who_left_in_that_while_is_late(
    two: tuple[User, User], karin: User, now: datetime, ahead: datetime
) -> None:
    anna, _bo = two
    leaving.leave(person=karin.pk, successor=anna.pk, by=anna, at=ahead)
    for user in two:
        _is_here(user, now)
    outcomes = partial(map, measured.outcome, ("GOV-01", "AUT-03"))
    assert list(outcomes([now] * 2)) == ["FAILING not-handed-over", "FAILING left"]
    assert account_use.steps_left(at=now) == LeavingStep.objects.count()

    LeavingStep.objects.update(done_at=now)
    services.choose_rule(longest_days=0, by=anna, at=now)
    assert list(outcomes([now] * 2)) == ["OBSERVED", "OBSERVED"]
