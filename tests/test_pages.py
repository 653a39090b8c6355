from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product

import pytest
from playwright.sync_api import Browser, Page, StorageState

from tests.browser import LANGUAGES, WIDTHS, Visitor, faults_of_access, sideways_scroll
from tests.furnishing import furnish
from tests.pages import PAGES, WITHOUT_A_PAGE, Furnished, Row
from tests.program import Program
from tryggve.accounts import permissions

pytestmark = [pytest.mark.browser, pytest.mark.process]


@dataclass(frozen=True)
class Place:
    program: Program
    has: Furnished
    cookies: StorageState


@pytest.fixture(scope="module")
def place(browser: Browser) -> Iterator[Place]:
    program = Program()
    try:
        visitor = Visitor(browser, language="en")
        has = furnish(visitor.page, program, program.start())
        yield Place(program, has, visitor.context.storage_state())
    finally:
        program.clear()


@dataclass(frozen=True)
class Eyes:
    """Two windows of one language and width: Anna's, and one of somebody who isn't signed in."""

    language: str
    anna: Visitor
    stranger: Visitor


@pytest.fixture(scope="module", params=list(product(LANGUAGES, WIDTHS)), ids=lambda one: f"{one[0]}-{one[1]}")
def eyes(browser: Browser, place: Place, request: pytest.FixtureRequest) -> Iterator[Eyes]:
    language, width = request.param
    anna, stranger = (Visitor(browser, language=language, width=width) for _ in range(2))
    anna.context.add_cookies(place.cookies["cookies"])  # type: ignore[arg-type] # two spellings of one shape
    anna.page.goto(f"{place.program.address}/customers/add/")
    anna.page.locator("details.account summary").click()
    with anna.page.expect_navigation():
        anna.page.click(f"details.account button[value={language}]")
    yield Eyes(language, anna, stranger)
    anna.close()
    stranger.close()


@pytest.mark.parametrize("row", PAGES, ids=lambda row: row.name)
def test_page_is_sound(eyes: Eyes, place: Place, row: Row) -> None:
    visitor = eyes.anna if row.is_signed_in else eyes.stranger
    visitor.complaints.clear()

    status = _open(visitor.page, place, row)

    assert (status, visitor.page.get_attribute("html", "lang")) == (row.status, eyes.language)
    assert faults_of_access(visitor.page) == []
    assert sideways_scroll(visitor.page) == 0
    assert visitor.complaints == []


def _open(page: Page, place: Place, row: Row) -> int:
    answer = page.goto(place.program.address + row.path(place.has))
    if row.typed:
        with page.expect_response("**/customers/search/"):
            page.locator("#search-text").press_sequentially(row.typed)
        page.wait_for_selector("#search-results [role=status]")
    return answer.status if answer else 0


def test_every_view_has_a_row() -> None:
    named = {
        f"{view.__module__.split('.')[-2]}:{name}" if view.__module__.startswith("tryggve.") else name
        for view, name, _address in permissions.views()
    }
    listed = {row.view.split(":")[-1] for row in PAGES} | {name.split(":")[-1] for name in WITHOUT_A_PAGE}

    assert {str(name).split(":")[-1] for name in named} <= listed
