"""A company with customers who can be reached: what the journeys of the law have in common."""

import re
import threading
from collections.abc import Callable
from email.message import EmailMessage
from functools import cached_property
from urllib.parse import urlsplit

from playwright.sync_api import Browser, Download

from tests.browser import Visitor, faults_of_access, keep_picture, sideways_scroll
from tests.journeys.desk import Desk
from tests.program import Program, until
from tryggve.notices.tests.post_office import PostOffice

PAGES = ("consents", "data", "requests", "looks", "notice", "feedback")
_SECRET = re.compile(r"[\w-]{40,}|[0-9a-f]{8}-[0-9a-f-]{27}")
_CONFIRM = "main form button.btn-primary"


def text_of(mail: EmailMessage) -> str:
    """What stands in it as plain text."""
    plain = mail.get_body(("plain",))
    return str(plain.get_content()) if plain else ""


class Customer:
    """A customer's telephone, which is narrow, and the mails that reach the address."""

    def __init__(
        self, browser: Browser, program: Program, office: PostOffice, *, email: str, language: str, scripts: bool = True
    ) -> None:  # fmt: skip
        self.visitor = Visitor(browser, language=language, width=390, scripts=scripts)
        self.page, self.email, self.language = self.visitor.page, email, language
        self.address, self._office, self._read = program.address, office, 0
        self._has_scripts, self._seen = scripts, dict[str, list[str]]()

    @property
    def faults(self) -> dict[str, list[str]]:
        """By the page; what the browser's console said is among them."""
        found = {page: faults for page, faults in self._seen.items() if faults}
        return found | ({"console": self.visitor.complaints} if self.visitor.complaints else {})

    @property
    def mails(self) -> list[EmailMessage]:
        """All that the mail server took for this address."""
        return [one for one in self._office.desk.taken if self.email in str(one["To"])]

    def next_mail(self) -> EmailMessage:
        """The one after those that were read."""
        until(lambda: len(self.mails) > self._read or None)
        self._read += 1
        return self.mails[self._read - 1]

    def skip(self, other: "Customer") -> None:
        """The mails that the same person has read in another browser."""
        self._read = other._read

    def next_link(self, part: str) -> str:
        """The link whose address has this in it, in the next mail that has one."""
        while True:
            if found := re.search(rf"https?://\S*{part}\S*", text_of(self.next_mail())):
                return found[0]

    def open(self, address: str) -> None:
        self.page.goto(address if "://" in address else self.address + address)
        self.look()

    def press(self, button: str = _CONFIRM) -> None:
        with self.page.expect_navigation():
            self.page.click(f"{button} >> nth=0")
        self.look("afterwards")

    def fetch(self, button: str) -> Download:
        with self.page.expect_download() as coming:
            self.page.click(f"{button} >> nth=0")
        return coming.value

    def ask_for_link(self) -> None:
        self.open("/my/come-in/")
        self.page.fill("main [name=email]", self.email)
        self.press("main form:has([name=email]) button")

    def come_in(self) -> None:
        """By the link in a mail, in the browser in which it was asked for."""
        self.ask_for_link()
        self.open(self.next_link("/my/link/"))
        self.press()

    def walk_through(self) -> None:
        """Every page of the customer's own."""
        for page in PAGES:
            self.open(f"/my/{page}/")

    def speak(self, language: str) -> None:
        """At the foot of the page."""
        with self.page.expect_navigation():
            self.page.click(f"footer button[value={language}]")
        self.language = language

    def look(self, state: str = "") -> None:
        """Each page once, and once more when it is in another state or language; axe itself is a script."""
        path = _SECRET.sub("…", urlsplit(self.page.url).path)
        name = f"{self.language} {path} {state}".strip()
        if name in self._seen or not self._has_scripts:
            return
        wider = sideways_scroll(self.page)
        too_wide = [f"{wider} pixels too wide"] if wider else []
        self._seen[name] = [*faults_of_access(self.page), *too_wide]
        keep_picture(self.page, f"{self.language}-customer-{path}-{state}")


class Firm:
    """Anna's program and desk, and the mail server that takes what they send."""

    def __init__(self, browser: Browser, program: Program, office: PostOffice, *, language: str) -> None:
        self._browser, self.program, self.office, self.language = browser, program, office, language

    @cached_property
    def anna(self) -> Desk:
        """The owner, who has just taken the program into use and told it the mail server."""
        desk = Desk.of_owner(self._browser, self.program, language=self.language)
        desk.open("/company/mail/")
        server = {"host": "localhost", "port": str(self.office.port), "sender_address": "anna@example.se"}
        for name, answer in server.items():
            desk.page.fill(f"main [name={name}]", answer)
        desk.page.select_option("main [name=security]", "none")
        desk.send(":has([name=host])")
        return desk

    def choose_purposes(self, kind: str) -> None:
        """Those that are usual for such a company."""
        self.anna.open(f"/customers/purposes/start/?kind={kind}")
        self.anna.look("chosen")
        self.anna.send(":has([name=purposes])")

    def write_words(self, purpose: str, words: str) -> None:
        """What customers say yes to, of the purpose with that name, in the company's language."""
        self.anna.open("/company/consents/")
        self.anna.look()
        with self.anna.page.expect_navigation():
            self.anna.page.click(f"main li:has-text('{purpose}') a[href$='/{self.language}/'] >> nth=0")
        self.anna.page.fill("main [name=text]", words)
        self.anna.look()
        self.anna.send(":has([name=text])")
        self.anna.look("written")

    def customer(self, email: str, *, language: str = "", scripts: bool = True) -> Customer:
        told = language or self.language
        return Customer(self._browser, self.program, self.office, email=email, language=told, scripts=scripts)


def elsewhere(work: Callable[[], None]) -> None:
    """In a thread of its own: the browser's loop runs in this one."""
    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
