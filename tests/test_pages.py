from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from tests import colleagues
from tests.browser import LANGUAGES, WIDTHS, Visitor, faults_of_access, sideways_scroll
from tests.furnishing import begin, furnish, open_page, set_up_telephone
from tests.pages import PAGES, Furnished, Row, Who
from tests.program import Program
from tests.telephone import Telephone
from tests.without_a_page import WITHOUT_A_PAGE
from tryggve.accounts import permissions

pytestmark = [pytest.mark.browser, pytest.mark.process]


Cookies = list[Any]


@dataclass(frozen=True)
class Place:
    """The programs that the pages are looked at in, and the browsers' cookies by who looks."""

    address: dict[Who, str]
    cookies: dict[Who, Cookies]
    has: Furnished
    telephone: Telephone


def _cookies(visitor: Visitor) -> Cookies:
    return list(visitor.context.cookies())


@pytest.fixture(scope="module")
def place(browser: Browser) -> Iterator[Place]:
    program, begun = Program(), Program()
    anna, bo, new = (Visitor(browser, language="en") for _ in range(3))
    try:
        telephone, has = furnish(anna.page, program, program.start())
        colleagues.join(bo.page, program.address, has.joining)
        begin(new.page, begun.start())
        for visitor in (bo, new):
            set_up_telephone(visitor.page)
        here = dict.fromkeys(Who, program.address) | {Who.NEW_OWNER: begun.address}
        cookies = {Who.STRANGER: [], Who.ANNA: _cookies(anna)}
        cookies |= {Who.NEW_COLLEAGUE: _cookies(bo), Who.NEW_OWNER: _cookies(new)}
        yield Place(here, cookies, has, telephone)
    finally:
        program.clear()
        begun.clear()


@dataclass(frozen=True)
class Eyes:
    """Windows of one language, by who looks."""

    language: str
    of: dict[Who, Visitor]


# Each language is looked at by a process of its own: they are most of the time that all pages take.
_EACH_ITS_PROCESS = [
    pytest.param(language, marks=pytest.mark.xdist_group(f"pages {language}")) for language in LANGUAGES
]


@pytest.fixture(scope="module", params=_EACH_ITS_PROCESS)
def eyes(browser: Browser, place: Place, request: pytest.FixtureRequest) -> Iterator[Eyes]:
    language = request.param
    seeing = Eyes(language, {who: Visitor(browser, language=language) for who in Who})
    for who, visitor in seeing.of.items():
        visitor.context.add_cookies(place.cookies[who])
        if who is not Who.STRANGER:
            _speak(visitor.page, place.address[who], language)
    yield seeing
    for visitor in seeing.of.values():
        visitor.close()


def _speak(page: Page, address: str, language: str) -> None:
    """Choose the language, at the foot of a page without a menu."""
    page.goto(f"{address}/sign-out/")
    with page.expect_navigation():
        page.click(f"footer button[value={language}]")


@pytest.mark.parametrize("row", PAGES, ids=lambda row: row.name)
def test_page_is_sound(eyes: Eyes, place: Place, row: Row) -> None:
    visitor = eyes.of[row.who]
    visitor.complaints.clear()
    visitor.page.set_viewport_size({"width": WIDTHS[0], "height": 900})

    status = _open(visitor.page, place, row)

    assert (status, visitor.page.get_attribute("html", "lang")) == (row.status, eyes.language)
    assert {width: _faults(visitor.page, width) for width in WIDTHS} == {width: [] for width in WIDTHS}
    assert visitor.complaints == []


def _faults(page: Page, width: int) -> list[str]:
    """What is wrong with the page in a window of that width."""
    page.set_viewport_size({"width": width, "height": 900})
    wider = sideways_scroll(page)
    return [*faults_of_access(page), *([f"{wider} pixels wider than the window"] if wider else [])]


def _open(page: Page, place: Place, row: Row) -> int:
    answer = open_page(page, place.address[row.who] + row.path(place.has), place.telephone)
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
