"""A document as a whole HTML page that looks the same anywhere: what a PDF is made of, and a file to keep."""

from xml.etree import ElementTree

from tryggve.domains.rights.engine.papers.paper import Fact, Line, Paper, Section
from tryggve.domains.rights.engine.plain_text import shown

STYLE = """
@page { size: A4; margin: 20mm 20mm 22mm; @bottom-right { content: counter(page) " / " counter(pages);
  font: 8.5pt "DejaVu Sans", "Liberation Sans", sans-serif; color: #444; } }
body { font: 10pt/1.5 "DejaVu Sans", "Liberation Sans", sans-serif; color: #111; margin: 0; }
h1 { font-size: 20pt; line-height: 1.2; margin: 0 0 2mm; }
.dated { color: #444; margin: 0 0 6mm; }
h2 { font-size: 14pt; line-height: 1.25; margin: 9mm 0 2mm; break-after: avoid; }
h3 { font-size: 11.5pt; line-height: 1.3; margin: 6mm 0 1mm; break-after: avoid; }
p { margin: 0 0 2mm; }
ul { margin: 2mm 0; padding-left: 5mm; }
li { margin: 0 0 1.5mm; }
table { width: 100%; border-collapse: collapse; margin: 1mm 0 4mm; }
h3 + p { break-after: avoid; }
tr { break-inside: avoid; }
tr:first-child { break-after: avoid; }
tr:last-child { break-before: avoid; }
th, td { border-top: 0.5pt solid #bbb; padding: 1.5mm 0; text-align: left; vertical-align: top; }
th { width: 34%; padding-right: 5mm; font-weight: bold; }
td p { margin: 0 0 1mm; }
.note { display: block; font-weight: normal; font-size: 8.5pt; color: #444; }
"""


def page_of(paper: Paper) -> str:
    """The document as HTML with nothing to fetch; its style is added by whoever shows it."""
    html = ElementTree.Element("html", lang=paper.language)
    head = ElementTree.SubElement(html, "head")
    ElementTree.SubElement(head, "meta", charset="utf-8")
    ElementTree.SubElement(head, "meta", name="author", content=shown(paper.firm))
    ElementTree.SubElement(head, "meta", name="dcterms.created", content=paper.made_on.isoformat())
    _put(head, "title", f"{paper.title} · {paper.firm}")
    body = ElementTree.SubElement(html, "body")
    _put(body, "h1", paper.title)
    _put(body, "p", f"{paper.firm} · {paper.dated}").set("class", "dated")
    _put_lines(body, paper.introduction)
    for section in paper.sections:
        _put_section(body, section, level=2)
    return "<!doctype html>\n" + ElementTree.tostring(html, encoding="unicode", method="html")


def _put_section(parent: ElementTree.Element, section: Section, *, level: int) -> None:
    _put(parent, f"h{level}", section.heading)
    _put_lines(parent, section.lines)
    if section.facts:
        table = ElementTree.SubElement(parent, "table")
        for fact in section.facts:
            _put_fact(table, fact)
    if section.points:
        points = ElementTree.SubElement(parent, "ul")
        for point in section.points:
            _put(points, "li", point.text)
    for below in section.sections:
        _put_section(parent, below, level=min(level + 1, 6))


def _put_fact(table: ElementTree.Element, fact: Fact) -> None:
    row = ElementTree.SubElement(table, "tr")
    heading = _put(row, "th", fact.term)
    heading.set("scope", "row")
    if fact.note:
        _put(heading, "span", fact.note).set("class", "note")
    _put_lines(ElementTree.SubElement(row, "td"), fact.lines)


def _put_lines(parent: ElementTree.Element, lines: tuple[Line, ...]) -> None:
    for line in lines:
        _put(parent, "p", line.text)


def _put(parent: ElementTree.Element, tag: str, text: str) -> ElementTree.Element:
    element = ElementTree.SubElement(parent, tag)
    element.text = shown(text)
    return element
