"""Signing in with the second factor: a code, a recovery code; twice, wrong, too often, locked."""

from datetime import timedelta
from http import HTTPStatus

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.sessions.models import Session
from django.test import Client

from tests import signing_in
from tests.cast import NOW
from tryggve.accounts.models import KnownNetwork, SignIn, User
from tryggve.domains.access.services import factors as services
from tryggve.domains.access.tests import door, factors

pytestmark = pytest.mark.django_db
FIREFOX = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:133.0) Gecko/20100101 Firefox/133.0"


@pytest.fixture
def secret(anna: User) -> str:
    """Of Anna's telephone."""
    return factors.telephone_of(anna)


def _step(browser: Client, code: str) -> bool:
    browser.post(factors.STEP, {"code": code})
    return door.is_signed_in(browser)


def test_password_leads_to_the_second_step_and_signs_nobody_in(secret: str, as_mallory: Client) -> None:
    assert door.sign_in(as_mallory)["Location"] == factors.STEP
    assert not door.is_signed_in(as_mallory)
    assert as_mallory.get("/customers/")["Location"].startswith("/sign-in/?")
    assert as_mallory.get(factors.SET_UP)["Location"].startswith("/sign-in/?")


def test_code_signs_in_and_opens_the_page_that_was_wanted(secret: str, as_mallory: Client) -> None:
    door.sign_in(as_mallory, next="/customers/?page=2")
    answer = as_mallory.post(factors.STEP, {"code": factors.code_now(secret)})
    assert answer["Location"] == "/customers/?page=2"
    assert as_mallory.get("/customers/").status_code == HTTPStatus.OK


def test_second_step_without_the_first_is_the_sign_in_page(secret: str, as_mallory: Client) -> None:
    for answer in (as_mallory.get(factors.STEP), as_mallory.post(factors.STEP, {"code": "000000"})):
        assert answer["Location"] == "/sign-in/"


def test_wrong_code_says_so_and_signs_nobody_in(secret: str, as_mallory: Client) -> None:
    door.sign_in(as_mallory)
    answer = as_mallory.post(factors.STEP, {"code": factors.code_now(secret, steps=5)})
    assert "This code isn&#x27;t right" in answer.content.decode()
    assert not door.is_signed_in(as_mallory)
    assert door.codes() == ["access.factor-failed"]


@pytest.mark.parametrize("typed", ["", "000000000000000000000", "12 34", "٠١٢٣٤٥", "\x00", "é" * 6])
def test_odd_codes_are_wrong_codes(secret: str, as_mallory: Client, typed: str) -> None:
    door.sign_in(as_mallory)
    assert as_mallory.post(factors.STEP, {"code": typed}).status_code == HTTPStatus.OK
    assert not door.is_signed_in(as_mallory)


@pytest.mark.parametrize(("steps", "is_in"), [(1, True), (-1, True), (3, False), (-3, False)])
def test_clock_of_the_telephone_may_go_wrong_by_half_a_minute(
    secret: str, as_mallory: Client, steps: int, is_in: bool
) -> None:
    with time_machine.travel(NOW, tick=False):
        door.sign_in(as_mallory)
        assert _step(as_mallory, factors.code_now(secret, steps=steps)) is is_in


@pytest.mark.parametrize("seconds", [0, 30, 59])
def test_code_that_was_used_signs_nobody_in_again(secret: str, seconds: int) -> None:
    """Mallory looked over Anna's shoulder and knows the password, too."""
    anna, mallory = Client(), Client()
    with time_machine.travel(NOW, tick=False) as clock:
        code = factors.code_now(secret, steps=1)
        for browser in (anna, mallory):
            door.sign_in(browser)
        assert _step(anna, code)
        clock.shift(seconds)
        assert not _step(mallory, code)


def test_code_typed_at_the_set_up_signs_nobody_in(anna: User) -> None:
    browser, mallory = Client(), Client()
    with time_machine.travel(NOW, tick=False):
        door.sign_in(browser)
        secret = factors.set_up_telephone(browser)
        door.sign_in(mallory)
        assert not _step(mallory, factors.code_now(secret))
        assert _step(mallory, factors.code_now(secret, steps=1))


def test_recovery_code_signs_in_once(secret: str, anna: User) -> None:
    code, *_others = services.make_recovery_codes(user=anna, at=NOW)
    first, second = Client(), Client()
    for browser in (first, second):
        door.sign_in(browser)
    assert _step(first, f"{code[:4]} {code[4:]}")
    assert not _step(second, code)
    used = next(entry for entry in door.entries() if entry.action == "access.recovery-code-used")
    assert (used.subject, used.facts) == (anna.pk, {"left": 9})


def test_older_recovery_codes_do_not_count(secret: str, anna: User, as_mallory: Client) -> None:
    old, *_others = services.make_recovery_codes(user=anna, at=NOW)
    services.make_recovery_codes(user=anna, at=NOW)
    door.sign_in(as_mallory)
    assert not _step(as_mallory, old)


def test_sign_in_is_known_by_method_browser_and_network(secret: str, anna: User) -> None:
    browser = Client(headers={"user-agent": FIREFOX})
    door.sign_in(browser)
    _step(browser, factors.code_now(secret))
    (row,) = SignIn.objects.select_related("device")
    assert (row.method, row.device.browser) == ("password-totp", "Firefox, Windows")
    assert KnownNetwork.objects.filter(user=anna).count() == 1
    signed_in = door.entries()[-1]
    assert (signed_in.action, signed_in.facts) == ("access.signed-in", {"method": "password-totp"})


def test_password_alone_makes_no_network_known(anna: User, as_mallory: Client) -> None:
    door.sign_in(as_mallory)
    assert SignIn.objects.get().method == "password"
    assert KnownNetwork.objects.count() == 0


def test_second_step_is_open_for_a_quarter_of_an_hour(secret: str, as_mallory: Client) -> None:
    with time_machine.travel(NOW, tick=False) as clock:
        door.sign_in(as_mallory)
        clock.shift(timedelta(minutes=16))
        assert not _step(as_mallory, factors.code_now(secret))


def test_account_closed_between_the_steps_is_not_signed_in(
    secret: str, anna: User, as_mallory: Client
) -> None:
    door.sign_in(as_mallory)
    User.objects.filter(pk=anna.pk).update(is_active=False)
    as_mallory.post(factors.STEP, {"code": factors.code_now(secret)})
    assert as_mallory.get("/customers/").status_code == HTTPStatus.FOUND


def test_way_back_from_the_second_step_begins_anew(secret: str, as_mallory: Client) -> None:
    door.sign_in(as_mallory)
    as_mallory.post("/sign-out/")
    assert as_mallory.get("/sign-in/").status_code == HTTPStatus.OK
    assert as_mallory.get(factors.STEP)["Location"] == "/sign-in/"


def test_planted_session_sees_neither_the_second_step_nor_what_follows(secret: str) -> None:
    """Mallory plants a session in Anna's browser and waits with a copy of it."""
    anna, mallory = Client(), Client()
    planted = mallory.session
    planted["planted"] = True
    planted.save()
    key = str(planted.session_key)
    mallory.cookies[settings.SESSION_COOKIE_NAME] = key
    anna.cookies[settings.SESSION_COOKIE_NAME] = key
    door.sign_in(anna)
    assert mallory.get(factors.STEP)["Location"] == "/sign-in/"
    between = anna.session.session_key
    _step(anna, factors.code_now(secret))
    assert len({key, between, anna.session.session_key}) == 3
    assert set(Session.objects.values_list("pk", flat=True)) == {anna.session.session_key}
    assert not door.is_signed_in(mallory)


def test_session_holds_ids_and_codes_only_at_every_stage(anna: User) -> None:
    browser, kept = Client(SERVER_NAME="localhost"), []

    def look() -> None:
        kept.append(str(dict(browser.session.items())))

    door.sign_in(browser)
    look()
    secret = factors.set_up_telephone(browser)
    look()
    codes = factors.recovery_codes(browser)
    look()
    factors.keep_codes(browser)
    look()
    browser.post("/sign-out/")
    door.sign_in(browser)
    look()
    _step(browser, codes[0])
    look()
    browser.post(factors.CONFIRM, {"code": codes[1]})
    look()
    words = [anna.email, "anna", "Ek", secret, *codes, *(code.replace(" ", "") for code in codes)]
    assert len(kept) == 7
    assert [word for word in words for session in kept if word in session] == []


def test_secret_on_offer_lies_sealed_in_the_session_and_stays_the_same(anna: User) -> None:
    browser = signing_in.browser_of(anna, with_factor=False)
    secret = factors.offered_secret(browser)
    assert factors.offered_secret(browser) == secret
    row = Session.objects.get(pk=browser.session.session_key)
    assert secret not in str(row.get_decoded())
    assert any("access.new-secret" in key for key in row.get_decoded())


def test_database_holds_neither_secret_nor_seed_in_clear(anna: User) -> None:
    browser = signing_in.browser_of(anna, with_factor=False)
    secret = factors.set_up_telephone(browser)
    codes = factors.recovery_codes(browser)
    kept = str(list(Authenticator.objects.values_list("data", flat=True)))
    assert "secret" in kept
    assert "seed" in kept
    assert [word for word in (secret, *codes) if word in kept] == []


def test_other_persons_code_is_no_code(secret: str, bo: User, as_mallory: Client) -> None:
    factors.telephone_of(bo)
    door.sign_in(as_mallory, bo.email)
    assert not _step(as_mallory, factors.code_now(secret))
