"""Bringing in lists: columns matched, rows mended, doubles decided, and one taken back."""

from playwright.sync_api import FilePayload

from tests.leftovers import lists, words
from tests.leftovers.day import Day
from tests.leftovers.told import SOURCE

_DONE = "main a.btn-primary[href='/customers/']"


class DayWithLists(Day):
    """The same day, at the desk where the old lists are."""

    def upload(self, file: FilePayload) -> str:
        """Read a list; the path of its preview."""
        self.open("/customers/import/")
        self.page.set_input_files("main [name=file]", file)
        self.page.fill("main [name=source]", SOURCE)
        self.send(":has([name=file])")
        return self.path

    def confirm(self) -> None:
        """Say yes and wait until it is done."""
        self.send("[action$='/confirm/']")
        self.page.wait_for_selector(_DONE, timeout=60_000)

    def bring_in_all(self) -> None:
        """Each in another way; one more waits for a yes at the end."""
        for step in (
            self._long_list,
            self._old_workbook,
            self._sheet,
            self._cards,
            self._bare,
            self._too_much,
        ):
            step()
        self.upload(_payload("kunder.csv", words.LIST.read_bytes()))

    def _long_list(self) -> None:
        self.upload(_payload(words.LIST.name, words.LIST.read_bytes()))
        self.confirm()

    def _old_workbook(self) -> None:
        preview = self.upload(lists.XLS.payload)
        self.open(f"{preview}columns/")
        self.send(":has([name^=column_])")
        self.open(f"{preview}rows/")
        self.open(preview)
        self.confirm()

    def _sheet(self) -> None:
        """A row is mended and all of it worked out again; a double is decided by hand, others by a rule."""
        preview = self.upload(lists.ODS.payload)
        self.open(f"{preview}rows/?fate=set_aside")
        self.follow("[href*='/rows/']:not([href*='?']):not([href$='/rows/'])")
        self.page.fill("main [name=cell_1]", lists.MENDED_EMAIL)
        self.send(":has([name=cell_1])")
        self.open(f"{preview}doubles/")
        self.page.select_option("main [name^=row_] >> nth=0", "new")
        self.page.select_option("main [name^=rule_] >> nth=0", "same")
        self.send(":has([name^=row_])")
        # Only long lists have the button that works everything out again.
        self.page.evaluate(f"document.querySelector('main form').action = '{preview}compare/'")
        self.send(":has([name^=row_])")
        self.confirm()

    def _cards(self) -> None:
        """Brought in, and taken back."""
        preview = self.upload(lists.VCARD.payload)
        self.confirm()
        self.open(f"{preview}undo/")
        self.send(button="button.btn-danger")
        self.page.wait_for_selector(_DONE, timeout=60_000)

    def _bare(self) -> None:
        """One row is set aside; it becomes a list of its own, which is forgotten."""
        self.upload(lists.BARE_CSV.payload)
        self.confirm()
        self.send("[action$='/mend/']", "button")
        self.send("[action$='/cancel/']", "button")

    def _too_much(self) -> None:
        """A list with a long tail of nothing, which is refused once it has been read."""
        self.open("/customers/import/")
        self.page.set_input_files("main [name=file]", _payload("long.csv", long_list()))
        self.send(":has([name=file])")
        self.page.wait_for_selector(".field-error")


def long_list() -> bytes:
    """Too large for memory, and most of it empty lines."""
    return words.LIST.read_bytes() + b"\n" * 4_000_000


def _payload(name: str, content: bytes) -> FilePayload:
    return FilePayload(name=name, mimeType="text/csv", buffer=content)
