"""The handout of a staff meeting on one sheet of A4, tagged for screen readers, made in memory."""

from hashlib import sha256

from django.template.loader import render_to_string
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from tryggve.domains.protection.selectors.handouts import Handout
from tryggve.lib import pdf
from tryggve.lib.errors import Refusal

_STYLE = """
@page { size: A4; margin: 13mm 18mm 11mm; }
body { font: 9.5pt/1.35 "DejaVu Sans", "Liberation Sans", sans-serif; color: #111; margin: 0; }
h1 { font-size: 17pt; line-height: 1.2; margin: 0 0 1mm; }
.dated { color: #444; margin: 0 0 3mm; }
h2 { font-size: 11pt; line-height: 1.25; margin: 3mm 0 0.8mm; break-after: avoid; }
ul, ol { margin: 0; padding-left: 5mm; }
p, li { margin: 0 0 0.6mm; }
.lines { margin-top: 4mm; }
.line { border-bottom: 0.5pt solid #777; height: 8mm; }
.foot { color: #444; font-size: 8.5pt; margin: 3mm 0 0; }
"""


class NoPdfHere(Refusal):
    """The library that sets the text of a PDF isn't on this computer."""

    sentence = _(
        "This computer can't make PDF files, since Pango isn't installed. Open the page of the meeting and print it "
        "from the browser."
    )


def as_pdf(handout: Handout, *, firm: str) -> bytes:
    """In the current language; the same handout, the same bytes. Raises NoPdfHere."""
    if not pdf.can_make_pdf():
        raise NoPdfHere
    context = {"handout": handout, "firm": firm, "language": get_language() or "en"}
    page = render_to_string("protection/handout_paper.html", context)
    return pdf.pdf_of(page, style=_STYLE, identifier=sha256(page.encode()).digest()[:16])
