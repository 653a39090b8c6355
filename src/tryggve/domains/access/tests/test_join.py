"""Inviting and joining, as browsers do it."""

import re
from datetime import timedelta
from http import HTTPStatus
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests.cast import PASSWORD
from tryggve.accounts.models import User
from tryggve.accounts.roles import Role, Scope
from tryggve.audit.models import Entry
from tryggve.domains.access.models import Invitation
from tryggve.domains.access.services import invitations
from tryggve.domains.access.services.invitations import Place
from tryggve.notices.models import OutboxMessage

pytestmark = pytest.mark.django_db
INVITE = "/company/people/invite/"
DAN = {"name": "Dan", "email": "dan@example.se", "language": "da", "role": "EMPLOYEE", "scope": "OWN"}
ANSWERS = {"name": "Dan Sørensen", "password": PASSWORD, "password_again": PASSWORD}


def _text(answer: Any) -> str:
    return " ".join(answer.content.decode().split())


def _reasons() -> list[str]:
    refused = Entry.objects.filter(action="access.invitation-refused").order_by("pk")
    return [one.facts["reason"] for one in refused]


@pytest.fixture
def link(anna: User) -> str:
    """Where Dan may join, as a path."""
    told: dict[str, Any] = {"name": "Dan", "email": "dan@example.se", "language": "da", "by_mail": False}
    place = Place(Role.EMPLOYEE, Scope.ALL, {})
    made = invitations.invite(**told, place=place, by=anna, at=timezone.now())
    return made.link.removeprefix("http://localhost:8000")


def test_link_is_shown_once_and_leads_in(as_anna: Client, as_mallory: Client) -> None:
    answer = as_anna.post(INVITE, DAN | {"way": "shown", "given": ["EXPORT"]})
    found = re.search(r'value="http://localhost:8000(/join/[\w-]+/)"', answer.content.decode())
    assert found is not None
    assert "no-store" in answer["Cache-Control"]
    assert found[1] not in _text(as_anna.get("/company/people/"))
    assert "Welcome to Annas Snickeri" in _text(as_mallory.get(found[1]))
    row = Invitation.objects.get()
    assert (row.role, row.scope, row.given) == ("EMPLOYEE", "OWN", {"EXPORT": 2})


def test_mailed_link_is_not_shown(as_anna: Client) -> None:
    answer = as_anna.post(INVITE, DAN | {"way": "mail"}, follow=True)
    assert "/join/" not in _text(answer)
    assert OutboxMessage.objects.count() == 1
    assert "somebody who is invited" in _text(as_anna.get("/company/outbox/"))


def test_without_mail_settings_the_form_says_so(as_anna: Client) -> None:
    assert "a mail would wait in the outbox" in _text(as_anna.get(INVITE))


@pytest.mark.parametrize(
    ("more", "told"),
    [
        ({"role": "AUDITOR", "given": ["SENSITIVE"]}, "can&#x27;t be given to the role «Auditor»"),
        ({"given": ["IMPORT"]}, "Only who sees all customers can bring in lists."),
        ({"email": "anna@example.se"}, "has an account already"),
        ({"role": "BOSS"}, "Please mend this"),
        ({"email": "dan"}, "Please mend this"),
    ],
)
def test_wrong_answers_are_told_and_nobody_is_invited(
    as_anna: Client, more: dict[str, Any], told: str
) -> None:
    assert told in _text(as_anna.post(INVITE, DAN | {"way": "shown"} | more))
    assert Invitation.objects.count() == 0


def test_captain_is_offered_neither_owner_nor_more_than_the_role(as_karin: Client) -> None:
    text = _text(as_karin.get(INVITE))
    assert ('value="OWNER"' in text, 'name="given"' in text) == (False, False)
    as_karin.post(INVITE, DAN | {"way": "shown", "given": ["EXPORT"]})
    assert Invitation.objects.get().given == {}


def test_invited_people_stand_on_the_page_and_can_be_invited_anew_or_not(as_anna: Client, link: str) -> None:
    row = Invitation.objects.get()
    assert "dan@example.se" in _text(as_anna.get("/company/people/"))
    answer = as_anna.post(f"/company/people/invitations/{row.pk}/again/", {"way": "shown"})
    assert "/join/" in _text(answer)
    newer = Invitation.objects.get(withdrawn_at=None)
    as_anna.post(f"/company/people/invitations/{newer.pk}/withdraw/")
    assert Invitation.objects.filter(withdrawn_at=None).count() == 0
    assert "dan@example.se" not in _text(as_anna.get("/company/people/"))


def test_opening_the_link_uses_nothing_up(as_mallory: Client, link: str) -> None:
    """Mail programs open links before people do."""
    for _time in range(3):
        assert as_mallory.get(link).status_code == HTTPStatus.OK
        as_mallory.head(link)
    assert Invitation.objects.get().used_at is None


def test_dan_joins_and_is_led_to_his_second_factor(as_mallory: Client, link: str) -> None:
    answer = as_mallory.post(link, ANSWERS)
    dan = User.objects.get(email="dan@example.se")
    assert (answer.status_code, answer["Location"]) == (HTTPStatus.FOUND, reverse("setup:welcome"))
    assert as_mallory.session["_auth_user_id"] == str(dan.pk)
    assert as_mallory.get("/customers/")["Location"] == "/sign-in/set-up/"


def test_used_link_says_so(as_mallory: Client, link: str) -> None:
    Client().post(link, ANSWERS)
    for answer in (as_mallory.get(link), as_mallory.post(link, ANSWERS)):
        assert answer.status_code == HTTPStatus.NOT_FOUND
        assert "This invitation has been used" in _text(answer)
    assert _reasons() == ["used", "used"]
    assert User.objects.filter(email="dan@example.se").count() == 1


def test_link_that_ran_out_says_so(as_mallory: Client, link: str) -> None:
    with time_machine.travel(timezone.now() + timedelta(days=7, minutes=1)):
        assert "This invitation has run out" in _text(as_mallory.get(link))
        assert "This invitation has run out" in _text(as_mallory.post(link, ANSWERS))
    assert _reasons() == ["expired", "expired"]


def test_withdrawn_link_says_so(as_anna: Client, as_mallory: Client, link: str) -> None:
    as_anna.post(f"/company/people/invitations/{Invitation.objects.get().pk}/withdraw/")
    assert "This invitation was withdrawn" in _text(as_mallory.post(link, ANSWERS))
    assert _reasons() == ["withdrawn"]


def test_guessed_link_says_so_and_the_log_does_not_have_it(as_mallory: Client, link: str) -> None:
    guess = link[:-3] + "xy/"
    answer = as_mallory.get(guess)
    assert (answer.status_code, "There is no such invitation" in _text(answer)) == (404, True)
    (entry,) = Entry.objects.filter(action="access.invitation-refused")
    assert (entry.actor, entry.facts) == ("anonymous", {"reason": "unknown"})


def test_guessing_is_slowed_down_and_fills_no_log(as_mallory: Client, link: str) -> None:
    answers = [as_mallory.get(f"/join/guess{number}/").status_code for number in range(25)]
    assert answers == [404] * 20 + [429] * 5
    assert len(_reasons()) == 20
    assert as_mallory.get(link).status_code == HTTPStatus.TOO_MANY_REQUESTS


def test_right_links_are_not_counted_as_guesses(as_mallory: Client, link: str) -> None:
    assert {as_mallory.get(link).status_code for _time in range(25)} == {HTTPStatus.OK}


@pytest.mark.parametrize(
    ("more", "told"),
    [
        ({"password": "short", "password_again": "short"}, "too short"),
        ({"password_again": "something else"}, "The two passwords differ."),
        ({"name": ""}, "Please mend this"),
    ],
)
def test_wrong_answers_use_nothing_up(as_mallory: Client, link: str, more: dict[str, str], told: str) -> None:
    assert told in _text(as_mallory.post(link, ANSWERS | more))
    assert Invitation.objects.get().used_at is None


def test_account_that_came_meanwhile_is_told_on_the_form(as_mallory: Client, link: str, bo: User) -> None:
    User.objects.filter(pk=bo.pk).update(email="dan@example.se")
    assert "has an account already" in _text(as_mallory.post(link, ANSWERS))


def test_who_is_signed_in_is_asked_to_sign_out_first(as_anna: Client, link: str) -> None:
    answer = as_anna.post(link, ANSWERS)
    assert (answer.status_code, "Sign out first" in _text(answer)) == (HTTPStatus.CONFLICT, True)
    assert Invitation.objects.get().used_at is None


def test_link_never_takes_the_name_that_a_request_calls_this_computer(as_anna: Client) -> None:
    answer = as_anna.post(INVITE, DAN | {"way": "shown"}, headers={"host": "127.0.0.1:9999"})
    assert 'value="http://localhost:8000/join/' in _text(answer)
