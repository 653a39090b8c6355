"""Texts and slides of OpenDocument (ISO/IEC 26300): headers and footers stand among the styles, notes in the text."""

import re
from collections.abc import Iterable, Iterator
from typing import Final

from tryggve.domains.datamap.engine.reading.office_parts import OfficeParts
from tryggve.domains.datamap.engine.reading.office_words import members, words_in
from tryggve.domains.datamap.engine.reading.parts import Limits, NotRead, Read, Reason, Source
from tryggve.domains.datamap.engine.reading.running_text import RunningText

_MANIFEST: Final = "META-INF/manifest.xml"
_MAIN: Final = "content.xml"
_WITH_WORDS: Final = re.compile(r"(?:^|/)(?:content|styles|meta)\.xml$")
_FILES: Final = re.compile(r"\.(?:jpe?g|png|tiff?|heic|pdf)$", re.IGNORECASE)
_THUMBNAIL: Final = re.compile(r"^Thumbnails/")
_PARAGRAPHS: Final = frozenset(("text:p", "text:h"))
_WITH_LETTERS: Final = _PARAGRAPHS | {
    *("dc:creator", "dc:title", "dc:subject", "dc:description"),
    *("meta:initial-creator", "meta:keyword", "meta:user-defined", "meta:printed-by"),
}
_BESIDE: Final = frozenset(("office:annotation", "text:note", "draw:text-box"))
_CELLS: Final = frozenset(("table:table-cell", "table:covered-table-cell"))
_MOST_SPACES: Final = 1000


def read(source: Source, name: str, limits: Limits) -> Iterator[Read]:
    """All that is said in it; then the pictures."""
    with OfficeParts(source, limits) as parts:
        refuse_encrypted(parts)
        yield from words_of(parts, {_MAIN, *filter(_WITH_WORDS.search, parts.names)})
        yield from files_of(parts)


def refuse_encrypted(parts: OfficeParts) -> None:
    """Raises NotRead (encrypted): parts by the manifest, or the whole as one part of version 1.4."""
    is_encrypted = _MANIFEST in parts.names and b"encryption-data" in parts.read(_MANIFEST)
    if is_encrypted or "encrypted-package" in parts.names:
        raise NotRead(Reason.ENCRYPTED)


def words_of(parts: OfficeParts, names: Iterable[str]) -> Iterator[Read]:
    for name in sorted(names, key=lambda part: (part != _MAIN, part)):
        yield from words_in(parts, name, _Words(RunningText(() if name == _MAIN else (name,))))


def files_of(parts: OfficeParts) -> Iterator[Read]:
    """Pictures, which may show more than is said."""
    return members(
        parts, (name for name in parts.names if _FILES.search(name) and not _THUMBNAIL.search(name))
    )


class _Words:
    """Only letters of paragraphs and properties are words: between other elements the file is laid out."""

    def __init__(self, text: RunningText) -> None:
        self.text = text
        self._paragraphs = 0

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if tag in _WITH_LETTERS:
            self._paragraphs += 1
        elif tag in _CELLS:
            self.text.begin_cell()
        elif tag in _BESIDE:
            self.text.begin_beside()
        elif tag == "text:s":
            self.text.add(" " * min(_count(attributes.get("text:c", "1")), _MOST_SPACES))
        elif tag == "text:tab":
            self.text.add("\t")
        elif tag == "text:line-break":
            self.text.end_paragraph()
        elif tag == "text:a" and attributes.get("xlink:href", "").startswith("mailto:"):
            self.text.add(f" {attributes['xlink:href']} ")

    def end(self, tag: str) -> None:
        if tag in _WITH_LETTERS:
            self._paragraphs -= 1
            self.text.end_paragraph()
        elif tag in _CELLS:
            self.text.end_cell()
        elif tag in _BESIDE:
            self.text.end_beside()
        elif tag == "table:table-row":
            self.text.end_paragraph()

    def letters(self, text: str) -> None:
        if self._paragraphs:
            self.text.add(text)


def _count(written: str) -> int:
    return int(written) if written.isascii() and written.isdigit() and len(written) < 8 else 1
