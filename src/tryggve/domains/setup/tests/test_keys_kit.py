"""The recovery kit on its pages: made, printed, put away, tried."""

import re
import sys
from typing import Any

import pytest
from django.test import Client

from tests import paper
from tryggve.accounts.models import User
from tryggve.domains.setup import keys_sheet
from tryggve.domains.setup.models import Firm
from tryggve.domains.setup.tests.keys_log import told
from tryggve.vault import custody as register
from tryggve.vault.keeper.custody import Custody
from tryggve.vault.tests.keeper.conftest import NOW

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("keeper")]

KIT = "/company/keys/kit/"
_NUMBERED = re.compile(r"</span>([a-z]+)</li>")
needs_pango = pytest.mark.skipif(not keys_sheet.can_make_pdf(), reason="Pango is missing")


def _words(number: int, share: int) -> str:
    """Of the page that is next."""
    return " ".join(register.sheet(number=number, share=share, by=User.objects.get().actor).words)


def _pages(number: int) -> list[str]:
    """All three, each put away when it was read."""
    words = []
    for share in (1, 2, 3):
        words.append(_words(number, share))
        register.put_sheet_away(number=number, share=share, by=User.objects.get().actor)
    return words


def _kits() -> dict[int | None, bool]:
    return {way.number: way.counts for way in register.status().unlockers if way.kind == "recovery-kit"}


def test_making_leads_through_three_pages_to_the_trial(as_anna: Client) -> None:
    address = as_anna.post(KIT).headers["Location"]
    met = [address]
    while "try" not in address:
        assert as_anna.get(address).status_code == 200
        address = as_anna.post(address).headers["Location"]
        met.append(address)
    assert met == [f"{KIT}1/1/", f"{KIT}1/2/", f"{KIT}1/3/", f"{KIT}try/"]
    assert (_kits(), told()) == ({1: False}, [("setup.kit-made", {"number": 1})])


def test_page_shows_no_word_of_the_share(as_anna: Client) -> None:
    as_anna.post(KIT)
    words = _words(1, 1)
    page = as_anna.get(f"{KIT}1/1/").content.decode()
    assert words not in page
    # Of 33 words out of 1,024 a few stand in any English page; those of a share are all of them.
    assert len([word for word in set(words.split()) if re.search(rf"\b{word}\b", page)]) < 10


@needs_pango
def test_page_is_printed_as_a_pdf_that_nobody_keeps(as_anna: Client) -> None:
    as_anna.post(KIT)
    assert as_anna.post(f"{KIT}1/2/print/").status_code == 409  # before the first was put away
    as_anna.post(f"{KIT}1/1/")
    answer = as_anna.post(f"{KIT}1/2/print/")
    assert (answer.content[:5], paper.words_of_share(answer.content)) == (b"%PDF-", _words(1, 2))
    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.headers["Content-Disposition"].startswith("inline")
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["Content-Security-Policy"].startswith("default-src 'none'")
    assert told()[-1] == ("setup.kit-page-opened", {"number": 1, "share": 2})


def test_no_get_shows_a_word_of_the_kit(as_anna: Client) -> None:
    """A browser that reads ahead, and its «back», ask with GET."""
    as_anna.post(KIT)
    answers = [as_anna.get(address) for address in (KIT, f"{KIT}1/1/", f"{KIT}1/1/print/")]
    assert [answer.status_code for answer in answers] == [200, 200, 405]
    assert [_words_on(answer) for answer in answers] == ["", "", ""]
    assert told() == [("setup.kit-made", {"number": 1})]

    assert _words_on(as_anna.post(f"{KIT}1/1/print/")) == _words(1, 1)
    assert told()[-1] == ("setup.kit-page-opened", {"number": 1, "share": 1})


def _words_on(answer: Any) -> str:
    """The numbered words of a PDF or a page."""
    if answer.content.startswith(b"%PDF-"):
        return paper.words_of_share(answer.content)
    return " ".join(_NUMBERED.findall(answer.content.decode()))


def test_page_that_was_put_away_is_never_shown_again(as_anna: Client) -> None:
    as_anna.post(KIT)
    as_anna.post(f"{KIT}1/1/")
    before = told()
    for address in (f"{KIT}1/1/", f"{KIT}7/1/", f"{KIT}1/4/"):
        answers = (as_anna.get(address), as_anna.post(address), as_anna.post(f"{address}print/"))
        assert (address, [answer.status_code for answer in answers]) == (address, [409] * 3)
    assert told() == before
    assert as_anna.get(f"{KIT}1/2/").status_code == 200


def test_two_shares_typed_make_the_kit_count_and_end_the_one_before(as_anna: Client) -> None:
    first = register.make_kit(by=User.objects.get().actor, now=NOW)
    register.test_kit(_pages(first)[:2], by="user:anna", now=NOW)
    as_anna.post(KIT)
    pages = _pages(2)
    assert _kits() == {1: True, 2: False}

    answer = as_anna.post(f"{KIT}try/", {"first": pages[2], "second": pages[0]})
    assert (answer.headers["Location"], _kits()) == ("/company/keys/", {2: True})
    assert told()[-1] == ("setup.kit-tested", {"number": 2})
    page = as_anna.get("/company/keys/").content.decode()
    assert "Recovery kit no. 2 works" in page
    assert "You have no recovery kit that was tried" not in page


def test_two_shares_of_which_one_is_wrong_count_for_nothing(
    as_anna: Client, caplog: pytest.LogCaptureFixture
) -> None:
    as_anna.post(KIT)
    one, other, _last = _pages(1)
    swapped = " ".join([other.split()[1], other.split()[0], *other.split()[2:]])
    answer = as_anna.post(f"{KIT}try/", {"first": one, "second": swapped})
    assert (answer.status_code, _kits(), caplog.text) == (200, {1: False}, "")
    assert one in answer.content.decode()
    assert swapped in answer.content.decode()
    assert told()[-1][1]["method"] == "kit-test"


def test_kit_is_not_made_while_locked(as_anna: Client) -> None:
    register.lock()
    assert "Open it first" in as_anna.get(KIT).content.decode()
    assert (as_anna.post(KIT).status_code, _kits()) == (503, {})


def test_nothing_of_a_kit_is_kept_in_a_session(as_anna: Client) -> None:
    before = set(as_anna.session.keys())
    as_anna.post(KIT)
    as_anna.post(f"{KIT}1/1/print/")
    as_anna.post(f"{KIT}try/", {"first": _words(1, 1), "second": "ord"})
    assert set(as_anna.session.keys()) == before


def test_pages_of_a_locked_keeper_are_gone(as_anna: Client, keeper: Custody, firm: Firm) -> None:
    as_anna.post(KIT)
    register.lock()
    assert as_anna.get(f"{KIT}1/1/").status_code == 409


def test_without_pango_the_browser_prints_the_page_itself(
    as_anna: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "weasyprint", None)
    keys_sheet.can_make_pdf.cache_clear()
    try:
        as_anna.post(KIT)
        assert "the library Pango is missing" in as_anna.get(f"{KIT}1/1/").content.decode()
        printed = as_anna.post(f"{KIT}1/1/print/")
    finally:
        keys_sheet.can_make_pdf.cache_clear()
    assert printed.headers["Content-Type"].startswith("text/html")
    assert _words_on(printed) == _words(1, 1)
