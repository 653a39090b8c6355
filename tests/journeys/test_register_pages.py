"""Pages of the register that only work leads to, looked at on a telephone and at a desk."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from tests.journeys.desk import Desk
from tests.program import Program

pytestmark = [pytest.mark.browser, pytest.mark.process]
NUMBER = "19640823-3234"


@pytest.fixture
def started() -> Iterator[Program]:
    program = Program(language="sv")
    yield program
    program.clear()


def _look_at(desk: Desk, path: str) -> None:
    answer = desk.open(path)
    assert (path, answer and answer.status) == (path, 200)
    desk.look()


def _write_note(desk: Desk, card: str) -> None:
    desk.open(card)
    desk.page.fill("main [name=text]", "Vill ha offert på altanen.")
    desk.send("[action$='/notes/add/']", "button")
    _look_at(desk, f"{card}notes/")
    expect(desk.page.locator("main .note-text")).to_have_count(1)
    desk.follow("[href$='/delete/']")
    desk.look()


def _relate(desk: Desk, card: str) -> None:
    desk.open(f"{card}relate/")
    desk.page.select_option("main [name=kind]", "FAMILY")
    desk.page.fill("main [name=text]", "dan")
    desk.send(":has([name=text])")
    desk.send("[action$='/relations/add/']", "button")
    desk.look()
    desk.follow("[href$='/remove/']")
    desk.look()


def _save_a_view(desk: Desk) -> None:
    desk.open("/customers/?lacking=phone")
    desk.page.locator("details:has([action$='/views/']) summary").first.click()
    desk.page.fill("main [name=name]", "Ring inte")
    desk.send("[action$='/views/']")
    _look_at(desk, "/customers/views/")
    expect(desk.page.locator("main h2")).to_have_text("Ring inte")


def _open_what_is_sensitive(desk: Desk, card: str) -> None:
    desk.open(f"{card}sensitive/change/")
    desk.page.fill("main [name=numbers]", NUMBER)
    desk.send(":has([name=numbers])")
    desk.open(f"{card}sensitive/change/")
    desk.page.fill("main [name=reason]", "Faktura med avdrag")
    desk.send(":has([name=reason])")
    expect(desk.page.locator("main [name=numbers]")).to_have_value(NUMBER)
    desk.look()


def _be_overtaken(desk: Desk, card: str) -> None:
    """By herself, in another window."""
    desk.open(f"{card}edit/")
    other = desk.visitor.context.new_page()
    other.goto(f"{desk.address}{card}edit/")
    other.fill("main [name=note]", "ring efter fyra")
    with other.expect_navigation():
        other.click("main form:has([name=emails]) button.btn-primary >> nth=0")
    other.close()
    desk.page.fill("main [name=note]", "ring före åtta")
    desk.send(":has([name=emails])")
    expect(desk.page.locator("main .overtaken")).to_contain_text("ring efter fyra")
    expect(desk.page.locator("main [name=note]")).to_have_value("ring före åtta")
    desk.look()


@pytest.mark.parametrize("width", [1280, 390])
def test_pages_that_only_work_leads_to_are_sound(browser: Browser, started: Program, width: int) -> None:
    desk = Desk.of_owner(browser, started, language="sv", width=width)
    desk.add(name="Dan Sjögren", emails="dan@example.se")
    card = desk.add(name="Cilla Åkerström", emails="cilla@example.se")
    _write_note(desk, card)
    _relate(desk, card)
    _save_a_view(desk)
    _open_what_is_sensitive(desk, card)
    _be_overtaken(desk, card)
    assert desk.faults == {}
    desk.close()
