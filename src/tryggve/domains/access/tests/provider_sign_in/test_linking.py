"""Which account another company's sign-in is linked to, and by whom."""

from http import HTTPStatus

import pytest
from allauth.account.models import EmailAddress
from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.models import SocialAccount, SocialApp, SocialLogin, SocialToken
from django.test import Client
from django.utils import timezone

from tests.cast import PASSWORD
from tests.sign_in_service import Account, SignInService
from tryggve.accounts import sign_ins
from tryggve.accounts.models import User
from tryggve.audit.models import Entry
from tryggve.domains.access.tests import door, provider
from tryggve.notices.models import OutboxMessage

pytestmark = pytest.mark.django_db


def test_a_verified_address_opens_nothing_unless_the_firm_says_so(
    chosen: SignInService, anna: User, as_mallory: Client
) -> None:
    assert provider.is_refused(provider.round_of(as_mallory, chosen), as_mallory)
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
    assert provider.is_refused(provider.round_of(as_mallory, service), as_mallory)
    assert SocialAccount.objects.count() == 0


def test_same_address_with_another_number_is_another_person(
    service: SignInService, anna: User, as_mallory: Client
) -> None:
    provider.choose(service, links_by_email=True)
    provider.round_of(as_mallory, service)
    service.account = Account("who-got-annas-mailbox", anna.email)
    stranger = Client()
    assert provider.is_refused(provider.round_of(stranger, service), stranger)
    assert SocialAccount.objects.get().uid == "anna-0001"


def test_a_closed_account_is_not_linked_by_its_address(
    service: SignInService, anna: User, as_mallory: Client
) -> None:
    provider.choose(service, links_by_email=True)
    User.objects.filter(pk=anna.pk).update(is_active=False)
    assert provider.is_refused(provider.round_of(as_mallory, service), as_mallory)


def test_the_same_number_at_another_issuer_is_another_person(
    linked: SignInService, as_mallory: Client
) -> None:
    kept = SocialAccount.objects.get()
    with SignInService() as other:
        provider.choose(other)
        assert SocialAccount.objects.count() == 0  # the links ended with the service
        kept.pk = None
        kept.save(force_insert=True)
        assert provider.is_refused(provider.round_of(as_mallory, other), as_mallory)


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
    assert (SocialAccount.objects.count(), provider.reasons()) == (0, ["not-asked"])


def test_what_is_linked_to_anna_is_not_linked_to_bo(linked: SignInService, anna: User, as_bo: Client) -> None:
    assert provider.round_of(as_bo, linked, provider.LINK).status_code == HTTPStatus.FORBIDDEN
    assert (SocialAccount.objects.get().user_id, provider.reasons()) == (anna.pk, ["linked-elsewhere"])


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
    assert provider.is_refused(provider.round_of(as_mallory, linked), as_mallory)


def test_anna_is_told_by_mail_of_the_link(linked: SignInService, anna: User) -> None:
    sent = OutboxMessage.objects.get(kind="access.identity-linked")
    assert sent.recipient_ref == f"user:{anna.pk}"


def test_only_issuer_and_number_are_kept(linked: SignInService, as_mallory: Client) -> None:
    linked.account.more = {"phone_number": "070-174 06 05"}
    provider.round_of(as_mallory, linked)
    kept = SocialAccount.objects.get()
    assert kept.extra_data == {"issuer": linked.issuer, "subject": "anna-0001"}
    assert (SocialToken.objects.count(), SocialApp.objects.count()) == (0, 0)
