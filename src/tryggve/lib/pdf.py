"""PDF from HTML, made in memory: nothing is fetched from disk or network but the computer's fonts."""

import functools
from collections.abc import Sequence
from typing import Any


@functools.cache
def can_make_pdf() -> bool:
    """Whether Pango is there, which sets the text."""
    try:
        import weasyprint  # noqa: F401, PLC0415 - fails to load where Pango is missing
    except (ImportError, OSError):
        return False
    return True


def fetcher(*, protocols: Sequence[str] = ("data",)) -> Any:
    """What brings a page its pictures: only those that stand in it. Raises ValueError for any other address."""
    from weasyprint.urls import URLFetcher  # noqa: PLC0415 - see can_make_pdf

    return URLFetcher(allowed_protocols=tuple(protocols))


def pdf_of(html: str, *, style: str, identifier: bytes) -> bytes:
    """The page as PDF that screen readers can follow (PDF/UA). The same page with the same fonts, the same bytes.

    Raises ImportError or OSError where can_make_pdf says no.
    """
    import weasyprint  # noqa: PLC0415 - see can_make_pdf

    document = weasyprint.HTML(string=html, url_fetcher=fetcher(protocols=()))
    made: bytes = document.write_pdf(
        stylesheets=[weasyprint.CSS(string=style)], pdf_variant="pdf/ua-1", pdf_identifier=identifier
    )
    return made
