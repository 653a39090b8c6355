"""What somebody does who works with customers, page by page; which addresses that led to is kept."""

import io
import random
import re
from urllib.parse import urlsplit

from PIL import Image
from PIL.PngImagePlugin import PngInfo
from playwright.sync_api import FilePayload, expect

from tests import furnishing
from tests.browser import Visitor
from tests.leftovers import told
from tests.program import Program
from tests.telephone import Telephone

_CARD = re.compile(r"/customers/[0-9a-f-]{36}/$")
_SIDE_PIXELS = 1000
_WITHIN_MS = 30_000


class Day:
    """One person's browser and telephone; each step begins on any page."""

    def __init__(self, visitor: Visitor, program: Program) -> None:
        self.page, self.program = visitor.page, program
        self.addresses: set[str] = set()
        self.page.on("request", lambda request: self.addresses.add(request.url))
        self.page.on("framenavigated", lambda frame: self.addresses.add(frame.url))
        self.telephone: Telephone = furnishing.claim(self.page, program.start())

    def open(self, path: str) -> None:
        """A page of the program; who is asked to show the second factor again does."""
        furnishing.open_page(self.page, self.program.address + path, self.telephone)

    def send(self, form: str = "", button: str = "button.btn-primary") -> None:
        """Press a button of the form on this page and wait for the page that follows."""
        with self.page.expect_navigation():
            self.page.click(f"main form{form} {button} >> nth=0")

    def follow(self, link: str) -> None:
        """Click the first such link and wait for its page."""
        with self.page.expect_navigation():
            self.page.click(f"main > :not(nav) a{link} >> nth=0")

    @property
    def path(self) -> str:
        return urlsplit(self.page.url).path

    def add_fields(self) -> None:
        """An ordinary and a sensitive field of the firm's own, tried out: moved, renamed, put away and brought back."""
        for name in ("Medlem", "Allergi"):
            self.open("/company/fields/add/")
            self.page.fill("main [name=name]", name)
            self.page.set_checked("main [name=is_sensitive]", name == "Allergi")
            self.send(":has([name=name])")
        self.send("[action$='/move/']", "button")
        self.follow("[href*='/company/fields/']:not([href$='/add/'])")
        self.send(":has([name=name])")
        self.send("[action$='/put-away/']", "button")
        self.send("[action$='/put-away/']:has([name=back])", "button")

    def add(self, *, name: str, emails: str, **more: str) -> str:
        """Write a customer down; the path of the card."""
        self.open("/customers/add/")
        self.page.select_option("main [name=kind]", "organisation" if name == told.FIRM else "person")
        for field, answer in {"name": name, "emails": emails, **more}.items():
            self.page.fill(f"main [name={field}]", answer)
        self.page.get_by_label("Medlem").fill(told.ANSWER)
        self.send(":has([name=emails])")
        self.page.wait_for_url(_CARD)
        return self.path

    def change(self, card: str) -> None:
        self.open(f"{card}edit/")
        self.page.fill("main [name=note]", told.CARD_NOTE)
        self.send(":has([name=emails])")
        self._unfold("/responsible/")
        self.send("[action$='/responsible/']", "button")
        self.open(f"{card}history/")

    def _unfold(self, action: str) -> None:
        self.page.click(f"main details:has(form[action$='{action}']) summary")

    def write_notes(self, card: str) -> None:
        """One that is changed later, one that is deleted again."""
        for text in (told.NOTE, told.GONE_NOTE):
            self.open(card)
            self.page.fill("main [name=text]", text)
            self.send("[action$='/notes/add/']", "button")
        self.open(f"{card}notes/")
        self.follow("[href$='/delete/'][href*='/notes/']")
        self.send(button="button.btn-danger")
        self.open(card)
        self.follow("[href*='/notes/']:not([href$='/delete/']):not([href$='/notes/'])")
        self.page.fill("main [name=text]", told.CHANGED_NOTE)
        self.send(":has([name=text])")

    def add_documents(self, card: str) -> None:
        """A text, and a picture too large for memory; both looked at, one saved and one removed."""
        text = FilePayload(
            name=f"{told.TEXT_NAME}.txt", mimeType="text/plain", buffer=(told.SENTENCE * 40).encode()
        )
        picture = FilePayload(name=f"{told.PICTURE_NAME}.png", mimeType="image/png", buffer=large_picture())
        for file, seen in ((text, "pre.document-text"), (picture, "img.document-picture")):
            self.open(f"{card}documents/add/")
            self.page.set_input_files("main [name=file]", file)
            self.send(":has([name=file])")
            self.page.get_by_role("link", name=file["name"]).click()
            expect(self.page.locator(f"main {seen}")).to_be_visible(timeout=_WITHIN_MS)
        drawn = "document.querySelector('img.document-picture').naturalWidth"
        self.page.wait_for_function(f"{drawn} === {_SIDE_PIXELS}")
        self._save("main a[href$='/file/']")
        self.open(card)
        self.page.get_by_role("link", name=text["name"]).click()
        self.follow("[href$='/remove/']")
        self.send(button="button.btn-danger")

    def _save(self, button: str) -> None:
        with self.page.expect_download() as coming:
            self.page.click(button)
        assert coming.value.failure() is None
        coming.value.delete()

    def keep_sensitive(self, card: str) -> None:
        """An identity number and a sensitive answer, and a look at both."""
        self.open(f"{card}sensitive/change/")
        self.page.fill("main [name=numbers]", f"SE {told.NUMBER}")
        self.page.get_by_label("Allergi").fill(told.SENSITIVE_ANSWER)
        self.send(":has([name=numbers])")
        self.open(f"{card}sensitive/")
        self.page.fill("main [name=reason]", told.REASON)
        self.send(":has([name=reason])")
        expect(self.page.locator("main dl.facts")).to_contain_text(told.SENSITIVE_ANSWER)

    def relate(self, card: str) -> None:
        """The person as the firm's contact, and once more as something that is taken back."""
        for kind in ("CONTACT-back", "OTHER"):
            self.open(f"{card}relate/")
            self.page.select_option("main [name=kind]", kind)
            self.page.fill("main [name=text]", told.PERSON)
            self.send(":has([name=text])")
            self.send("[action$='/relations/add/']", "button")
        self.follow("[href*='/relations/'][href$='/remove/']")
        self.send(button="button[type=submit]")

    def search(self) -> None:
        """By name, with a slip, by number, by tag; and once as without scripts."""
        for text in (told.PERSON, told.PERSON.replace("Qv", "Qw"), told.NUMBER, told.TAG):
            self.open("/customers/")
            with self.page.expect_response("**/customers/search/"):
                self.page.locator("#search-text").fill(text)
            expect(self.page.locator("#search-results .found").first).to_be_visible(timeout=_WITHIN_MS)
        with self.page.expect_navigation():
            self.page.evaluate("document.querySelector('form:has(#search-text)').submit()")
        assert "/customers/found/" in self.page.url
        self.export(f"?found={self.path.rstrip('/').rpartition('/')[2]}", "vcard")

    def keep_a_view(self) -> None:
        """Those with the tag, under a name."""
        for name in (told.VIEW, "Another"):
            self.open("/customers/choose/")
            self.page.get_by_label(told.TAG).check()
            self.send(":has([name=tag])")
            expect(self.page.locator("main .chosen")).to_contain_text(told.TAG)
            self._unfold("/views/")
            self.page.fill("main [name=name]", name)
            self.send("[action$='/views/']")
        self.open("/customers/views/")
        self.send("[action$='/delete/']", "button")
        self.page.fill("main [name=name]", told.RENAMED_VIEW)
        self.send("[action$='/rename/']", "button")
        self.follow("[href*='/customers/views/']")

    def export(self, query: str, kind: str) -> None:
        """A file of those in the newest view, or of those found."""
        self.open(f"/customers/export/{query}")
        self.page.locator("main [name=view]").last.check()
        self.page.check(f"main [name=format][value={kind}]")
        self.page.fill("main [name=reason]", told.EXPORT_REASON)
        self._save("main form:has([name=reason]) button.btn-primary")

    def merge(self, card: str) -> None:
        """Two cards made one and parted again."""
        self.open("/customers/doubles/")
        self.open(f"{card}same/")
        self.page.fill("main [name=text]", told.DOUBLE_EMAIL)
        self.send(":has([name=text])")
        self.follow("[href*='/same/']")
        self.send(":has([name=kept_revision])")
        self.follow("[href*='/merges/']")
        self.send()

    def delete(self, card: str, name: str) -> None:
        self.open(card)
        self.follow(".link-danger")
        self.page.check("main [name=ground][value=REQUEST]")
        self.page.fill("main [name=name]", name)
        self.send(button="button.btn-danger")


def large_picture() -> bytes:
    """Of nothing, but large, with a comment in it."""
    out, comment = io.BytesIO(), PngInfo()
    comment.add_itxt("Comment", told.COMMENT)
    noise = random.Random(1).randbytes(3 * _SIDE_PIXELS**2)  # noqa: S311 - a picture, no secret
    Image.frombytes("RGB", (_SIDE_PIXELS, _SIDE_PIXELS), noise).save(out, "PNG", pnginfo=comment)
    return out.getvalue()
