"""OpenDocument spreadsheets, as zip and XML."""

import datetime
import io
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape

_SPACES = "".join(
    f' xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{prefix}:1.0"'
    for prefix in ("office", "table", "text", "style", "draw", "manifest")
)
_CALC = ' xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"'
MIME = b"application/vnd.oasis.opendocument.spreadsheet"
_MANIFEST = f"<manifest:manifest{_SPACES}><manifest:file-entry/></manifest:manifest>"


@dataclass(frozen=True)
class Raw:
    """A cell as it stands in the XML."""

    xml: str


def ods(*sheets: Sequence[Sequence[object]]) -> bytes:
    """An ODS file with these rows on its sheets."""
    return packed(content(*(table(rows, f"Blad {number}") for number, rows in enumerate(sheets, start=1))))


def packed(
    xml: str | bytes,
    *,
    mime: bytes = MIME,
    manifest: str = _MANIFEST,
    others: Mapping[str, bytes] | None = None,
) -> bytes:
    """The file that holds this content."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as parts:
        parts.writestr("mimetype", mime, zipfile.ZIP_STORED)
        parts.writestr("META-INF/manifest.xml", manifest)
        parts.writestr("content.xml", xml)
        for name, data in (others or {}).items():
            parts.writestr(name, data)
    return out.getvalue()


def content(*tables: str, styles: str = "", head: str = '<?xml version="1.0" encoding="UTF-8"?>') -> str:
    body = "".join(tables)
    return (
        f"{head}<office:document-content{_SPACES}{_CALC}><office:automatic-styles>{styles}"
        f"</office:automatic-styles><office:body><office:spreadsheet>{body}"
        "</office:spreadsheet></office:body></office:document-content>"
    )


def table(rows: Sequence[Sequence[object]], name: str = "Blad 1", style: str = "") -> str:
    written = "".join(f"<table:table-row>{''.join(map(cell, row))}</table:table-row>" for row in rows)
    return f'<table:table table:name="{name}" table:style-name="{style}">{written}</table:table>'


def raw_table(rows: str) -> str:
    return f'<table:table table:name="Blad 1">{rows}</table:table>'


def cell(value: object) -> str:
    match value:
        case Raw(xml):
            return xml
        case None:
            return "<table:table-cell/>"
        case bool():
            return _typed("boolean", f'office:boolean-value="{str(value).lower()}"')
        case int() | float():
            return _typed("float", f'office:value="{value}"')
        case datetime.datetime() | datetime.date():
            return _typed("date", f'office:date-value="{value.isoformat()}"')
        case datetime.time():
            return _typed("time", f'office:time-value="{value.strftime("PT%HH%MM%SS")}"')
    lines = "".join(f"<text:p>{escape(line)}</text:p>" for line in str(value).split("\n"))
    return f'<table:table-cell office:value-type="string">{lines}</table:table-cell>'


def _typed(kind: str, value: str) -> str:
    return f'<table:table-cell office:value-type="{kind}" {value}><text:p>shown</text:p></table:table-cell>'
