"""The page on which somebody goes through who has access."""

from collections.abc import Callable
from datetime import timedelta
from http import HTTPStatus
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from tests.cast import PASSWORD
from tests.counting import asked
from tryggve.accounts import leaving, people, teams
from tryggve.accounts import services as accounts
from tryggve.accounts.models import User
from tryggve.accounts.roles import Area, Level, Role, Scope
from tryggve.audit.models import Entry
from tryggve.controls.models import Probe
from tryggve.domains.access.models import AccessReview
from tryggve.domains.access.selectors import access_reviews as selectors
from tryggve.domains.access.services import access_reviews
from tryggve.privacy import services as privacy
from tryggve.privacy.subjects import Kind, Subject
from tryggve.routines.duties.models import Turn
from tryggve.routines.duties.services import planning

pytestmark = pytest.mark.django_db
PAGE = "/company/people/review/"


def _text(answer: Any) -> str:
    return " ".join(answer.content.decode().split())


def _ticks(*ticked: User) -> dict[str, str]:
    """A form with a tick for each of these as they are now."""
    wanted = {user.pk for user in ticked}
    here = selectors.people_with_access(at=timezone.now())
    return {selectors.stamp_of(user): "on" for user in here if user.pk in wanted}


def _entries(action: str) -> list[tuple[Any, dict[str, Any]]]:
    return [
        (one.subject, one.facts) for one in Entry.objects.filter(action=f"access.{action}").order_by("id")
    ]


def test_everybody_stands_there_with_what_they_may(as_anna: Client, anna: User, bo: User) -> None:
    text = _text(as_anna.get(PAGE))
    assert "Nobody has done it yet." in text
    assert "Anna Ek works here and needs this" in text
    assert "Bo Dahl works here and needs this" in text
    assert "Sees and changes all customers and does routines; not sensitive details" in text
    assert f"/company/people/{bo.pk}/leave/" in text
    assert f"/company/people/{anna.pk}/leave/" not in text


def test_who_has_left_stands_there_no_more(as_anna: Client, anna: User, bo: User) -> None:
    leaving.leave(person=bo.pk, successor=anna.pk, by=anna, at=timezone.now())
    assert "Bo Dahl" not in _text(as_anna.get(PAGE))


def test_signed_off_is_kept_with_who_and_when(as_anna: Client, anna: User, bo: User) -> None:
    now = timezone.now()
    people.change_role(person=bo.pk, role=Role.CAPTAIN, by=anna, at=now)
    answer = as_anna.post(PAGE, _ticks(anna, bo))
    assert (answer.status_code, answer["Location"]) == (HTTPStatus.FOUND, "/company/people/")

    kept = AccessReview.objects.get()
    assert (kept.by_ref, kept.people, kept.changed, kept.closed) == (anna.pk, 2, 1, 0)
    review = str(kept.pk)
    assert _entries("access-confirmed") == [(anna.pk, {"review": review}), (bo.pk, {"review": review})]
    assert _entries("access-reviewed") == [(None, {"review": review, "people": 2, "changed": 1, "closed": 0})]
    for page in (PAGE, answer["Location"]):
        assert "by <bdi>Anna Ek</bdi>" in _text(as_anna.get(page))


def test_signed_off_is_measured_at_once_and_ends_the_duty(as_anna: Client, anna: User, bo: User) -> None:
    planning.plan(at=timezone.now())
    assert Turn.objects.open().filter(duty="review-access").exists()
    as_anna.post(PAGE, _ticks(anna, bo))
    assert Probe.objects.get(control="ACC-02").asked_at is not None
    assert list(Turn.objects.filter(duty="review-access").exclude(done_at=None).values_list("done_by")) == [
        (anna.actor,)
    ]


def test_who_isnt_ticked_is_asked_for_and_nothing_is_kept(as_anna: Client, anna: User, bo: User) -> None:
    text = _text(as_anna.post(PAGE, _ticks(anna)))
    assert text.count("Tick this, or change what the person may first.") >= 1
    assert 'aria-invalid="true"' in text
    assert not AccessReview.objects.exists()


def test_a_tick_for_what_was_changed_meanwhile_counts_for_nothing(
    as_anna: Client, anna: User, bo: User
) -> None:
    ticks = _ticks(anna, bo)
    people.give(person=bo.pk, levels={Area.EXPORT: Level.CHANGE}, by=anna, at=timezone.now())
    assert "Tick this" in _text(as_anna.post(PAGE, ticks))
    with pytest.raises(access_reviews.NotAsSeen):
        access_reviews.sign_off(seen=list(ticks), by=anna, at=timezone.now())
    assert not AccessReview.objects.exists()


def test_a_stamp_is_another_as_soon_as_the_access_is(anna: User, bo: User) -> None:
    now = timezone.now()
    seen = {selectors.stamp_of(bo)}
    team = teams.make_team(name="Workshop", by=anna, at=now).pk
    changes: list[Callable[[], None]] = [
        lambda: people.set_scope(person=bo.pk, scope=Scope.OWN, by=anna, at=now),
        lambda: people.set_scope(person=bo.pk, scope=Scope.OWN, in_teams=[team], by=anna, at=now),
        lambda: people.give(person=bo.pk, levels={Area.EXPORT: Level.CHANGE}, by=anna, at=now),
        lambda: people.make_deputy(
            person=bo.pk, starts=now - timedelta(1), ends=now + timedelta(1), by=anna, at=now
        ),
        lambda: people.change_role(person=bo.pk, role=Role.AUDITOR, by=anna, at=now),
    ]
    for change in changes:
        change()
        found = User.objects.get(pk=bo.pk)
        found.note_time(now)
        seen.add(selectors.stamp_of(found))
    assert len(seen) == 6
    assert selectors.stamp_of(anna) not in seen


def test_what_speaks_for_a_change_is_said_and_stands_first(as_anna: Client, anna: User, bo: User) -> None:
    long_ago = timezone.now() - timedelta(days=100)
    User.objects.filter(pk=bo.pk).update(created_at=long_ago, last_login=None)
    people.give(person=bo.pk, levels={Area.EXPORT: Level.CHANGE}, by=anna, at=long_ago)
    text = _text(as_anna.get(PAGE))
    assert "Nobody has used the account since" in text
    assert "Given beside the role, and not used for 90 days: takes data out." in text
    assert text.index("Bo Dahl works here") < text.index("Anna Ek works here")


def test_captain_goes_through_owners_too_and_changes_none(as_karin: Client, karin: User, anna: User) -> None:
    text = _text(as_karin.get(PAGE))
    assert "Only an owner changes this." in text
    as_karin.post(PAGE, _ticks(anna, karin))
    assert AccessReview.objects.get().by_ref == karin.pk


@pytest.mark.parametrize("role", [Role.EMPLOYEE, Role.AUDITOR, Role.SUPPLIER])
def test_others_sign_nothing_off(as_bo: Client, anna: User, bo: User, role: Role) -> None:
    User.objects.filter(pk=bo.pk).update(role=role)
    assert as_bo.get(PAGE).status_code == HTTPStatus.FORBIDDEN
    assert as_bo.post(PAGE, _ticks(anna, bo)).status_code == HTTPStatus.FORBIDDEN
    assert not AccessReview.objects.exists()


def test_page_asks_as_often_for_few_as_for_many(as_anna: Client, anna: User, bo: User) -> None:
    User.objects.update(created_at=timezone.now() - timedelta(days=100), given={"EXPORT": 2})
    before = len(asked(as_anna, PAGE))
    for number in range(20):
        one = accounts.create_user(
            email=f"p{number}@example.se", password=PASSWORD, name=f"P {number}", language="sv"
        )
        teams.make_team(name=f"Team {number}", by=anna, at=timezone.now()).members.add(one)
    User.objects.update(created_at=timezone.now() - timedelta(days=100), given={"EXPORT": 2})
    assert len(asked(as_anna, PAGE)) == before <= 16


def test_who_it_was_is_forgotten_with_the_account(anna: User, karin: User) -> None:
    now = timezone.now()
    access_reviews.sign_off(seen=list(_ticks(anna, karin)), by=karin, at=now)
    export = privacy.export_person(Subject(Kind.STAFF, karin.pk), actor=anna.actor, at=now)
    held = next(one for one in export.held if one.code == "access.reviews")
    assert [value.content for part in held.parts for value in part.values] == [2]

    erased = privacy.erase_person(Subject(Kind.STAFF, karin.pk), actor=anna.actor, at=now)
    assert (erased["access.reviews"], AccessReview.objects.get().by_ref) == (1, None)
    last = selectors.last(at=now)
    assert (last is not None, last and last.by) == (True, "")
