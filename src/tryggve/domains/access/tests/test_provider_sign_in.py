"""Signing in with another company's sign-in: who comes in, who doesn't, and what is kept."""

import re
from collections.abc import Iterator
from http import HTTPStatus
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.models import SocialAccount, SocialApp, SocialLogin, SocialToken
from django.contrib.sessions.models import Session
from django.test import Client
from django.utils import timezone

from tests.cast import PASSWORD
from tests.sign_in_service import Account, SignInService
from tryggve.accounts import handovers, sign_ins
from tryggve.accounts.handovers import Leaving
from tryggve.accounts.models import SignIn, User
from tryggve.audit.models import Entry
from tryggve.domains.access.tests import door, factors, provider
from tryggve.notices.models import OutboxMessage

pytestmark = pytest.mark.django_db


@pytest.fixture
def service() -> Iterator[SignInService]:
    with SignInService() as opened:
        yield opened


@pytest.fixture
def chosen(service: SignInService, firm: object) -> SignInService:
    """The firm lets its people come with it, by link alone."""
    provider.choose(service)
    return service


@pytest.fixture
def linked(chosen: SignInService, as_anna: Client) -> SignInService:
    """Anna has linked her own account there."""
    assert provider.round_of(as_anna, chosen, provider.LINK)["Location"] == "/company/sign-in/"
    return chosen


def _reasons() -> list[str]:
    return [str(one.facts["reason"]) for one in Entry.objects.filter(action="access.identity-refused")]


def _is_refused(answer: Any, browser: Client) -> bool:
    return answer.status_code == HTTPStatus.FORBIDDEN and not door.is_signed_in(browser)


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
    assert _is_refused(answer, as_mallory)
    assert "belongs to nobody here" in answer.content.decode()
    assert (User.objects.count(), SocialAccount.objects.count(), _reasons()) == (1, 0, ["not-linked"])
    assert "socialaccount_sociallogin" not in as_mallory.session


def test_a_verified_address_opens_nothing_unless_the_firm_says_so(
    chosen: SignInService, anna: User, as_mallory: Client
) -> None:
    assert _is_refused(provider.round_of(as_mallory, chosen), as_mallory)
    assert SocialAccount.objects.count() == 0


def test_where_the_firm_says_so_a_verified_address_links(
    service: SignInService, anna: User, as_mallory: Client
) -> None:
    provider.choose(service, links_by_email=True)
    service.account.email = "ANNA@example.se"
    provider.round_of(as_mallory, service)
    assert door.is_signed_in(as_mallory)
    assert [one.user_id for one in SocialAccount.objects.all()] == [anna.pk]
    assert Entry.objects.get(action="access.identity-linked").facts == {"by_mail": True}
    assert OutboxMessage.objects.filter(kind="access.identity-linked").count() == 1
    anna.refresh_from_db()
    assert anna.check_password(PASSWORD)  # allauth would have taken it away


def test_allauths_own_object_with_an_unverified_address_opens_nothing(
    service: SignInService, anna: User
) -> None:
    provider.choose(service, links_by_email=True)
    for verified in (False, True):
        login = SocialLogin(email_addresses=[EmailAddress(email=anna.email, verified=verified)])
        login.state = {"way": "oidc"}
        found = get_adapter().authenticate_by_email(login)
        assert found == ((anna, anna.email) if verified else None)


@pytest.mark.parametrize("verified", [False, None, "true", "false", 1])
def test_an_address_that_is_not_verified_links_nothing(
    service: SignInService, anna: User, as_mallory: Client, verified: object
) -> None:
    provider.choose(service, links_by_email=True)
    service.account.email_verified = verified
    assert _is_refused(provider.round_of(as_mallory, service), as_mallory)
    assert SocialAccount.objects.count() == 0


def test_same_address_with_another_number_is_another_person(
    service: SignInService, anna: User, as_mallory: Client
) -> None:
    provider.choose(service, links_by_email=True)
    provider.round_of(as_mallory, service)
    service.account = Account("who-got-annas-mailbox", anna.email)
    stranger = Client()
    assert _is_refused(provider.round_of(stranger, service), stranger)
    assert SocialAccount.objects.get().uid == "anna-0001"


def test_a_closed_account_stays_closed(linked: SignInService, anna: User, as_mallory: Client) -> None:
    User.objects.filter(pk=anna.pk).update(is_active=False)
    assert _is_refused(provider.round_of(as_mallory, linked), as_mallory)
    assert _reasons() == ["not-linked"]


def test_a_closed_account_is_not_linked_by_its_address(
    service: SignInService, anna: User, as_mallory: Client
) -> None:
    provider.choose(service, links_by_email=True)
    User.objects.filter(pk=anna.pk).update(is_active=False)
    assert _is_refused(provider.round_of(as_mallory, service), as_mallory)


def test_the_same_number_at_another_issuer_is_another_person(
    linked: SignInService, as_mallory: Client
) -> None:
    kept = SocialAccount.objects.get()
    with SignInService() as other:
        provider.choose(other)
        assert SocialAccount.objects.count() == 0  # the links ended with the service
        kept.pk = None
        kept.save(force_insert=True)
        assert _is_refused(provider.round_of(as_mallory, other), as_mallory)


def test_linking_asks_for_the_second_factor_and_for_who_began(
    chosen: SignInService, anna: User, as_anna: Client, as_bo: Client
) -> None:
    session = as_anna.session
    session["account_authentication_methods"][1]["at"] -= 3600
    session.save()
    assert as_anna.post(provider.LINK)["Location"].startswith("/sign-in/confirm/")
    back = provider.answer_of(as_bo, chosen, provider.LINK)
    refused = as_anna.get(back)
    assert (refused.status_code, SocialAccount.objects.count()) == (HTTPStatus.FORBIDDEN, 0)


def test_who_signed_out_on_the_way_links_nothing(chosen: SignInService, as_anna: Client) -> None:
    back = provider.answer_of(as_anna, chosen, provider.LINK)
    as_anna.post("/sign-out/")
    assert as_anna.get(back).status_code == HTTPStatus.FORBIDDEN
    assert SocialAccount.objects.count() == 0


def test_whose_session_was_ended_meanwhile_links_nothing(
    chosen: SignInService, anna: User, as_anna: Client
) -> None:
    back = provider.answer_of(as_anna, chosen, provider.LINK)
    sign_ins.end_all(user=anna, at=timezone.now())
    assert as_anna.get(back)["Location"].startswith("/sign-in/?next=")
    assert SocialAccount.objects.count() == 0


def test_another_begun_round_links_nothing_to_who_signed_in_meanwhile(
    chosen: SignInService, as_anna: Client, bo: User
) -> None:
    back = provider.answer_of(as_anna, chosen, provider.LINK)
    session = as_anna.session
    for state in session["socialaccount_states"].values():
        state[0]["begun_by"] = str(bo.pk)
    session.save()
    assert as_anna.get(back).status_code == HTTPStatus.FORBIDDEN
    assert (SocialAccount.objects.count(), _reasons()) == (0, ["not-asked"])


def test_what_is_linked_to_anna_is_not_linked_to_bo(linked: SignInService, anna: User, as_bo: Client) -> None:
    assert provider.round_of(as_bo, linked, provider.LINK).status_code == HTTPStatus.FORBIDDEN
    assert (SocialAccount.objects.get().user_id, _reasons()) == (anna.pk, ["linked-elsewhere"])


def test_a_second_link_is_refused_until_the_first_is_removed(linked: SignInService, as_anna: Client) -> None:
    linked.account.subject = "anna-0002"
    assert provider.round_of(as_anna, linked, provider.LINK).status_code == HTTPStatus.FORBIDDEN
    as_anna.post(provider.UNLINK)
    assert provider.round_of(as_anna, linked, provider.LINK)["Location"] == "/company/sign-in/"
    assert SocialAccount.objects.get().uid == "anna-0002"
    logged = [code for code in door.codes() if code.startswith("access.identity-")]
    assert logged == [
        "access.identity-linked",
        "access.identity-refused",
        "access.identity-removed",
        "access.identity-linked",
    ]


def test_what_was_removed_lets_nobody_in(linked: SignInService, as_anna: Client, as_mallory: Client) -> None:
    as_anna.post(provider.UNLINK)
    assert _is_refused(provider.round_of(as_mallory, linked), as_mallory)


def test_anna_is_told_by_mail_of_the_link(linked: SignInService, anna: User) -> None:
    sent = OutboxMessage.objects.get(kind="access.identity-linked")
    assert sent.recipient_ref == f"user:{anna.pk}"


def test_only_issuer_and_number_are_kept(linked: SignInService, as_mallory: Client) -> None:
    linked.account.more = {"phone_number": "070-174 06 05"}
    provider.round_of(as_mallory, linked)
    kept = SocialAccount.objects.get()
    assert kept.extra_data == {"issuer": linked.issuer, "subject": "anna-0001"}
    assert (SocialToken.objects.count(), SocialApp.objects.count()) == (0, 0)


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
    assert _is_refused(provider.round_of(as_mallory, linked), as_mallory)


def test_a_leaver_loses_the_link(linked: SignInService, anna: User, bo: User) -> None:
    step = next(one for one in handovers.all_handovers() if one.code == "access.identities")
    assert step.run(Leaving(anna, bo, anna.actor, timezone.now())) == 1
    assert SocialAccount.objects.count() == 0


def test_allauths_own_pages_for_it_are_not_among_ours(chosen: SignInService) -> None:
    for path in ("/oidc/x/login/", "/social/login/cancelled/", "/3rdparty/", "/social/signup/"):
        assert Client().get(path).status_code == HTTPStatus.NOT_FOUND
