import re
import unicodedata

from tryggve.domains.customers.engine.drafts import SetAsideReason

_NEW_LINES = re.compile(r"\r\n?|[\x0b\x0c\u0085\u2028\u2029]")
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x9f]")
LONGEST = 20_000
_DIRECTION = re.compile(r"[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
# As programs write a cell that a spreadsheet is to take for text: ="0701740605", '+46701740605.
_AS_TEXT = re.compile(r"""=\s*"([^"]*)"|'('*[-=+@＝＋－＠\t\r\n].*|'*[0-9][0-9 ()/+-]*)""", re.DOTALL)
_BROKEN = re.compile(r"[\ufffd\ud800-\udfff]")


class BadCell(ValueError):
    """A cell can't become what its column holds; ``reason`` says why."""

    def __init__(self, reason: SetAsideReason) -> None:
        super().__init__(reason)
        self.reason = reason


def clean_text(cell: str) -> str:
    """The cell as it is kept: Unicode form C, one kind of line break, no white space around it; raises BadCell.

    What guards it from a spreadsheet («="0701740605"») is taken off.
    """
    if len(cell) > LONGEST:
        raise BadCell("too_long")
    if cell[:1] in ("=", "'"):
        cell = unguarded(cell)
    if cell.isascii() and cell.isprintable():
        return cell.strip()
    text = _NEW_LINES.sub("\n", cell)
    if _CONTROL.search(text):
        raise BadCell("control_characters")
    if _BROKEN.search(text):
        raise BadCell("bad_characters")
    return unicodedata.normalize("NFC", text).strip()


def unguarded(cell: str) -> str:
    """What stands in a cell that was guarded from a spreadsheet; any other cell as it is."""
    found = _AS_TEXT.fullmatch(cell)
    return (found[1] or found[2] or "") if found else cell


def without_invisible(heading: str) -> str:
    """A heading without control characters, marks that turn its direction, and broken letters: it is shown as is."""
    text = _NEW_LINES.sub("\n", heading)
    return _BROKEN.sub("", _DIRECTION.sub("", _CONTROL.sub("", text)))


def one_line(text: str, *, longest: int) -> str:
    """The same words with single spaces between them; raises BadCell when there are too many letters."""
    text = " ".join(text.split())
    if len(text) > longest:
        raise BadCell("too_long")
    return text
