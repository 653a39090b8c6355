from uuid import uuid4

import pytest

from tests.cast import NOW
from tryggve.accounts import people, teams
from tryggve.accounts.authority import NotYours
from tryggve.accounts.models import Team, User
from tryggve.accounts.roles import Scope
from tryggve.audit.models import Entry

pytestmark = pytest.mark.django_db


def _codes() -> list[str]:
    return list(
        Entry.objects.filter(action__startswith="accounts.").order_by("pk").values_list("action", flat=True)
    )


def _members(team: Team) -> list[str]:
    return sorted(team.members.values_list("name", flat=True))


@pytest.fixture
def north(anna: User) -> Team:
    return teams.make_team(name="North", by=anna, at=NOW)


def test_team_is_made_renamed_and_removed_and_the_log_never_tells_its_name(anna: User, north: Team) -> None:
    teams.rename_team(team=north.pk, name="South", by=anna, at=NOW)
    assert [team.name for team in Team.objects.all()] == ["South"]
    teams.remove_team(team=north.pk, by=anna, at=NOW)
    assert Team.objects.count() == 0
    assert _codes() == ["accounts.team-made", "accounts.team-renamed", "accounts.team-removed"]
    facts = list(
        Entry.objects.filter(action__startswith="accounts.").order_by("pk").values_list("facts", flat=True)
    )
    team = str(north.pk)
    assert facts == [{"team": team}, {"team": team}, {"team": team, "members": 0}]


def test_two_teams_are_not_called_the_same(anna: User, north: Team) -> None:
    south = teams.make_team(name="South", by=anna, at=NOW)
    with pytest.raises(teams.TeamNameTaken):
        teams.make_team(name="North", by=anna, at=NOW)
    with pytest.raises(teams.TeamNameTaken):
        teams.rename_team(team=south.pk, name="North", by=anna, at=NOW)
    assert len(_codes()) == 2


def test_members_are_exactly_those_chosen(anna: User, bo: User, karin: User, north: Team) -> None:
    teams.set_members(team=north.pk, members=[bo.pk], by=anna, at=NOW)
    teams.set_members(team=north.pk, members=[karin.pk], by=anna, at=NOW)
    assert _members(north) == ["Karin Lund"]
    changes = Entry.objects.exclude(action="accounts.team-made").filter(action__startswith="accounts.")
    assert sorted((one.action, one.subject == bo.pk) for one in changes) == [
        ("accounts.joined-team", False),
        ("accounts.joined-team", True),
        ("accounts.left-team", True),
    ]


def test_captain_puts_others_in_a_team_but_not_herself(karin: User, bo: User, north: Team) -> None:
    teams.set_members(team=north.pk, members=[bo.pk], by=karin, at=NOW)
    with pytest.raises(NotYours):
        teams.set_members(team=north.pk, members=[bo.pk, karin.pk], by=karin, at=NOW)
    assert _members(north) == ["Bo Dahl"]


def test_person_is_put_in_teams_together_with_the_scope(anna: User, bo: User, north: Team) -> None:
    people.set_scope(person=bo.pk, scope=Scope.TEAM, in_teams=[north.pk], by=anna, at=NOW)
    assert _members(north) == ["Bo Dahl"]
    people.set_scope(person=bo.pk, scope=Scope.OWN, by=anna, at=NOW)
    assert _members(north) == ["Bo Dahl"]
    people.set_scope(person=bo.pk, scope=Scope.OWN, in_teams=[], by=anna, at=NOW)
    assert _members(north) == []
    assert _codes()[1:] == [
        "accounts.joined-team",
        "accounts.scope-changed",
        "accounts.scope-changed",
        "accounts.left-team",
    ]


def test_who_has_left_is_in_no_team(anna: User, bo: User, north: Team) -> None:
    User.objects.filter(pk=bo.pk).update(is_active=False)
    teams.set_members(team=north.pk, members=[bo.pk], by=anna, at=NOW)
    assert _members(north) == []


def test_unknown_team_is_refused_in_words(anna: User) -> None:
    with pytest.raises(teams.NoSuchTeam):
        teams.remove_team(team=uuid4(), by=anna, at=NOW)
    with pytest.raises(teams.NoSuchTeam):
        teams.rename_team(team=uuid4(), name="X", by=anna, at=NOW)
    with pytest.raises(teams.NoSuchTeam):
        teams.set_members(team=uuid4(), members=[], by=anna, at=NOW)
