"""A passkey in a real browser: set up, used alone, as the second step and once more; the other ways beside it."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, CDPSession, Page, expect

from tests.browser import Visitor, faults_of_access, sideways_scroll
from tests.cast import PASSWORD
from tests.furnishing import begin
from tests.program import Program
from tests.telephone import Telephone

pytestmark = [pytest.mark.browser, pytest.mark.process]
_DEVICE = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@pytest.fixture
def started() -> Iterator[Program]:
    program = Program(language="en")
    yield program
    program.clear()


def _with_device(page: Page) -> CDPSession:
    """Chromium's own device for passkeys, opened by finger at once."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    session.send("WebAuthn.addVirtualAuthenticator", {"options": _DEVICE})
    return session


def _finger(session: CDPSession, device: str, *, fits: bool) -> None:
    session.send("WebAuthn.setUserVerified", {"authenticatorId": device, "isUserVerified": fits})


def _is_sound(visitor: Visitor) -> bool:
    return (faults_of_access(visitor.page), sideways_scroll(visitor.page), visitor.complaints) == ([], 0, [])


def _set_up_passkey(page: Page, name: str) -> None:
    page.fill("[name=name]", name)
    page.click("main form[data-passkey=make] button")


def _keep_codes(page: Page) -> list[str]:
    page.wait_for_url("**/recovery-codes/")
    page.click("main form[action$='/recovery-codes/'] button")
    kept = page.locator("main button[name=kept]")
    kept.wait_for()  # it stands below the codes
    codes = page.locator("main li.number").all_inner_texts()
    kept.click()
    page.wait_for_url(re.compile(r"/(welcome|today|company)/"))
    return codes


def _sign_out(page: Page, address: str) -> None:
    page.goto(f"{address}/sign-out/")
    page.click("main form[action='/sign-out/'] button")
    page.wait_for_url("**/sign-in/")


def _sign_in(page: Page, address: str) -> None:
    """The first step."""
    page.goto(f"{address}/sign-in/")
    page.fill("[name=login]", "anna@example.se")
    page.fill("[name=password]", PASSWORD)
    page.click("main form:has([name=password]) button[type=submit]")


def test_anna_signs_in_with_a_passkey_and_with_all_that_she_has_beside_it(
    browser: Browser, started: Program
) -> None:
    visitor = Visitor(browser, language="en")
    page = visitor.page
    _with_device(page)

    # The first factor is a passkey; the codes come with it.
    begin(page, started.start())
    page.goto(f"{started.address}/sign-in/set-up/")
    assert _is_sound(visitor)
    _set_up_passkey(page, "Annas dator")
    codes = _keep_codes(page)
    assert len(set(codes)) == 10

    # Alone it signs in.
    _sign_out(page, started.address)
    assert _is_sound(visitor)
    page.click("main form[data-passkey=use] button")
    page.wait_for_url(re.compile(r"/(welcome|today)/"))

    # A telephone beside it.
    page.goto(f"{started.address}/company/sign-in/")
    expect(page.locator("main")).to_contain_text("Annas dator")
    page.click("main a[href='/sign-in/set-up/']")
    telephone = Telephone(page.locator("main li .number").inner_text())
    page.fill("[name=code]", telephone.code())
    page.click("main form:has([name=code]) button[type=submit]")
    page.wait_for_url("**/company/sign-in/")
    expect(page.locator("main")).to_contain_text("Codes from a telephone")
    assert _is_sound(visitor)

    # The password, then the passkey.
    _sign_out(page, started.address)
    _sign_in(page, started.address)
    page.wait_for_url("**/second-step/")
    assert _is_sound(visitor)
    page.click("main form[data-passkey=use] button")
    page.wait_for_url(re.compile(r"/(welcome|today)/"))

    # In another browser, which has no passkey: a recovery code, once.
    other = Visitor(browser, language="en")
    _sign_in(other.page, started.address)
    other.page.fill("[name=code]", codes[0])
    other.page.click("main form:has([name=code]) button[type=submit]")
    other.page.wait_for_url(re.compile(r"/(welcome|today)/"))
    other.page.goto(f"{started.address}/company/sign-in/")
    expect(other.page.locator("main")).to_contain_text("9 are left.")

    # That session is ended from the first browser.
    page.goto(f"{started.address}/company/sign-in/")
    page.click("main form:has([name=session]) button >> nth=0")
    page.wait_for_load_state()
    other.page.goto(f"{started.address}/customers/")
    expect(other.page).to_have_url(re.compile(r"/sign-in/\?next="))
    assert visitor.complaints == []


def test_finger_that_does_not_fit_is_told_in_words(browser: Browser, started: Program) -> None:
    visitor = Visitor(browser, language="en")
    page = visitor.page
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    made = session.send("WebAuthn.addVirtualAuthenticator", {"options": {**_DEVICE, "isUserVerified": False}})
    begin(page, started.start())
    page.goto(f"{started.address}/sign-in/set-up/")

    _set_up_passkey(page, "Annas dator")
    expect(page.locator("[data-passkey-failed]")).to_be_visible()
    assert "/sign-in/set-up/" in page.url

    _finger(session, made["authenticatorId"], fits=True)
    _set_up_passkey(page, "Annas dator")
    page.wait_for_url("**/recovery-codes/")
    assert faults_of_access(page) == []
