"""Anna's first day with the law: what she uses data for, her record, her notice, and forms for paper and the web."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.desk import Desk
from tests.journeys.law import Customer, Firm
from tests.paper import lines_of

pytestmark = [pytest.mark.browser, pytest.mark.process]

WORDS = "Anna may write to me about news from the workshop."
WEBSITE = "http://annas.example/"
STRANGER = "stina@example.se"


def _downloaded(page: Page, link: str) -> bytes:
    with page.expect_download() as coming:
        page.click(f"main {link} >> nth=0")
    return Path(coming.value.path()).read_bytes()


def _text(pdf: bytes) -> str:
    return " ".join(lines_of(pdf))


def _choose_purposes(anna: Desk) -> None:
    """In two minutes, by the sort of company."""
    anna.open("/customers/purposes/")
    anna.look("none")
    anna.open("/customers/purposes/start/")
    anna.look()
    anna.page.check("main [name=kind][value=coach]")
    anna.send(":has([name=kind])")
    anna.look("chosen")
    anna.send(":has([name=purposes])")
    anna.look("taken over")
    anna.follow("[href*='/customers/purposes/']:has-text('Newsletter')")
    anna.look("one")
    anna.open(f"{anna.path}end/")
    anna.look()
    anna.open("/customers/purposes/add/")
    anna.look()


def _write_the_papers(anna: Desk) -> None:
    """The record, and the notice in two languages."""
    anna.open("/company/record/")
    anna.look("something missing")
    anna.open("/company/record/details/")
    anna.page.fill("main [name=email]", "hej@annas.example")
    anna.look()
    anna.send(":has([name=email])")
    anna.open("/company/record/")
    anna.look("complete")
    assert anna.page.locator("main h3").count() > 1
    assert "Newsletter" in _text(_downloaded(anna.page, "a[href*='/record/pdf/']"))
    anna.open("/company/notice/")
    anna.look("ready")
    for language in ("sv", "da"):
        anna.open(f"/company/notice/{language}/")
        anna.look("ready")
        anna.send("[action$='/publish/']")
        anna.look("published")
    assert "Nyhedsbrev" in _text(_downloaded(anna.page, "a[href$='/pdf/']"))
    anna.open("/company/notice/da/1/")
    anna.look()


def _sends_from_the_website(stranger: Customer, form: str, **answers: str) -> None:
    """The form lies on Anna's own website, and the browser runs no scripts."""
    stranger.page.unroute_all()
    whole = f"<!doctype html><html lang=en><title>Annas</title><body>{form}</body></html>"
    stranger.page.route(WEBSITE, lambda route: route.fulfill(body=whole, content_type="text/html"))
    stranger.page.goto(WEBSITE)
    for name, answer in answers.items():
        stranger.page.fill(f"[name={name}]", answer)
    for box in stranger.page.locator("[type=checkbox]").all():
        box.check()
    stranger.press("form button")


def test_owner_is_right_with_the_law_on_the_first_day(firm: Callable[[str], Firm]) -> None:
    here = firm("en")
    anna = here.anna
    _choose_purposes(anna)
    _write_the_papers(anna)

    # A stranger reads it, in the language of the browser or another.
    for language, told in (("sv", "Nyhetsbrev"), ("da", "Nyhedsbrev")):
        reader = here.customer(STRANGER, language=language)
        reader.open("/notice/")
        expect(reader.page.locator("main")).to_contain_text(told)
        reader.open(f"/notice/{'da' if language == 'sv' else 'sv'}/")
        assert reader.faults == {}
    reader = here.customer(STRANGER)
    reader.open("/notice/en/")
    assert reader.faults == {}

    # Words for a yes; the same on paper and on the web.
    here.write_words("Newsletter", WORDS)
    assert WORDS in _text(_downloaded(anna.page, "a:has-text('Form to print')"))
    card = anna.add(name="Cilla Åkerström", emails="cilla@example.se")
    anna.open("/company/consents/")
    anna.follow("[href$='/website/']")
    anna.look("form")
    customers_form = anna.page.locator("main textarea").first.input_value()
    anna.open("/company/consents/sign-up/")
    anna.look()
    strangers_form = anna.page.locator("main textarea").first.input_value()

    # Cilla says yes there, and Stina, whom nobody knew, becomes a customer by it.
    cilla = here.customer("cilla@example.se", scripts=False)
    _sends_from_the_website(cilla, customers_form, email=cilla.email)
    seeing = here.customer(cilla.email)
    seeing.open("/consent/form/newsletter/")
    seeing.open(seeing.next_link("/consent/"))
    seeing.page.check("main [value=yes]")
    seeing.press()
    assert seeing.faults == {}
    anna.open(f"{card}consents/")
    expect(anna.page.locator("main .label-good")).to_have_count(1)
    stina = here.customer(STRANGER, scripts=False)
    _sends_from_the_website(stina, strangers_form, name="Stina Ek", email=STRANGER)
    seeing = here.customer(STRANGER)
    seeing.open("/consent/sign-up/")
    seeing.open("/consent/sign-up/sent/")
    seeing.open(seeing.next_link("/consent/sign-up/"))
    expect(seeing.page.locator("main")).to_contain_text(WORDS)
    seeing.press()
    anna.card_of("Stina")
    assert (seeing.faults, anna.faults) == ({}, {})
