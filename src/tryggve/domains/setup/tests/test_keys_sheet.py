"""A page of the kit on paper: what stands on it, in which language, and that it is written to no file."""

import html
import json
import logging
import re
import subprocess
import sys
from pathlib import Path

import pytest
from shamir_mnemonic.wordlist import WORDLIST

from tests import paper, qr_code
from tests.cast import NOW
from tests.leftovers import trace
from tests.leftovers.spellings import Needles
from tests.leftovers.trace import FileTrace
from tools import machine
from tryggve.domains.setup import keys_sheet
from tryggve.domains.setup.models import Firm
from tryggve.vault.custody import Sheet

needs_pango = pytest.mark.skipif(not keys_sheet.can_make_pdf(), reason="Pango is missing")

WORDS = [word for word in WORDLIST if len(word) > 6][:33]
SHEET = Sheet(number=4, share=2, made_at=NOW, words=WORDS)
SHEET_OF_LONG_WORDS = Sheet(number=4, share=2, made_at=NOW, words=sorted(WORDLIST, key=len)[-33:])
FIRM = Firm(name="Ångströms <Bygg> & Co", language="sv", country="SE")
MAKE = """
import json, sys
import django
django.setup()
from tryggve.domains.setup import keys_sheet
from tryggve.domains.setup.models import Firm
from tryggve.vault.custody import Sheet
from tests.cast import NOW
import tempfile
pdf = keys_sheet.as_pdf(Sheet(1, 1, NOW, json.loads(sys.stdin.read())), firm=Firm(name="A", language="sv"))
with tempfile.NamedTemporaryFile("w") as planted:
    planted.write("planted elsewhere")
    planted.flush()
sys.exit(0 if pdf.startswith(b"%PDF") else 9)
"""


@needs_pango
def test_pdf_is_one_page_with_firm_number_and_words() -> None:
    made = keys_sheet.as_pdf(SHEET, firm=FIRM)
    lines = paper.lines_of(made)
    assert (made[:5], paper.pages_in(made)) == (b"%PDF-", 1)
    assert lines[0] == "Ångströms <Bygg> & Co · Tryggve"
    assert "4" in lines[1]
    assert paper.words_of_share(made) == " ".join(WORDS)


@needs_pango
@pytest.mark.parametrize("language", ["sv", "da", "en"])
def test_longest_words_and_name_fit_on_one_page(language: str) -> None:
    made = keys_sheet.as_pdf(SHEET_OF_LONG_WORDS, firm=Firm(name="Ångström " * 20, language=language))
    assert paper.pages_in(made) == 1


@needs_pango
def test_words_of_three_pages_are_seen_to_take_three() -> None:
    longer = Sheet(number=4, share=2, made_at=NOW, words=WORDS * 5)
    assert paper.pages_in(keys_sheet.as_pdf(longer, firm=FIRM)) == 3


def test_who_lost_the_computer_is_told_to_restore_before_anything_starts() -> None:
    """A start makes a new register, into which nothing is put back."""
    page = html.unescape(keys_sheet.as_page(SHEET, firm=Firm(name="A", language="en")))
    gone = page.partition("Is the computer gone?")[2]
    assert 0 < gone.find("don't start Tryggve on the new computer") < gone.find("./tryggve restore")


@pytest.mark.parametrize("words", [WORDS, WORDLIST[:33], sorted(WORDLIST, key=len)[-33:]])
def test_code_says_the_words_in_their_order(words: list[str]) -> None:
    page = keys_sheet.as_page(Sheet(number=4, share=2, made_at=NOW, words=words), firm=FIRM)
    (code,) = re.findall(r'src="(data:image/svg[^"]+)"', page)
    assert qr_code.text_of(html.unescape(code)) == " ".join(words)


def test_page_for_the_browsers_own_printing_holds_the_same_words_and_no_script_of_its_own() -> None:
    page = keys_sheet.as_page(SHEET, firm=FIRM)
    assert [word for word in WORDS if f"</span>{word}</li>" not in page] == []
    assert "data:image/svg+xml" in page
    assert "<style" not in page
    assert 'lang="sv"' in page


@needs_pango
def test_what_printing_complains_of_stands_in_no_log() -> None:
    """Its complaints quote the page."""
    assert keys_sheet.can_make_pdf()
    spoken = [logging.getLogger(name).propagate for name in ("weasyprint", "fontTools")]
    assert spoken == [False, False]


def test_language_is_the_firms() -> None:
    pages = {
        language: keys_sheet.as_page(SHEET, firm=Firm(name="A", language=language, country="SE"))
        for language in ("sv", "da", "en")
    }
    assert [f'<html lang="{language}">' in page for language, page in pages.items()] == [True] * 3


@needs_pango
@pytest.mark.parametrize(
    "address", ["file:///etc/hostname", "http://localhost/", "https://example.org/x.png"]
)
def test_page_fetches_nothing_from_elsewhere(address: str) -> None:
    with pytest.raises(ValueError, match="disallowed"):
        keys_sheet.fetcher().fetch(address)


@needs_pango
@pytest.mark.process
@pytest.mark.skipif(bool(trace.lack()) and not machine.is_ci(), reason=trace.lack())
def test_words_are_written_to_no_file(tmp_path: Path) -> None:
    traced = FileTrace(tmp_path)
    done = subprocess.run(
        [*traced.command, sys.executable, "-c", MAKE],
        input=json.dumps(WORDS), text=True, capture_output=True, check=False,
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, "")
    written = traced.ended()
    found = written.readable(Needles([*WORDS, "planted elsewhere"]))
    assert list(found.values()) == [["planted elsewhere"]]
