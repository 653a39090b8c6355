import pytest

from tryggve.lib.pdf import can_make_pdf, fetcher, pdf_of

pytestmark = pytest.mark.skipif(not can_make_pdf(), reason="Pango is missing")


def test_pdf_is_made_of_the_page_with_its_identifier() -> None:
    made = pdf_of("<h1>Hej</h1>", style="h1 { color: #000 }", identifier=b"0123456789abcdef")
    assert made[:5] == b"%PDF-"
    assert b"0123456789abcdef".hex().encode() in made.lower() or b"0123456789abcdef" in made


@pytest.mark.parametrize("address", ["file:///etc/hostname", "http://127.0.0.1/", "data:text/plain,x"])
def test_page_fetches_nothing_where_nothing_is_allowed(address: str) -> None:
    with pytest.raises(ValueError, match=r"(?i)protocol"):
        fetcher(protocols=()).fetch(address)
