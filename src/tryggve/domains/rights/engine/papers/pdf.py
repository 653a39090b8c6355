from hashlib import sha256

from tryggve.domains.rights.engine.papers import html
from tryggve.domains.rights.engine.papers.paper import Paper
from tryggve.lib.pdf import pdf_of


def as_pdf(paper: Paper) -> bytes:
    """The document on A4, made in memory; the same document with the same fonts, the same bytes.

    Raises as pdf_of where ``lib.pdf.can_make_pdf`` says no.
    """
    page = html.page_of(paper)
    return pdf_of(page, style=html.STYLE, identifier=sha256(page.encode()).digest()[:16])
