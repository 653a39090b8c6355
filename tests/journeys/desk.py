"""Somebody at work in the customer register, who looks at each page that comes."""

import re
from urllib.parse import urlsplit

from playwright.sync_api import Browser, FilePayload, Page, Response, expect

from tests import furnishing
from tests.browser import Visitor, faults_of_access, keep_picture, sideways_scroll
from tests.program import Program
from tests.telephone import Telephone

CARD = re.compile(r"/customers/[0-9a-f-]{36}/$")
_ID = re.compile("[0-9a-f]{8}-[0-9a-f-]{27}|/[0-9]+/")
_DONE = "main a.btn-primary[href='/customers/']"


class Desk:
    """One person's browser and telephone. ``faults`` is what was wrong with the pages that were looked at."""

    who = "staff"

    def __init__(self, browser: Browser, address: str, *, language: str, width: int = 1280) -> None:
        self.language = language
        self.visitor = Visitor(browser, language=language, width=width)
        self.page: Page = self.visitor.page
        self.telephone: Telephone
        self.address = address
        self._seen = dict[str, list[str]]()

    @classmethod
    def of_owner(cls, browser: Browser, program: Program, *, language: str, width: int = 1280) -> "Desk":
        """Anna's, on the day on which the program is taken into use."""
        desk = cls(browser, program.address, language=language, width=width)
        desk.telephone = furnishing.claim(desk.page, program.start())
        return desk

    @property
    def path(self) -> str:
        return urlsplit(self.page.url).path

    @property
    def faults(self) -> dict[str, list[str]]:
        """By the page; what the browser's console said is among them."""
        found = {page: faults for page, faults in self._seen.items() if faults}
        return found | ({"console": self.visitor.complaints} if self.visitor.complaints else {})

    def look(self, state: str = "") -> None:
        """Each page once, however often it comes; once more when it is in another state."""
        name = f"{_ID.sub('…', self.path)} {state}".strip()
        if name not in self._seen:
            wider = sideways_scroll(self.page)
            too_wide = [f"{wider} pixels too wide"] if wider else []
            self._seen[name] = [*faults_of_access(self.page), *too_wide]
            keep_picture(self.page, f"{self.language}-{self.who}-{name}")

    def open(self, path: str) -> Response | None:
        """A page of the program; who is asked to show the second factor again does."""
        return furnishing.open_page(self.page, self.address + path, self.telephone)

    def send(self, form: str = "", button: str = "button.btn-primary", *, patience: float = 30_000) -> None:
        """Press a button of the form on this page; the page that follows has come then, within so many ms."""
        with self.page.expect_navigation(timeout=patience):
            self.page.click(f"main form{form} {button} >> nth=0")
        furnishing.show_again_if_asked(self.page, self.telephone)

    def follow(self, link: str) -> None:
        """Click the first such link."""
        with self.page.expect_navigation():
            self.page.click(f"main > :not(nav) a{link} >> nth=0")
        furnishing.show_again_if_asked(self.page, self.telephone)

    def read(self, file: FilePayload) -> str:
        """Have a list read; the path of the page that says what would happen."""
        self.open("/customers/import/")
        self.look()
        self.page.set_input_files("main [name=file]", file)
        self.page.fill("main [name=source]", "Anna")
        self.send(":has([name=file])")
        self.look()
        return self.path

    def confirm(self) -> None:
        """Say yes and wait until all are in."""
        self.send("[action$='/confirm/']")
        self.page.wait_for_selector(_DONE, timeout=60_000)
        self.look()

    def counts(self) -> list[int]:
        """The numbers above a list that was read, brought in or undone."""
        return [int(one) for one in self.page.locator("main .stat dd").all_inner_texts()]

    def add(self, *, name: str, **more: str) -> str:
        """Write a customer down; the path of the card."""
        self.open("/customers/add/")
        for field, answer in {"name": name, **more}.items():
            self.page.fill(f"main [name={field}]", answer)
        self.send(":has([name=emails])")
        self.page.wait_for_url(CARD)
        return self.path

    def search(self, text: str) -> list[str]:
        """What is found while typing, best first: the names."""
        self.open("/customers/")
        with self.page.expect_response("**/customers/search/"):
            self.page.locator("#search-text").fill(text)
        expect(self.page.locator("#search-results [role=status]")).to_be_visible()
        return self.page.locator("#search-results a strong").all_inner_texts()

    def card_of(self, text: str) -> None:
        """Search, and open the first who is found."""
        self.search(text)
        self.page.click("#search-results a >> nth=0")
        self.page.wait_for_url(CARD)
        self.look()

    def close(self) -> None:
        self.visitor.close()
