"""The receipt tells what was erased and kept, in three languages, and names nobody."""

from uuid import UUID

import pytest
from django.utils import translation

from tests.cast import CILLA, NOW
from tests.erasure.erasing import AFTER, ANNA, ask, erase, open_case
from tests.paper import lines_of
from tryggve.accounts.policy import EVERYBODY
from tryggve.audit import selectors as audit
from tryggve.domains.customers.services import notes
from tryggve.domains.customers.tests.lists import add
from tryggve.domains.rights.engine.papers.paper import Paper
from tryggve.domains.rights.papers import paper_files
from tryggve.domains.rights.papers.receipt import NotErasedYet, receipt
from tryggve.domains.rights.selectors.erasure import erasures
from tryggve.domains.rights.services.destruction import destroying
from tryggve.domains.setup.models import Firm

pytestmark = pytest.mark.django_db


@pytest.fixture
def cilla(firm: Firm) -> UUID:
    """With two notes."""
    [cilla] = add(CILLA)
    for text in ("one", "two"):
        notes.add_note(customer=cilla, text=text, actor=ANNA, at=NOW, reach=EVERYBODY)
    return cilla


def _receipt(erasure: UUID) -> Paper:
    return receipt(erasures.erasure(erasure=erasure, actor=ANNA, at=AFTER, reach=EVERYBODY), at=AFTER)


def _texts(paper: Paper) -> dict[str, list[str]]:
    return {
        one.heading: [*(fact.term for fact in one.facts), *(line.text for line in one.all_lines())]
        for one in paper.sections
    }


def test_receipt_counts_what_was_erased_and_says_when(cilla: UUID) -> None:
    paper = _receipt(erase(cilla))
    texts = _texts(paper)
    facts = {fact.term: fact.lines[0].text for section in paper.sections for fact in section.facts}
    assert (facts["The register of customers"], facts["Notes about customers"]) == ("1", "2")
    assert (facts["Reason"], facts["Put aside"], facts["Destroyed"]) == (
        "the customer asked for it",
        "March 2, 2026, 9 a.m.",
        "March 16, 2026, 9 a.m.",
    )
    assert facts["The key store on this computer"] == "confirmed gone: March 16, 2026, 9 a.m."
    assert "No backup of the keys is set up in Tryggve" in " ".join(texts["Older copies of the data"])
    assert "the passphrase or the recovery kit" in " ".join(texts["What remains on the disk"])


@pytest.mark.parametrize(("ground", "is_told"), [("REQUEST", True), ("DUE", False)])
def test_fingerprints_are_told_where_some_are_kept(cilla: UUID, ground: str, is_told: bool) -> None:
    kept = " ".join(_texts(_receipt(erase(cilla, ground=ground)))["What is kept, and why"])
    assert ("art. 17(3)(b) and 21(3)" in kept, "GDPR art. 5(2)" in kept) == (is_told, True)
    assert "Numbers that tell of nobody" in kept


@pytest.mark.parametrize("language", ["sv", "da", "en"])
def test_receipt_is_a_pdf_that_names_nobody(cilla: UUID, language: str) -> None:
    erasure = erase(cilla)
    with translation.override(language):
        file = paper_files.as_file(_receipt(erasure), "pdf")
    text = " ".join(lines_of(file.content))
    assert (file.name, file.media_type) == (f"receipt-{language}-2026-03-16.pdf", "application/pdf")
    assert (str(erasure) in text.replace(" ", ""), "Annas" in text) == (True, True)
    assert [word for word in ("Cilla", "Åkerström", "cilla@") if word in text] == []


@pytest.mark.parametrize("has_asked", [True, False])
def test_requests_that_stay_are_told(cilla: UUID, has_asked: bool) -> None:
    if has_asked:
        open_case(cilla)
    kept = " ".join(_texts(_receipt(erase(cilla)))["What is kept, and why"])
    assert ("without what was said" in kept) == has_asked


def test_customer_who_waits_has_no_receipt(cilla: UUID) -> None:
    with pytest.raises(NotErasedYet):
        _receipt(ask(cilla))


def test_list_names_those_who_wait_and_nobody_else(cilla: UUID) -> None:
    ask(cilla)
    [waiting] = erasures.erasure_page(number=1, actor=ANNA, at=NOW, reach=EVERYBODY).object_list
    assert (waiting.name, waiting.is_waiting, waiting.destroys_at) == (CILLA.name, True, AFTER)
    assert audit.newest_entries(limit=1)[0].action == "rights.erasures-listed"
    assert destroying.destroy_due(at=AFTER) == 1
    [done] = erasures.erasure_page(number=1, actor=ANNA, at=AFTER, reach=EVERYBODY).object_list
    assert (done.name, done.is_done) == ("", True)


def test_erasure_of_no_such_id_is_not_found(cilla: UUID) -> None:
    with pytest.raises(erasures.NoSuchErasure):
        erasures.erasure(erasure=cilla, actor=ANNA, at=NOW, reach=EVERYBODY)
