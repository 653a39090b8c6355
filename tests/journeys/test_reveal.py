"""Anna keeps a customer's identity number and sees it again, for a reason; Bo learns nothing of it."""

import re
import subprocess
import sys
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests import colleagues, furnishing
from tests.browser import Visitor, faults_of_access, sideways_scroll
from tests.program import Program

pytestmark = [pytest.mark.browser, pytest.mark.process]

NUMBER = "19640823-3234"
_DEVICE = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}
# Run beside the program, as who runs it: nobody waits ten minutes in a test.
_AGE_FACTORS = """
import django
django.setup()
from django.contrib.sessions.models import Session
from django.contrib.sessions.backends.db import SessionStore
for key in Session.objects.values_list("session_key", flat=True):
    session = SessionStore(key)
    for record in session.get("account_authentication_methods", []):
        record["at"] -= 11 * 60
    session.modified = True
    session.save()
"""


@pytest.fixture
def started() -> Iterator[Program]:
    program = Program(language="sv")
    yield program
    program.clear()


def _is_sound(visitor: Visitor) -> bool:
    return (faults_of_access(visitor.page), sideways_scroll(visitor.page), visitor.complaints) == ([], 0, [])


def _eleven_minutes_pass(program: Program) -> None:
    command = program.child(sys.executable, "-c", _AGE_FACTORS)
    folders = {"TRYGGVE_DATA": str(program.data), "TRYGGVE_CONFIG": str(program.config)}
    settings = {"DJANGO_SETTINGS_MODULE": "tryggve.config.settings"}
    subprocess.run(command, env=program._environment() | folders | settings, check=True, timeout=60)


def _add_customer(page: Page, address: str, name: str) -> str:
    page.goto(f"{address}/customers/add/")
    page.fill("[name=name]", name)
    page.click("main form button.btn-primary")
    page.wait_for_url(re.compile(r"/customers/[0-9a-f-]{36}/$"))
    return page.url


def _give_number(page: Page, typed: str) -> None:
    page.click("main a[href$='/sensitive/change/']")
    page.fill("[name=numbers]", typed)
    page.click("main form:has([name=numbers]) button[type=submit]")


def test_anna_gives_a_reason_and_sees_the_number_and_bo_learns_nothing(
    browser: Browser, started: Program
) -> None:
    anna, bo = Visitor(browser, language="sv"), Visitor(browser, language="sv", width=390)
    page, address = anna.page, started.address
    telephone = furnishing.claim(page, started.start())
    cilla = _add_customer(page, address, "Cilla Åkerström")

    # A slip is told, and what was typed is still there.
    _give_number(page, "640823-3235")
    expect(page.locator("[name=numbers]")).to_have_value("640823-3235")
    expect(page.locator("main .field-error")).to_be_visible()
    assert _is_sound(anna)
    page.fill("[name=numbers]", "640823-3234")
    page.click("main form:has([name=numbers]) button[type=submit]")
    page.wait_for_url(cilla)
    expect(page.locator("main")).not_to_contain_text("3234")
    assert _is_sound(anna)

    _bo_joins_and_sees_the_card_alone(page, bo.page, address, cilla)

    # Eleven minutes later Anna is asked again who she is, then for a reason.
    _eleven_minutes_pass(started)
    page.goto(cilla)
    page.click("main a[href$='/sensitive/']")
    page.wait_for_url("**/sign-in/confirm/**")
    furnishing.show_again_if_asked(page, telephone)
    page.wait_for_url(f"{cilla}sensitive/")
    assert NUMBER not in page.content()
    assert _is_sound(anna)
    page.fill("[name=reason]", "Hon frågade vad vi har")
    page.click("main form:has([name=reason]) button[type=submit]")
    expect(page.locator("main dd.number")).to_have_text(NUMBER)
    assert page.url == f"{cilla}sensitive/"
    assert _is_sound(anna)

    # Another look wants a reason of its own.
    furnishing.open_page(page, f"{cilla}sensitive/", telephone)
    expect(page.locator("[name=reason]")).to_have_value("")
    assert NUMBER not in page.content()

    # By its number she is found; nothing of it stands in an address.
    page.goto(f"{address}/customers/")
    page.locator("#search-text").press_sequentially("640823-3234")
    expect(page.locator("#search-results")).to_contain_text("Cilla Åkerström")
    assert page.url == f"{address}/customers/"
    bo.page.goto(f"{address}/customers/")
    with bo.page.expect_response("**/customers/search/"):
        bo.page.locator("#search-text").press_sequentially("640823-3234")
    expect(bo.page.locator("#search-results [role=status]")).to_be_visible()
    expect(bo.page.locator("#search-results")).not_to_contain_text("Cilla Åkerström")
    anna.close()
    bo.close()


def _bo_joins_and_sees_the_card_alone(annas: Page, bos: Page, address: str, cilla: str) -> None:
    link = colleagues.invite(annas, address, name="Bo Dahl", email="bo@example.se")
    colleagues.join(bos, address, link)
    furnishing.set_up_telephone(bos)
    bos.goto(cilla)
    expect(bos.locator("main")).to_contain_text("Cilla Åkerström")
    assert bos.locator("main a[href*='/sensitive/']").count() == 0
    refused = bos.goto(f"{cilla}sensitive/")
    assert refused is not None
    assert refused.status == 403
    assert NUMBER not in bos.content()


def test_passkey_is_enough_when_she_is_asked_again(browser: Browser, started: Program) -> None:
    anna = Visitor(browser, language="sv", width=390)
    page = anna.page
    furnishing.claim(page, started.start())
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    session.send("WebAuthn.addVirtualAuthenticator", {"options": _DEVICE})
    page.goto(f"{started.address}/sign-in/set-up/")
    page.fill("[name=name]", "Annas dator")
    page.click("main form[data-passkey=make] button")
    page.wait_for_url("**/company/sign-in/")
    cilla = _add_customer(page, started.address, "Cilla Åkerström")
    _give_number(page, "640823-3234")
    page.wait_for_url(cilla)

    _eleven_minutes_pass(started)
    page.goto(f"{cilla}sensitive/")
    page.click("main form[data-passkey=use] button")
    page.wait_for_url(f"{cilla}sensitive/")
    page.fill("[name=reason]", "Faktura med avdrag")
    page.click("main form:has([name=reason]) button[type=submit]")
    expect(page.locator("main dd.number")).to_have_text(NUMBER)
    assert _is_sound(anna)
    anna.close()
