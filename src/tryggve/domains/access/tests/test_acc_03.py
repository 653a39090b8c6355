"""Tryggve asks again instead of trusting: what asks is taken away for real, and sessions live too long."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.utils import timezone
from pytest_django import Settings

from tests import signing_in
from tryggve.accounts import sign_ins
from tryggve.accounts.models import SignIn, User
from tryggve.accounts.policy import rules
from tryggve.controls import services
from tryggve.controls.models import Evidence
from tryggve.controls.tests import here
from tryggve.domains.access.selectors import second_factors, session_ages
from tryggve.domains.access.tests import doorways
from tryggve.domains.access.tests import few_doors as few
from tryggve.domains.access.tests.doorways import GATE, AtHome
from tryggve.domains.access.trials.challenges import CHALLENGES
from tryggve.domains.access.trials.doors import doors
from tryggve.domains.access.trials.knocking import Answer

pytestmark = pytest.mark.django_db


def _measure() -> Evidence:
    return here.measure("ACC-03", at=timezone.now())


@pytest.fixture
def few_doors(settings: Settings) -> None:
    settings.ROOT_URLCONF = few.__name__


def _said(evidence: Evidence) -> tuple[str, Any]:
    return evidence.verdict, evidence.facts.get("wrong")


def test_a_company_as_it_begins_is_proved(anna: User) -> None:
    found = _measure()
    assert _said(found) == ("PROVED", None)
    counts = {
        name: found.facts[name] for name in ("let_in", "unasked", "unwritten", "undeclared", "overlong")
    }
    assert counts == dict.fromkeys(counts, 0)
    assert (found.facts["tries"] > len(doors()), found.facts["knows_countries"]) == (True, False)


def test_before_anybody_has_begun_nothing_is_said(db: None) -> None:
    found = _measure()
    assert (found.verdict, found.cause) == ("", "not-begun")


def test_without_the_gate_everybody_comes_in_until_it_is_back(anna: User, settings: Settings) -> None:
    """Everybody: a trial that nobody can fail would count as one that was passed."""
    whole, here_are = settings.MIDDLEWARE, [door for door in doors() if door.is_declared]
    wanted = [one.answer(door) for one in CHALLENGES.values() for door in here_are]
    stopped = [answer for answer in wanted if answer not in (None, Answer.OPENED)]

    settings.MIDDLEWARE = [one for one in whole if one != GATE]
    broken = _measure()
    assert (*_said(broken), broken.facts["let_in"]) == ("FAILING", "let-in", len(stopped))

    settings.MIDDLEWARE = whole
    assert _said(_measure()) == ("PROVED", None)


@pytest.mark.usefixtures("few_doors")
def test_who_always_seems_to_be_at_home_is_not_asked(anna: User, settings: Settings) -> None:
    """A proxy that shows one address for all takes away what tells a strange network from a known one."""
    settings.MIDDLEWARE = [f"{AtHome.__module__}.{AtHome.__qualname__}", *settings.MIDDLEWARE]
    assert _said(_measure()) == ("FAILING", "let-in")


def test_a_page_that_nobody_declared_fails(anna: User, settings: Settings) -> None:
    settings.ROOT_URLCONF = doorways.__name__
    found = _measure()
    assert (*_said(found), found.facts["undeclared"]) == ("FAILING", "undeclared", 1)


@pytest.mark.usefixtures("few_doors")
def test_a_session_that_lived_too_long_fails_until_it_is_gone(anna: User) -> None:
    signing_in.browser_of(anna)
    now = timezone.now()
    SignIn.objects.update(started_at=now - timedelta(hours=12, minutes=5), last_seen_at=now)
    found = _measure()
    assert (*_said(found), found.facts["overlong"]) == ("FAILING", "overlong", 1)

    SignIn.objects.update(last_seen_at=now - timedelta(minutes=6))
    assert session_ages.overlong(at=now) == 0
    SignIn.objects.all().delete()
    assert _said(_measure()) == ("PROVED", None)


@pytest.mark.usefixtures("few_doors")
def test_a_session_of_before_the_clock_was_set_back_fails_until_the_night_ends_it(anna: User) -> None:
    browser = signing_in.browser_of(anna, at=timezone.now() + timedelta(days=300))
    now = timezone.now()
    found = _measure()
    assert (*_said(found), found.facts["overlong"]) == ("FAILING", "overlong", 1)
    assert second_factors.enrolment(at=now).sessions_without == 0

    sign_ins.forget_ended(now=now, older_than=timedelta(days=30))
    assert _said(_measure()) == ("PROVED", None)
    with time_machine.travel(now + timedelta(days=300), tick=False):
        assert browser.get("/company/people/").headers["Location"].startswith("/sign-in/")


@pytest.mark.usefixtures("few_doors")
def test_rules_that_take_a_time_to_come_for_fresh_are_found(
    anna: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(rules, "is_within", lambda age, most_seconds: age <= most_seconds)
        assert _said(_measure()) == ("FAILING", "let-in")

    assert _said(_measure()) == ("PROVED", None)


def test_nobody_can_vouch_for_it(anna: User) -> None:
    with pytest.raises(services.NotAttestable):
        services.attest(control="ACC-03", by=anna, note="It is so.", until=None, at=timezone.now())
