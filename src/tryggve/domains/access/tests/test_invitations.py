"""Links with which somebody makes an account: made, mailed, withdrawn, used once."""

from datetime import timedelta
from typing import Any

import pytest
from pytest_django import Settings

from tests.at_once import all_at_once
from tests.cast import NOW, PASSWORD
from tryggve.accounts import leaving, people
from tryggve.accounts import services as accounts
from tryggve.accounts.authority import NotYours
from tryggve.accounts.models import User
from tryggve.accounts.roles import Area, Level, Role, Scope
from tryggve.audit.models import Entry
from tryggve.domains.access.models import Invitation
from tryggve.domains.access.services import invitations, joining
from tryggve.domains.access.services.invitations import HasAnAccount, Invited, NotOpen, Place
from tryggve.notices import letters
from tryggve.notices.models import OutboxMessage
from tryggve.ui import own_address

pytestmark = pytest.mark.django_db
EMPLOYEE = Place(Role.EMPLOYEE, Scope.ALL, {})
LATER = NOW + timedelta(days=7)


def _invite(by: User | None, place: Place = EMPLOYEE, email: str = "Dan@example.se", **more: Any) -> Invited:
    told: dict[str, Any] = {"name": "Dan", "language": "da", "by_mail": False, "at": NOW} | more
    return invitations.invite(email=email, place=place, by=by, **told)


def _token(made: Invited) -> str:
    return made.link.rstrip("/").rsplit("/", 1)[-1]


def _accept(made: Invited, **more: Any) -> User:
    told: dict[str, Any] = {"name": "Dan Sørensen", "password": PASSWORD, "language": "da", "at": NOW} | more
    return joining.accept(token=_token(made), **told)


def _why(made: Invited, **more: Any) -> str:
    return joining.why_refused(joining.of_token(_token(made)), **({"at": NOW} | more))


def _told(action: str) -> list[tuple[str, dict[str, Any]]]:
    return [(one.actor, one.facts) for one in Entry.objects.filter(action=action).order_by("pk")]


def test_only_a_hash_of_the_link_is_kept(anna: User) -> None:
    made = _invite(anna)
    row = Invitation.objects.get()
    kept = [str(getattr(row, field.name)) for field in Invitation._meta.fields]
    assert len(_token(made)) == 43
    assert [value for value in kept if _token(made) in value] == []
    assert (row.email, row.made_by_ref, row.expires_at) == ("dan@example.se", anna.pk, LATER)
    facts = {"invitation": str(row.pk), "role": "employee", "by_mail": False}
    assert _told("access.invited") == [(anna.actor, facts)]


def test_link_begins_with_the_configured_address(anna: User, settings: Settings) -> None:
    assert _invite(anna).link.startswith("http://localhost:8000/join/")
    settings.ORIGIN = "https://tryggve.example.se"
    assert _invite(anna).link.startswith("https://tryggve.example.se/join/")
    assert own_address.origin() == "https://tryggve.example.se"


def test_accepted_invitation_is_an_account_as_it_was_meant(anna: User) -> None:
    given: dict[str, int] = {Area.SENSITIVE: Level.READ, Area.EXPORT: Level.NONE}
    dan = _accept(_invite(anna, Place(Role.EMPLOYEE, Scope.OWN, given)))
    assert (dan.email, dan.name, dan.language) == ("dan@example.se", "Dan Sørensen", "da")
    assert (dan.role, dan.scope, dan.given) == (Role.EMPLOYEE, Scope.OWN, {"SENSITIVE": 1})
    assert dan.check_password(PASSWORD)
    row = Invitation.objects.get()
    assert (row.used_at, row.user_ref) == (NOW, dan.pk)
    entry = Entry.objects.get(action="access.invitation-accepted")
    assert (entry.actor, entry.subject, entry.facts["role"]) == (dan.actor, dan.pk, "employee")


def test_more_than_the_role_can_be_given_is_not_given(anna: User) -> None:
    dan = _accept(_invite(anna, Place(Role.AUDITOR, Scope.ALL, {Area.SENSITIVE: 2, Area.EXPORT: 2})))
    assert dan.given == {"EXPORT": 2}


def test_link_works_once(anna: User) -> None:
    made = _invite(anna)
    _accept(made)
    assert _why(made) == "used"
    with pytest.raises(NotOpen):
        _accept(made)
    assert User.objects.filter(email="dan@example.se").count() == 1


def test_link_runs_out_after_seven_days(anna: User) -> None:
    made = _invite(anna)
    assert (_why(made, at=LATER - timedelta(seconds=1)), _why(made, at=LATER)) == ("", "expired")
    with pytest.raises(NotOpen):
        _accept(made, at=LATER)
    assert Invitation.objects.get().used_at is None


def test_withdrawn_link_opens_nothing(anna: User) -> None:
    made = _invite(anna)
    invitations.withdraw(invitation=made.id, by=anna, at=NOW)
    assert _why(made) == "withdrawn"
    with pytest.raises(NotOpen):
        _accept(made)
    with pytest.raises(NotOpen):
        invitations.withdraw(invitation=made.id, by=anna, at=NOW)
    assert _told("access.invitation-withdrawn") == [(anna.actor, {"invitation": str(made.id)})]


def test_guessed_link_is_none(anna: User) -> None:
    made = _invite(anna)
    assert joining.why_refused(joining.of_token(_token(made)[:-1]), at=NOW) == "unknown"
    with pytest.raises(NotOpen):
        joining.accept(token="", name="Mallory", password=PASSWORD, language="en", at=NOW)


def test_newer_invitation_for_the_address_ends_the_older(anna: User) -> None:
    first = _invite(anna)
    second = _invite(anna, email="dan@EXAMPLE.se")
    assert (_why(first), _why(second)) == ("withdrawn", "")


def test_renewed_invitation_has_another_link_and_the_same_place(anna: User) -> None:
    first = _invite(anna, Place(Role.CAPTAIN, Scope.ALL, {Area.EXPORT: Level.CHANGE}))
    second = invitations.renew(invitation=first.id, by_mail=False, by=anna, at=LATER)
    assert (_why(first), _why(second, at=LATER)) == ("withdrawn", "")
    dan = _accept(second, at=LATER)
    assert (dan.role, dan.given) == (Role.CAPTAIN, {"EXPORT": 2})
    with pytest.raises(NotOpen):
        invitations.renew(invitation=second.id, by_mail=False, by=anna, at=LATER)


@pytest.mark.parametrize("is_active", [True, False])
def test_address_with_an_account_is_not_invited(anna: User, bo: User, is_active: bool) -> None:
    User.objects.filter(pk=bo.pk).update(is_active=is_active)
    with pytest.raises(HasAnAccount):
        _invite(anna, email="BO@example.se")


def test_account_made_meanwhile_leaves_the_link_unused(anna: User) -> None:
    made = _invite(anna)
    accounts.create_user(email="dan@example.se", password=None, name="Dan", language="da")
    with pytest.raises(HasAnAccount):
        _accept(made)
    assert Invitation.objects.get().used_at is None


def test_captain_invites_no_owner_and_gives_nothing(karin: User) -> None:
    with pytest.raises(NotYours):
        _invite(karin, Place(Role.OWNER, Scope.ALL, {}))
    with pytest.raises(NotYours):
        _invite(karin, Place(Role.EMPLOYEE, Scope.ALL, {Area.EXPORT: Level.CHANGE}))
    _accept(_invite(karin, Place(Role.CAPTAIN, Scope.ALL, {})))


def test_captain_renews_and_withdraws_no_owners_invitation(anna: User, karin: User) -> None:
    made = _invite(anna, Place(Role.OWNER, Scope.ALL, {}))
    with pytest.raises(NotYours):
        invitations.renew(invitation=made.id, by_mail=False, by=karin, at=NOW)
    with pytest.raises(NotYours):
        invitations.withdraw(invitation=made.id, by=karin, at=NOW)
    assert _why(made) == ""


def test_invitation_of_who_left_is_withdrawn(anna: User, karin: User) -> None:
    made = _invite(karin)
    assert invitations.count_open_of(karin) == 1
    left = leaving.leave(person=karin.pk, successor=anna.pk, by=anna, at=NOW)
    assert (_why(made), left.handed_over["access.invitations"]) == ("withdrawn", 1)
    assert invitations.count_open_of(karin) == 0
    assert _told("access.invitation-withdrawn") == [(anna.actor, {"invitation": str(made.id)})]


def test_invitation_ends_with_the_rights_of_who_invited(anna: User, bo: User, karin: User) -> None:
    people.change_role(person=bo.pk, role=Role.OWNER, by=anna, at=NOW)
    bo.refresh_from_db()
    as_owner = _invite(bo, Place(Role.OWNER, Scope.ALL, {}))
    by_captain = _invite(karin, email="else@example.se")
    people.change_role(person=bo.pk, role=Role.CAPTAIN, by=anna, at=NOW)
    people.change_role(person=karin.pk, role=Role.EMPLOYEE, by=anna, at=NOW)
    for made in (as_owner, by_captain):
        assert _why(made) == "withdrawn"
        with pytest.raises(NotOpen):
            _accept(made)


def test_mail_goes_to_the_address_in_the_language_of_who_is_invited(anna: User) -> None:
    made = _invite(anna, by_mail=True)
    message = OutboxMessage.objects.get()
    letter = letters.opened(bytes(message.body_sealed or b""), message.pk)
    assert (letter.address, message.recipient_ref) == ("dan@example.se", f"invitation:{made.id}")
    assert made.link in letter.text
    assert "Anna Ek" in letter.text
    assert "Annas Snickeri" in letter.subject


def test_link_that_is_shown_is_mailed_to_nobody(anna: User) -> None:
    _invite(anna)
    assert OutboxMessage.objects.count() == 0


def test_ended_invitations_are_forgotten_after_a_month(anna: User) -> None:
    _invite(anna)
    keep = invitations.LASTS + invitations.KEPT_AFTER_ITS_END
    assert invitations.forget_ended(now=NOW + keep) == 0
    assert invitations.forget_ended(now=NOW + keep + timedelta(seconds=1)) == 1


@pytest.mark.django_db(transaction=True)
def test_link_used_twice_at_the_same_moment_makes_one_account(anna: User) -> None:
    made = _invite(anna)
    ends = all_at_once([lambda: _accept(made), lambda: _accept(made)])
    assert sorted(type(end).__name__ for end in ends) == ["NotOpen", "User"]
    assert User.objects.filter(email="dan@example.se").count() == 1
