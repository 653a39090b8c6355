"""What a new owner does on the first day, in the real program and a real browser."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests import ground, postgres
from tests.browser import Visitor, faults_of_access, sideways_scroll
from tests.furnishing import (
    LISTS,
    begin,
    claim,
    confirm,
    set_up_telephone,
    show_again_if_asked,
    sign_in,
    upload,
)
from tests.program import Program
from tests.telephone import Telephone

pytestmark = [pytest.mark.browser, pytest.mark.process]


@pytest.fixture
def started() -> Iterator[Program]:
    url = postgres.new_database("journey") if ground.on_postgresql() else ""
    program = Program(language="sv", database_url=url)
    yield program
    program.clear()


def _take_first_steps(page: Page, program: Program, link: str) -> Telephone:
    """The link, the first answers, the second factor; then back to the company's name, kit and mail put off."""
    page.goto(link)
    expect(page.locator("h1")).to_have_text("Välkommen till Tryggve")
    begin(page, link)
    page.goto(f"{program.address}/customers/")
    page.wait_for_url("**/sign-in/set-up/**")  # nothing opens without it
    page.goto(f"{program.address}/welcome/")
    telephone = set_up_telephone(page)
    page.wait_for_url("**/welcome/website/")
    page.click("main a[href='/welcome/second-factor/']")
    page.click("main a[href='/welcome/firm/']")
    page.fill("[name=firm_name]", "Annas Snickeri AB")
    page.click("main form:has([name=firm_name]) button[type=submit]")
    for step in ("website", "recovery-kit", "mail"):
        page.wait_for_url(f"**/welcome/{step}/")
        page.click("main form:not([action]) button[type=submit]")
    page.wait_for_url("**/welcome/customers/")
    return telephone


@pytest.mark.both_databases
def test_owner_brings_in_an_ugly_swedish_list_and_works_with_it(browser: Browser, started: Program) -> None:
    link = started.start()
    visitor = Visitor(browser, language="sv")
    page = visitor.page

    telephone = _take_first_steps(page, started, link)

    # The list: looked at first, then brought in.
    upload(page, started, LISTS / "ugly-swedish.csv")
    new = int(page.locator(".stat dd >> nth=0").inner_text())
    aside = int(page.locator(".stat dd >> nth=3").inner_text())
    assert new > 250
    confirm(page)
    page.click(".reminder a")
    page.wait_for_url("**/today/")
    expect(page.locator(".reminder")).to_have_count(1)  # of the kit
    expect(page.locator(".firm-name")).to_have_text("Annas Snickeri AB")

    # Found while typing, with å as people write it and without.
    page.goto(f"{started.address}/customers/")
    for typed in ("åkerstr", "AKERSTR"):
        page.fill("#search-text", "")
        page.locator("#search-text").press_sequentially(typed)
        expect(page.locator("#search-results a").first).to_contain_text(re.compile("åkerstr", re.IGNORECASE))
    page.click("#search-results a >> nth=0")
    page.wait_for_url(re.compile(r"/customers/[0-9a-f-]{36}/$"))
    assert "kerstr" not in page.url.lower()

    # Changed.
    page.click("main .actions a")
    page.fill("[name=note]", "Vill helst bli uppringd på förmiddagen")
    page.click("main form .btn-primary")
    expect(page.locator("dl.facts")).to_contain_text("Vill helst bli uppringd på förmiddagen")

    # Put aside, to be erased, which wants the name.
    name = page.locator("h1").inner_text()
    page.click("a.link-danger")
    show_again_if_asked(page, telephone)
    page.check("[name=ground][value=MISTAKE]")
    page.fill("[name=name]", "någon annan")
    page.click("main form button[type=submit]")
    expect(page.locator(".field-error")).to_be_visible()
    page.fill("[name=name]", name)
    page.click("main form button[type=submit]")
    page.wait_for_url(re.compile(r"/customers/erasures/[0-9a-f-]{36}/$"))

    # The same list again: only who was put aside is new.
    upload(page, started, LISTS / "ugly-swedish.csv")
    assert int(page.locator(".stat dd >> nth=0").inner_text()) == 1
    assert int(page.locator(".stat dd >> nth=3").inner_text()) == aside

    # Out, and in again.
    page.locator("details.account summary").click()
    page.click("details.account form[action='/sign-out/'] button")
    page.wait_for_url("**/sign-in/")
    sign_in(page, started.address, telephone)
    page.wait_for_url("**/today/")
    assert visitor.complaints == []
    visitor.close()


@pytest.mark.parametrize(
    ("language", "welcome"), [("da", "Velkommen til Tryggve"), ("en", "Welcome to Tryggve")]
)
def test_owner_begins_on_a_phone(browser: Browser, language: str, welcome: str) -> None:
    program = Program(language=language)
    try:
        link = program.start()
        visitor = Visitor(browser, language=language, width=390)
        visitor.page.goto(link)
        expect(visitor.page.locator("h1")).to_have_text(welcome)
        assert faults_of_access(visitor.page) == []

        begin(visitor.page, link)
        steps = ["second-factor", "website", "recovery-kit", "mail", "customers"]
        for step in steps:
            visitor.page.wait_for_url(f"**/welcome/{step}/")
            assert (faults_of_access(visitor.page), sideways_scroll(visitor.page)) == ([], 0)
            if step == "second-factor":
                set_up_telephone(visitor.page)
            else:
                visitor.page.click("main form:not([action]) button[type=submit]")
        visitor.page.wait_for_url("**/today/")
        upload(visitor.page, program, LISTS / "utf-16-danish.csv")
        confirm(visitor.page)
        visitor.page.goto(f"{program.address}/customers/")
        visitor.page.locator("#search-text").press_sequentially("soren")

        expect(visitor.page.locator("#search-results a").first).to_contain_text(
            re.compile("s[øo]ren", re.IGNORECASE)
        )
    finally:
        program.clear()


def test_owner_works_without_scripts(browser: Browser) -> None:
    program = Program()
    try:
        link = program.start()
        visitor = Visitor(browser, language="en", scripts=False)
        page = visitor.page
        claim(page, link)
        batch = upload(page, program, LISTS / "windows-1252-norwegian.csv")
        page.click("main form[action$='/confirm/'] button")
        done = page.locator("main a.btn-primary[href='/customers/']")
        while not done.count():
            page.goto(f"{program.address}/customers/import/{batch}/")
        done.click()
        page.fill("#search-text", "hansen")
        page.press("#search-text", "Enter")

        page.wait_for_url(re.compile(r"/customers/found/[\w-]+/$"))
        expect(page.locator("tbody th").first).to_contain_text("Hansen")
    finally:
        program.clear()


def test_link_opens_no_second_door(browser: Browser) -> None:
    program = Program()
    try:
        link = program.start()
        anna, mallory = Visitor(browser, language="en"), Visitor(browser, language="en")
        answer = mallory.page.goto(f"{program.address}/customers/")
        assert answer is not None
        assert answer.status == 403

        claim(anna.page, link)

        mallory.page.goto(link)
        expect(mallory.page.locator("h1")).to_have_text("The link no longer works")
    finally:
        program.clear()
