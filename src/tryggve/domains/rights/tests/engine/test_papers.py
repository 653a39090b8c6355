"""Notice and record as files: everything told stands in them, and the same document makes the same bytes."""

import html
import io
import re
import zipfile
from dataclasses import replace
from html.parser import HTMLParser
from xml.etree import ElementTree

import pytest
from docx import Document
from hypothesis import given, settings

from tests import paper as pdf_reader
from tryggve.domains.rights.engine.notice import privacy_notice
from tryggve.domains.rights.engine.papers import html as pages
from tryggve.domains.rights.engine.papers import pdf, word
from tryggve.domains.rights.engine.papers.paper import Paper
from tryggve.domains.rights.engine.plain_text import shown
from tryggve.domains.rights.engine.purposes import Controller, Language, Purpose
from tryggve.domains.rights.tests.engine import papers_of_law
from tryggve.domains.rights.tests.engine.papers_of_law import ANNA, DAY, NEWSLETTER, notice_of, record_of
from tryggve.lib.pdf import can_make_pdf

needs_pango = pytest.mark.skipif(not can_make_pdf(), reason="Pango is missing")
HOSTILE = "<script>alert(1)</script> & \"'\u202e\x00\x0bslut"
_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def _all_texts(paper: Paper) -> list[str]:
    lines = [line.text for line in paper.introduction]
    return [*lines, *(line.text for section in paper.sections for line in section.all_lines())]


def _texts_in_word(made: bytes) -> list[str]:
    with zipfile.ZipFile(io.BytesIO(made)) as package:
        body = ElementTree.fromstring(package.read("word/document.xml"))  # noqa: S314 - made here
    paragraphs = (
        "".join(piece.text or "" for piece in one.iter(f"{_WORD}t")) for one in body.iter(f"{_WORD}p")
    )
    return [text for text in paragraphs if text]


class _Tags(HTMLParser):
    """The tags of a page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: set[str] = set()
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.add(tag)


def _texts_in_page(page: str) -> str:
    return html.unescape(re.sub(r"<[^>]+>", "\n", page))


@pytest.mark.parametrize("paper", [notice_of("coach"), record_of("shop", country="DK", language="da")])
def test_page_says_everything_that_the_document_says(paper: Paper) -> None:
    shown_lines = _texts_in_page(pages.page_of(paper)).split("\n")
    assert [text for text in (*_all_texts(paper), paper.title) if text not in shown_lines] == []


@pytest.mark.parametrize("paper", [notice_of("coach"), record_of("shop", country="DK", language="da")])
def test_word_file_says_everything_that_the_document_says(paper: Paper) -> None:
    texts = _texts_in_word(word.as_word(paper))
    assert [text for text in (*_all_texts(paper), paper.title) if text not in texts] == []


def test_word_file_has_headings_language_and_the_firm_as_its_author() -> None:
    paper = record_of("shop", country="DK", language="da")
    made = Document(io.BytesIO(word.as_word(paper)))
    headings = [
        one.text for one in made.paragraphs if one.style is not None and one.style.name == "Heading 1"
    ]
    assert headings == [section.heading for section in paper.sections]
    told = made.core_properties
    assert (told.author, told.language, told.comments) == ("Annas Coaching", "da", "")
    assert 'w:val="da-DK"' in made.styles.element.xml


def test_same_document_makes_the_same_word_file() -> None:
    made = word.as_word(notice_of("coach"))
    assert made == word.as_word(notice_of("coach"))
    with zipfile.ZipFile(io.BytesIO(made)) as package:
        assert {part.date_time for part in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}


@needs_pango
def test_same_document_makes_the_same_pdf() -> None:
    assert pdf.as_pdf(notice_of("coach")) == pdf.as_pdf(notice_of("coach"))


@needs_pango
def test_pdf_begins_with_the_title_and_holds_the_sections() -> None:
    paper = record_of("shop", country="DK", language="da")
    made = pdf.as_pdf(paper)
    lines = " ".join(pdf_reader.lines_of(made))
    assert made[:5] == b"%PDF-"
    assert lines.startswith("Fortegnelse over behandlinger af personoplysninger")
    assert [section.heading for section in paper.sections if section.heading not in lines] == []


@needs_pango
def test_pdf_can_be_followed_by_a_screen_reader() -> None:
    made = pdf.as_pdf(notice_of("coach"))
    assert b"/MarkInfo" in made or b"/StructTreeRoot" in b"".join(pdf_reader._streams(made))


def test_what_a_firm_writes_is_text_and_never_markup() -> None:
    words = replace(NEWSLETTER.words, name=HOSTILE, description=HOSTILE)
    paper = privacy_notice(
        replace(ANNA, firm=HOSTILE), [replace(NEWSLETTER, words=words)], language="sv", made_on=DAY
    )
    page = pages.page_of(paper)
    assert _Tags(page).found - {"html", "head", "meta", "title", "body", "h1", "h2", "h3", "p"} == {
        "table",
        "tr",
        "th",
        "td",
        "ul",
        "li",
    }
    assert shown(HOSTILE) in _texts_in_page(page)
    assert [mark for mark in ("\x00", "\x0b", "\u202e") if mark in page] == []


def test_text_is_shown_in_one_line_and_keeps_words_together() -> None:
    assert shown("  artikel\u00a06\r\n\tb\u2028c\x00 ") == "artikel\u00a06 b c"


@given(papers_of_law.controllers, papers_of_law.sets_of_purposes, papers_of_law.languages)
@settings(max_examples=15, deadline=None)
def test_any_text_becomes_a_page_and_a_word_file(
    controller: Controller, purposes: list[Purpose], language: Language
) -> None:
    paper = privacy_notice(controller, purposes, language=language, made_on=DAY)
    texts = _texts_in_word(word.as_word(paper))
    assert [text for text in _all_texts(paper) if text not in texts] == []
    assert pages.page_of(paper).startswith("<!doctype html>")


@needs_pango
@given(papers_of_law.controllers, papers_of_law.sets_of_purposes)
@settings(max_examples=4, deadline=None)
def test_any_text_becomes_a_pdf(controller: Controller, purposes: list[Purpose]) -> None:
    paper = privacy_notice(controller, purposes, language="sv", made_on=DAY)
    assert pdf.as_pdf(paper)[:5] == b"%PDF-"
