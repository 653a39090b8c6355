"""A document as a file for Word and the like (DOCX), made in memory."""

import io
import zipfile
from datetime import datetime, time
from typing import TYPE_CHECKING

from docx import Document
from docx.oxml.ns import qn
from docx.oxml.parser import OxmlElement
from docx.shared import Mm, Pt, RGBColor

from tryggve.domains.rights.engine.papers.paper import Fact, Paper, Section
from tryggve.domains.rights.engine.plain_text import shown

if TYPE_CHECKING:
    from docx.document import Document as Written
    from docx.styles.style import ParagraphStyle
    from docx.table import Table

_FIRST_DAY_OF_ZIP = (1980, 1, 1, 0, 0, 0)
_DARK = RGBColor(0x11, 0x11, 0x11)
_GREY = RGBColor(0x44, 0x44, 0x44)
_HEADINGS = {"Title": 22, "Heading 1": 15, "Heading 2": 12}
_LANGUAGES = {"sv": "sv-SE", "da": "da-DK", "en": "en-GB"}
_TERM, _TOLD = Mm(55), Mm(115)


def as_word(paper: Paper) -> bytes:
    """The same document, the same bytes."""
    written = Document()
    _lay_out(written, paper)
    written.add_heading(shown(paper.title), level=0)
    dated = written.add_paragraph().add_run(shown(f"{paper.firm} · {paper.dated}"))
    dated.font.color.rgb = _GREY
    for line in paper.introduction:
        written.add_paragraph(shown(line.text))
    for section in paper.sections:
        _put_section(written, section, level=1)
    made = io.BytesIO()
    written.save(made)
    return _without_time(made)


def _lay_out(written: "Written", paper: Paper) -> None:
    page = written.sections[0]
    page.page_width, page.page_height = Mm(210), Mm(297)
    page.left_margin = page.right_margin = page.top_margin = page.bottom_margin = Mm(20)
    told = written.core_properties
    told.title, told.author, told.last_modified_by = shown(paper.title), shown(paper.firm)[:255], ""
    told.comments, told.language = "", paper.language
    told.created = told.modified = datetime.combine(paper.made_on, time())
    _style(written.styles["Normal"], "Calibri", 11, paper.language)
    for name, size in _HEADINGS.items():
        _style(written.styles[name], "Calibri", size, paper.language)


def _style(style: "ParagraphStyle", font: str, size: int, language: str) -> None:
    style.font.name, style.font.size, style.font.color.rgb = font, Pt(size), _DARK
    properties = style.element.get_or_add_rPr()
    fonts = properties.find(qn("w:rFonts"))
    if fonts is not None:
        for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
            fonts.attrib.pop(qn(f"w:{theme}"), None)
    spoken = OxmlElement("w:lang")
    spoken.set(qn("w:val"), _LANGUAGES[language])
    properties.append(spoken)


def _put_section(written: "Written", section: Section, *, level: int) -> None:
    written.add_heading(shown(section.heading), level=min(level, 9))
    for line in section.lines:
        written.add_paragraph(shown(line.text))
    if section.facts:
        table = written.add_table(rows=0, cols=2)
        table.style = "Table Grid"
        table.autofit = False
        for fact in section.facts:
            _put_fact(table, fact)
        written.add_paragraph()
    for point in section.points:
        written.add_paragraph(shown(point.text), style="List Bullet")
    for below in section.sections:
        _put_section(written, below, level=level + 1)


def _put_fact(table: "Table", fact: Fact) -> None:
    term, told = table.add_row().cells  # type: ignore[no-untyped-call]
    term.width, told.width = _TERM, _TOLD
    heading = term.paragraphs[0].add_run(shown(fact.term))
    heading.bold = True
    if fact.note:
        note = term.add_paragraph().add_run(shown(fact.note))
        note.font.size, note.font.color.rgb = Pt(9), _GREY
    told.paragraphs[0].text = shown(fact.lines[0].text) if fact.lines else ""
    for line in fact.lines[1:]:
        told.add_paragraph(shown(line.text))


def _without_time(made: io.BytesIO) -> bytes:
    """The package anew, with no time of day in it."""
    packed = io.BytesIO()
    with zipfile.ZipFile(made) as parts, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as package:
        for name in parts.namelist():
            part = zipfile.ZipInfo(name, _FIRST_DAY_OF_ZIP)
            part.compress_type = zipfile.ZIP_DEFLATED
            package.writestr(part, parts.read(name))
    return packed.getvalue()
