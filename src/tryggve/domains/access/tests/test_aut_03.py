"""Passwords are changed when there is a reason: left undone in each way, found, done, and found done."""

from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from tryggve.accounts import leaving
from tryggve.accounts.models import User
from tryggve.controls import services as controls
from tryggve.controls.engine.standing import State
from tryggve.controls.models import Probe
from tryggve.controls.tests import here
from tryggve.domains.access.services import leaving_steps, own_sign_in
from tryggve.domains.access.services import passwords as services
from tryggve.domains.access.services.passwords import Reason
from tryggve.domains.access.tests import measured
from tryggve.notices.models import OutboxMessage

pytestmark = pytest.mark.django_db
AUT = "AUT-03"
DAY = timedelta(days=1)
_NEW = "fyra nya hästar sjunger"


@pytest.fixture
def now() -> datetime:
    # Accounts are made by the real clock, and the cast's stood before.
    return timezone.now() + timedelta(hours=1)


@pytest.fixture
def rule(anna: User, now: datetime) -> None:
    services.choose_rule(longest_days=365, by=anna, at=now)


def test_what_is_young_enough_is_observed(rule: None, bo: User, now: datetime) -> None:
    found = here.measure(AUT, at=now + 10 * DAY)

    assert found.verdict == "OBSERVED"
    assert found.facts == {
        "people": 2,
        "oldest_days": 10,
        "longest_days": 365,
        "too_old": 0,
        "asked": 0,
        "left_open": 0,
    }


def test_before_somebody_has_chosen_it_is_unknown(anna: User, now: datetime) -> None:
    assert measured.outcome(AUT, now) == "not-chosen"
    assert measured.state(AUT, now) == State.UNKNOWN

    services.choose_rule(longest_days=0, by=anna, at=now)
    assert measured.outcome(AUT, now) == "OBSERVED"


def test_choosing_has_it_measured_at_once(anna: User, now: datetime) -> None:
    here.measure(AUT, at=now)

    services.choose_rule(longest_days=0, by=anna, at=now)

    assert Probe.objects.get(control=AUT).asked_at == now


def test_a_password_that_has_grown_too_old_is_found(rule: None, anna: User, now: datetime) -> None:
    later = now + 366 * DAY
    assert measured.outcome(AUT, now + 365 * DAY) == "OBSERVED"
    assert measured.outcome(AUT, later) == "FAILING too-old"
    controls.attest(control=AUT, by=anna, note="I went through them.", until=None, at=later)
    assert measured.state(AUT, later) == State.FAILING

    own_sign_in.change_password(user=anna, password=_NEW, this=None, at=later)
    assert measured.outcome(AUT, later) == "OBSERVED"


def test_one_that_may_grow_as_old_as_it_likes_is_never_too_old(anna: User, now: datetime) -> None:
    services.choose_rule(longest_days=0, by=anna, at=now)

    assert measured.outcome(AUT, now + 4000 * DAY) == "OBSERVED"


def test_one_that_was_asked_for_and_not_changed_is_found(
    rule: None, anna: User, bo: User, now: datetime
) -> None:
    services.ask_for_another(person=bo.pk, reason=Reason.LEAKED, by=anna, at=now)
    assert measured.outcome(AUT, now) == "FAILING asked"

    later = now + DAY
    own_sign_in.change_password(user=bo, password=_NEW, this=None, at=later)
    assert measured.outcome(AUT, later) == "OBSERVED"

    services.ask_for_another(person=bo.pk, reason=Reason.REUSED, by=anna, at=later + DAY)
    assert measured.outcome(AUT, later + DAY) == "FAILING asked"


def test_who_is_asked_gets_a_mail(anna: User, bo: User, now: datetime) -> None:
    services.ask_for_another(person=bo.pk, reason=Reason.LEAKED, by=anna, at=now)

    assert OutboxMessage.objects.get().kind == "access.password-asked-for"


def test_nobody_says_for_themselves_that_it_is_not_needed(
    rule: None, anna: User, karin: User, now: datetime
) -> None:
    services.ask_for_another(person=karin.pk, reason=Reason.SHARED, by=anna, at=now)

    with pytest.raises(services.NotForSelf):
        services.withdraw_request(person=karin.pk, by=karin, at=now)
    assert measured.outcome(AUT, now) == "FAILING asked"

    services.withdraw_request(person=karin.pk, by=anna, at=now)
    assert measured.outcome(AUT, now) == "OBSERVED"


def test_who_has_no_password_is_asked_for_none(anna: User, bo: User, now: datetime) -> None:
    bo.set_password(None)
    bo.save(update_fields=["password", "password_mark"])

    with pytest.raises(services.NoPassword):
        services.ask_for_another(person=bo.pk, reason=Reason.LEAKED, by=anna, at=now)


def test_what_somebody_knew_who_left_is_found_until_it_is_changed(
    rule: None, anna: User, bo: User, now: datetime
) -> None:
    leaving.leave(person=bo.pk, successor=anna.pk, by=anna, at=now)
    assert measured.outcome(AUT, now + 3 * DAY) == "OBSERVED"
    assert measured.outcome(AUT, now + 4 * DAY) == "FAILING left"

    for code in ("access.shared-passwords", "access.wifi"):
        leaving_steps.mark(person=bo.pk, code=code, is_done=True, by=anna, at=now + 4 * DAY)
    assert measured.outcome(AUT, now + 4 * DAY) == "OBSERVED"


def test_before_there_is_a_company_it_is_unknown(db: None, now: datetime) -> None:
    assert measured.outcome(AUT, now) == "not-begun"
