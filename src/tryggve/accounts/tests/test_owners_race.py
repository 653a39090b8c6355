"""Two at the same moment, about the last two owners."""

import pytest
from django.utils import timezone

from tests.at_once import all_at_once
from tests.cast import PASSWORD
from tryggve.accounts import leaving, people, services
from tryggve.accounts.authority import NotYours
from tryggve.accounts.models import User
from tryggve.accounts.people import LastOwner
from tryggve.accounts.roles import Role

pytestmark = pytest.mark.django_db(transaction=True)


def _owner(name: str) -> User:
    return services.create_user(
        email=f"{name}@example.se", password=PASSWORD, name=name, language="en", role=Role.OWNER
    )


def _active_owners() -> int:
    return User.objects.filter(role=Role.OWNER, is_active=True).count()


def _demote(person: User, by: User | None) -> None:
    people.change_role(person=person.pk, role=Role.EMPLOYEE, by=by, at=timezone.now())


@pytest.mark.parametrize("_time", range(5))
def test_one_of_two_owners_stays_when_two_commands_demote_both(_time: int) -> None:
    anna, bo = _owner("anna"), _owner("bo")
    ends = all_at_once([lambda: _demote(anna, None), lambda: _demote(bo, None)])
    assert [type(end) for end in ends if end] == [LastOwner]
    assert _active_owners() == 1


@pytest.mark.parametrize("_time", range(5))
def test_one_of_two_owners_stays_when_they_demote_each_other(_time: int) -> None:
    """Who comes second isn't an owner any more, so changes nothing."""
    anna, bo = _owner("anna"), _owner("bo")
    ends = all_at_once([lambda: _demote(anna, bo), lambda: _demote(bo, anna)])
    assert [type(end) for end in ends if end] == [NotYours]
    assert _active_owners() == 1


@pytest.mark.parametrize("_time", range(5))
def test_one_of_two_owners_stays_when_one_leaves_and_the_other_is_demoted(_time: int) -> None:
    anna, bo = _owner("anna"), _owner("bo")
    ends = all_at_once(
        [
            lambda: leaving.leave(person=anna.pk, successor=bo.pk, by=None, at=timezone.now()),
            lambda: _demote(bo, None),
        ]
    )
    assert [type(end) for end in ends if isinstance(end, Exception)] == [LastOwner]
    assert _active_owners() == 1


@pytest.mark.parametrize("_time", range(5))
def test_two_who_leave_to_each_other_at_once_are_not_both_gone_nor_stuck(_time: int) -> None:
    _owner("karin")
    anna, bo = _owner("anna"), _owner("bo")
    ends = all_at_once(
        [
            lambda: leaving.leave(person=anna.pk, successor=bo.pk, by=None, at=timezone.now()),
            lambda: leaving.leave(person=bo.pk, successor=anna.pk, by=None, at=timezone.now()),
        ]
    )
    assert [type(end) for end in ends if isinstance(end, Exception)] == [leaving.NotASuccessor]
    assert _active_owners() == 2
