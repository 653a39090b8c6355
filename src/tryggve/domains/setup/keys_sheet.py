"""A page of the recovery kit on paper: in the firm's language, made in memory, written to no file."""

from typing import Any

import segno
from django.template.loader import render_to_string
from django.utils import translation

from tryggve.domains.setup.models import Firm
from tryggve.lib.pdf import can_make_pdf, fetcher
from tryggve.vault.custody import Sheet
from tryggve.vault.shares import MADE

__all__ = ["as_page", "as_pdf", "can_make_pdf", "fetcher"]

_STYLE = """
@page { size: A4; margin: 15mm 20mm; }
body { font: 11pt/1.35 "DejaVu Sans", "Liberation Sans", sans-serif; color: #000; margin: 0; }
.paper-firm { font-size: 10pt; margin: 0; }
h1 { font-size: 22pt; line-height: 1.2; margin: 2mm 0 1mm; }
.paper-part { font-size: 14pt; font-weight: bold; margin: 0 0 4mm; }
.paper-warning { border: 1.5pt solid #000; padding: 3mm 4mm; margin: 0 0 6mm; }
.paper-words { columns: 3; column-gap: 8mm; margin: 0 0 6mm; padding: 0; list-style: none; }
.paper-words li { font-size: 15pt; line-height: 1.4; white-space: nowrap; break-inside: avoid; }
.paper-words { font-variant-ligatures: none; }
.paper-words .paper-number { display: inline-block; width: 10mm; font-size: 10pt; color: #444; }
.paper-use { display: flex; gap: 8mm; align-items: flex-start; }
.paper-use h2 { font-size: 12pt; margin: 0 0 1mm; }
.paper-use p { margin: 0 0 3mm; }
.paper-use ol { margin: 0 0 3mm; padding-left: 6mm; }
.paper-code { width: 46mm; flex: none; margin: 0; font-size: 9pt; }
.paper-code img { display: block; width: 46mm; height: 46mm; }
"""


def as_pdf(sheet: Sheet, *, firm: Firm | None) -> bytes:
    """One A4 page. Nothing is fetched from disk or network but the computer's fonts."""
    import weasyprint  # noqa: PLC0415 - see can_make_pdf

    whole = _rendered("setup/kit_paper.html", sheet, firm)
    document = weasyprint.HTML(string=whole, url_fetcher=fetcher())
    made: bytes = document.write_pdf(stylesheets=[weasyprint.CSS(string=_STYLE)])
    return made


def as_page(sheet: Sheet, *, firm: Firm | None) -> str:
    """The same for the browser's own printing, where no PDF can be made."""
    return _rendered("setup/kit_print.html", sheet, firm)


def _rendered(template: str, sheet: Sheet, firm: Firm | None) -> str:
    words = " ".join(sheet.words)
    facts: dict[str, Any] = {
        "sheet": sheet,
        "firm": firm,
        "made": MADE,
        "code": segno.make_qr(words, error="m").svg_data_uri(border=4, nl=False),
    }
    with translation.override(firm.language if firm else translation.get_language()):
        return render_to_string(template, facts)
