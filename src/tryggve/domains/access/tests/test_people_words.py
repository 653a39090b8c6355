"""The sentence says what the table says, whatever was changed for one person."""

from datetime import timedelta
from itertools import product

import pytest
from django.utils import translation

from tests.cast import NOW
from tryggve.accounts import roles
from tryggve.accounts.models import User
from tryggve.accounts.roles import Area, Level, Role, Scope
from tryggve.domains.access.words import people as words


def _person(role: Role = Role.EMPLOYEE, scope: Scope = Scope.ALL, **given: int) -> User:
    return User(name="Bo", role=role, scope=scope, given=given)


@pytest.mark.parametrize(
    ("user", "sentence"),
    [
        (
            _person(scope=Scope.OWN, IMPORT=2, ERASURE=2),
            "Bo, employee: sees and changes own customers, deletes customers and does routines; "
            "not sensitive details, not bringing in lists, not taking data out.",
        ),
        (
            _person(scope=Scope.TEAM, SENSITIVE=1, CUSTOMERS=1),
            "Bo, employee: sees the customers of the own team, sees sensitive details and does routines; "
            "not bringing in lists, not deleting, not taking data out.",
        ),
        (_person(Role.OWNER), "Bo, owner: sees and changes everything."),
        (
            _person(Role.CAPTAIN),
            "Bo, security captain: sees and changes all customers, brings in lists, deletes customers, "
            "invites people and changes roles, changes the settings, decides what data is used for, "
            "locks the register and keeps its keys, reads the log, looks after the protections, does routines "
            "and answers what is reported; not sensitive details, not taking data out.",
        ),
        (
            _person(Role.AUDITOR),
            "Bo, auditor: sees people and roles, sees the settings, sees what data is used for, "
            "sees what opens the register, reads the log, sees the protections, sees the routines "
            "and sees what has happened; no customers.",
        ),
        (
            _person(Role.SUPPLIER),
            "Bo, IT supplier: changes the settings, sees what data is used for and sees the protections; "
            "no customers.",
        ),
        (
            _person(Role.SUPPLIER, SETTINGS=0, PURPOSES=0, PROTECTION=0),
            "Bo, IT supplier: sees and changes only the own sign-in; no customers.",
        ),
    ],
)
def test_sentence_of_a_person(user: User, sentence: str) -> None:
    with translation.override("en"):
        assert words.sentence(user) == sentence


def test_deputy_is_told_with_what_the_captain_may() -> None:
    bo = _person()
    bo.deputy_from, bo.deputy_until = NOW, NOW + timedelta(days=1)
    bo.note_time(NOW)
    assert "invites people and changes roles" in words.sentence(bo)


@pytest.mark.parametrize(("role", "area"), list(product(Role, words.TOLD)))
def test_every_level_that_can_be_chosen_changes_the_sentence(role: Role, area: Area) -> None:
    """Nothing is given or taken that the sentence doesn't tell."""
    told = {words.may(User(role=role, given={area: value})) for value, _word in words.choices(role, area)}
    offered = words.choices(role, area)
    if role not in (Role.AUDITOR, Role.SUPPLIER) or area != Area.CUSTOMERS:
        assert len(told) == len(offered)


@pytest.mark.parametrize(("role", "area"), list(product(Role, Area)))
def test_choices_in_words_are_among_those_of_the_table(role: Role, area: Area) -> None:
    offered = words.choices(role, area)
    assert {Level(value) for value, _word in offered} <= set(roles.choices_for(role, area))
    assert len({word for _value, word in offered}) == len(offered)


def test_differences_are_told_beside_the_role() -> None:
    with translation.override("en"):
        assert words.differences(_person()) == []
        bo = _person(scope=Scope.OWN, EXPORT=2, CUSTOMERS=1)
        assert words.differences(bo) == ["sees own customers", "takes data out"]
        assert words.differences_with_scope(bo) == [
            "sees own customers",
            "takes data out",
            "own customers only",
        ]
        assert words.differences(_person(Role.CAPTAIN, KEYS=0, LOG=0)) == ["not the keys", "not the log"]


def test_table_has_a_row_an_area_and_a_cell_a_role() -> None:
    with translation.override("en"):
        table = {area: dict(cells) for area, cells in words.role_table()}
    assert len(table) == len(Area) - 1
    assert table["Customers"]["Employee"] == "see and change"
    assert table["Taking data out"] == {
        "Owner": "yes",
        "Security captain": "no",
        "Employee": "no",
        "Auditor": "no",
        "IT supplier": "no",
    }
    assert table["The log"]["Owner"] == "see"
