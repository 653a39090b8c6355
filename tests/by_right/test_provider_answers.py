"""What comes back from another service and proves nothing: used, late, sent on, made up or signed by nobody."""

from datetime import timedelta
from urllib.parse import parse_qs, urlencode, urlsplit
from uuid import UUID

import jwt
import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from tests.by_right.coming import BACK, HERS, answer_of, come, refused
from tests.sign_in_service import SignInService
from tryggve.domains.access.api import Trouble
from tryggve.domains.customers.tests.numbers import CILLAS, keep
from tryggve.domains.rights.models import PortalSession, ProviderRound
from tryggve.domains.rights.services.portal import provider_rounds

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("firm", "fresh_index")]


def test_answer_counts_once(cilla: UUID, service: SignInService) -> None:
    keep(cilla, CILLAS)
    service.claims = {"ssn": HERS}
    browser = Client()
    back = answer_of(browser, service)
    assert browser.get(back).status_code == 302
    browser.post("/my/leave/")
    PortalSession.objects.all().delete()
    refused(browser, browser.get(back), reason="not-asked")


def test_answer_that_is_sent_on_to_another_browser_lets_nobody_in(
    cilla: UUID, service: SignInService
) -> None:
    keep(cilla, CILLAS)
    service.claims = {"ssn": HERS}
    back, mallory = answer_of(Client(), service), Client()
    refused(mallory, mallory.get(back), reason="not-asked")
    assert not ProviderRound.objects.exists()


def test_answer_that_comes_too_late_lets_nobody_in(cilla: UUID, service: SignInService) -> None:
    keep(cilla, CILLAS)
    service.claims = {"ssn": HERS}
    browser = Client()
    back = answer_of(browser, service)
    with time_machine.travel(timezone.now() + provider_rounds.LASTS):
        refused(browser, browser.get(back), reason="not-asked")


@pytest.mark.parametrize("changed", [{"state": "guessed"}, {"state": ""}])
def test_answer_that_nobody_asked_for_lets_nobody_in(
    cilla: UUID, service: SignInService, changed: dict[str, str]
) -> None:
    browser = Client()
    asked = parse_qs(urlsplit(answer_of(browser, service)).query)
    told = {name: values[0] for name, values in asked.items()} | changed
    refused(browser, browser.get(f"{BACK}?{urlencode(told)}"), reason="not-asked")


@pytest.mark.parametrize(
    ("claims", "reason"),
    [
        ({"nonce": "another"}, Trouble.NONCE),
        ({"nonce": None}, Trouble.NONCE),
        ({"aud": "somebody-else"}, Trouble.AUDIENCE),
        ({"iss": "https://mallory.example"}, Trouble.ISSUER),
        ({"exp": 1}, Trouble.EXPIRED),
    ],
)
def test_token_that_does_not_hold_lets_nobody_in(
    cilla: UUID, service: SignInService, claims: dict[str, object], reason: Trouble
) -> None:
    keep(cilla, CILLAS)
    refused(*come(service, ssn=HERS, **claims), reason=reason)


def test_token_that_another_signed_lets_nobody_in(cilla: UUID, service: SignInService) -> None:
    keep(cilla, CILLAS)
    service.sign = lambda claims: service.signed(claims, key=service.other_key)
    refused(*come(service, ssn=HERS), reason=Trouble.KEY)


def test_unsigned_token_lets_nobody_in(cilla: UUID, service: SignInService) -> None:
    keep(cilla, CILLAS)
    service.sign = lambda claims: jwt.encode(claims, "", algorithm="none")
    refused(*come(service, ssn=HERS), reason=Trouble.ALGORITHM)


def test_code_without_its_verifier_is_worth_nothing(cilla: UUID, service: SignInService) -> None:
    keep(cilla, CILLAS)
    service.claims = {"ssn": HERS}
    browser = Client()
    back = answer_of(browser, service)
    ProviderRound.objects.update(verifier="another")
    refused(browser, browser.get(back), reason=Trouble.CODE)


def test_each_question_asks_for_what_was_set_and_is_new(service: SignInService) -> None:
    for _time in range(2):
        answer_of(Client(), service)
    first, second = service.questions
    assert (first["scope"], first["acr_values"]) == ("openid ssn", "urn:bankid:same-device")
    for name in ("state", "nonce", "code_challenge"):
        assert first[name] != second[name]


def test_place_that_goes_there_often_is_stopped(service: SignInService) -> None:
    told = [Client().get(BACK).status_code for _time in range(31)]
    assert told == [403] * 30 + [429]


def test_rounds_that_nobody_came_back_from_are_forgotten(service: SignInService) -> None:
    answer_of(Client(), service)
    now = timezone.now()
    assert provider_rounds.forget_ended(now=now) == 0
    assert provider_rounds.forget_ended(now=now + timedelta(minutes=10)) == 1
