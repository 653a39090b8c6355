"""Rich Text Format (version 1.9.1): words of the text, headers, notes, comments, fields and properties."""

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

from tryggve.domains.datamap.engine.reading import encodings, parts
from tryggve.domains.datamap.engine.reading.parts import HeldBytes, Limits, Member, Read, Source
from tryggve.domains.datamap.engine.reading.running_text import RunningText

_TOKEN: Final = re.compile(
    rb"\\([a-zA-Z]{1,32})(-?[0-9]{1,10})? ?|\\'([0-9a-fA-F]{2})|\\([^a-zA-Z'])|([{}])|([^\\{}\r\n]+)|[\r\n]+|.",
    re.DOTALL,
)
# Groups that hold no words, and those with a star, which readers are free not to know, that do.
_NO_WORDS: Final = frozenset(
    b"colortbl stylesheet listtable listoverridetable rsidtbl generator themedata colorschememapping datastore"
    b" latentstyles objdata fontemb fontfile filetbl revtbl xmlnstbl pgptbl mmathPr".split()
)
_WITH_WORDS: Final = frozenset(
    b"fldinst annotation atnauthor atnid shpinst shptxt xe company manager doccomm hlinkbase userprops".split()
)
_TEXT_OF: Final = {
    b"par": "\n",
    b"line": "\n",
    b"row": "\n",
    b"sect": "\n",
    b"page": "\n",
    b"nestrow": "\n",
    b"cell": "\t",
    b"nestcell": "\t",
    b"tab": "\t",
    b"emdash": "\u2014",
    b"endash": "\u2013",
    b"enspace": " ",
    b"emspace": " ",
    b"qmspace": " ",
    b"lquote": "\u2018",
    b"rquote": "\u2019",
    b"ldblquote": "\u201c",
    b"rdblquote": "\u201d",
}
_SYMBOLS: Final = {
    b"~": " ",
    b"_": "-",
    b"-": "",
    b"\n": "\n",
    b"\r": "\n",
    b"{": "{",
    b"}": "}",
    b"\\": "\\",
}
_CODE_PAGES: Final = {b"mac": "mac_roman", b"pc": "cp437", b"pca": "cp850"}
# By the number of a font's character set.
_OF_CHARSET: Final = {
    77: "mac_roman",
    128: "cp932",
    129: "cp949",
    134: "cp936",
    136: "cp950",
    161: "cp1253",
    162: "cp1254",
    163: "cp1258",
    177: "cp1255",
    178: "cp1256",
    186: "cp1257",
    204: "cp1251",
    222: "cp874",
    238: "cp1250",
}
_PICTURES: Final = {b"pngblip": ".png", b"jpegblip": ".jpg"}
_NOT_HEX: Final = bytes(set(range(256)) - set(b"0123456789abcdefABCDEF"))
_MOST_GROUPS: Final = 10_000


def read(source: Source, name: str, limits: Limits) -> Iterator[Read]:
    """The text, then the pictures in it."""
    text = RunningText()
    document = _Document(text)
    for _token in document.read(parts.whole(source, limits)):
        yield from text.taken()
    yield from text.taken(is_end=True)
    for number, (ending, content) in enumerate(document.pictures, start=1):
        yield Member(f"picture{number}{ending}", HeldBytes(content))


@dataclass(frozen=True, slots=True)
class _Group:
    """What a brace brings back when it closes. ``letters_for_unicode``: how many stand in for a letter beyond them."""

    encoding: str = encodings.FALLBACK
    letters_for_unicode: int = 1
    is_shown: bool = True
    is_fonts: bool = False
    picture: str = ""


class _Document:
    def __init__(self, text: RunningText) -> None:
        self.pictures: list[tuple[str, bytes]] = []
        self._text = text
        self._group = _Group()
        self._outer: list[_Group] = []
        self._bytes = bytearray()
        self._stand_ins = 0
        self._is_starred = False
        self._default = encodings.FALLBACK
        self._font, self._fonts = 0, dict[int, str]()
        self._hex = bytearray()

    def read(self, content: bytes) -> Iterator[None]:
        """Stops at each end of a paragraph, for the text to be taken."""
        at = 0
        while token := _TOKEN.match(content, at):
            at = token.end()
            word, number, letter, symbol, brace, letters = token.groups()
            if letters:
                self._letters(letters)
            elif letter:
                self._letters(bytes([int(letter, 16)]))
            elif brace:
                self._brace(brace)
            elif symbol:
                self._symbol(symbol)
            elif word == b"bin":
                at += max(int(number or 0), 0)
            elif word:
                self._word(word, int(number) if number else None)
            if word == b"par":
                yield
        self._flush()

    def _letters(self, letters: bytes) -> None:
        skipped, self._stand_ins = self._stand_ins, max(self._stand_ins - len(letters), 0)
        if self._group.picture:
            self._hex += letters
        elif self._group.is_shown:
            self._bytes += letters[skipped:]

    def _flush(self) -> None:
        if self._bytes:
            self._text.add(self._bytes.decode(self._group.encoding, "replace"))
            self._bytes.clear()

    def _put(self, text: str) -> None:
        if self._stand_ins:
            self._stand_ins -= 1
        elif self._group.is_shown:
            self._flush()
            self._text.add(text)

    def _change(self, **changed: object) -> None:
        self._flush()
        self._group = replace(self._group, **changed)  # type: ignore[arg-type]

    def _brace(self, brace: bytes) -> None:
        self._flush()
        self._stand_ins = 0
        if brace == b"{":
            if len(self._outer) >= _MOST_GROUPS:
                raise parts.NotRead(parts.Reason.DAMAGED)
            self._outer.append(self._group)
            return
        outer = self._outer.pop() if self._outer else _Group()
        if self._group.picture and not outer.picture:
            self._end_picture()
        self._group = outer

    def _end_picture(self) -> None:
        digits = self._hex.translate(None, _NOT_HEX)
        if self._group.picture in _PICTURES.values():
            self.pictures.append(
                (self._group.picture, bytes.fromhex(digits[: len(digits) & ~1].decode("ascii")))
            )
        self._hex.clear()

    def _symbol(self, symbol: bytes) -> None:
        if symbol == b"*":
            self._is_starred = True
        else:
            self._put(_SYMBOLS.get(symbol, ""))

    def _word(self, word: bytes, number: int | None) -> None:
        is_starred, self._is_starred = self._is_starred, False
        if word in _NO_WORDS or (is_starred and word not in _WITH_WORDS):
            self._change(is_shown=False)
        elif word in _TEXT_OF:
            self._put(_TEXT_OF[word])
        elif word == b"u":
            self._put_letter(number or 0)
        elif word == b"pict":
            self._change(is_shown=False, picture="?")
        elif word in _PICTURES:
            self._change(picture=_PICTURES[word])
        else:
            self._set(word, number)

    def _put_letter(self, number: int) -> None:
        """Numbers are signed, of 16 bits; letters beyond those come as two."""
        if self._group.is_shown:
            unit = number & 0xFFFF
            self._flush()
            self._text.add(chr(unit))
        self._stand_ins = self._group.letters_for_unicode

    def _set(self, word: bytes, number: int | None) -> None:
        if word == b"uc":
            self._change(letters_for_unicode=max(number or 0, 0))
        elif word == b"ansicpg":
            self._default = _known(f"cp{number}")
            self._change(encoding=self._default)
        elif word in _CODE_PAGES:
            self._default = _CODE_PAGES[word]
            self._change(encoding=self._default)
        elif word == b"fonttbl":
            self._change(is_shown=False, is_fonts=True)
        elif word == b"f" and self._group.is_fonts:
            self._font = number or 0
        elif word == b"f":
            self._change(encoding=self._fonts.get(number or 0, self._default))
        elif word == b"fcharset" and number in _OF_CHARSET:
            self._fonts[self._font] = _OF_CHARSET[number]


def _known(encoding: str) -> str:
    try:
        codecs.lookup(encoding)
    except LookupError:
        return encodings.FALLBACK
    return encoding
