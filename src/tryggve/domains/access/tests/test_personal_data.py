from typing import Any

import pytest
from allauth.account.models import EmailAddress

from tests.cast import NOW, PASSWORD
from tryggve.accounts import leaving
from tryggve.accounts import services as accounts
from tryggve.accounts.models import User
from tryggve.accounts.people import LastOwner
from tryggve.accounts.roles import Role, Scope
from tryggve.domains.access import personal_data
from tryggve.domains.access.models import Invitation, LeavingStep
from tryggve.domains.access.services import invitations, joining, leaving_steps, passwords, standby
from tryggve.privacy import services as privacy
from tryggve.privacy.subjects import Kind, Subject

pytestmark = pytest.mark.django_db


@pytest.fixture
def bo(anna: User) -> User:
    """An employee."""
    return accounts.create_user(email="bo@example.se", password=PASSWORD, name="Bo Ek", language="sv")


def _account(user: User, *, actor: User) -> list[tuple[str, object]]:
    export = privacy.export_person(Subject(Kind.STAFF, user.pk), actor=actor.actor, at=NOW)
    (held,) = [held for held in export.held if held.code == "access.account"]
    return [(value.code, value.content) for part in held.parts for value in part.values]


def _erase(user: User, *, actor: User) -> int:
    erased = privacy.erase_person(Subject(Kind.STAFF, user.pk), actor=actor.actor, at=NOW)
    return erased["access.account"]


def test_account_is_exported_without_its_password(anna: User, bo: User) -> None:
    assert _account(bo, actor=anna) == [
        ("name", "Bo Ek"),
        ("email", "bo@example.se"),
        ("language", "sv"),
        ("role", "employee"),
        ("given", {}),
        ("scope", "all"),
        ("teams", []),
        ("deputy_from", None),
        ("deputy_until", None),
        ("left_at", None),
        ("password_set_at", None),
        ("is_active", True),
        ("last_login", None),
        ("countries", []),
    ]


def test_erased_account_is_gone_with_its_addresses_and_others_stay(anna: User, bo: User) -> None:
    EmailAddress.objects.create(user=bo, email=bo.email)

    assert _erase(bo, actor=anna) == 2
    assert list(User.objects.values_list("email", flat=True)) == [anna.email]
    assert EmailAddress.objects.count() == 0
    assert (_account(bo, actor=anna), _erase(bo, actor=anna)) == ([], 0)


def test_only_account_that_may_sign_in_is_not_erased(anna: User, bo: User) -> None:
    bo.is_active = False
    bo.save()

    with pytest.raises(LastOwner):
        _erase(anna, actor=anna)
    assert User.objects.count() == 2
    assert _erase(bo, actor=anna) == 1


def _held(user: User, code: str, *, actor: User) -> list[dict[str, object]]:
    export = privacy.export_person(Subject(Kind.STAFF, user.pk), actor=actor.actor, at=NOW)
    (held,) = [held for held in export.held if held.code == code]
    return [{value.code: value.content for value in part.values} for part in held.parts]


def _invite(email: str, *, by: User) -> invitations.Invited:
    place = invitations.Place(Role.EMPLOYEE, Scope.ALL, {})
    told: dict[str, Any] = {"name": "Bo", "language": "sv", "by_mail": False}
    return invitations.invite(email=email, **told, place=place, by=by, at=NOW)


def test_invitation_is_exported_and_erased_with_who_it_invited(anna: User) -> None:
    made = _invite("bo@example.se", by=anna)
    token = made.link.rstrip("/").rsplit("/", 1)[-1]
    bo = joining.accept(token=token, name="Bo Ek", password=PASSWORD, language="sv", at=NOW)
    (held,) = _held(bo, "access.invitations", actor=anna)
    assert (held["email"], held["role"], held["used_at"]) == ("bo@example.se", "employee", NOW.isoformat())
    _erase(bo, actor=anna)
    assert Invitation.objects.count() == 0


def test_unused_invitations_of_who_is_erased_end(anna: User, bo: User) -> None:
    User.objects.filter(pk=bo.pk).update(role=Role.OWNER)
    bo.refresh_from_db()
    _invite("dan@example.se", by=bo)
    _invite("cilla@example.se", by=anna)
    _erase(bo, actor=anna)
    assert [row.email for row in Invitation.objects.all()] == ["cilla@example.se"]


def test_list_of_leaving_is_exported_and_erased_and_who_ticked_it_is_forgotten(
    anna: User, bo: User, karin: User
) -> None:
    for person in (bo, karin):
        leaving.leave(person=person.pk, successor=anna.pk, by=anna, at=NOW)
        leaving_steps.mark(person=person.pk, code="access.wifi", is_done=True, by=anna, at=NOW)
    LeavingStep.objects.filter(user=karin).update(done_by_ref=bo.pk)
    (held,) = _held(bo, "access.leaving", actor=anna)
    assert (held["access.wifi"], held["access.devices"]) == (NOW.isoformat(), None)
    _erase(bo, actor=anna)
    assert set(LeavingStep.objects.values_list("user", "done_by_ref")) == {(karin.pk, None)}


def test_tasks_of_a_person_are_told_and_erased(anna: User, bo: User) -> None:
    standby.choose(person=bo.pk, by=anna, at=NOW)
    passwords.ask_for_another(person=bo.pk, reason=passwords.Reason.LEAKED, by=anna, at=NOW)

    told = [(part.code, part.since) for part in personal_data.tasks_of(bo.pk)]
    assert told == [("standby", NOW), ("password-request", NOW)]
    assert list(personal_data.tasks_of(anna.pk)) == []

    assert personal_data.erase_tasks(bo.pk) == 2
    assert list(personal_data.tasks_of(bo.pk)) == []
