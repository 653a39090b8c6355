"""One action ends it all, or nothing of it."""

from http import HTTPStatus

import pytest
from django.test import Client

from tests.cast import NOW
from tryggve.accounts import handovers, leaving, people, teams
from tryggve.accounts.authority import NotYours
from tryggve.accounts.handovers import BadHandover, Leaving
from tryggve.accounts.leaving import AlreadySo, NotASuccessor
from tryggve.accounts.models import KnownNetwork, SignIn, User
from tryggve.accounts.people import LastOwner
from tryggve.accounts.roles import Area, Level, Role
from tryggve.audit.models import Entry

pytestmark = pytest.mark.django_db


@pytest.fixture
def registry(monkeypatch: pytest.MonkeyPatch) -> None:
    """An empty one."""
    monkeypatch.setattr(handovers, "_handovers", {})
    monkeypatch.setattr(handovers, "_reminders", {})


def _leave(person: User, successor: User, by: User | None) -> leaving.Left:
    return leaving.leave(person=person.pk, successor=successor.pk, by=by, at=NOW)


def _entry(action: str) -> Entry:
    return Entry.objects.get(action=action)


@pytest.mark.usefixtures("planted_pages")
def test_next_request_of_who_left_is_turned_away(anna: User, bo: User, as_bo: Client) -> None:
    assert as_bo.get("/staff/").status_code == HTTPStatus.OK
    left = _leave(bo, anna, anna)
    answer = as_bo.get("/staff/")
    assert (answer.status_code, answer["Location"]) == (HTTPStatus.FOUND, "/sign-in/?next=/staff/")
    assert left.sessions == 1
    assert SignIn.objects.filter(user=bo, ended_at=None).count() == 0


@pytest.mark.usefixtures("planted_pages")
def test_sessions_stay_ended_after_the_account_is_opened_again(anna: User, bo: User, as_bo: Client) -> None:
    _leave(bo, anna, anna)
    leaving.reopen(person=bo.pk, by=anna, at=NOW)
    assert as_bo.get("/staff/").status_code == HTTPStatus.FOUND


def test_account_is_closed_with_what_was_given_teams_deputy_and_networks(
    anna: User, bo: User, as_bo: Client
) -> None:
    team = teams.make_team(name="North", by=anna, at=NOW)
    teams.set_members(team=team.pk, members=[bo.pk], by=anna, at=NOW)
    people.give(person=bo.pk, levels={Area.EXPORT: Level.CHANGE}, by=anna, at=NOW)
    people.make_deputy(person=bo.pk, starts=NOW, ends=NOW + people.LONGEST_DEPUTY, by=anna, at=NOW)
    assert KnownNetwork.objects.filter(user=bo).exists()
    _leave(bo, anna, anna)
    bo.refresh_from_db()
    assert (bo.is_active, bo.left_at, bo.role) == (False, NOW, Role.EMPLOYEE)
    assert (bo.given, bo.teams.count(), bo.deputy_until) == ({}, 0, None)
    assert not KnownNetwork.objects.filter(user=bo).exists()


@pytest.mark.usefixtures("registry")
def test_every_handover_runs_with_who_leaves_and_who_takes_over(anna: User, bo: User) -> None:
    seen: list[Leaving] = []

    def run(step: Leaving) -> int:
        seen.append(step)
        return 3 if len(seen) == 1 else 0

    handovers.register("planted.first", "First.", run)
    handovers.register("planted.second", "Second.", run)
    left = _leave(bo, anna, anna)
    assert [(step.person, step.successor, step.actor, step.at) for step in seen] == [
        (bo, anna, anna.actor, NOW)
    ] * 2
    assert left.handed_over == {"planted.first": 3, "planted.second": 0}
    entry = _entry("accounts.left")
    assert (entry.actor, entry.subject, entry.facts) == (
        anna.actor,
        bo.pk,
        {"successor": str(anna.pk), "sessions": 0, "handed_over": ["planted.first"]},
    )


@pytest.mark.usefixtures("registry")
def test_nothing_is_done_when_a_handover_fails(anna: User, bo: User, as_bo: Client) -> None:
    def fail(step: Leaving) -> int:
        raise RuntimeError

    handovers.register("planted.first", "First.", fail)
    with pytest.raises(RuntimeError):
        _leave(bo, anna, anna)
    assert User.objects.get(pk=bo.pk).is_active
    assert SignIn.objects.filter(user=bo, ended_at=None).count() == 1
    assert not Entry.objects.filter(action="accounts.left").exists()


def test_last_owner_does_not_leave_even_by_command(anna: User, karin: User) -> None:
    with pytest.raises(LastOwner):
        _leave(anna, karin, None)


def test_captain_closes_an_employee_and_neither_owner_nor_captain(anna: User, karin: User, bo: User) -> None:
    for role in (Role.OWNER, Role.CAPTAIN):
        people.change_role(person=bo.pk, role=role, by=anna, at=NOW)
        with pytest.raises(NotYours):
            _leave(bo, karin, karin)
        assert User.objects.get(pk=bo.pk).is_active
    people.change_role(person=bo.pk, role=Role.EMPLOYEE, by=anna, at=NOW)
    _leave(bo, karin, karin)
    assert not User.objects.get(pk=bo.pk).is_active


def test_nobody_closes_their_own_account(anna: User, bo: User) -> None:
    people.change_role(person=bo.pk, role=Role.OWNER, by=anna, at=NOW)
    with pytest.raises(NotYours):
        _leave(anna, bo, anna)


def test_successor_works_here_and_has_customers(anna: User, bo: User, karin: User) -> None:
    people.change_role(person=karin.pk, role=Role.AUDITOR, by=anna, at=NOW)
    with pytest.raises(NotASuccessor):
        _leave(bo, karin, anna)
    User.objects.filter(pk=karin.pk).update(role=Role.EMPLOYEE, is_active=False)
    with pytest.raises(NotASuccessor):
        _leave(bo, karin, anna)
    with pytest.raises(NotASuccessor):
        _leave(bo, bo, anna)


def test_who_left_does_not_leave_again(anna: User, bo: User) -> None:
    _leave(bo, anna, anna)
    with pytest.raises(AlreadySo):
        _leave(bo, anna, anna)


def test_owner_opens_the_account_again_and_captain_does_not(anna: User, karin: User, bo: User) -> None:
    _leave(bo, anna, anna)
    with pytest.raises(NotYours):
        leaving.reopen(person=bo.pk, by=karin, at=NOW)
    leaving.reopen(person=bo.pk, by=anna, at=NOW)
    bo.refresh_from_db()
    assert (bo.is_active, bo.left_at, bo.role) == (True, None, Role.EMPLOYEE)
    assert _entry("accounts.reopened").subject == bo.pk
    with pytest.raises(AlreadySo):
        leaving.reopen(person=bo.pk, by=anna, at=NOW)


@pytest.mark.usefixtures("registry")
@pytest.mark.parametrize("code", ["nodomain", "Bad.Code", "two words.x"])
def test_badly_written_codes_are_found_at_start(code: str) -> None:
    with pytest.raises(BadHandover):
        handovers.register(code, "X.", lambda _step: 0)
    with pytest.raises(BadHandover):
        handovers.remind(code, "X", "Y")


@pytest.mark.usefixtures("registry")
def test_handover_and_reminder_declared_twice_are_found_at_start() -> None:
    handovers.register("planted.x", "X.", lambda _step: 0)
    handovers.remind("planted.x", "X", "Y")
    with pytest.raises(BadHandover):
        handovers.register("planted.x", "X.", lambda _step: 0)
    with pytest.raises(BadHandover):
        handovers.remind("planted.x", "X", "Y")
    known, remembered = handovers.handover("planted.x"), handovers.reminder("planted.x")
    assert known is not None
    assert remembered is not None
    assert (known.title, remembered.how, handovers.handover("gone.x"), handovers.reminder("gone.x")) == (
        "X.",
        "Y",
        None,
        None,
    )
