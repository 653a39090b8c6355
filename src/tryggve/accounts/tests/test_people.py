from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.sessions.models import Session
from django.db import IntegrityError

from tests.cast import PASSWORD
from tryggve.accounts import pages, services, sign_ins
from tryggve.accounts.models import User
from tryggve.audit import actors

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)


def _create(email: str = "anna@example.se") -> User:
    return services.create_user(email=email, password=PASSWORD, name="Anna Ek", language="sv")


def test_password_is_kept_as_a_hash() -> None:
    anna = User.objects.get(pk=_create().pk)
    assert (PASSWORD in anna.password, anna.check_password(PASSWORD)) == (False, True)


def test_addresses_are_kept_in_small_letters_and_once() -> None:
    assert _create("Anna@Example.SE").email == "anna@example.se"
    with pytest.raises(IntegrityError):
        _create("ANNA@example.se")


def test_people_are_called_by_their_id_in_the_log() -> None:
    anna = _create()
    assert anna.actor == actors.user(anna.pk)
    assert actors.is_actor(anna.actor)


def test_person_prints_no_name() -> None:
    """Representations end up in logs. The address is what Django shows of a user."""
    assert "Anna Ek" not in repr(_create())


def test_request_of_anna_is_hers_and_that_of_mallory_nobodys(rf: object) -> None:
    request = pages.StaffRequest()
    request.user = _create()
    assert pages.actor_of(request) == request.user.actor


def test_ended_sessions_are_forgotten_and_others_kept() -> None:
    for key, age in (("ended", timedelta(seconds=-1)), ("open", timedelta(seconds=1))):
        Session.objects.create(session_key=key, session_data="", expire_date=NOW + age)
    assert sign_ins.forget_ended(now=NOW, older_than=timedelta(days=30)) == 1
    assert [session.pk for session in Session.objects.all()] == ["open"]
