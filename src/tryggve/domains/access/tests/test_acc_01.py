"""Everybody sees what the work needs, and no more: the doors are broken for real, and so are rights."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.apps import apps
from django.utils import timezone
from pytest_django import Settings

from tests.cast import PASSWORD
from tryggve.accounts import people
from tryggve.accounts import services as accounts
from tryggve.accounts.models import User
from tryggve.accounts.roles import MAY_BE_GIVEN, Area, Level, Role
from tryggve.audit import registry
from tryggve.audit import services as audit
from tryggve.audit.models import Entry
from tryggve.controls import selectors, services
from tryggve.controls.engine.standing import State
from tryggve.controls.models import Evidence
from tryggve.controls.tests import here
from tryggve.domains.access import actions
from tryggve.domains.access.selectors import rights_in_use
from tryggve.domains.access.tests import few_doors as few
from tryggve.domains.access.tests.doorways import GATE, Bricks
from tryggve.domains.access.trials import rounds
from tryggve.domains.access.trials.doors import doors
from tryggve.domains.access.trials.knocking import Stack
from tryggve.domains.access.trials.visitors import Visitor

pytestmark = pytest.mark.django_db


def _measure(at: datetime | None = None) -> Evidence:
    return here.measure("ACC-01", at=at or timezone.now())


def _said(evidence: Evidence) -> tuple[str, Any]:
    return evidence.verdict, evidence.facts.get("wrong")


@pytest.fixture
def few_doors(settings: Settings) -> None:
    settings.ROOT_URLCONF = few.__name__


def _given_export(bo: User, anna: User, *, days_ago: int) -> None:
    then = timezone.now() - timedelta(days=days_ago)
    User.objects.filter(pk=bo.pk).update(created_at=then - timedelta(days=1))
    people.give(person=bo.pk, levels={Area.EXPORT: Level.CHANGE}, by=anna, at=then)


def test_a_company_as_it_begins_is_proved_and_nobody_made_up_stays(anna: User) -> None:
    kept = [model for model in apps.get_models() if not model.__module__.startswith("tryggve.controls")]
    before = {model: model._default_manager.count() for model in kept}
    found = _measure()
    after = {model: model._default_manager.count() for model in kept}
    assert after == before | {Entry: before[Entry] + Entry.objects.filter(action="controls.measured").count()}

    assert (found.verdict, found.facts["owners"], found.facts["people"]) == ("PROVED", 1, 1)
    assert (found.facts["opened_wrongly"], found.facts["shut_wrongly"]) == (0, 0)
    assert found.facts["doors"] == len(doors())
    assert found.facts["tries"] == len(doors()) * (len(Role) + 1)


def test_before_anybody_has_begun_nothing_is_said(db: None) -> None:
    assert (_measure().verdict, _measure().cause) == ("", "not-begun")


@pytest.mark.usefixtures("keeper", "few_doors")
def test_without_the_gate_it_fails_whatever_somebody_says_until_the_gate_is_back(
    anna: User, settings: Settings
) -> None:
    whole, now = settings.MIDDLEWARE, timezone.now()
    settings.MIDDLEWARE = [one for one in whole if one != GATE]
    broken = _measure(now)
    assert (*_said(broken), broken.facts["opened_wrongly"] > 0) == ("FAILING", "open-door", True)

    services.attest(control="ACC-01", by=anna, note="I looked.", until=None, at=now)
    standing = selectors.protection("ACC-01", now=now + timedelta(seconds=2)).standing
    assert (standing.state, standing.disagrees) == (State.FAILING, True)

    settings.MIDDLEWARE = whole
    assert _said(_measure()) == ("PROVED", None)


@pytest.mark.usefixtures("few_doors")
def test_a_door_that_is_walled_up_fails(anna: User, settings: Settings) -> None:
    settings.MIDDLEWARE = [*settings.MIDDLEWARE, f"{Bricks.__module__}.{Bricks.__qualname__}"]
    found = _measure()
    # The owner, the captain and the auditor.
    assert (*_said(found), found.facts["shut_wrongly"]) == ("FAILING", "shut-door", 3)


def test_each_transaction_is_short(anna: User, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rounds, "_HELD_SECONDS", 0.0)
    planted: list[int] = []
    pauses: list[float] = []
    asked = [door for door in doors() if door.is_public][:3]

    def plant() -> Visitor:
        planted.append(1)
        return Visitor()

    met = list(rounds.tried(asked, stack=Stack(), plant=plant, pause=pauses.append))
    assert ([one.door for one in met], len(planted), pauses) == (asked, 3, [0.1, 0.1])


@pytest.mark.usefixtures("few_doors")
def test_a_company_of_owners_fails_until_some_are_something_less(anna: User) -> None:
    made = [
        accounts.create_user(email=f"{n}@example.se", password=PASSWORD, name=f"P{n}", language="en")
        for n in range(4)
    ]
    User.objects.update(role=Role.OWNER)
    found = _measure()
    assert (*_said(found), found.facts["owners"]) == ("FAILING", "too-many-owners", 5)

    for one in made[:2]:
        people.change_role(person=one.pk, role=Role.EMPLOYEE, by=anna, at=timezone.now())
    assert _said(_measure()) == ("PROVED", None)


@pytest.mark.usefixtures("few_doors")
def test_a_right_that_nobody_uses_fails_until_it_is_taken_back(anna: User, bo: User) -> None:
    _given_export(bo, anna, days_ago=91)
    found = _measure()
    assert (*_said(found), found.facts["unused"]) == ("FAILING", "unused-rights", 1)

    people.give(person=bo.pk, levels={Area.EXPORT: Level.NONE}, by=anna, at=timezone.now())
    found = _measure()
    assert (*_said(found), found.facts["given"]) == ("PROVED", None, 0)


def test_a_right_that_is_used_stays(anna: User, bo: User) -> None:
    _given_export(bo, anna, days_ago=91)
    for person, unused in ((anna, 1), (bo, 0)):
        audit.record(actions.LOG_EXPORTED, actor=person.actor, at=timezone.now(), with_details=False)
        standing = rights_in_use.standing(at=timezone.now())
        assert (standing.given, standing.unused) == (1, unused)


def test_a_right_that_was_just_given_has_time(anna: User, bo: User) -> None:
    _given_export(bo, anna, days_ago=7)
    assert rights_in_use.standing(at=timezone.now()).unused == 0


def test_every_right_that_can_be_given_has_deeds_that_stand_in_the_log() -> None:
    given = {area for most in MAY_BE_GIVEN.values() for area in most}
    assert set(rights_in_use.USES) == given
    assert set().union(*rights_in_use.USES.values()) <= registry.actions().keys()
