"""Who may change what about whom, and what the log has of it."""

from datetime import timedelta
from typing import Any

import pytest

from tests.cast import NOW
from tryggve.accounts import people
from tryggve.accounts.authority import NotYours
from tryggve.accounts.models import User
from tryggve.accounts.people import LastOwner, NoDeputy, NotGivable
from tryggve.accounts.roles import Area, Level, Role, Scope
from tryggve.audit import actors
from tryggve.audit.models import Entry

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def _told() -> list[tuple[str, str, Any, dict[str, Any]]]:
    entries = Entry.objects.filter(action__startswith="accounts.").order_by("pk")
    return [(one.action, one.actor, one.subject, one.facts) for one in entries]


def _change_role(person: User, role: Role, by: User | None) -> str:
    people.change_role(person=person.pk, role=role, by=by, at=NOW)
    person.refresh_from_db()
    return person.role


def _give(person: User, area: Area, level: Level, by: User | None) -> dict[str, int]:
    people.give(person=person.pk, levels={area: level}, by=by, at=NOW)
    person.refresh_from_db()
    return dict(person.given)


def test_anna_makes_bo_captain_and_the_log_says_so(anna: User, bo: User) -> None:
    assert _change_role(bo, Role.CAPTAIN, anna) == Role.CAPTAIN
    facts = {"role": "captain", "before": "employee"}
    assert _told() == [("accounts.role-changed", anna.actor, bo.pk, facts)]


def test_same_role_again_changes_nothing_and_is_no_entry(anna: User, bo: User) -> None:
    _give(bo, Area.EXPORT, Level.CHANGE, anna)
    _change_role(bo, Role.EMPLOYEE, anna)
    assert (bo.given, len(_told())) == ({"EXPORT": 2}, 1)


def test_command_changes_roles_as_an_owner(anna: User, bo: User) -> None:
    assert _change_role(bo, Role.OWNER, None) == Role.OWNER
    assert _told()[0][1] == actors.this_account()


@pytest.mark.parametrize("role", [Role.CAPTAIN, Role.EMPLOYEE, Role.AUDITOR, Role.SUPPLIER])
def test_captain_places_others_below_owner(karin: User, bo: User, role: Role) -> None:
    assert _change_role(bo, role, karin) == role


def test_captain_makes_no_owner_and_changes_none(anna: User, karin: User, bo: User) -> None:
    with pytest.raises(NotYours):
        _change_role(bo, Role.OWNER, karin)
    _change_role(bo, Role.OWNER, anna)
    with pytest.raises(NotYours):
        _change_role(anna, Role.EMPLOYEE, karin)
    with pytest.raises(NotYours):
        people.set_scope(person=anna.pk, scope=Scope.OWN, by=karin, at=NOW)
    assert len(_told()) == 1


def test_nobody_raises_themselves_nor_changes_themselves_otherwise(anna: User, karin: User, bo: User) -> None:
    _change_role(bo, Role.OWNER, anna)
    for who, deed in (
        (karin, lambda: _change_role(karin, Role.OWNER, karin)),
        (anna, lambda: _change_role(anna, Role.EMPLOYEE, anna)),
        (karin, lambda: _give(karin, Area.EXPORT, Level.CHANGE, karin)),
        (karin, lambda: people.set_scope(person=karin.pk, scope=Scope.ALL, by=karin, at=NOW)),
        (karin, lambda: people.make_deputy(person=karin.pk, starts=NOW, ends=NOW + DAY, by=karin, at=NOW)),
    ):
        with pytest.raises(NotYours):
            deed()
        assert who.role == User.objects.get(pk=who.pk).role
    assert len(_told()) == 1


def test_deputy_makes_no_captain_and_no_deputy(anna: User, karin: User, bo: User) -> None:
    """A deputy's days end; who was appointed on them would stay."""
    people.make_deputy(person=bo.pk, starts=NOW, ends=NOW + DAY, by=karin, at=NOW)
    other = User.objects.create_user(email="dan@example.se", password=None, name="Dan", language="en")
    with pytest.raises(NotYours):
        _change_role(other, Role.CAPTAIN, bo)
    with pytest.raises(NotYours):
        people.make_deputy(person=other.pk, starts=NOW, ends=NOW + DAY, by=bo, at=NOW)
    assert _change_role(other, Role.AUDITOR, bo) == Role.AUDITOR


def test_deputy_changes_no_captain(anna: User, karin: User, bo: User) -> None:
    """Else whoever stands in for some days could put out for ever whom he stands in for."""
    people.make_deputy(person=bo.pk, starts=NOW, ends=NOW + DAY, by=karin, at=NOW)
    with pytest.raises(NotYours):
        _change_role(karin, Role.EMPLOYEE, bo)
    with pytest.raises(NotYours):
        people.set_scope(person=karin.pk, scope=Scope.OWN, by=bo, at=NOW)
    assert User.objects.get(pk=karin.pk).role == Role.CAPTAIN


def test_captain_changes_no_other_captain(anna: User, karin: User, bo: User) -> None:
    """Else one could make another something less, and then close the account."""
    _change_role(bo, Role.CAPTAIN, karin)  # whom she may appoint
    for deed in (
        lambda: _change_role(bo, Role.EMPLOYEE, karin),
        lambda: people.set_scope(person=bo.pk, scope=Scope.OWN, by=karin, at=NOW),
    ):
        with pytest.raises(NotYours, match="Only an owner"):
            deed()
    assert User.objects.get(pk=bo.pk).role == Role.CAPTAIN
    assert _change_role(bo, Role.EMPLOYEE, anna) == Role.EMPLOYEE


def test_last_owner_stays_one_even_by_command(anna: User) -> None:
    with pytest.raises(LastOwner):
        _change_role(anna, Role.CAPTAIN, None)
    assert (User.objects.get(pk=anna.pk).role, _told()) == (Role.OWNER, [])


def test_owner_whose_account_is_closed_does_not_count(anna: User, bo: User) -> None:
    _change_role(bo, Role.OWNER, anna)
    User.objects.filter(pk=bo.pk).update(is_active=False)
    with pytest.raises(LastOwner):
        _change_role(anna, Role.CAPTAIN, None)


def test_role_change_ends_what_was_given_and_the_deputy(anna: User, bo: User) -> None:
    _give(bo, Area.EXPORT, Level.CHANGE, anna)
    people.make_deputy(person=bo.pk, starts=NOW, ends=NOW + DAY, by=anna, at=NOW)
    _change_role(bo, Role.AUDITOR, anna)
    assert (bo.given, bo.deputy_from, bo.deputy_until) == ({}, None, None)


def test_new_owner_sees_all_customers(anna: User, bo: User) -> None:
    people.set_scope(person=bo.pk, scope=Scope.OWN, by=anna, at=NOW)
    _change_role(bo, Role.OWNER, anna)
    assert bo.scope == Scope.ALL


def test_anna_gives_bo_sensitive_details_and_takes_them_back(anna: User, bo: User) -> None:
    assert _give(bo, Area.SENSITIVE, Level.READ, anna) == {"SENSITIVE": 1}
    assert bo.level_in(Area.SENSITIVE) == Level.READ
    assert _give(bo, Area.SENSITIVE, Level.NONE, anna) == {}
    assert [facts for _code, _actor, _subject, facts in _told()] == [
        {"area": "sensitive", "level": "read", "before": "none"},
        {"area": "sensitive", "level": "none", "before": "read"},
    ]


def test_captain_gives_nothing(karin: User, bo: User) -> None:
    with pytest.raises(NotYours):
        _give(bo, Area.SENSITIVE, Level.READ, karin)


@pytest.mark.parametrize(
    ("role", "area", "level"),
    [
        (Role.EMPLOYEE, Area.KEYS, Level.READ),
        (Role.AUDITOR, Area.SENSITIVE, Level.READ),
        (Role.SUPPLIER, Area.CUSTOMERS, Level.READ),
        (Role.EMPLOYEE, Area.OWN_SIGN_IN, Level.NONE),
    ],
)
def test_more_or_less_than_the_table_allows_is_refused_whole(
    anna: User, bo: User, role: Role, area: Area, level: Level
) -> None:
    _change_role(bo, role, anna)
    with pytest.raises(NotGivable):
        people.give(person=bo.pk, levels={Area.LOG: Level.NONE, area: level}, by=anna, at=NOW)
    assert User.objects.get(pk=bo.pk).given == {}


def test_scope_is_changed_and_told(anna: User, bo: User) -> None:
    people.set_scope(person=bo.pk, scope=Scope.OWN, by=anna, at=NOW)
    people.set_scope(person=bo.pk, scope=Scope.OWN, by=anna, at=NOW)
    bo.refresh_from_db()
    facts = {"scope": "own", "before": "all"}
    assert (bo.scope, _told()) == (Scope.OWN, [("accounts.scope-changed", anna.actor, bo.pk, facts)])


def test_owner_keeps_seeing_all_customers(anna: User, bo: User) -> None:
    _change_role(bo, Role.OWNER, anna)
    with pytest.raises(NotGivable):
        people.set_scope(person=bo.pk, scope=Scope.OWN, by=anna, at=NOW)


def test_deputy_stands_in_on_those_days_and_no_others(karin: User, bo: User) -> None:
    people.make_deputy(person=bo.pk, starts=NOW + DAY, ends=NOW + 2 * DAY, by=karin, at=NOW)
    bo.refresh_from_db()
    found = []
    for at in (NOW, NOW + DAY, NOW + 2 * DAY):
        bo.note_time(at)
        found.append(bo.level_in(Area.PEOPLE))
    assert found == [Level.NONE, Level.CHANGE, Level.NONE]
    ends = {"starts": int((NOW + DAY).timestamp()), "ends": int((NOW + 2 * DAY).timestamp())}
    assert _told() == [("accounts.deputy-made", karin.actor, bo.pk, ends)]


def test_deputy_ends_at_once_when_somebody_says_so(karin: User, bo: User) -> None:
    people.make_deputy(person=bo.pk, starts=NOW, ends=NOW + DAY, by=karin, at=NOW)
    for _time in range(2):
        people.end_deputy(person=bo.pk, by=karin, at=NOW)
    bo.refresh_from_db()
    bo.note_time(NOW)
    assert (bo.is_deputy, [code for code, *_ in _told()]) == (
        False,
        ["accounts.deputy-made", "accounts.deputy-ended"],
    )


@pytest.mark.parametrize(
    ("starts", "ends"),
    [(DAY, DAY), (DAY, timedelta(0)), (-2 * DAY, -DAY), (timedelta(0), people.LONGEST_DEPUTY + DAY)],
)
def test_deputy_for_no_time_the_past_or_for_ever_is_refused(
    karin: User, bo: User, starts: timedelta, ends: timedelta
) -> None:
    with pytest.raises(NoDeputy):
        people.make_deputy(person=bo.pk, starts=NOW + starts, ends=NOW + ends, by=karin, at=NOW)


@pytest.mark.parametrize("role", [Role.AUDITOR, Role.SUPPLIER, Role.CAPTAIN])
def test_only_employees_are_deputies(anna: User, bo: User, role: Role) -> None:
    """An auditor would judge own work; a supplier isn't of the company."""
    _change_role(bo, role, anna)
    with pytest.raises(NoDeputy):
        people.make_deputy(person=bo.pk, starts=NOW, ends=NOW + DAY, by=anna, at=NOW)


def test_changer_whose_account_was_closed_meanwhile_changes_nothing(
    anna: User, karin: User, bo: User
) -> None:
    User.objects.filter(pk=karin.pk).update(is_active=False)
    with pytest.raises(NotYours):
        _change_role(bo, Role.AUDITOR, karin)


def test_changer_is_judged_as_they_are_now_not_as_they_were_fetched(
    anna: User, karin: User, bo: User
) -> None:
    """Anna's own page was open while she stopped being an owner."""
    _change_role(bo, Role.OWNER, anna)
    User.objects.filter(pk=anna.pk).update(role=Role.CAPTAIN)
    with pytest.raises(NotYours):
        _give(karin, Area.EXPORT, Level.CHANGE, anna)


def test_unknown_person_is_refused_in_words(anna: User) -> None:
    with pytest.raises(people.NoSuchPerson):
        people.change_role(person=User().pk, role=Role.AUDITOR, by=anna, at=NOW)
