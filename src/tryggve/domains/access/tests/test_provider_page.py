"""The firm's settings for another company's sign-in: who gets there, what is kept, what the log has of it."""

from collections.abc import Iterator
from datetime import timedelta
from http import HTTPStatus
from typing import Any

import pytest
from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.models import SocialAccount
from django.db import connection
from django.test import Client, RequestFactory
from django.utils import timezone

from tests import signing_in
from tests.cast import NOW
from tests.sign_in_service import CLIENT_ID, CLIENT_SECRET, SignInService
from tryggve.accounts import permissions
from tryggve.accounts.models import User
from tryggve.audit.models import Entry
from tryggve.domains.access import client_keeping, personal_data, provider_urls
from tryggve.domains.access.models import IdentityProvider
from tryggve.domains.access.selectors import provider as selectors
from tryggve.domains.access.services import provider as services
from tryggve.domains.access.tests import provider

pytestmark = pytest.mark.django_db
ANSWERS = {
    "name": "Microsoft", "issuer": "https://login.example.com/v2.0", "client_id": CLIENT_ID,
    "secret": CLIENT_SECRET,
}  # fmt: skip
KEPT: dict[str, Any] = {
    **ANSWERS,
    "links_by_email": False,
    "trusts_factor": False,
    "actor": "anonymous",
    "at": NOW,
}


@pytest.fixture
def service() -> Iterator[SignInService]:
    with SignInService() as opened:
        yield opened


def _facts(code: str) -> list[dict[str, object]]:
    return [entry.facts for entry in Entry.objects.filter(action=code).order_by("id")]


def _text(answer: Any) -> str:
    text: str = answer.content.decode()
    return text


def test_every_page_asks_for_a_permission_of_its_own() -> None:
    asked = {str(one.name): permissions.asked_by(one.callback, None) for one in provider_urls.urlpatterns}
    assert asked == {
        "provider": "access.change-provider",
        "provider-try": "access.change-provider",
        "provider-remove": "access.change-provider",
        "provider-link": "access.change-own-sign-in",
        "provider-unlink": "access.change-own-sign-in",
        "provider-leave": "public",
        "provider-return": "public",
        "saml-link": "access.change-own-sign-in",
        "saml": "public",
        "saml-return": "public",
        "saml-arrived": "public",
    }


def test_bo_gets_neither_page_nor_buttons(as_bo: Client) -> None:
    answers = [as_bo.get(provider.PAGE), as_bo.post(provider.PAGE, ANSWERS)]
    answers += [as_bo.post(f"{provider.PAGE}{verb}/") for verb in ("try", "remove")]
    assert {answer.status_code for answer in answers} == {HTTPStatus.FORBIDDEN}
    assert IdentityProvider.objects.count() == 0


def test_anna_is_asked_for_a_fresh_factor(anna: User) -> None:
    browser = signing_in.browser_of(anna, at=timezone.now() - timedelta(minutes=11))
    assert browser.get(provider.PAGE)["Location"].startswith("/sign-in/confirm/")


def test_anna_saves_and_the_secret_is_sealed_and_never_shown(as_anna: Client) -> None:
    assert as_anna.post(provider.PAGE, ANSWERS)["Location"] == provider.PAGE
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM access_identityprovider")
        (row,) = cursor.fetchall()
    assert CLIENT_ID in row
    assert all(
        CLIENT_SECRET.encode() not in bytes(each) for each in row if isinstance(each, bytes | memoryview)
    )
    assert CLIENT_SECRET not in _text(as_anna.get(provider.PAGE))
    kept = selectors.opened_provider()
    assert kept is not None
    assert (kept.secret, kept.links_by_email, kept.trusts_factor) == (CLIENT_SECRET, False, False)
    assert CLIENT_SECRET not in repr(kept)
    assert _facts("access.provider-changed") == [
        {
            "fields": ["client-id", "client-secret", "issuer", "links-by-email", "name", "trusts-factor"],
            "ended": 0,
        }
    ]


def test_page_says_where_people_come_back_to(as_anna: Client) -> None:
    assert "http://localhost:8000/sign-in/provider/return/" in _text(as_anna.get(provider.PAGE))


def test_secret_left_empty_stays(as_anna: Client) -> None:
    as_anna.post(provider.PAGE, ANSWERS)
    as_anna.post(provider.PAGE, ANSWERS | {"secret": "", "name": "Entra"})
    kept = selectors.opened_provider()
    assert kept is not None
    assert (kept.name, kept.secret) == ("Entra", CLIENT_SECRET)
    assert _facts("access.provider-changed")[1] == {"fields": ["name"], "ended": 0}


@pytest.mark.parametrize("other", [{"issuer": "https://mallory.example.com"}, {"client_id": "another"}])
def test_saved_secret_is_never_sent_elsewhere(as_anna: Client, other: dict[str, str]) -> None:
    as_anna.post(provider.PAGE, ANSWERS)
    answer = as_anna.post(provider.PAGE, ANSWERS | {"secret": ""} | other)
    assert "never sent to another service" in _text(answer)
    with pytest.raises(client_keeping.SecretNeeded):
        services.set_provider(**(KEPT | {"secret": None} | other))
    assert len(_facts("access.provider-changed")) == 1


def test_first_settings_need_a_secret(as_anna: Client) -> None:
    assert "Type the client secret" in _text(as_anna.post(provider.PAGE, ANSWERS | {"secret": ""}))


def test_nothing_is_logged_where_nothing_changes(firm: object) -> None:
    services.set_provider(**KEPT)
    services.set_provider(**(KEPT | {"secret": None}))
    assert len(_facts("access.provider-changed")) == 1


def test_address_without_encryption_is_refused(as_anna: Client) -> None:
    answer = as_anna.post(provider.PAGE, ANSWERS | {"issuer": "http://login.example.com"})
    assert "must begin with https" in _text(answer)
    assert IdentityProvider.objects.count() == 0


def test_trying_tells_that_it_answers(as_anna: Client, service: SignInService) -> None:
    provider.choose(service)
    assert "answers as it should" in _text(as_anna.post(f"{provider.PAGE}try/"))
    assert _facts("access.provider-tested") == [{"outcome": "reached"}]


@pytest.mark.parametrize(
    ("published", "words", "outcome"),
    [
        ({"issuer": "https://other.example.com"}, "another address (issuer)", "other-issuer"),
        ({"code_challenge_methods_supported": ["plain"]}, "PKCE", "no-pkce"),
        ({"jwks_uri": 1}, "is not complete", "incomplete"),
    ],
)
def test_trying_tells_what_is_wrong(
    as_anna: Client, service: SignInService, published: dict[str, object], words: str, outcome: str
) -> None:
    provider.choose(service)
    service.published = published
    assert words in _text(as_anna.post(f"{provider.PAGE}try/"))
    assert _facts("access.provider-tested") == [{"outcome": outcome}]


def test_trying_without_settings_goes_back(as_anna: Client) -> None:
    assert as_anna.post(f"{provider.PAGE}try/")["Location"] == provider.PAGE
    assert _facts("access.provider-tested") == []


def test_removing_ends_every_link(as_anna: Client, as_bo: Client, service: SignInService) -> None:
    provider.choose(service)
    provider.round_of(as_bo, service, provider.LINK)
    as_anna.post(f"{provider.PAGE}remove/")
    as_anna.post(f"{provider.PAGE}remove/")
    assert (IdentityProvider.objects.count(), SocialAccount.objects.count()) == (0, 0)
    assert _facts("access.provider-removed") == [{"ended": 1}]


def test_allauth_gets_the_settings_and_may_call_nobody(firm: object) -> None:
    request = RequestFactory().get("/")
    adapter = get_adapter(request)
    assert adapter.list_apps(request) == []
    services.set_provider(**KEPT)
    (app,) = adapter.list_apps(request, provider="openid_connect")
    assert (app.client_id, app.secret, app.pk) == (CLIENT_ID, CLIENT_SECRET, None)
    assert adapter.list_apps(request, provider="saml") == []
    with pytest.raises(NotImplementedError):
        adapter.get_requests_session()


def test_link_is_exported_and_erased(as_anna: Client, anna: User, bo: User, service: SignInService) -> None:
    provider.choose(service)
    provider.round_of(as_anna, service, provider.LINK)
    assert list(personal_data.identity_of(bo.pk)) == []
    (part,) = personal_data.identity_of(anna.pk)
    told = {value.code: value.content for value in part.values}
    assert (told["issuer"], told["subject"]) == (service.issuer, "anna-0001")
    assert (personal_data.erase_identity(bo.pk), personal_data.erase_identity(anna.pk)) == (0, 1)


def test_own_page_shows_the_link(as_anna: Client, service: SignInService) -> None:
    assert "Sign in with Microsoft</h2>" not in _text(as_anna.get("/company/sign-in/"))
    provider.choose(service)
    assert "Link Microsoft to my account" in _text(as_anna.get("/company/sign-in/"))
    provider.round_of(as_anna, service, provider.LINK)
    assert "Linked to your account since" in _text(as_anna.get("/company/sign-in/"))
