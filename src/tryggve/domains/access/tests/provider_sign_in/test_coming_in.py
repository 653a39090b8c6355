"""Signing in with another company's sign-in: who comes in, who doesn't, and what is kept."""

import re
from http import HTTPStatus

import pytest
from allauth.socialaccount.models import SocialAccount
from django.contrib.sessions.models import Session
from django.test import Client
from django.utils import timezone

from tests.sign_in_service import Account, SignInService
from tryggve.accounts import handovers
from tryggve.accounts.handovers import Leaving
from tryggve.accounts.models import SignIn, User
from tryggve.audit.models import Entry
from tryggve.domains.access.tests import door, factors, provider

pytestmark = pytest.mark.django_db


def test_anna_comes_in_with_what_she_linked_and_her_second_step(
    linked: SignInService, anna: User, as_mallory: Client
) -> None:
    secret = factors.telephone_of(anna)
    answer = provider.round_of(as_mallory, linked)
    assert (answer["Location"], door.is_signed_in(as_mallory)) == (factors.STEP, False)
    assert as_mallory.get("/customers/")["Location"].startswith("/sign-in/?next=")
    assert as_mallory.post(factors.STEP, {"code": factors.code_now(secret)})["Location"] == "/"
    assert as_mallory.get("/customers/").status_code == HTTPStatus.OK
    assert SignIn.objects.order_by("-started_at")[0].method == "oidc-totp"
    assert Entry.objects.filter(action="access.signed-in").get().facts == {"method": "oidc-totp"}


def test_without_a_second_factor_only_its_set_up_is_reached(
    linked: SignInService, as_mallory: Client
) -> None:
    assert provider.round_of(as_mallory, linked)["Location"] == "/"
    assert door.is_signed_in(as_mallory)
    for path in ("/", "/customers/", "/company/sign-in/", provider.PAGE):
        assert as_mallory.get(path)["Location"] == factors.SET_UP
    assert as_mallory.post(provider.UNLINK)["Location"] == factors.SET_UP
    assert as_mallory.get(factors.SET_UP).status_code == HTTPStatus.OK


def test_goes_on_to_the_page_that_was_asked_for_and_nowhere_else(
    linked: SignInService, as_mallory: Client
) -> None:
    assert provider.round_of(as_mallory, linked, next="/customers/")["Location"] == "/customers/"
    for goal in ("https://mallory.example.com/", "//mallory.example.com", "javascript:alert(1)"):
        assert provider.round_of(Client(), linked, next=goal)["Location"] == "/"


def test_nobody_gets_an_account_by_it(chosen: SignInService, anna: User, as_mallory: Client) -> None:
    chosen.account = Account("mallory-1", "mallory@example.com")
    answer = provider.round_of(as_mallory, chosen)
    assert provider.is_refused(answer, as_mallory)
    assert "belongs to nobody here" in answer.content.decode()
    assert (User.objects.count(), SocialAccount.objects.count(), provider.reasons()) == (1, 0, ["not-linked"])
    assert "socialaccount_sociallogin" not in as_mallory.session


def test_a_closed_account_stays_closed(linked: SignInService, anna: User, as_mallory: Client) -> None:
    User.objects.filter(pk=anna.pk).update(is_active=False)
    assert provider.is_refused(provider.round_of(as_mallory, linked), as_mallory)
    assert provider.reasons() == ["not-linked"]


def test_sessions_hold_no_address_between_the_steps(
    linked: SignInService, anna: User, as_mallory: Client
) -> None:
    factors.telephone_of(anna)
    provider.round_of(as_mallory, linked)
    held = " ".join(repr(one.get_decoded()) for one in Session.objects.all())
    assert "account_login" in held  # the second step waits in one of them
    assert [word for word in ("anna@example.se", "Annorlunda", "anna-0001", "id_token") if word in held] == []


def test_begins_a_new_session_for_the_second_step(
    linked: SignInService, anna: User, as_mallory: Client
) -> None:
    factors.telephone_of(anna)
    back = provider.answer_of(as_mallory, linked)
    planted = as_mallory.session.session_key
    as_mallory.get(back)
    assert as_mallory.session.session_key != planted


def test_the_second_step_over_there_counts_for_nothing_unless_the_firm_trusts_it(
    linked: SignInService, anna: User, as_mallory: Client
) -> None:
    factors.telephone_of(anna)
    linked.account.more = {"amr": ["pwd", "mfa"]}
    assert provider.round_of(as_mallory, linked)["Location"] == factors.STEP


@pytest.mark.parametrize(
    ("said", "goal"),
    [
        ({"amr": ["pwd", "mfa"]}, "/"),
        ({"acr": "https://refeds.org/profile/mfa"}, "/"),
        ({"amr": ["pwd"]}, factors.STEP),
        ({"amr": "mfa"}, factors.STEP),
        ({"acr": "1"}, factors.STEP),
        ({"acr": ["https://refeds.org/profile/mfa"]}, factors.STEP),
        ({}, factors.STEP),
    ],
)
def test_a_trusted_second_step_must_be_proven(
    linked: SignInService, anna: User, as_mallory: Client, said: dict[str, object], goal: str
) -> None:
    provider.choose(linked, trusts_factor=True)
    factors.telephone_of(anna)
    linked.account.more = said
    assert provider.round_of(as_mallory, linked)["Location"] == goal


def test_a_trusted_second_step_is_never_fresh(linked: SignInService, anna: User, as_mallory: Client) -> None:
    provider.choose(linked, trusts_factor=True)
    factors.telephone_of(anna)
    linked.account.more = {"amr": ["mfa"]}
    anna.known_networks.all().delete()
    provider.round_of(as_mallory, linked)
    assert as_mallory.get("/customers/").status_code == HTTPStatus.OK
    assert as_mallory.post(provider.UNLINK)["Location"].startswith("/sign-in/confirm/")
    assert anna.known_networks.count() == 0
    assert SignIn.objects.latest("started_at").method == "oidc-mfa"


def test_sign_in_page_has_the_button_only_where_it_is_set_up(firm: object, as_mallory: Client) -> None:
    assert "Sign in with Microsoft" not in as_mallory.get("/sign-in/").content.decode()
    with SignInService() as service:
        provider.choose(service)
        page = as_mallory.get("/sign-in/").content.decode()
    assert re.search(r"<button[^>]*>Sign in with Microsoft</button>", page)


def test_without_a_service_there_is_a_clear_page(firm: object, as_mallory: Client) -> None:
    for answer in (as_mallory.post(provider.LEAVE), as_mallory.get(provider.BACK)):
        assert answer.status_code == HTTPStatus.FORBIDDEN
        assert "has set up no sign-in" in answer.content.decode()


def test_the_way_there_is_no_link(chosen: SignInService, as_mallory: Client) -> None:
    assert as_mallory.get(provider.LEAVE).status_code == HTTPStatus.METHOD_NOT_ALLOWED


def test_who_comes_too_often_waits(chosen: SignInService, as_mallory: Client) -> None:
    statuses = {as_mallory.post(provider.LEAVE).status_code for _ in range(31)}
    assert statuses == {HTTPStatus.OK, HTTPStatus.TOO_MANY_REQUESTS}


def test_bo_is_not_let_in_as_anna(linked: SignInService, bo: User, as_mallory: Client) -> None:
    linked.account = Account("bo-1", bo.email)
    assert provider.is_refused(provider.round_of(as_mallory, linked), as_mallory)


def test_a_leaver_loses_the_link(linked: SignInService, anna: User, bo: User) -> None:
    step = next(one for one in handovers.all_handovers() if one.code == "access.identities")
    assert step.run(Leaving(anna, bo, anna.actor, timezone.now())) == 1
    assert SocialAccount.objects.count() == 0


def test_allauths_own_pages_for_it_are_not_among_ours(chosen: SignInService) -> None:
    for path in ("/oidc/x/login/", "/social/login/cancelled/", "/3rdparty/", "/social/signup/"):
        assert Client().get(path).status_code == HTTPStatus.NOT_FOUND
