"""What the scripts do, in a real browser, and that nothing breaks the content security policy."""

import threading
from collections.abc import Iterator
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, make_server

import pytest
from django.core.handlers.wsgi import WSGIHandler
from playwright.sync_api import Browser, Page

from tryggve.ui.tests import planted

pytestmark = pytest.mark.browser


class Silent(WSGIRequestHandler):
    def log_message(self, *args: Any) -> None:
        """Say nothing."""


@pytest.fixture
def address(planted_pages: None) -> Iterator[str]:
    server = make_server("127.0.0.1", 0, WSGIHandler(), handler_class=Silent)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def complaints() -> list[str]:
    """What the browser's console says of errors."""
    return []


@pytest.fixture
def page(browser: Browser, address: str, complaints: list[str]) -> Iterator[Page]:
    """The staff frame, open in a browser without a past."""
    context = browser.new_context()
    page = context.new_page()
    page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.goto(f"{address}/staff/")
    yield page
    context.close()


def test_page_loads_without_a_complaint(page: Page, complaints: list[str]) -> None:
    assert page.evaluate("document.styleSheets.length") == 2
    assert page.locator("style").count() == 0
    assert complaints == []


def test_form_pressed_twice_is_sent_once(page: Page) -> None:
    planted.POSTS.clear()
    with page.expect_response("**/counted/"):
        page.evaluate("() => { const b = document.querySelector('#once button'); b.click(); b.click(); }")
    assert planted.POSTS == ["/counted/"]
    page.locator("#once button").click()
    page.goto(page.url)
    assert planted.POSTS == ["/counted/"]


def test_form_works_again_after_coming_back(page: Page) -> None:
    page.evaluate("document.querySelector('#once').setAttribute('data-sent', '')")
    page.evaluate("window.dispatchEvent(new PageTransitionEvent('pageshow'))")
    with page.expect_response("**/counted/") as answer:
        page.locator("#once button").click()
    assert answer.value.status == 204


def test_slash_goes_to_the_search_box_and_can_be_typed_there(page: Page) -> None:
    page.keyboard.press("/")
    page.keyboard.type("a/b")
    assert page.locator("#q").input_value() == "a/b"


def test_arrows_walk_through_what_was_found_and_escape_goes_back(page: Page) -> None:
    found = '<div id="search-results"><a href="#one">One</a><a href="/fine/">Two</a></div>'
    page.evaluate("found => document.querySelector('#q').insertAdjacentHTML('afterend', found)", found)
    page.locator("#q").focus()
    walked = []
    for key in (
        "ArrowUp",
        "ArrowDown",
        "ArrowDown",
        "ArrowDown",
        "ArrowUp",
        "ArrowUp",
        "ArrowDown",
        "Escape",
    ):
        page.keyboard.press(key)
        walked.append(page.evaluate("document.activeElement.textContent || document.activeElement.id"))
    assert walked == ["q", "One", "Two", "Two", "One", "q", "One", "q"]
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url("**/fine/")


def test_arrows_elsewhere_stay_what_they_are(page: Page) -> None:
    page.evaluate(
        "() => document.body.insertAdjacentHTML('beforeend', '<div id=search-results><a href=#>One</a></div>')"
    )
    page.locator("#opener").focus()
    page.keyboard.press("ArrowDown")
    assert page.evaluate("document.activeElement.id") == "opener"


def test_menu_folds_away_on_escape_and_on_a_press_outside(page: Page) -> None:
    menu, opener = page.locator("details[open]"), page.locator("summary")
    opener.click()
    assert menu.count() == 1
    page.keyboard.press("Escape")
    assert menu.count() == 0
    opener.click()
    page.locator("h1").click()
    assert menu.count() == 0


def test_button_opens_its_dialog(page: Page) -> None:
    page.locator("#opener").click()
    assert page.locator("dialog[open]").inner_text() == "Sure?"


def test_refusal_is_shown_where_the_answer_was_meant_to_be(page: Page) -> None:
    page.locator("#asks").click()
    page.locator("#answer .notice-danger").wait_for()
    assert "The list is empty." in page.locator("#answer").inner_text()


def test_attributes_are_not_inherited(page: Page) -> None:
    page.locator("#asks-without-target").click()
    page.get_by_role("button", name="fine").wait_for()  # swapped into itself, as htmx 4 would
    assert page.locator("#elsewhere").inner_text() == ""


def test_silent_server_is_told_in_words(page: Page) -> None:
    page.context.set_offline(True)
    page.locator("#asks").click()
    page.locator("[data-offline]").wait_for()
    assert "Nothing was lost." in page.locator("[data-offline]").inner_text()


def test_browser_keeps_addresses_but_no_copy_of_a_page(page: Page) -> None:
    page.locator("#goes").click()
    page.wait_for_url("**/fine/")
    assert page.evaluate("Object.keys(localStorage)") == []
    assert page.evaluate("Object.keys(sessionStorage)") == ["htmx-current-path-for-history"]


def test_only_what_was_pressed_is_dimmed_while_it_is_asked_for(page: Page) -> None:
    """A part of the page that fetches itself anew holds buttons that can be pressed all the time."""
    dimmed = page.evaluate(
        """() => ["section", "form"].map(name => {
            document.body.insertAdjacentHTML(
                "beforeend", `<${name} class="htmx-request"><a class="btn">Go</a></${name}>`)
            return getComputedStyle(document.body.lastElementChild.firstElementChild).opacity !== "1"
        })"""
    )
    assert dimmed == [False, True]
