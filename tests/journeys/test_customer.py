"""Cilla is asked by mail what she agrees to, changes her mind with one click, and comes to her own page."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.journeys.law import PAGES, Firm, text_of

pytestmark = [pytest.mark.browser, pytest.mark.process]

WORDS = "Anna får skriva till mig om nyheter i verkstaden."
CILLA = "cilla@example.se"


def test_customer_is_asked_changes_her_mind_and_reads_her_own_page(firm: Callable[[str], Firm]) -> None:
    here = firm("sv")
    anna = here.anna
    here.choose_purposes("coach")
    here.write_words("Nyhetsbrev", WORDS)
    card = anna.add(name="Cilla Åkerström", emails=CILLA)
    anna.open(f"{card}consents/")
    anna.look()
    anna.send("[action$='/ask/']")
    anna.look("asked")

    # The question in a mail; the answer, and the receipt.
    cilla = here.customer(CILLA)
    cilla.open(cilla.next_link("/consent/"))
    expect(cilla.page.locator("main")).to_contain_text(WORDS)
    cilla.page.check("main [value=yes]")
    cilla.press()
    anna.open(card)
    anna.look()
    expect(anna.page.locator("#card-consents + *, .panel:has(#card-consents) .label-good")).to_have_count(2)

    # One click in the receipt takes it back; opening the page alone does not.
    cilla.open(cilla.next_link("/consent/stop/"))
    anna.open(f"{card}consents/")
    expect(anna.page.locator("main .label-good")).to_have_count(1)
    cilla.press()
    anna.open(f"{card}consents/")
    expect(anna.page.locator("main .label-good")).to_have_count(0)
    anna.look("taken back")
    cilla.next_mail()

    # Her own page, in a browser that runs no scripts.
    plain = here.customer(CILLA, scripts=False)
    plain.skip(cilla)
    plain.come_in()
    expect(plain.page.locator("main")).to_contain_text(WORDS)

    # And on the telephone, where another browser asks for a code.
    plain.ask_for_link()
    cilla.skip(plain)
    cilla.open(cilla.next_link("/my/link/"))
    cilla.press()
    cilla.page.fill("main [name=code]", re.findall(r"\b\d{6}\b", text_of(cilla.next_mail()))[0])
    cilla.press("main form:has([name=code]) button.btn-primary")

    # She may read it in whichever language she likes.
    for language in ("sv", "da", "en"):
        cilla.speak(language)
        cilla.walk_through()
    assert cilla.page.locator("nav a[href^='/my/']").count() == len(PAGES)
    cilla.press("footer form[action$='/leave/'] button")
    expect(cilla.page.locator("[name=email]")).to_be_visible()
    assert (cilla.faults, anna.faults) == ({}, {})
