"""The page on how people come in, the one on who steps in, and what they change."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from tryggve.accounts import services as accounts
from tryggve.accounts.models import User
from tryggve.accounts.roles import Role
from tryggve.audit.models import Entry
from tryggve.domains.access.models import PasswordRequest, PasswordRule, Standby
from tryggve.domains.access.services import own_sign_in
from tryggve.domains.access.services import passwords as services
from tryggve.domains.access.tests import factors

pytestmark = pytest.mark.django_db
PASSWORDS, RULE, STANDBY = (
    "/company/people/passwords/",
    "/company/people/passwords/rule/",
    "/company/people/standby/",
)


def _text(answer: Any) -> str:
    return " ".join(answer.content.decode().split())


def _ask(user: User) -> str:
    return f"{PASSWORDS}{user.pk}/ask/"


def test_page_says_who_lacks_what(as_anna: Client, anna: User, bo: User) -> None:
    factors.telephone_of(anna)
    with connection.cursor() as cursor:
        own = bo.pk if connection.vendor == "postgresql" else bo.pk.hex
        cursor.execute("UPDATE accounts_user SET password = 'md5$x$0' WHERE id = %s", [own])

    shown = _text(as_anna.get(PASSWORDS))

    of_anna, of_bo = shown.partition("Anna Ek</bdi></a></h2>")[2].split("Bo Dahl</bdi></a></h2>")
    assert "Less than a day old" in of_anna
    assert "came in past Tryggve" not in of_anna
    assert "none</span>" not in of_anna
    assert "came in past Tryggve" in of_bo
    assert "none</span>" in of_bo


def test_rule_is_chosen_and_shown(as_anna: Client, anna: User) -> None:
    assert "You haven't chosen yet." in _text(as_anna.get(PASSWORDS))

    answer = as_anna.post(RULE, {"longest_days": "365"}, follow=True)

    assert "365 days." in _text(answer)
    assert PasswordRule.objects.get().longest_days == 365
    [entry] = Entry.objects.filter(action="access.password-rule-chosen")
    assert (entry.actor, entry.facts) == (anna.actor, {"days": 365})


@pytest.mark.parametrize("told", ["", "17", "never"])
def test_other_ages_are_not_on_offer(as_anna: Client, told: str) -> None:
    answer = as_anna.post(RULE, {"longest_days": told})

    assert answer.status_code == 200
    assert "field-error" in _text(answer)
    assert not PasswordRule.objects.exists()


def test_somebody_is_asked_and_reads_it_until_it_is_done(as_anna: Client, as_bo: Client, bo: User) -> None:
    answer = as_anna.post(_ask(bo), {"reason": "LEAKED"}, follow=True)

    assert "Asked to choose another one. It may have leaked" in _text(answer)
    assert "You are asked to choose another one. It may have leaked" in _text(as_bo.get("/company/sign-in/"))

    own_sign_in.change_password(
        user=bo, password="fyra nya hästar sjunger", this=None, at=timezone.now() + timedelta(seconds=1)
    )
    assert "Asked to choose" not in _text(as_anna.get(PASSWORDS))


def test_asking_without_a_reason_says_so(as_anna: Client, bo: User) -> None:
    answer = as_anna.post(_ask(bo), {"reason": ""})

    assert "field-error" in _text(answer)
    assert not PasswordRequest.objects.exists()


def test_asking_is_taken_back_by_another_only(as_anna: Client, anna: User, bo: User) -> None:
    for user in (anna, bo):
        services.ask_for_another(person=user.pk, reason=services.Reason.SHARED, by=None, at=timezone.now())

    as_anna.post(f"{PASSWORDS}{bo.pk}/no-more/")
    refused = as_anna.post(f"{PASSWORDS}{anna.pk}/no-more/", follow=True)

    assert "let somebody else say" in _text(refused)
    assert [row.user for row in PasswordRequest.objects.all()] == [anna]


def test_asking_who_has_no_password_says_so(as_anna: Client, bo: User) -> None:
    bo.set_password(None)
    bo.save()

    assert "This person has no password here." in _text(as_anna.post(_ask(bo), {"reason": "LEAKED"}))


def test_who_steps_in_is_chosen(as_anna: Client, bo: User, karin: User) -> None:
    assert "Nobody yet" in _text(as_anna.get(STANDBY))

    answer = as_anna.post(STANDBY, {"person": str(bo.pk)}, follow=True)

    assert "<div><bdi>Bo Dahl</bdi>" in _text(answer)
    assert Standby.objects.get().user == bo
    [entry] = Entry.objects.filter(action="access.standby-chosen")
    assert entry.subject == bo.pk


def test_the_only_captain_is_not_on_offer(as_anna: Client, bo: User, karin: User) -> None:
    answer = as_anna.post(STANDBY, {"person": str(karin.pk)})

    assert "field-error" in _text(answer)
    assert not Standby.objects.exists()


@pytest.mark.parametrize("others", [[], [Role.SUPPLIER, Role.AUDITOR]])
def test_who_works_alone_is_told_whom_to_ask_and_with_which_role(as_anna: Client, others: list[Role]) -> None:
    for role in others:
        accounts.create_user(
            email=f"{role.lower()}@example.se", password=None, name=role, language="sv", role=role
        )

    shown = _text(as_anna.get(STANDBY))

    assert "There is nobody to choose yet" in shown
    assert "Invite them with the role Employee and «own customers only»" in shown
    assert "/company/people/invite/" in shown


def test_an_employee_sees_neither(as_bo: Client) -> None:
    assert [as_bo.get(page).status_code for page in (PASSWORDS, RULE, STANDBY)] == [403, 403, 403]
