"""The recovery kit, printed in the browser and read from the paper."""

import re

from playwright.sync_api import APIResponse, Page, expect

from tests import paper
from tests.browser import faults_of_access, sideways_scroll

_SHARE = re.compile(r"/company/keys/kit/\d+/(\d)/$")


def print_kit(page: Page, address: str) -> list[str]:
    """From the page that offers it; the words of the three pages, as they stand on the paper."""
    page.click("main form button[type=submit]")
    printed: list[str] = []
    while found := _SHARE.search(page.url):
        share = int(found[1])
        assert (faults_of_access(page), sideways_scroll(page)) == ([], 0)
        answer = _shown(page, address)
        assert (answer.status, answer.body()[:5], share) == (200, b"%PDF-", len(printed) + 1)
        assert "Annas Snickeri" in paper.lines_of(answer.body())[0]
        printed.append(paper.words_of_share(answer.body()))
        with page.expect_navigation():
            page.click("main form:not([target]) button[type=submit]")
    return printed


def type_two(page: Page, first: str, second: str) -> None:
    """Of its pages, where they are asked for."""
    page.fill("[name=first]", first)
    page.fill("[name=second]", second)
    with page.expect_navigation():
        page.locator("form", has=page.locator("[name=second]")).locator("button").click()


def _shown(page: Page, address: str) -> APIResponse:
    """What the button that shows the page brings, asked for beside the browser, whose reader of PDF keeps it."""
    shows = page.locator("main form[target=_blank]")
    expect(shows.get_by_role("button")).to_be_visible()
    token = shows.locator("[name=csrfmiddlewaretoken]").input_value()
    return page.request.post(f"{address}{shows.get_attribute('action')}", form={"csrfmiddlewaretoken": token})
