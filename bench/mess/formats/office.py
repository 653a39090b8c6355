"""Documents and presentations: docx, odt, pptx, odp, rtf. A place in them has no name of its own, or is a page."""

from collections.abc import Sequence
from html import escape

from bench.mess.formats.packed import zipped
from bench.mess.formats.sheets import open_document
from bench.mess.values import Cell, Dice, Made, Phrase, Piece, Planted, Table, Text, Value, plain, values_of

_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/main"
_SLIDES = "http://schemas.openxmlformats.org/presentationml/2006/main"
_KIND = "application/vnd.openxmlformats-officedocument"
_OPEN = "urn:oasis:names:tc:opendocument:xmlns:"
_SPLIT = 0.3
_LINES_A_SLIDE = 8

Parts = dict[str, tuple[str, str]]


def _planted(text: Text, table: Table | None = None) -> list[Planted]:
    lines: list[Sequence[Piece]] = [*text.lines(), *(table.rows if table else ())]
    return [Planted(value, {}) for line in lines for value in values_of(line)]


def docx(dice: Dice, text: Text, table: Table | None = None) -> Made:
    """ECMA-376. The first paragraph is the header, the last the footnote; spelling checks have cut some runs."""
    lines = [line for line in text.lines() if line]
    top, *rest, bottom = lines
    body = "".join(_word_paragraph(dice, line) for line in rest) + (_word_table(dice, table) if table else "")
    reference = '<w:p><w:r><w:footnoteReference w:id="1"/></w:r></w:p>'
    section = '<w:sectPr><w:headerReference w:type="default" r:id="rId1"/></w:sectPr>'
    spaces = f'xmlns:w="{_WORD}" xmlns:r="{_RELATIONS}"'
    note = f'<w:footnote w:id="1">{_word_paragraph(dice, bottom)}</w:footnote>'
    parts: Parts = {
        "word/document.xml": (
            "wordprocessingml.document.main",
            f"<w:document {spaces}><w:body>{body}{reference}{section}</w:body></w:document>",
        ),
        "word/header1.xml": (
            "wordprocessingml.header",
            f"<w:hdr {spaces}>{_word_paragraph(dice, top)}</w:hdr>",
        ),
        "word/footnotes.xml": ("wordprocessingml.footnotes", f"<w:footnotes {spaces}>{note}</w:footnotes>"),
    }
    related = {
        "word/_rels/document.xml.rels": _related([("header", "header1.xml"), ("footnotes", "footnotes.xml")])
    }
    return _package(parts, "word/document.xml", related), _planted(text, table)


def _word_paragraph(dice: Dice, line: Phrase) -> str:
    runs = "".join(
        f'<w:r><w:t xml:space="preserve">{escape(run, quote=False)}</w:t></w:r>'
        for piece in line
        for run in _runs(dice, piece)
    )
    return f"<w:p>{runs}</w:p>"


def _runs(dice: Dice, piece: Piece) -> list[str]:
    text = piece if isinstance(piece, str) else piece.text
    if isinstance(piece, Value) and len(text) > 2 and dice.random() < _SPLIT:
        at = dice.randrange(1, len(text))
        return [text[:at], text[at:]]
    return [text]


def _word_table(dice: Dice, table: Table) -> str:
    rows: list[Sequence[Cell]] = [table.headings, *table.rows]
    told = ""
    for row in rows:
        cells = "".join(f"<w:tc>{_word_paragraph(dice, (cell,))}</w:tc>" for cell in row)
        told += f"<w:tr>{cells}</w:tr>"
    return f"<w:tbl>{told}</w:tbl>"


def odt(text: Text, table: Table | None = None) -> Made:
    """OpenDocument."""
    paragraphs = "".join(f"<text:p>{escape(plain(line))}</text:p>" for line in text.lines())
    told = f"{paragraphs}{_open_table(table) if table else ''}"
    return open_document(
        "application/vnd.oasis.opendocument.text", _open(f"<office:text>{told}</office:text>")
    ), (_planted(text, table))


def _open_table(table: Table) -> str:
    rows: list[Sequence[Cell]] = [table.headings, *table.rows]
    told = ""
    for row in rows:
        cells = (
            f"<table:table-cell><text:p>{escape(plain((cell,)))}</text:p></table:table-cell>" for cell in row
        )
        told += f"<table:table-row>{''.join(cells)}</table:table-row>"
    return f'<table:table table:name="1">{told}</table:table>'


def odp(text: Text) -> Made:
    """A slide for each few lines."""
    pages = ""
    for number, lines in enumerate(_slides(text), 1):
        told = "".join(f"<text:p>{escape(plain(line))}</text:p>" for line in lines)
        frame = f"<draw:frame><draw:text-box>{told}</draw:text-box></draw:frame>"
        pages += f'<draw:page draw:name="page{number}">{frame}</draw:page>'
    content = _open(f"<office:presentation>{pages}</office:presentation>")
    return open_document("application/vnd.oasis.opendocument.presentation", content), _planted(text)


def _open(body: str) -> str:
    spaces = "".join(
        f' xmlns:{name}="{_OPEN}{path}:1.0"'
        for name, path in (("office", "office"), ("text", "text"), ("table", "table"), ("draw", "drawing"))
    )
    return (
        f'<office:document-content{spaces} office:version="1.2"><office:body>{body}</office:body>'
        "</office:document-content>"
    )


def _slides(text: Text) -> list[Sequence[Phrase]]:
    lines = [line for line in text.lines() if line]
    return [lines[at : at + _LINES_A_SLIDE] for at in range(0, len(lines), _LINES_A_SLIDE)]


def pptx(text: Text) -> Made:
    """ECMA-376; a slide for each few lines."""
    spaces = f'xmlns:a="{_DRAWING}" xmlns:p="{_SLIDES}" xmlns:r="{_RELATIONS}"'
    slides = _slides(text)
    ids = "".join(
        f'<p:sldId id="{255 + number}" r:id="rId{number}"/>' for number in range(1, len(slides) + 1)
    )
    parts: Parts = {
        "ppt/presentation.xml": (
            "presentationml.presentation.main",
            f"<p:presentation {spaces}><p:sldIdLst>{ids}</p:sldIdLst></p:presentation>",
        )
    }
    for number, lines in enumerate(slides, 1):
        told = "".join(
            f"<a:p><a:r><a:t>{escape(plain(line), quote=False)}</a:t></a:r></a:p>" for line in lines
        )
        shape = f"<p:sp><p:txBody><a:bodyPr/>{told}</p:txBody></p:sp>"
        slide = f"<p:sld {spaces}><p:cSld><p:spTree>{shape}</p:spTree></p:cSld></p:sld>"
        parts[f"ppt/slides/slide{number}.xml"] = ("presentationml.slide", slide)
    related = [("slide", f"slides/slide{number}.xml") for number in range(1, len(slides) + 1)]
    package = _package(parts, "ppt/presentation.xml", {"ppt/_rels/presentation.xml.rels": _related(related)})
    return package, _planted(text)


def _package(parts: Parts, main: str, related: dict[str, str]) -> bytes:
    overrides = "".join(
        f'<Override PartName="/{name}" ContentType="{_KIND}.{kind}+xml"/>'
        for name, (kind, _xml) in parts.items()
    )
    types = (
        f'<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels"'
        f' ContentType="application/vnd.openxmlformats-package.relationships+xml"/>{overrides}</Types>'
    )
    files = {"[Content_Types].xml": types, "_rels/.rels": _related([("officeDocument", main)]), **related}
    files |= {name: xml for name, (_kind, xml) in parts.items()}
    return zipped({name: (_XML + text).encode() for name, text in files.items()})


def _related(targets: Sequence[tuple[str, str]]) -> str:
    told = "".join(
        f'<Relationship Id="rId{number}" Type="{_RELATIONS}/{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(targets, 1)
    )
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{told}</Relationships>'


def rtf(dice: Dice, text: Text, table: Table | None = None) -> Made:
    r"""RTF 1.9 in Windows-1252, with ``\_`` for hyphens that don't break and ``\~`` for such spaces."""
    body = "".join("".join(_rtf(dice, piece) for piece in line) + "\\par\n" for line in text.lines())
    rows: list[Sequence[Cell]] = [table.headings, *table.rows] if table else []
    for row in rows:
        edges = "".join(f"\\cellx{1500 * (place + 1)}" for place in range(len(row)))
        cells = "".join(f"{_rtf(dice, cell)}\\cell " for cell in row)
        body += f"\\trowd{edges} {cells}\\row\n"
    begin = r"{\rtf1\ansi\ansicpg1252\deff0{\fonttbl{\f0\fswiss Arial;}}{\info{\title " + _escaped(text.title)
    return f"{begin}}}}}\n{body}}}".encode("ascii"), _planted(text, table)


def _rtf(dice: Dice, piece: Piece) -> str:
    told = _escaped(piece if isinstance(piece, str) else piece.text)
    if isinstance(piece, Value) and dice.random() < _SPLIT:
        return told.replace("-", r"\_").replace(" ", r"\~")
    return told


def _escaped(text: str) -> str:
    return "".join(map(_rtf_sign, text))


def _rtf_sign(sign: str) -> str:
    if sign in "\\{}":
        return f"\\{sign}"
    if sign.isascii():
        return sign
    try:
        return f"\\'{sign.encode('cp1252').hex()}"
    except UnicodeEncodeError:
        return f"\\u{ord(sign)}?"
