"""Passkeys: made, used beside the password and alone; and every way in which one is not accepted."""

import json
from http import HTTPStatus
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from tests import authenticator, signing_in
from tests.authenticator import Device
from tryggve.accounts.models import SignIn, User
from tryggve.domains.access.tests import door, factors

pytestmark = pytest.mark.django_db
ALONE = "/sign-in/passkey/"
OPTIONS, MAKE = f"{factors.SET_UP}passkey/options/", f"{factors.SET_UP}passkey/"


@pytest.fixture
def setting_up(anna: User) -> Client:
    """Anna's browser on the computer itself, with the password alone."""
    return _here(signing_in.browser_of(anna, with_factor=False))


@pytest.fixture
def device(setting_up: Client) -> Device:
    """Anna's, set up with the page."""
    made = factors.passkey_of(setting_up)
    factors.recovery_codes(setting_up)
    factors.keep_codes(setting_up)
    return made


def _here(browser: Client) -> Client:
    browser.defaults["SERVER_NAME"] = "localhost"
    return browser


def _stranger() -> Client:
    return Client(SERVER_NAME="localhost")


def _made(browser: Client, credential: object, name: str = "Telephone") -> bool:
    browser.post(MAKE, {"name": name, "credential": json.dumps(credential)})
    return bool(Authenticator.objects.filter(type="webauthn").exists())


def test_passkey_alone_signs_in(device: Device, anna: User) -> None:
    browser = _stranger()
    answer = browser.post(ALONE, {"credential": factors.answer_of(browser, device), "next": "/customers/"})
    assert answer["Location"] == "/customers/"
    assert browser.get("/customers/").status_code == HTTPStatus.OK
    assert SignIn.objects.order_by("started_at").last().method == "passkey"  # type: ignore[union-attr]
    assert door.entries()[-2].facts == {"method": "passkey"}


def test_passkey_is_the_second_step_after_a_password(device: Device) -> None:
    browser = _stranger()
    door.sign_in(browser)
    browser.post(factors.STEP, {"credential": factors.answer_of(browser, device)})
    assert SignIn.objects.order_by("started_at").last().method == "password-passkey"  # type: ignore[union-attr]
    assert browser.get("/customers/").status_code == HTTPStatus.OK


def test_passkey_leads_nowhere_but_to_our_own_pages(device: Device) -> None:
    browser = _stranger()
    answer = browser.post(
        ALONE, {"credential": factors.answer_of(browser, device), "next": "//evil.example/"}
    )
    assert answer["Location"] == "/"


@pytest.mark.parametrize(
    "origin",
    [
        "https://evil.example",
        "http://localhost:8001",  # another program on this computer
        "https://localhost",
        "http://localhost.evil.example",
        "null",
        "",
    ],
)
def test_passkey_from_another_origin_is_refused(device: Device, origin: str) -> None:
    """Signed by the right key for the right question, on another's page."""
    browser = _stranger()
    answer = browser.post(
        ALONE, {"credential": factors.answer_of(browser, device, origin=origin)}, follow=True
    )
    assert not door.is_signed_in(browser)
    assert "The passkey was not accepted." in answer.content.decode()


def test_changed_origin_breaks_the_signature(device: Device) -> None:
    browser = _stranger()
    elsewhere = json.loads(factors.answer_of(browser, device, origin="https://evil.example"))
    forged = authenticator.tampered(elsewhere, origin=authenticator.HERE)
    browser.post(ALONE, {"credential": json.dumps(forged)})
    assert not door.is_signed_in(browser)


@pytest.mark.parametrize(
    "said", [{"type": "webauthn.create"}, {"challenge": "AAAA"}, {"origin": 7}, {"x": 1}]
)
def test_changed_words_of_the_browser_are_refused(device: Device, said: dict[str, object]) -> None:
    browser = _stranger()
    changed = authenticator.tampered(json.loads(factors.answer_of(browser, device)), **said)
    browser.post(ALONE, {"credential": json.dumps(changed)})
    assert not door.is_signed_in(browser)


def test_answer_counts_once(device: Device) -> None:
    browser = _stranger()
    answer = factors.answer_of(browser, device)
    browser.post(ALONE, {"credential": answer})
    browser.post("/sign-out/")
    browser.post(ALONE, {"credential": answer})
    assert not door.is_signed_in(browser)


def test_answer_to_another_browsers_question_is_refused(device: Device) -> None:
    asked, other = _stranger(), _stranger()
    answer = factors.answer_of(asked, device)
    factors.answer_of(other, device)
    other.post(ALONE, {"credential": answer})
    assert not door.is_signed_in(other)


def test_passkey_without_finger_face_or_pin_is_refused(device: Device) -> None:
    browser = _stranger()
    browser.post(ALONE, {"credential": factors.answer_of(browser, device, is_verified=False)})
    assert not door.is_signed_in(browser)


def test_passkey_of_another_person_is_no_second_step(device: Device, bo: User) -> None:
    """Also when the device says that it is Bo's."""
    factors.telephone_of(bo)
    browser = _stranger()
    door.sign_in(browser, bo.email)
    device.user_handle = None
    browser.post(factors.STEP, {"credential": factors.answer_of(browser, device)})
    assert not door.is_signed_in(browser)


def test_passkey_that_names_another_person_signs_nobody_in(device: Device, bo: User) -> None:
    from fido2.utils import websafe_encode  # noqa: PLC0415 - its stubs are slow to load

    browser = _stranger()
    for handle in (bo.pk.hex, "0" * 32, "x", ""):
        device.user_handle = websafe_encode(handle.encode())
        browser.post(ALONE, {"credential": factors.answer_of(browser, device)})
        assert not door.is_signed_in(browser)


def test_passkey_of_a_closed_account_signs_nobody_in(device: Device, anna: User) -> None:
    User.objects.filter(pk=anna.pk).update(is_active=False)
    browser = _stranger()
    browser.post(ALONE, {"credential": factors.answer_of(browser, device)})
    assert not door.is_signed_in(browser)


def test_new_passkey_from_another_origin_is_refused(setting_up: Client) -> None:
    for origin in ("https://evil.example", "http://localhost:8001"):
        question = setting_up.post(OPTIONS).json()
        assert not _made(setting_up, Device().make(question, origin=origin))
    assert _made(setting_up, Device().make(setting_up.post(OPTIONS).json()))


def test_new_passkey_without_finger_face_or_pin_is_refused(setting_up: Client) -> None:
    question = setting_up.post(OPTIONS).json()
    assert not _made(setting_up, Device().make(question, is_verified=False))


def test_new_passkey_to_another_question_is_refused(setting_up: Client) -> None:
    old = setting_up.post(OPTIONS).json()
    setting_up.post(OPTIONS)
    assert not _made(setting_up, Device().make(old))


def test_new_passkey_needs_a_name(setting_up: Client) -> None:
    assert not _made(setting_up, Device().make(setting_up.post(OPTIONS).json()), name="")


def test_questions_ask_for_a_passkey_that_stands_alone(setting_up: Client) -> None:
    asked = setting_up.post(OPTIONS).json()["publicKey"]
    assert asked["authenticatorSelection"]["residentKey"] == "required"
    assert asked["authenticatorSelection"]["userVerification"] == "required"
    assert asked["rp"] == {"id": "localhost", "name": "Tryggve"}
    assert _stranger().post(f"{ALONE}question/").json()["publicKey"]["userVerification"] == "required"


def test_question_to_strangers_names_nobodys_passkeys(device: Device) -> None:
    assert _stranger().post(f"{ALONE}question/").json()["publicKey"]["allowCredentials"] == []


@pytest.mark.parametrize("host", ["127.0.0.1", "[::1]"])
def test_by_number_there_is_no_passkey_and_the_page_says_why(anna: User, host: str) -> None:
    browser = signing_in.browser_of(anna, with_factor=False)
    page = browser.get(factors.SET_UP, headers={"host": host}).content.decode()
    assert "Passkeys don't work here" in page
    assert "Make a passkey" not in page
    assert browser.post(OPTIONS, headers={"host": host}).status_code == HTTPStatus.CONFLICT
    assert _stranger().post(f"{ALONE}question/", headers={"host": host}).status_code == 429
    assert "passkey" not in _stranger().get("/sign-in/", headers={"host": host}).content.decode()


def test_by_name_the_page_offers_passkeys(setting_up: Client) -> None:
    assert "Make a passkey" in setting_up.get(factors.SET_UP).content.decode()
    assert "Sign in with a passkey" in _stranger().get("/sign-in/").content.decode()


def test_questions_from_one_place_are_limited(firm: object) -> None:
    """Each makes a session."""
    said = [_stranger().post(f"{ALONE}question/").status_code for _time in range(31)]
    assert said == [HTTPStatus.OK] * 30 + [HTTPStatus.TOO_MANY_REQUESTS]


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)
_ANSWER = st.fixed_dictionaries(
    {},
    optional={
        "id": _JSON,
        "rawId": _JSON,
        "type": _JSON,
        "clientExtensionResults": _JSON,
        "response": st.fixed_dictionaries(
            {},
            optional={
                name: _JSON | st.binary(max_size=60).map(lambda raw: raw.hex())
                for name in (
                    "clientDataJSON",
                    "attestationObject",
                    "authenticatorData",
                    "signature",
                    "userHandle",
                )
            },
        )
        | _JSON,
    },
)


@hypothesis_settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60, deadline=None
)
@given(answer=_JSON | _ANSWER)
def test_nonsense_is_refused_in_words(setting_up: Client, answer: Any) -> None:
    setting_up.post(OPTIONS)
    made = setting_up.post(MAKE, {"name": "x", "credential": json.dumps(answer)})
    assert made.status_code == HTTPStatus.OK
    stranger = _stranger()
    said = stranger.post(ALONE, {"credential": json.dumps(answer)})
    assert (said.status_code, door.is_signed_in(stranger)) == (HTTPStatus.FOUND, False)


@pytest.mark.parametrize("raw", ["", "{", "[" * 200_000, "\x00", '"' + "x" * 100_000 + '"', "1e999", "NaN"])
def test_what_is_no_json_is_refused_in_words(setting_up: Client, raw: str) -> None:
    setting_up.post(OPTIONS)
    assert setting_up.post(MAKE, {"name": "x", "credential": raw}).status_code == HTTPStatus.OK
    assert _stranger().post(ALONE, {"credential": raw})["Location"] == "/sign-in/"


@pytest.mark.parametrize("part", ["clientDataJSON", "attestationObject"])
def test_new_passkey_with_a_flipped_sign_anywhere_never_breaks_the_page(
    setting_up: Client, part: str
) -> None:
    whole = Device().make(setting_up.post(OPTIONS).json())
    text: str = whole["response"][part]
    for place in range(0, len(text), 7):
        flipped = text[:place] + ("A" if text[place] != "A" else "B") + text[place + 1 :]
        setting_up.post(OPTIONS)
        answer = {**whole, "response": {**whole["response"], part: flipped}}
        said = setting_up.post(MAKE, {"name": "x", "credential": json.dumps(answer)})
        assert said.status_code == HTTPStatus.OK
