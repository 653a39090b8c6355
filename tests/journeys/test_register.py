"""Anna moves the customers of fifteen years in, works with them, takes some out, and takes it all back."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

import pytest
from playwright.sync_api import Browser, FilePayload, Page, expect

from tests import ground, postgres
from tests.journeys import ugly_lists
from tests.journeys.desk import Desk
from tests.journeys.ugly_lists import BROKEN_EMAIL, MENDED_EMAIL, UglyList
from tests.program import Program

pytestmark = [pytest.mark.browser, pytest.mark.process]


@pytest.fixture
def started() -> Iterator[Program]:
    program = Program(
        language="sv", database_url=postgres.new_database("register") if ground.on_postgresql() else ""
    )
    yield program
    program.clear()


def _everything(program: Program) -> bytes:
    """Every field of every customer, with the id."""
    out = program.run("customers", "export", "-", "--reason", "compared with what was there before")
    assert out.returncode == 0, out.stderr
    return out.stdout


def _told(program: Program, customer: str) -> dict[str, Any]:
    """What one of them says, identity numbers too; when it was last changed is no field of theirs."""
    out = program.run(
        "customers", "show", customer, "--json", "--reveal", "compared with what was there before"
    )
    told: dict[str, Any] = json.loads(out.stdout)
    return {**told, "changed_at": ""}


def _set_columns(desk: Desk, preview: str, columns: Mapping[str, str]) -> None:
    desk.open(f"{preview}columns/")
    desk.look()
    for column, field in columns.items():
        desk.page.select_option(f"main [name={column}]", field)
    desk.send(":has([name^=column_])")
    assert desk.path == preview


def _mend_one(desk: Desk, preview: str) -> None:
    desk.open(f"{preview}rows/?fate=set_aside")
    desk.look()
    with desk.page.expect_navigation():
        desk.page.locator("main tr", has_text="Hillevi").locator("a").click()
    desk.look()
    desk.page.locator(f"main input[value='{BROKEN_EMAIL}']").fill(MENDED_EMAIL)
    desk.send(":has([name=cell_0])")


def _decide(desk: Desk, preview: str, verdicts: Mapping[str, str]) -> None:
    desk.open(f"{preview}doubles/")
    desk.look()
    for name, verdict in verdicts.items():
        desk.page.locator("main tbody tr", has_text=name).locator("select").select_option(verdict)
    desk.send(":has([name^=row_])")
    desk.look()
    desk.open(preview)


def _bring_in(desk: Desk, one: UglyList) -> str:
    """Look at everything, set columns right, mend one row, decide about doubles, say yes; the path of the import."""
    preview = desk.read(one.payload)
    assert desk.counts() == one.read
    _set_columns(desk, preview, one.columns)
    desk.open(f"{preview}rows/")
    desk.look()
    _mend_one(desk, preview)
    _decide(desk, preview, one.verdicts)
    desk.look()
    assert desk.counts() == one.decided
    desk.confirm()
    assert desk.counts() == one.decided
    desk.card_of(one.somebody.email)
    for fact in (one.somebody.street, one.somebody.postcode[:3]):
        expect(desk.page.locator("dl.facts")).to_contain_text(fact)
    return preview


def _undo(desk: Desk, done: str) -> None:
    desk.open(done)
    desk.follow("[href$='/undo/']")
    desk.look()
    desk.send(button="button.btn-danger")
    desk.page.wait_for_selector("main a.btn-primary[href='/customers/']", timeout=60_000)
    desk.look()


def test_anna_moves_four_ugly_lists_in_and_each_undo_restores_every_field(
    browser: Browser, started: Program
) -> None:
    desk = Desk.of_owner(browser, started, language="sv")
    cilla = desk.add(name="Cilla Åkerlund", emails="cilla@example.se", note="Ring efter fyra").split("/")[2]
    cillas, before, imports = _told(started, cilla), [_everything(started)], []

    for one in ugly_lists.all_of_them():
        imports.append(_bring_in(desk, one))
        before.append(_everything(started))
    lines = [everything.count(b"\r\n") for everything in before]
    assert (lines[0], lines[-1]) == (2, 2 + sum(one.decided[0] for one in ugly_lists.all_of_them()))
    assert len(set(before)) == 5

    for done in reversed(imports):
        before.pop()
        _undo(desk, done)
        assert _everything(started) == before[-1]
    assert (_told(started, cilla), desk.faults) == (cillas, {})
    desk.close()


def _focused(page: Page) -> str:
    """The address, the name or the words of what has the focus."""
    told: str = page.evaluate(
        "(one => one.getAttribute('href') || one.name || one.innerText)(document.activeElement)"
    )
    return told


def _tab_to(page: Page, end: str) -> None:
    for _step in range(60):
        page.keyboard.press("Tab")
        if _focused(page).endswith(end):
            return
    raise AssertionError(f"the tab key never comes to {end}")


def test_anna_finds_and_changes_a_customer_with_the_keyboard_alone(
    browser: Browser, started: Program
) -> None:
    desk = Desk.of_owner(browser, started, language="sv")
    desk.add(name="Dan Sjögren", emails="dan@example.se")
    cilla = desk.add(name="Cilla Åkerström", emails="cilla@example.se", phones="070-174 06 05")
    desk.open("/customers/")
    page = desk.page

    page.keyboard.press("/")
    with page.expect_response("**/customers/search/"):
        page.keyboard.type("akerstrom cil")
    expect(page.locator("#search-results a")).to_have_count(1)
    page.keyboard.press("ArrowDown")
    assert _focused(page) == cilla
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{cilla}")
    _tab_to(page, "/edit/")
    page.keyboard.press("Enter")
    page.wait_for_url("**/edit/")
    _tab_to(page, "phones")
    page.keyboard.press("Control+A")
    page.keyboard.type("070-174 06 99")
    _tab_to(page, "Spara")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{cilla}")
    expect(page.locator("dl.facts")).to_contain_text("070-174 06 99")
    expect(page.locator("dl.facts")).not_to_contain_text("070-174 06 05")
    assert desk.faults == {}
    desk.close()


_LISTS = {
    "da": "Navn;E-mail;Telefon\r\nSøren Ærø;post@example.dk;12 00 11 22\r\nØstergård ApS;kontor@example.dk;\r\n",
    "en": "Name;E-mail;Phone\r\nSeán Daly;post@example.com;\r\nThe Orchard Ltd;office@example.com;\r\n",
}


@pytest.mark.parametrize(("language", "typed"), [("da", "soren aero"), ("en", "sean")])
def test_anna_uses_the_register_on_her_phone(browser: Browser, language: str, typed: str) -> None:
    program = Program(language=language)
    try:
        desk = Desk.of_owner(browser, program, language=language, width=390)
        list_ = FilePayload(name="kunder.csv", mimeType="text/csv", buffer=_LISTS[language].encode())
        desk.read(list_)
        assert desk.counts() == [2, 0, 0, 0, 0]
        desk.confirm()
        desk.card_of(typed)
        card, emails = desk.path, desk.page.locator("dl.facts dd a[href^='mailto:']")
        other = "kontor@example.dk" if language == "da" else "office@example.com"

        desk.page.fill("main [name=text]", "☎ 12:15")
        desk.send("[action$='/notes/add/']", "button")
        expect(desk.page.locator("main .notes")).to_contain_text("☎ 12:15")
        desk.look()

        desk.follow("[href$='/same/']")
        desk.look()
        desk.page.fill("main [name=text]", other)
        desk.send(":has([name=text])")
        desk.look()
        desk.follow("[href*='/same/']")
        desk.look()
        desk.send(":has([name=kept_revision])")
        assert desk.path == card
        expect(emails).to_have_count(2)
        desk.look()
        desk.follow("[href*='/merges/']")
        desk.look()
        desk.send()
        expect(emails).to_have_text([other])  # the one that had been merged
        desk.open(card)
        expect(emails).to_have_count(1)
        expect(emails).not_to_have_text([other])

        desk.open("/customers/export/")
        desk.look()
        form = "main form:has([name=reason]) button.btn-primary"
        desk.page.check("main [name=format][value=csv]")
        desk.page.click(form)  # the browser asks for the reason
        assert desk.page.evaluate("document.activeElement.name") == "reason"
        desk.page.fill("main [name=reason]", "Julekort")
        with desk.page.expect_download() as coming:
            desk.page.click(form)
        rows = coming.value.path().read_text(encoding="utf-8-sig").splitlines()
        assert [other in row for row in rows].count(True) == 1
        assert len(rows) == 3
        assert desk.faults == {}
        desk.close()
    finally:
        program.clear()
