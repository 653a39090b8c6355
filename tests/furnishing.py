"""Taking a new installation into use in a browser, as its owner would."""

import re
from pathlib import Path

from playwright.sync_api import Page

from tests.cast import PASSWORD
from tests.pages import Furnished
from tests.program import Program

LISTS = Path(__file__).parent.parent / "src/tryggve/domains/customers/tests/files"


def claim(page: Page, link: str) -> None:
    """Answer the first questions as Anna."""
    page.goto(link)
    for name, answer in {
        "firm_name": "Annas Snickeri",
        "owner_name": "Anna Ek",
        "email": "anna@example.se",
        "password": PASSWORD,
        "password_again": PASSWORD,
    }.items():
        page.fill(f"[name={name}]", answer)
    page.click("main form button[type=submit]")
    page.wait_for_url("**/customers/")


def upload(page: Page, program: Program, file: Path) -> str:
    """Read a list; the id of the import whose preview is shown then."""
    page.goto(f"{program.address}/customers/import/")
    page.set_input_files("[name=file]", file)
    page.fill("[name=source]", "Mässan 2026")
    page.click("main form button[type=submit]")
    page.wait_for_url(re.compile(r"/customers/import/[0-9a-f-]{36}/"))
    return page.url.rstrip("/").rsplit("/", 1)[-1]


def confirm(page: Page) -> None:
    """Say yes to the preview and wait until the result is there."""
    page.click("main form[action$='/confirm/'] button")
    page.wait_for_selector("main a.btn-primary[href='/customers/']", timeout=60_000)


def furnish(page: Page, program: Program, link: str) -> Furnished:
    """An owner, a list of customers, and another list that waits for a yes."""
    claim(page, link)
    done = upload(page, program, LISTS / "ugly-swedish.csv")
    confirm(page)
    previewed = upload(page, program, LISTS / "ten-faults.csv")
    page.goto(f"{program.address}/customers/")
    page.click("tbody a >> nth=0")
    page.wait_for_url(re.compile(r"/customers/[0-9a-f-]{36}/"))
    customer = page.url.rstrip("/").rsplit("/", 1)[-1]
    return Furnished(link, customer, previewed, done, verify_log(page, program))


def verify_log(page: Page, program: Program) -> str:
    """Let the log be verified and wait for it; the job's id."""
    page.goto(f"{program.address}/events/log/")
    page.click("main form[action='/events/log/verify/'] button")
    page.wait_for_url(re.compile(r"/events/log/verify/[0-9a-f-]{36}/"))
    job = page.url.rstrip("/").rsplit("/", 1)[-1]
    page.wait_for_selector("main a.btn-primary[href='/events/log/']", timeout=60_000)
    return job
