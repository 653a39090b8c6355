"""The company's documents as files: a name, a media type and the bytes."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from django.http import HttpResponse
from django.utils.translation import gettext_lazy as _

from tryggve.domains.rights.engine.papers import html, pdf, word
from tryggve.domains.rights.engine.papers.paper import Paper
from tryggve.lib.errors import Refusal
from tryggve.lib.pdf import can_make_pdf

MEDIA_TYPES: Mapping[str, str] = MappingProxyType(
    {
        "pdf": "application/pdf",
        "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "html": "text/html; charset=utf-8",
        "csv": "text/csv; charset=utf-8",
    }
)


class NoPdfHere(Refusal):
    """The library that sets the text of a PDF isn't on this computer."""

    sentence = _(
        "This computer can't make PDF files, since Pango isn't installed. Take the document as DOCX, and save it as PDF"
        " from there."
    )


@dataclass(frozen=True, slots=True)
class File:
    """Something to download."""

    name: str
    media_type: str
    content: bytes


def as_file(paper: Paper, form: str) -> File:
    """The document as «pdf», «docx» or «html». Raises NoPdfHere, and KeyError for another form."""
    make = _MAKERS[form]
    if form == "pdf" and not can_make_pdf():
        raise NoPdfHere
    return named(paper.kind, paper.language, paper.made_on, form, make(paper))


def named(kind: str, language: str, made_on: date, form: str, content: bytes) -> File:
    """With a name that tells what it is: ``notice-sv-2026-11-22.pdf``."""
    return File(f"{kind}-{language}-{made_on.isoformat()}.{form}", MEDIA_TYPES[form], content)


def _as_html(paper: Paper) -> bytes:
    """The page with its style in it, to be kept or put on the company's own site."""
    return html.page_of(paper).replace("</head>", f"<style>{html.STYLE}</style></head>", 1).encode()


_MAKERS: Mapping[str, Callable[[Paper], bytes]] = MappingProxyType(
    {"pdf": pdf.as_pdf, "docx": word.as_word, "html": _as_html}
)


def answer(file: File) -> HttpResponse:
    """The file as the browser saves it."""
    headers = {"Content-Disposition": f'attachment; filename="{file.name}"'}
    return HttpResponse(file.content, content_type=file.media_type, headers=headers)
