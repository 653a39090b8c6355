"""A sign-in service, or who stands between, that lies: nobody is signed in, and the log says why by a code."""

import base64
import json
import warnings
from collections.abc import Callable, Iterator
from datetime import timedelta
from http import HTTPStatus
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import jwt
import pytest
import time_machine
from allauth.socialaccount.models import SocialAccount
from cryptography.hazmat.primitives import serialization
from django.test import Client
from django.utils import timezone

from tests.sign_in_service import CLIENT_ID, CLIENT_SECRET, SignInService, public, small_key
from tryggve.accounts.models import User
from tryggve.audit.models import Entry
from tryggve.domains.access.tests import door, provider

pytestmark = pytest.mark.django_db


@pytest.fixture
def service(anna: User, as_anna: Client) -> Iterator[SignInService]:
    """Anna has linked her account there, and comes in with it."""
    with SignInService() as opened:
        provider.choose(opened)
        provider.round_of(as_anna, opened, provider.LINK)
        browser = Client()
        provider.round_of(browser, opened)
        assert door.is_signed_in(browser)
        yield opened


def _reason(answer: Any, browser: Client) -> str:
    """Why nobody was signed in."""
    assert (answer.status_code, door.is_signed_in(browser)) == (HTTPStatus.FORBIDDEN, False)
    return str(Entry.objects.filter(action="access.identity-refused").get().facts["reason"])


def _quietly_signed(service: SignInService, claims: dict[str, Any]) -> str:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the library warns of what is wrong on purpose
        return service.signed(claims)


def _public_as_secret(service: SignInService) -> str:
    """The published key as text, with which one who knows it could sign by HS256."""
    encoding, shape = serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
    return base64.b64encode(service.key.public_key().public_bytes(encoding, shape)).decode()


@pytest.mark.parametrize(
    ("claims", "reason"),
    [
        ({"nonce": "another"}, "nonce"),
        ({"nonce": None}, "nonce"),
        ({"nonce": ["another"]}, "nonce"),
        ({"aud": "another-client"}, "audience"),
        ({"aud": None}, "audience"),
        ({"aud": []}, "audience"),
        ({"aud": [CLIENT_ID, "another-client"]}, "audience"),
        ({"aud": [CLIENT_ID, "another-client"], "azp": "another-client"}, "audience"),
        ({"azp": "another-client"}, "audience"),
        ({"iss": "https://mallory.example.com"}, "issuer"),
        ({"iss": None}, "issuer"),
        ({"exp": 1_700_000_000}, "expired"),
        ({"exp": None}, "expired"),
        ({"exp": "never"}, "expired"),
        ({"exp": True}, "expired"),
        ({"iat": 4_000_000_000, "exp": 4_000_000_300}, "expired"),
        ({"iat": None}, "expired"),
        ({"sub": None}, "subject"),
        ({"sub": ""}, "subject"),
        ({"sub": 1}, "subject"),
        ({"sub": "x" * 192}, "subject"),
    ],
)
def test_token_that_says_something_else_is_refused(
    service: SignInService, as_mallory: Client, claims: dict[str, object], reason: str
) -> None:
    service.claims = claims
    assert _reason(provider.round_of(as_mallory, service), as_mallory) == reason


def test_token_made_for_several_and_for_us_is_taken(service: SignInService, as_mallory: Client) -> None:
    service.claims = {"aud": [CLIENT_ID, "another-client"], "azp": CLIENT_ID}
    provider.round_of(as_mallory, service)
    assert door.is_signed_in(as_mallory)


@pytest.mark.parametrize(
    ("sign", "reason"),
    [
        (lambda here, claims: here.signed(claims, key=here.other_key), "key"),
        (lambda here, claims: jwt.encode(claims, "", algorithm="none"), "algorithm"),
        (lambda here, claims: jwt.encode(claims, CLIENT_SECRET * 2, algorithm="HS256"), "algorithm"),
        (lambda here, claims: jwt.encode(claims, _public_as_secret(here), algorithm="HS256"), "algorithm"),
        (lambda here, claims: here.signed(claims, algorithm="PS256"), "key"),  # published for RS256
        (lambda here, claims: jwt.encode(claims, here.key, algorithm="RS256", headers={"kid": "x"}), "key"),
        (lambda here, claims: here.signed(claims).rpartition(".")[0] + ".", "key"),
        (lambda here, claims: f"{here.signed(claims)}x", "key"),
        (lambda here, claims: "no.token.here", "key"),
        (lambda here, claims: "", "key"),
        (lambda here, claims: {"not": "text"}, "not-readable"),
        (lambda here, claims: None, "not-readable"),
    ],
)
def test_token_that_this_service_did_not_sign_is_refused(
    service: SignInService,
    as_mallory: Client,
    sign: Callable[[SignInService, dict[str, Any]], Any],
    reason: str,
) -> None:
    service.sign = lambda claims: sign(service, claims)
    assert _reason(provider.round_of(as_mallory, service), as_mallory) == reason


def test_token_that_brings_its_own_key_is_refused(service: SignInService, as_mallory: Client) -> None:
    service.header = {"jwk": public(service.other_key), "jku": "https://mallory.example.com/keys"}
    service.sign = lambda claims: service.signed(claims, key=service.other_key)
    assert _reason(provider.round_of(as_mallory, service), as_mallory) == "key"


def test_token_with_demands_that_are_not_understood_is_refused(
    service: SignInService, as_mallory: Client
) -> None:
    service.header = {"crit": ["mallory"], "mallory": 1}
    assert _reason(provider.round_of(as_mallory, service), as_mallory) in {"algorithm", "key"}


@pytest.mark.parametrize(
    "keys",
    [
        lambda here: {"keys": []},
        lambda here: {"keys": [public(here.key, use="enc")]},
        lambda here: {"keys": [public(here.key, kty="EC")]},
        lambda here: {"keys": [public(here.key), public(here.other_key)]},  # two of the same name
        lambda here: {"keys": ["text", None, {"kty": "RSA"}]},
        lambda here: {"keys": [{"kty": "RSA", "kid": "first", "n": "AQAB", "e": "AQAB"}]},
    ],
)
def test_keys_that_don_t_fit_are_refused(
    service: SignInService, as_mallory: Client, keys: Callable[[SignInService], object]
) -> None:
    service.key_set = keys(service)
    assert _reason(provider.round_of(as_mallory, service), as_mallory) == "key"


def test_key_that_is_too_small_is_refused(service: SignInService, as_mallory: Client) -> None:
    service.key, service.sign = small_key(), lambda claims: _quietly_signed(service, claims)
    assert _reason(provider.round_of(as_mallory, service), as_mallory) == "key"


def _with(path: str, **other: str) -> str:
    """The address that the browser comes back to, with something in it changed; empty takes it away."""
    asked = {name: values[0] for name, values in parse_qs(urlsplit(path).query).items()} | other
    return f"{provider.BACK}?{urlencode({name: value for name, value in asked.items() if value})}"


def test_state_counts_once(service: SignInService, as_mallory: Client) -> None:
    back = provider.answer_of(as_mallory, service)
    as_mallory.get(back)
    as_mallory.post("/sign-out/")
    assert _reason(as_mallory.get(back), as_mallory) == "not-asked"


@pytest.mark.parametrize("state", ["", "x" * 16, "None"])
def test_state_that_was_never_given_out_is_refused(
    service: SignInService, as_mallory: Client, state: str
) -> None:
    back = _with(provider.answer_of(as_mallory, service), state=state)
    calls = len(service.calls)
    assert _reason(as_mallory.get(back), as_mallory) == "not-asked"
    assert len(service.calls) == calls  # nothing was asked for it


def test_answer_to_another_browsers_question_is_refused(service: SignInService, as_mallory: Client) -> None:
    """Mallory's own answer, sent to Anna as a link."""
    back, victim = provider.answer_of(as_mallory, service), Client()
    victim.post(provider.LEAVE)
    assert _reason(victim.get(back), victim) == "not-asked"


def test_code_of_another_round_is_refused(service: SignInService, as_mallory: Client) -> None:
    """A code that was stolen on its way is of no use without the verifier (PKCE)."""
    stolen = parse_qs(urlsplit(provider.answer_of(Client(), service)).query)["code"][0]
    back = _with(provider.answer_of(as_mallory, service), code=stolen)
    assert _reason(as_mallory.get(back), as_mallory) == "code"


def test_code_that_was_used_is_refused(service: SignInService, as_mallory: Client) -> None:
    spent = Client()
    used = provider.answer_of(spent, service)
    spent.get(used)
    code = parse_qs(urlsplit(used).query)["code"][0]
    back = _with(provider.answer_of(as_mallory, service), code=code)
    assert _reason(as_mallory.get(back), as_mallory) == "code"


@pytest.mark.parametrize("said", ["https://mallory.example.com", ""])
def test_answer_that_names_another_service_or_none_is_refused(
    service: SignInService, as_mallory: Client, said: str
) -> None:
    """Two services mixed up (RFC 9207): our code is shown to nobody."""
    back = _with(provider.answer_of(as_mallory, service), iss=said)
    assert _reason(as_mallory.get(back), as_mallory) == "issuer"
    assert service.calls.count("POST /token") == 2  # both by the fixture


def test_answer_may_leave_the_service_out_where_that_never_says_it(
    service: SignInService, as_mallory: Client
) -> None:
    service.published = {"authorization_response_iss_parameter_supported": False}
    as_mallory.get(_with(provider.answer_of(as_mallory, service), iss=""))
    assert door.is_signed_in(as_mallory)


@pytest.mark.parametrize(
    ("said", "reason"), [("access_denied", "cancelled"), ("server_error", "refused"), ("<b>", "refused")]
)
def test_refusal_over_there_is_told(
    service: SignInService, as_mallory: Client, said: str, reason: str
) -> None:
    back = _with(provider.answer_of(as_mallory, service), code="", error=said, error_description="Mallory!")
    answer = as_mallory.get(back)
    assert _reason(answer, as_mallory) == reason
    assert "Mallory!" not in answer.content.decode()


def test_answer_that_comes_too_late_is_refused(service: SignInService, as_mallory: Client) -> None:
    back = provider.answer_of(as_mallory, service)
    with time_machine.travel(timezone.now() + timedelta(minutes=11), tick=True):
        assert _reason(as_mallory.get(back), as_mallory) == "not-asked"


def test_service_that_changed_its_name_meanwhile_is_refused(
    service: SignInService, as_mallory: Client
) -> None:
    back = provider.answer_of(as_mallory, service)
    service.published = {"issuer": "https://mallory.example.com"}
    assert _reason(as_mallory.get(back), as_mallory) == "other-issuer"


def test_secret_goes_to_the_service_in_the_way_it_asks_for(
    service: SignInService, as_mallory: Client
) -> None:
    service.in_form = False
    provider.round_of(as_mallory, service)
    assert door.is_signed_in(as_mallory)


def test_wrong_secret_is_told(service: SignInService, as_mallory: Client) -> None:
    provider.choose(service, secret="another")
    answer = provider.round_of(as_mallory, service)
    assert _reason(answer, as_mallory) == "wrong-secret"
    assert "the secret has run out" in answer.content.decode()


def test_each_question_is_new(service: SignInService, as_mallory: Client) -> None:
    service.questions.clear()
    for _ in range(3):
        provider.answer_of(as_mallory, service)
    for name in ("state", "nonce", "code_challenge"):
        assert len({asked[name] for asked in service.questions}) == 3
    assert {asked["redirect_uri"] for asked in service.questions} == {
        "http://localhost:8000/sign-in/provider/return/"
    }


def test_host_that_the_request_names_is_not_where_the_answer_goes(service: SignInService) -> None:
    service.questions.clear()
    provider.answer_of(Client(HTTP_HOST="127.0.0.1", SERVER_PORT="9999"), service, scope="admin")
    (asked,) = service.questions
    assert (asked["redirect_uri"], asked["scope"]) == (
        "http://localhost:8000/sign-in/provider/return/",
        "openid email",
    )


def test_log_keeps_nothing_of_what_was_said(service: SignInService, as_mallory: Client) -> None:
    service.claims = {"nonce": "another"}
    provider.round_of(as_mallory, service)
    entry = Entry.objects.get(action="access.identity-refused")
    assert (entry.facts, entry.actor) == ({"reason": "nonce"}, "anonymous")
    assert json.dumps(entry.facts).count("anna") == 0
    assert SocialAccount.objects.count() == 1
