"""Locked and unlocked by passphrase and by paper, in the real program and a real browser."""

import json
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser import Visitor, faults_of_access, sideways_scroll
from tests.furnishing import LISTS, claim, confirm, open_page, upload
from tests.journeys import kits
from tests.program import Program
from tests.telephone import Telephone

pytestmark = [pytest.mark.browser, pytest.mark.process]

PASSPHRASE = "elva gröna kaffekoppar sjunger"
SOMEBODY = "erstr"
# Many in a row, so that both of the server's workers are asked.
_ASK_OFTEN = """
async ([text, times]) => {
  const token = document.querySelector('[name=csrfmiddlewaretoken]').value;
  const ask = () => fetch('/customers/search/', {
    method: 'POST',
    headers: {'HX-Request': 'true', 'X-CSRFToken': token},
    body: new URLSearchParams({text}),
  }).then(async answer => [answer.status, await answer.text()]);
  const answers = [];
  for (let round = 0; round < times; round += 4) answers.push(...await Promise.all([1, 2, 3, 4].map(ask)));
  return answers;
}
"""


@pytest.fixture(params=["sv", "da", "en"])
def program(request: pytest.FixtureRequest) -> Iterator[Program]:
    started = Program(language=request.param)
    yield started
    started.clear()


@dataclass(frozen=True)
class Owner:
    """The owner with a browser and a telephone."""

    visitor: Visitor
    telephone: Telephone

    def open_page(self, address: str) -> Page:
        open_page(self.visitor.page, address, self.telephone)
        return self.visitor.page


@pytest.fixture
def owner(browser: Browser, program: Program) -> Iterator[Owner]:
    """The owner, with a list of customers brought in; on a phone but for Swedish."""
    language = program._language
    visitor = Visitor(browser, language=language, width=1280 if language == "sv" else 390)
    telephone = claim(visitor.page, program.start())
    upload(visitor.page, program, LISTS / "ugly-swedish.csv")
    confirm(visitor.page)
    yield Owner(visitor, telephone)
    visitor.close()


def _search(page: Page, program: Program) -> tuple[set[int], bool]:
    """The answers' statuses, and whether a name stood in any of them."""
    page.goto(f"{program.address}/company/keys/")
    answers = page.evaluate(_ASK_OFTEN, [SOMEBODY, 24])
    return {status for status, _text in answers}, any(SOMEBODY in text.lower() for _status, text in answers)


def _press(page: Page, action: str) -> None:
    """The button of a form that stands in a folded part."""
    form = page.locator(f"form[action='{action}']")
    form.locator("xpath=ancestor::details").locator("summary").click()
    with page.expect_navigation():
        form.locator("button").click()


def test_owner_locks_and_unlocks_with_a_passphrase(owner: Owner, program: Program) -> None:
    visitor = owner.visitor
    page = owner.open_page(f"{program.address}/company/keys/passphrase/")
    page.fill("[name=passphrase]", PASSPHRASE)
    page.fill("[name=passphrase_again]", PASSPHRASE)
    page.click("main form button[type=submit]")
    page.wait_for_url("**/company/keys/")
    assert _search(page, program) == ({200}, True)

    _press(page, "/company/keys/lock/")
    assert (faults_of_access(page), sideways_scroll(page)) == ([], 0)
    assert _search(page, program) == ({503}, False)
    found = {one["code"]: one["verdict"] for one in json.loads(program.run("doctor", "--json").stdout)}
    assert (found["keys"], program.run("customers", "find", SOMEBODY).returncode) == ("warning", 3)

    visitor.complaints.clear()  # the console told of each answer 503
    page.goto(f"{program.address}/customers/")
    page.wait_for_url("**/unlock/?next=*")
    assert (faults_of_access(page), sideways_scroll(page)) == ([], 0)
    page.fill("[name=passphrase]", "not this one, surely")
    page.click("main form.sheet button[type=submit]")
    expect(page.locator("main [role=alert][autofocus]")).to_be_visible()
    page.fill("[name=passphrase]", PASSPHRASE)
    page.click("main form.sheet button[type=submit]")
    page.wait_for_url("**/customers/")
    assert _search(page, program) == ({200}, True)
    assert visitor.complaints == []


def test_owner_prints_a_kit_and_opens_a_folder_whose_key_file_is_gone(owner: Owner, program: Program) -> None:
    visitor, page = owner.visitor, owner.visitor.page
    owner.open_page(f"{program.address}/company/keys/kit/")
    first, second, third = kits.print_kit(page, program.address)
    page.wait_for_url("**/company/keys/kit/try/")
    words = second.split()
    kits.type_two(page, first, " ".join([*words[:7], "qqqq", *words[8:]]))
    expect(page.locator("main [role=alert][autofocus]")).to_be_visible()
    assert (page.input_value("[name=first]"), "qqqq" in page.input_value("[name=second]")) == (first, True)
    kits.type_two(page, first, second)
    page.wait_for_url("**/company/keys/")
    expect(page.locator("main .notice-warning")).to_have_count(0)

    assert program.stop() == 0
    (program.config / "key").unlink()
    program.start()
    page.goto(f"{program.address}/customers/")
    page.wait_for_url("**/unlock/?next=*")
    assert (faults_of_access(page), sideways_scroll(page)) == ([], 0)
    kits.type_two(page, third, first)
    page.wait_for_url("**/company/keys/")
    owner.open_page(f"{program.address}/company/keys/kit/")  # shows again who it is, where that is asked for
    page.goto(f"{program.address}/company/keys/")
    with page.expect_navigation():
        page.click("main .notice-danger form[action$='/key-file/'] button")
    assert (program.config / "key").exists()
    page.goto(f"{program.address}/customers/")
    expect(page.locator("tbody a").first).to_be_visible()

    assert program.stop() == 0
    program.start()
    page.goto(f"{program.address}/customers/")
    expect(page.locator("tbody a").first).to_be_visible()
    assert visitor.complaints == []
