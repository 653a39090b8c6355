"""Anna is asked once more who she is before the log leaves: some minutes after her second factor was used."""

import zipfile
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, CDPSession, Page, expect

from tests.browser import Visitor, faults_of_access, sideways_scroll
from tests.furnishing import claim
from tests.program import Program
from tests.telephone import Telephone

pytestmark = [pytest.mark.browser, pytest.mark.process]
EXPORT = "/events/log/export/"
# All sessions are made older; nothing else knows by what a factor is judged.
_LATER = """
import os, time
os.environ["DJANGO_SETTINGS_MODULE"] = "tryggve.config.settings"
import django
django.setup()
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
for row in Session.objects.all():
    session = SessionStore(row.session_key)
    said = session.get("account_authentication_methods", [])
    session["account_authentication_methods"] = [one | {"at": one["at"] - 660} for one in said]
    session.save()
"""
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


def _is_sound(visitor: Visitor) -> bool:
    return (faults_of_access(visitor.page), sideways_scroll(visitor.page), visitor.complaints) == ([], 0, [])


def _set_up_passkey(page: Page, address: str) -> CDPSession:
    """Beside the telephone, which was used just now."""
    device = page.context.new_cdp_session(page)
    device.send("WebAuthn.enable")
    device.send("WebAuthn.addVirtualAuthenticator", {"options": _DEVICE})
    page.goto(f"{address}/sign-in/set-up/")
    page.fill("[name=name]", "Annas dator")
    page.click("main form[data-passkey=make] button")
    page.wait_for_url("**/company/sign-in/")
    return device


def _is_asked(visitor: Visitor) -> None:
    expect(visitor.page.locator("h1")).to_have_text("Show that it is you")
    expect(visitor.page.locator("main")).to_contain_text("show once more that it is you")
    assert _is_sound(visitor)


def _show_telephone(page: Page, telephone: Telephone) -> None:
    page.fill("[name=code]", telephone.code())
    page.click("main form:has([name=code]) button[type=submit]")


def _export(page: Page) -> set[str]:
    """What the file holds."""
    with page.expect_download() as coming:
        page.click("main form >> nth=0 >> button")
    with zipfile.ZipFile(coming.value.path()) as made:
        return {name for name in made.namelist() if not name.endswith("/")}


def test_anna_shows_again_who_she_is_before_the_log_is_exported(browser: Browser, started: Program) -> None:
    visitor = Visitor(browser, language="en")
    page, address = visitor.page, started.address
    telephone = claim(page, started.start())
    _set_up_passkey(page, address)

    # A while later, with a code; led back to what she had asked for.
    started.run_python(_LATER)
    page.goto(f"{address}{EXPORT}")
    _is_asked(visitor)
    page.fill("[name=code]", "000000")
    page.click("main form:has([name=code]) button[type=submit]")
    expect(page.locator("#id_code_error")).to_be_visible()
    _show_telephone(page, telephone)
    page.wait_for_url(f"**{EXPORT}")
    assert _export(page) >= {"key"}

    # Once more a while later, while the page stands open; with a passkey.
    started.run_python(_LATER)
    page.click("main form >> nth=0 >> button")
    _is_asked(visitor)
    page.click("main form[data-passkey=use] button")
    page.wait_for_url(f"**{EXPORT}")
    assert _export(page) >= {"key"}

    # Both times stand in the log.
    page.goto(f"{address}/events/log/")
    asked = page.locator("main", has_text="Somebody was asked to show again who it is")
    expect(asked).to_be_visible()
    expect(page.locator("main")).to_contain_text("The log was exported")
    visitor.close()
