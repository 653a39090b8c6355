"""The table of roles, written out a second time by hand: a change here is a decision."""

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from tests.cast import NOW
from tryggve.accounts import roles
from tryggve.accounts.models import User
from tryggve.accounts.roles import Area, Level, Role

N, R, C = Level.NONE, Level.READ, Level.CHANGE
# A row an area, a digit a role: owner, captain, employee, auditor, supplier.
EXPECTED = {
    "OWN_SIGN_IN": "22222",
    "CUSTOMERS": "22200",
    "SENSITIVE": "20000",
    "IMPORT": "22000",
    "ERASURE": "22000",
    "EXPORT": "20000",
    "PEOPLE": "22010",
    "SETTINGS": "22012",
    "PURPOSES": "22011",
    "WAYS_IN": "20000",
    "KEYS": "22010",
    "LOG": "22010",
    "PROTECTION": "22011",
    "ROUTINES": "22210",
    "EVENTS": "22010",
}


def test_table() -> None:
    found = {area: "".join(str(roles.ROLES[role][area].value) for role in Role) for area in Area}
    assert found == EXPECTED


def test_given_more_only_as_far_as_the_role_may_be_given() -> None:
    assert roles.level_of(Role.EMPLOYEE, Area.EXPORT, {"EXPORT": 2}) == C
    assert roles.level_of(Role.EMPLOYEE, Area.PEOPLE, {"PEOPLE": 2}) == N
    assert roles.level_of(Role.SUPPLIER, Area.LOG, {"LOG": 2}) == R


def test_taken_away_from_one_person() -> None:
    assert roles.level_of(Role.CAPTAIN, Area.KEYS, {"KEYS": 0}) == N
    assert roles.level_of(Role.EMPLOYEE, Area.CUSTOMERS, {"CUSTOMERS": 1}) == R


def test_owner_and_own_sign_in_are_never_taken_away() -> None:
    assert roles.level_of(Role.OWNER, Area.PEOPLE, {"PEOPLE": 0}) == C
    assert roles.level_of(Role.EMPLOYEE, Area.OWN_SIGN_IN, {"OWN_SIGN_IN": 0}) == C


@given(
    st.sampled_from(Role),
    st.sampled_from(Area),
    st.dictionaries(st.sampled_from([area.value for area in Area]), st.sampled_from([0, 1, 2])),
)
def test_level_is_always_one_that_may_be_chosen(role: Role, area: Area, given_: dict[str, int]) -> None:
    assert roles.level_of(role, area, given_) in roles.choices_for(role, area)


def test_deputy_gets_as_far_as_the_captain_between_the_two_times() -> None:
    bo = User(role=Role.EMPLOYEE, deputy_from=NOW, deputy_until=NOW + timedelta(days=1))
    reached = []
    for at in (NOW - timedelta(seconds=1), NOW, NOW + timedelta(days=1)):
        bo.note_time(at)
        reached.append(bo.level_in(Area.PEOPLE))
    assert reached == [N, C, N]


def test_who_sees_no_customers_reaches_none_by_another_area() -> None:
    karin = User(role=Role.CAPTAIN, given={"CUSTOMERS": 0, "SENSITIVE": 2, "EXPORT": 2})
    areas = (Area.SENSITIVE, Area.IMPORT, Area.ERASURE, Area.EXPORT, Area.LOG)
    assert [karin.level_in(area) for area in areas] == [N, N, N, C, C]
    karin.given["CUSTOMERS"] = 1
    assert [karin.level_in(area) for area in areas] == [C, C, C, C, C]


def test_deputy_sees_customers_as_the_captain_does() -> None:
    bo = User(given={"CUSTOMERS": 0}, deputy_from=NOW, deputy_until=NOW + timedelta(days=1))
    reached = []
    for at in (NOW - timedelta(seconds=1), NOW):
        bo.note_time(at)
        reached.append((bo.level_in(Area.CUSTOMERS), bo.level_in(Area.ERASURE)))
    assert reached == [(N, N), (C, C)]


def test_deputy_keeps_what_is_his_own() -> None:
    bo = User(role=Role.EMPLOYEE, given={"EXPORT": 2}, deputy_from=NOW, deputy_until=NOW + timedelta(days=1))
    bo.note_time(NOW)
    assert (bo.level_in(Area.EXPORT), bo.level_in(Area.SENSITIVE)) == (C, N)


def test_deputy_who_sees_own_customers_only_brings_in_no_list() -> None:
    """A list is compared with everybody's customers, and standing in opens no more of those."""
    bo = User(scope="OWN", deputy_from=NOW, deputy_until=NOW + timedelta(days=1))
    bo.note_time(NOW)
    assert (bo.level_in(Area.ERASURE), bo.level_in(Area.IMPORT)) == (C, N)
