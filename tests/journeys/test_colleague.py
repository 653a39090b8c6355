"""Bo in a browser of his own: invited, at work, limited to his own customers, and gone again."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests import colleagues, furnishing
from tests.browser import LANGUAGES, Visitor, faults_of_access, sideways_scroll
from tests.cast import PASSWORD
from tests.program import Program

pytestmark = [pytest.mark.browser, pytest.mark.process]


@pytest.fixture
def started() -> Iterator[Program]:
    program = Program(language="sv")
    yield program
    program.clear()


def _is_sound(visitor: Visitor) -> bool:
    return (faults_of_access(visitor.page), sideways_scroll(visitor.page), visitor.complaints) == ([], 0, [])


def _add_customer(page: Page, address: str, name: str) -> str:
    """The address of the new card."""
    page.goto(f"{address}/customers/add/")
    page.fill("[name=name]", name)
    page.click("main form .btn-primary")
    page.wait_for_url(re.compile(r"/customers/[0-9a-f-]{36}/$"))
    return page.url


def _begin_work(visitor: Visitor) -> None:
    """The short first start of somebody who was invited."""
    furnishing.set_up_telephone(visitor.page)
    visitor.page.wait_for_url("**/welcome/language/")
    assert _is_sound(visitor)
    visitor.page.click("main form button[type=submit]")
    visitor.page.wait_for_url("**/today/")


@pytest.mark.parametrize("language", LANGUAGES)
def test_bo_is_invited_works_and_is_gone_again(browser: Browser, started: Program, language: str) -> None:
    anna, bo = Visitor(browser, language=language), Visitor(browser, language=language, width=390)
    address = started.address
    furnishing.claim(anna.page, started.start())
    cilla = _add_customer(anna.page, address, "Cilla Åkerström")
    link = colleagues.invite(anna.page, address, name="Bo Dahl", email="bo@example.se")

    colleagues.join(bo.page, address, link)
    assert bo.page.goto(f"{address}/customers/") is not None
    expect(bo.page).to_have_url(re.compile("/(welcome|sign-in)/"))  # a password alone opens nothing
    bo.page.goto(f"{address}/welcome/second-factor/")
    _begin_work(bo)
    bo.page.goto(f"{address}/customers/")
    expect(bo.page.locator("main")).to_contain_text("Cilla Åkerström")
    assert _is_sound(bo)
    for closed in ("/company/people/", "/company/keys/", "/events/log/"):
        answer = bo.page.goto(address + closed)
        assert answer is not None
        assert answer.status == 403

    anna.page.goto(f"{address}/company/people/")
    person = anna.page.locator("main h2 a", has_text="Bo Dahl").get_attribute("href") or ""
    anna.page.goto(f"{address}{person}customers/")
    anna.page.check("[name=scope][value=OWN]")
    anna.page.click("main form button[type=submit]")
    refused = bo.page.goto(cilla)
    assert refused is not None
    assert refused.status == 403
    dan = _add_customer(bo.page, address, "Dan Sørensen")
    bo.page.goto(f"{address}/customers/")
    expect(bo.page.locator("main")).not_to_contain_text("Cilla Åkerström")
    expect(bo.page.locator("main")).to_contain_text("Dan Sørensen")

    colleagues.close(anna.page, address, person.rstrip("/").rsplit("/", 1)[-1])
    assert _is_sound(anna)
    bo.page.goto(dan)
    expect(bo.page).to_have_url(re.compile("/sign-in/"))
    bo.page.fill("[name=login]", "bo@example.se")
    bo.page.fill("[name=password]", PASSWORD)
    bo.page.click("main form:has([name=password]) button[type=submit]")
    expect(bo.page).to_have_url(re.compile("/sign-in/"))
    assert bo.page.goto(f"{address}/customers/") is not None
    expect(bo.page).to_have_url(re.compile("/sign-in/"))
    anna.page.goto(dan)
    expect(anna.page.locator("main")).to_contain_text("Anna Ek")  # who looks after the customer now
    anna.close()
    bo.close()
