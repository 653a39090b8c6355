"""Signing in by SAML: who comes in, and the answers that are refused."""

from collections.abc import Iterator
from http import HTTPStatus
from pathlib import Path
from typing import Any

import pytest
from allauth.socialaccount.models import SocialAccount
from django.conf import LazySettings
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.test import Client

from tests.saml_service import ENTITY, TRANSIENT, SamlService
from tests.sign_in_service import SignInService
from tryggve.accounts.models import SignIn, User
from tryggve.audit.models import Entry
from tryggve.domains.access.tests import door, factors, provider

pytestmark = pytest.mark.django_db
LEAVE, LINK, RETURN = "/sign-in/saml/", "/company/sign-in/saml/link/", "/sign-in/saml/return/"


@pytest.fixture
def service(firm: object, settings: LazySettings, tmp_path: Path) -> Iterator[SamlService]:
    with SamlService() as opened:
        settings.SAML_METADATA = opened.describe(tmp_path)
        yield opened


@pytest.fixture
def linked(service: SamlService, as_anna: Client) -> SamlService:
    assert _round(as_anna, service, LINK)["Location"] == "/company/sign-in/"
    return service


def _answered(service: SamlService, answer: str) -> Any:
    """The form on the service's page is sent: a browser brings no cookies of ours with it."""
    return Client(enforce_csrf_checks=True).post(RETURN, {"SAMLResponse": answer})


def _arrival(browser: Client, service: SamlService, leave: str = LEAVE, **more: str) -> Any:
    number = service.number_in(provider.address_in(browser.post(leave, more)))
    return _answered(service, service.answer_to(number))


def _round(browser: Client, service: SamlService, leave: str = LEAVE, **more: str) -> Any:
    return browser.get(_arrival(browser, service, leave, **more)["Location"])


def _reasons() -> list[str]:
    return [str(one.facts["reason"]) for one in Entry.objects.filter(action="access.identity-refused")]


def test_anna_comes_in_with_what_she_linked_and_her_second_step(
    linked: SamlService, anna: User, as_mallory: Client
) -> None:
    secret = factors.telephone_of(anna)
    assert _round(as_mallory, linked, next="/customers/")["Location"] == factors.STEP
    assert not door.is_signed_in(as_mallory)
    answer = as_mallory.post(factors.STEP, {"code": factors.code_now(secret)})
    assert (answer["Location"], door.is_signed_in(as_mallory)) == ("/customers/", True)
    assert SignIn.objects.latest("started_at").method == "saml-totp"


def test_only_entity_and_name_are_kept(linked: SamlService, anna: User, as_mallory: Client) -> None:
    factors.telephone_of(anna)
    _round(as_mallory, linked)
    assert SocialAccount.objects.get().extra_data == {"issuer": ENTITY, "subject": linked.subject}
    held = " ".join(repr(one.get_decoded()) for one in Session.objects.all())
    assert ("account_login" in held, "Annorlunda" in held, linked.subject in held) == (True, False, False)


def test_nobody_gets_an_account_by_it(service: SamlService, anna: User, as_mallory: Client) -> None:
    answer = _round(as_mallory, service)
    assert (answer.status_code, door.is_signed_in(as_mallory)) == (HTTPStatus.FORBIDDEN, False)
    assert (User.objects.count(), SocialAccount.objects.count(), _reasons()) == (1, 0, ["not-linked"])


def test_an_address_as_name_links_nothing(service: SamlService, anna: User, as_mallory: Client) -> None:
    with SignInService() as other:
        provider.choose(other, links_by_email=True)
        service.subject = anna.email
        service.said = {"format": "urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress"}
        assert _round(as_mallory, service).status_code == HTTPStatus.FORBIDDEN
    assert SocialAccount.objects.count() == 0


@pytest.mark.parametrize(
    ("said", "reason"),
    [
        ({"forged": "bo-by-saml-0001"}, "key"),
        ({"issuer": "https://mallory.example.com"}, "key"),
        ({"audience": "https://another.example.com"}, "key"),
        ({"recipient": "http://localhost:8000/elsewhere/"}, "key"),
        ({"until": "2026-01-01T00:00:00Z"}, "key"),
        ({"since": "2096-01-01T00:00:00Z"}, "key"),
        ({"format": TRANSIENT}, "subject"),
        ({"subject": "x" * 192}, "subject"),
    ],
)
def test_answer_that_does_not_hold_is_refused(
    linked: SamlService, as_mallory: Client, said: dict[str, str], reason: str
) -> None:
    linked.said = said
    answer = _arrival(as_mallory, linked)
    assert (answer.status_code, _reasons()) == (HTTPStatus.FORBIDDEN, [reason])


def test_answer_without_a_signature_is_refused(linked: SamlService, as_mallory: Client) -> None:
    linked.is_signed = False
    assert _arrival(as_mallory, linked).status_code == HTTPStatus.FORBIDDEN
    assert _reasons() == ["key"]


def test_answer_that_another_signed_is_refused(linked: SamlService, as_mallory: Client) -> None:
    with SamlService() as other:
        linked.key, linked.certificate = other.key, other.certificate
        assert _arrival(as_mallory, linked).status_code == HTTPStatus.FORBIDDEN
    assert _reasons() == ["key"]


@pytest.mark.parametrize(
    "answer",
    [
        "",
        "x",
        "PHg+",
        "x" * 300_000,
        "PCFET0NUWVBFIHggWzwhRU5USVRZIGEgU1lTVEVNICJmaWxlOi8vL2V0Yy9wYXNzd2QiPl0+PHg+JmE7PC94Pg==",
    ],
)
def test_what_is_no_answer_is_refused(service: SamlService, answer: str) -> None:
    assert _answered(service, answer).status_code == HTTPStatus.FORBIDDEN


def test_answer_counts_once_and_in_the_browser_that_asked(
    linked: SamlService, as_mallory: Client, client: Client
) -> None:
    number = linked.number_in(provider.address_in(as_mallory.post(LEAVE)))
    answer = linked.answer_to(number)
    stolen = _answered(linked, answer)["Location"]
    assert client.get(stolen).status_code == HTTPStatus.FORBIDDEN
    assert as_mallory.get(stolen).status_code == HTTPStatus.FORBIDDEN  # the ticket is spent
    as_mallory.get(_answered(linked, answer)["Location"])
    assert door.is_signed_in(as_mallory)
    as_mallory.post("/sign-out/")
    assert as_mallory.get(_answered(linked, answer)["Location"]).status_code == HTTPStatus.FORBIDDEN


def test_answer_that_nobody_asked_for_is_refused(linked: SamlService, as_mallory: Client) -> None:
    arrived = _answered(linked, linked.answer_to("_made_up"))
    assert as_mallory.get(arrived["Location"]).status_code == HTTPStatus.FORBIDDEN
    assert _reasons() == ["not-asked"]


def test_what_waits_for_the_browser_is_sealed(service: SamlService, as_mallory: Client) -> None:
    arrived = _arrival(as_mallory, service)
    ticket = arrived["Location"].rpartition("=")[2]
    assert service.subject.encode() not in bytes.fromhex(cache.get(f"saml-{ticket}"))


def test_the_same_name_at_another_service_is_another_person(linked: SamlService, anna: User) -> None:
    kept = SocialAccount.objects.get()
    assert kept.provider != ENTITY
    with SignInService() as other:
        provider.choose(other)
        other.account.subject = linked.subject
        stranger = Client()
        assert provider.round_of(stranger, other).status_code == HTTPStatus.FORBIDDEN


def test_linking_asks_for_a_fresh_second_factor(service: SamlService, as_anna: Client) -> None:
    session = as_anna.session
    session["account_authentication_methods"][1]["at"] -= 3600
    session.save()
    assert as_anna.post(LINK)["Location"].startswith("/sign-in/confirm/")


def test_buttons_stand_only_where_it_is_on(firm: object, as_anna: Client, settings: LazySettings) -> None:
    settings.SAML_METADATA = None
    for page in (Client().get("/sign-in/"), as_anna.get("/company/sign-in/")):
        assert "(SAML)" not in page.content.decode()
    for answer in (Client().post(LEAVE), Client().post(RETURN, {"SAMLResponse": "x"})):
        assert "set up no sign-in by SAML" in answer.content.decode()


def test_buttons_stand_where_it_is_on(service: SamlService, as_anna: Client) -> None:
    for page in (Client().get("/sign-in/"), as_anna.get("/company/sign-in/")):
        assert "(SAML)" in page.content.decode()


def test_without_the_description_it_is_told(service: SamlService, tmp_path: Path) -> None:
    service.describe(tmp_path).write_text("<nothing/>")
    answer = Client().post(LEAVE)
    assert (answer.status_code, "be read" in answer.content.decode()) == (HTTPStatus.FORBIDDEN, True)
