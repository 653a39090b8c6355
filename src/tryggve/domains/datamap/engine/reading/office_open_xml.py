"""Word and PowerPoint since 2007 (ECMA-376): all parts that hold text, not only the one that people see first."""

import re
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from typing import Final

from tryggve.domains.datamap.engine.reading import xml_parsing
from tryggve.domains.datamap.engine.reading.office_parts import OfficeParts
from tryggve.domains.datamap.engine.reading.office_words import members, words_in
from tryggve.domains.datamap.engine.reading.parts import Limits, Read, Source
from tryggve.domains.datamap.engine.reading.running_text import RunningText

Attributes = dict[str, str]

_MAIN: Final = "word/document.xml"
_SLIDE: Final = re.compile(r"ppt/slides/slide(\d+)\.xml", re.IGNORECASE)
# They say how something looks, never what it is.
_LOOKS: Final = re.compile(
    r"(?:^\[Content_Types\]|/(?:styles|stylesWithEffects|theme\d*|fontTable|webSettings|numbering|presProps|viewProps"
    r"|tableStyles|settings|calcChain|sharedStrings|workbook|metadata|colors\d*|style\d*|sheet\d+|chartsheet\d*))\.xml$",
    re.IGNORECASE,
)
# Whatever these hold stands in attributes or in elements of anybody's making.
_ANY_XML: Final = re.compile(
    r"(?:^|/)(?:customXml|pivotCache|externalLinks|persons|ink)/[^/]*\.xml$|/(?:people|commentAuthors|authors)\.xml$",
    re.I,
)
_FILES: Final = re.compile(
    r"/embeddings/[^/]+$|\.(?:jpe?g|png|tiff?|heic|html?|mht|rtf|txt|csv|docx|xlsx|pptx|pdf|eml|msg)$",
    re.IGNORECASE,
)
# Elements whose letters are words. The second kind are paragraphs of their own: properties, authors, cached values.
_WITH_WORDS: Final = ("t", "delText", "text")
_PROPERTIES: Final = (
    "author",
    "category",
    "Company",
    "creator",
    "description",
    "keywords",
    "lastModifiedBy",
    "lpwstr",
    "Manager",
    "subject",
    "title",
    "v",
)
_PARAGRAPHS: Final = ("p", "br", "cr", "tr", "comment", "cm")
_TABS: Final = ("tab", "ptab")
# Stops of the ruler, and what older programs show in place of a newer form that stands beside it.
_PASSED_OVER: Final = ("tabs", "Fallback")
_THUMBNAIL: Final = re.compile(r"(?:^|/)thumbnail\.\w+$", re.IGNORECASE)


def read(source: Source, name: str, limits: Limits) -> Iterator[Read]:
    """The text, headers, footers, notes, comments, text boxes, slides, properties; then the files in it."""
    with OfficeParts(source, limits) as parts:
        yield from words_of(parts)
        yield from files_of(parts)


def words_of(parts: OfficeParts) -> Iterator[Read]:
    """The document or the slides first."""
    for name in sorted(parts.names, key=_order):
        if name.lower().endswith(".rels"):
            yield from words_in(parts, name, _Links(RunningText((name,))))
        elif name.lower().endswith(".xml") and not _LOOKS.search(name) and not _ANY_XML.search(name):
            yield from words_in(parts, name, _Words(_text_of(name)))


def files_of(parts: OfficeParts) -> Iterator[Read]:
    """Pictures, embedded files, and data that has a form of its own."""
    files = (name for name in parts.names if _ANY_XML.search(name) or _FILES.search(name))
    return members(parts, (name for name in files if not _THUMBNAIL.search(name)))


def _order(name: str) -> tuple[bool, int, str]:
    slide = _SLIDE.fullmatch(name)
    return name != _MAIN, int(slide[1]) if slide else 0, name


def _text_of(name: str) -> RunningText:
    if name == _MAIN:
        return RunningText()
    slide = _SLIDE.fullmatch(name)
    return RunningText(within={"slide": int(slide[1])}) if slide else RunningText((name,))


class _Links:
    """Where a part's links lead: addresses of mail stand nowhere else."""

    def __init__(self, text: RunningText) -> None:
        self.text = text

    def start(self, tag: str, attributes: Attributes) -> None:
        if attributes.get("TargetMode") == "External":
            self.text.add(attributes.get("Target", ""))
            self.text.end_paragraph()

    def end(self, tag: str) -> None:
        pass

    def letters(self, text: str) -> None:
        pass


class _Words:
    """Paragraphs are joined as their runs are split; the older form of what stands there twice is passed over."""

    def __init__(self, text: RunningText) -> None:
        self.text = text
        self._words = 0
        self._passed_over = 0
        self._starts: Mapping[str, Callable[[], None]] = {
            **dict.fromkeys((*_WITH_WORDS, *_PROPERTIES), self._begin_words),
            **dict.fromkeys(_PASSED_OVER, self._begin_passing_over),
            **dict.fromkeys(_TABS, partial(text.add, "\t")),
            "noBreakHyphen": partial(text.add, "-"),
            "instrText": self._begin_field,
            "tc": text.begin_cell,
            "txbxContent": text.begin_beside,
        }
        self._ends: Mapping[str, Callable[[], None]] = {
            **dict.fromkeys(_WITH_WORDS, self._end_words),
            **dict.fromkeys(_PARAGRAPHS, text.end_paragraph),
            **dict.fromkeys(_PROPERTIES, self._end_property),
            "instrText": self._end_field,
            "tc": text.end_cell,
            "txbxContent": text.end_beside,
        }

    def start(self, tag: str, attributes: Attributes) -> None:
        name = xml_parsing.local(tag)
        if self._passed_over:
            self._passed_over += 1
        elif begin := self._starts.get(name):
            begin()
        elif name == "comment":
            authors = (value for key, value in attributes.items() if xml_parsing.local(key) == "author")
            self.text.add(f"{next(authors, '')} ")

    def end(self, tag: str) -> None:
        if self._passed_over:
            self._passed_over -= 1
        elif end := self._ends.get(xml_parsing.local(tag)):
            end()

    def letters(self, text: str) -> None:
        # Line ends between elements are how the file is laid out.
        if self._words and not self._passed_over and not (text.isspace() and "\n" in text):
            self.text.add(text)

    def _begin_words(self) -> None:
        self._words += 1

    def _end_words(self) -> None:
        self._words -= 1

    def _begin_field(self) -> None:
        self.text.add(" ")
        self._begin_words()

    def _end_field(self) -> None:
        self._end_words()
        self.text.add(" ")

    def _end_property(self) -> None:
        self._end_words()
        self.text.end_paragraph()

    def _begin_passing_over(self) -> None:
        self._passed_over = 1
