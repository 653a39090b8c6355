"""Anna's first hour: from the link in the terminal to what others see of her firm, mended and proven. In Swedish."""

import json
import re
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, expect

from tests import colleagues, furnishing
from tests.journeys.desk import Desk
from tests.outside_world import DMARC, DOMAIN, END_OF_FALSE_MAIL, OutsideWorld
from tests.paper import lines_of
from tests.program import Program, until

pytestmark = [pytest.mark.browser, pytest.mark.process]

NARROW, WIDE = 390, 1280
FALSE_MAIL = "Andra kan inte skicka mejl i ert namn"
# The first-hour list of a firm with one person, whose mail and website are in order. What nothing measures yet says so.
FIRST_HOUR = {
    "GOV-01": "brister",
    "INV-01": "okänt",
    "AUT-01": "okänt",
    "AUT-04": "bevisat genom prov",
    "AUT-05": "okänt",
    "DAT-04": "okänt",
    "BAK-01": "okänt",
    "BAK-02": "okänt",
    "BAK-03": "okänt",
    "WEB-01": "bevisat genom prov",
    "MAI-01": "bevisat",
    "CRI-02": "okänt",
}
NOT_BUILT = "Tryggve kan inte mäta det här ännu."
TOLD = "Det stod att paketet väntade."
_A_LOOK = 60
_REPORT = re.compile(r"/report/[0-9a-f-]{36}/$")


@pytest.fixture
def world() -> Iterator[OutsideWorld]:
    """What of the net belongs to Anna, with one thing wrong."""
    with OutsideWorld() as world:
        yield world


@pytest.fixture
def program(world: OutsideWorld) -> Iterator[Program]:
    program = world.program(language="sv")
    yield program
    program.clear()


@pytest.fixture
def anna(browser: Browser, program: Program) -> Iterator[Desk]:
    desk = Desk(browser, program.address, language="sv")
    yield desk
    desk.close()


def _take_first_steps(anna: Desk, program: Program, world: OutsideWorld) -> None:
    """All questions of the first start, with an answer to the one about the domain."""
    link = program.start()
    world.be_asked(program)
    anna.page.goto(link)
    anna.look("first")
    furnishing.begin(anna.page, link)
    anna.look()
    anna.telephone = furnishing.set_up_telephone(anna.page)
    anna.page.wait_for_url("**/welcome/website/")
    _look_at_both_widths(anna)
    until(lambda: _is_measured(program), seconds=_A_LOOK)  # in vain: whose mail, nobody has said yet
    anna.page.fill("main [name=told]", DOMAIN)
    anna.page.click("main form:has([name=told]) button")
    for step in ("recovery-kit", "mail", "customers"):
        anna.page.wait_for_url(f"**/welcome/{step}/")
        anna.look()
        anna.page.get_by_role("button", name="Senare").click()
    anna.page.wait_for_url("**/today/")


def _is_measured(program: Program) -> bool:
    told = json.loads(program.run("controls", "list", "--json").stdout)
    return any(one["observed_at"] for one in told if one["id"] == "MAI-01")


def _look_at_both_widths(anna: Desk, state: str = "") -> None:
    anna.look(state)
    anna.page.set_viewport_size({"width": NARROW, "height": 900})
    anna.look(f"{state} narrow".strip())
    anna.page.set_viewport_size({"width": WIDE, "height": 900})


def _row(anna: Desk, control: str) -> Locator:
    """Of the list of protections."""
    return anna.page.locator(f"main li:has(a[href$='/protection/{control}/'])")


def _states(anna: Desk) -> dict[str, str]:
    """Of those that the company is counted by, in words; the rest is folded away."""
    links = anna.page.locator("main h3 a[href*='/protection/']:visible").all()
    ids = [(link.get_attribute("href") or "").rstrip("/").rpartition("/")[2] for link in links]
    return {id: _row(anna, id).locator(".label").inner_text().split(maxsplit=1)[1] for id in ids}


def _wait_for(anna: Desk, path: str, found: Locator) -> None:
    """As somebody does who loads the page again."""
    deadline = time.monotonic() + _A_LOOK
    while anna.open(path) and not found.count():
        assert time.monotonic() < deadline, f"{path} never showed it"


def _measure_again(anna: Desk, state: str) -> None:
    page = anna.page
    anna.open("/protection/MAI-01/")
    again = page.get_by_role("button", name="Mät igen")
    with page.expect_navigation():
        again.click()
    again.wait_for(timeout=_A_LOOK * 1000)
    expect(page.locator("#measured")).to_have_text(re.compile(rf"{state}\s*$"), timeout=_A_LOOK * 1000)


def _finding(anna: Desk) -> Locator:
    """That others can write in the firm's name, among what to do next."""
    tasks = anna.page.locator("main").get_by_role("listitem")
    return tasks.filter(has_text=FALSE_MAIL).filter(has_text="brister")


def _read_what_is_wrong(anna: Desk) -> str:
    """From Today to the line to paste; its value."""
    page = anna.page
    page.get_by_role("link", name=FALSE_MAIL, exact=True).click()
    expect(page.get_by_role("heading", name=FALSE_MAIL)).to_be_visible()
    expect(page.locator("#measured")).to_contain_text("brister")
    expect(page.locator("main")).to_contain_text("Mottagarna får inte veta vad de ska göra med falska mejl")
    _look_at_both_widths(anna, "failing")
    page.click("section:has(#measured) a[href='/protection/websites/']")
    page.wait_for_url("**/protection/websites/")
    _look_at_both_widths(anna)
    anna.follow("[href*='/websites/domains/']:not([href$='/add/'])")
    expect(page.get_by_role("heading", level=1)).to_have_text(DOMAIN)
    line = page.locator("main textarea[readonly]").first
    expect(line).to_have_value(re.compile("^v=DMARC1; p=none;"))
    _look_at_both_widths(anna)
    return line.input_value()


def test_owner_finds_what_others_see_and_mends_it(anna: Desk, program: Program, world: OutsideWorld) -> None:
    _take_first_steps(anna, program, world)
    page = anna.page
    _wait_for(anna, "/today/", _finding(anna))
    _look_at_both_widths(anna, "first finding")
    line = _read_what_is_wrong(anna)

    # The first line only makes others tell who writes in her name, and isn't taken for more.
    world.names.records[DMARC] = [f'"{line}"']
    _measure_again(anna, "brister")
    expect(page.locator("main")).to_contain_text("släppa igenom falska mejl")

    # The last one stops it. Nothing turns green until that was seen.
    world.names.records[DMARC] = [END_OF_FALSE_MAIL]
    anna.open("/protection/MAI-01/")
    expect(page.locator("#measured")).to_contain_text("brister")
    _measure_again(anna, "bevisat")
    _look_at_both_widths(anna, "proven")
    anna.open("/today/")
    expect(_finding(anna)).to_have_count(0)
    _look_at_both_widths(anna, "mended")

    # How far the first hour has come.
    anna.open("/protection/")
    _look_at_both_widths(anna, "a month's")
    page.select_option("main [name=size]", "hour")
    anna.send("[action$='/size/']", "button")
    deadline = time.monotonic() + _A_LOOK
    while (states := _states(anna)) != FIRST_HOUR and time.monotonic() < deadline:
        anna.open("/protection/")
    assert states == FIRST_HOUR
    expect(page.get_by_role("heading", level=1)).to_have_text("3 av 12 skydd bevisade")
    for id in (id for id, state in FIRST_HOUR.items() if state == "okänt"):
        expect(_row(anna, id)).to_contain_text(NOT_BUILT)
    _look_at_both_widths(anna, "an hour's")
    assert anna.faults == {}


def _begin_work(bo: Desk, link: str) -> None:
    colleagues.join(bo.page, bo.address, link)
    bo.page.goto(f"{bo.address}/welcome/second-factor/")
    bo.telephone = furnishing.set_up_telephone(bo.page)
    bo.page.wait_for_url("**/welcome/language/")
    bo.send()
    bo.page.wait_for_url("**/today/")
    bo.look()


def _tell_without_a_name(bo: Desk) -> None:
    page = bo.page
    page.get_by_role("link", name="Något har hänt").click()
    bo.look()
    page.get_by_label("Jag öppnade en länk eller fil").check()
    page.get_by_label("Med dina egna ord").fill(TOLD)
    page.get_by_label("Säg inte vem jag är").check()
    page.get_by_role("button", name="Berätta").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Tack för att du berättar")
    bo.look()
    bo.open("/events/happened/mine/")
    expect(page.locator("main")).not_to_contain_text(TOLD)


def _see_to_what_was_told(anna: Desk) -> None:
    page = anna.page
    anna.open("/today/")
    _look_at_both_widths(anna, "alarm")
    page.get_by_role("link", name="Läs", exact=True).click()
    row = page.get_by_role("row").filter(has_text="någon som inte sa vem")
    expect(row).to_have_count(1)
    _look_at_both_widths(anna)
    row.get_by_role("link").click()
    expect(page.locator("main")).to_contain_text(TOLD)
    expect(page.locator("main")).not_to_contain_text("Bo Dahl")
    _look_at_both_widths(anna, "told")
    anna.send("[action$='/receive/']")
    expect(page.locator("main form[action$='/receive/']")).to_have_count(0)
    page.locator("main form[action$='/close/']").get_by_role("textbox").fill("Lösenordet är bytt.")
    anna.send("[action$='/close/']", "button")
    anna.open("/today/")
    expect(page.get_by_role("link", name="Läs", exact=True)).to_have_count(0)


def _do_a_routine(anna: Desk) -> None:
    page = anna.page
    anna.open("/routines/")
    _look_at_both_widths(anna)
    link = page.locator("main a[href*='/routines/turn/']").first
    routine = link.inner_text()
    link.click()
    expect(page.get_by_role("heading", level=1)).to_have_text(routine)
    _look_at_both_widths(anna)
    page.get_by_label("Allt var bra").check()
    anna.send("[action$='/done/']")
    done = page.locator("section", has=page.get_by_role("heading", name="Gjort"))
    expect(done.get_by_role("link", name=routine)).to_have_count(1)
    expect(done).to_contain_text("Anna Ek")
    _look_at_both_widths(anna, "done")


def _make_a_report(anna: Desk) -> list[str]:
    """For the insurer; what stands in the PDF."""
    page = anna.page
    anna.open("/report/")
    _look_at_both_widths(anna)
    page.get_by_role("link", name="Gör den första rapporten").click()
    _look_at_both_widths(anna)
    page.get_by_label("Ett försäkringsbolag").check()
    page.get_by_role("button", name="Gör rapporten").click()
    page.wait_for_url(_REPORT)
    _look_at_both_widths(anna, "made")
    with page.expect_download() as coming:
        page.get_by_role("link", name="Ladda ned som PDF").click()
    return lines_of(Path(coming.value.path()).read_bytes())


def test_owner_hears_does_and_reports(browser: Browser, anna: Desk, program: Program) -> None:
    anna.telephone = furnishing.claim(anna.page, program.start())
    bo = Desk(browser, program.address, language="sv", width=NARROW)
    bo.who = "bo"
    link = colleagues.invite(anna.page, program.address, name="Bo Dahl", email="bo@example.se")
    _begin_work(bo, link)
    _tell_without_a_name(bo)
    _see_to_what_was_told(anna)
    _do_a_routine(anna)
    report = " ".join(_make_a_report(anna))
    assert ("Annas Snickeri" in report, "Bo Dahl" in report) == (True, False)
    assert (bo.faults, anna.faults) == ({}, {})
    bo.close()
