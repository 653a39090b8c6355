"""The button that copies a line for the name service; what it stands in is put into a page here."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser import Visitor
from tests.program import Program

pytestmark = [pytest.mark.browser, pytest.mark.process]

_LINE = "v=spf1 include:spf.loopia.se ~all"
_RECORD = f"""
<div class="record" data-copied>
  <textarea readonly>{_LINE}</textarea>
  <button class="btn scripted" type="button" data-copies>Copy the value</button>
  <span role="status" data-done="Copied" data-marked="Marked"></span>
</div>"""


@pytest.fixture
def visitor(browser: Browser, request: pytest.FixtureRequest) -> Iterator[Visitor]:
    program = Program()
    visitor = Visitor(browser, language="en", scripts=request.param)
    try:
        visitor.page.goto(program.start())
        visitor.context.grant_permissions(["clipboard-read", "clipboard-write"], origin=program.address)
        visitor.page.evaluate(
            "record => document.querySelector('main').insertAdjacentHTML('beforeend', record)", _RECORD
        )
        yield visitor
    finally:
        visitor.close()
        program.clear()


def _said(page: Page, text: str) -> None:
    expect(page.locator(".record [role=status]")).to_have_text(text)


@pytest.mark.parametrize("visitor", [True], indirect=True)
def test_a_press_copies_the_value_and_says_so(visitor: Visitor) -> None:
    page = visitor.page
    page.focus(".record button")
    page.keyboard.press("Enter")

    _said(page, "Copied")
    assert page.evaluate("navigator.clipboard.readText()") == _LINE
    assert visitor.complaints == []


@pytest.mark.parametrize("visitor", [True], indirect=True)
def test_a_browser_that_copies_for_nobody_has_the_value_marked(visitor: Visitor) -> None:
    page = visitor.page
    page.evaluate("delete Navigator.prototype.clipboard")  # as at an address without encryption
    page.click(".record button")

    _said(page, "Marked")
    assert (
        page.evaluate("document.activeElement.value.slice(0, document.activeElement.selectionEnd)") == _LINE
    )
    assert visitor.complaints == []


@pytest.mark.parametrize("visitor", [False], indirect=True)
def test_without_scripts_no_button_is_offered_that_would_do_nothing(visitor: Visitor) -> None:
    button = visitor.page.locator(".record button")

    assert (button.count(), button.is_visible()) == (1, False)
