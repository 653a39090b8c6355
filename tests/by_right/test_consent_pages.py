"""Consents as those work with them who work here."""

import re
from datetime import timedelta
from html import unescape
from typing import Any
from uuid import UUID

import pytest
from django.test import Client
from django.utils import timezone

from tests.by_right.consenting import WORDS, holds, letters_sent, say, write
from tests.cast import NOW
from tryggve.audit.models import Entry
from tryggve.domains.rights.engine.papers import html
from tryggve.domains.rights.models import ConsentEvent, ConsentText
from tryggve.domains.rights.papers import consent_paper
from tryggve.domains.rights.selectors.consents import consent_pages
from tryggve.domains.rights.services.purposes import purposes as services
from tryggve.domains.rights.tests import purposes
from tryggve.lib.pdf import can_make_pdf

pytestmark = pytest.mark.django_db


def read(answer: Any) -> str:
    return unescape(" ".join(answer.content.decode().split()))


def record(browser: Client, cilla: UUID, purpose: UUID, **other: str) -> Any:
    told = {
        "purpose": str(purpose), "kind": "GIVEN", "channel": "PAPER", "day": timezone.localdate().isoformat()
    }  # fmt: skip
    return browser.post(f"/customers/{cilla}/consents/record/", told | other, follow=True)


def test_card_tells_how_the_customer_stands_to_each_purpose(
    as_bo: Client, cilla: UUID, newsletter: UUID
) -> None:
    assert "not asked" in read(as_bo.get(f"/customers/{cilla}/"))
    say(cilla, newsletter)
    assert '<span class="label label-good">yes</span>' in read(as_bo.get(f"/customers/{cilla}/"))


def test_what_was_said_on_paper_is_written_down_by_hand(as_bo: Client, cilla: UUID, newsletter: UUID) -> None:
    page = read(record(as_bo, cilla, newsletter))
    assert "gets a receipt by mail" in page
    assert "Written down by <bdi>Bo Dahl</bdi>" in page
    assert holds(cilla, newsletter, timezone.now())
    assert ConsentEvent.objects.get().channel == "PAPER"


def test_day_in_the_future_is_refused_in_words(as_bo: Client, cilla: UUID, newsletter: UUID) -> None:
    assert "lies in the future" in read(record(as_bo, cilla, newsletter, day="2999-01-01"))
    assert not ConsentEvent.objects.exists()


@pytest.mark.parametrize("day", ["0001-01-01", "1899-12-31"])
def test_day_on_which_nobody_can_have_said_it_is_refused_in_words(
    as_bo: Client, cilla: UUID, newsletter: UUID, day: str
) -> None:
    page = read(record(as_bo, cilla, newsletter, day=day))
    assert ("Choose the day when the customer said it." in page, ConsentEvent.objects.count()) == (True, 0)


def test_withdrawal_by_telephone_is_written_down_for_a_purpose_that_has_ended(
    as_bo: Client, cilla: UUID, newsletter: UUID
) -> None:
    say(cilla, newsletter)
    for code in ("newsletter", "session-notes"):
        services.end_purpose(purpose=purposes.id_of(code), actor="system", at=NOW)
    assert "Write down what was said" in read(as_bo.get(f"/customers/{cilla}/consents/"))
    record(as_bo, cilla, newsletter, kind="WITHDRAWN")
    assert list(ConsentEvent.objects.order_by("recorded_at").values_list("kind", flat=True)) == [
        "GIVEN",
        "WITHDRAWN",
    ]
    assert "Nobody is asked for consent to this" in read(record(as_bo, cilla, newsletter))


def test_who_writes_down_a_yes_that_holds_nothing_is_told_so(
    as_bo: Client, cilla: UUID, newsletter: UUID
) -> None:
    record(as_bo, cilla, newsletter, kind="REFUSED")
    yesterday = (timezone.localdate() - timedelta(days=1)).isoformat()
    assert "but it doesn't hold" in read(record(as_bo, cilla, newsletter, day=yesterday))
    assert "no yes that could be said again" in read(record(as_bo, cilla, newsletter, kind="RENEWED"))


def test_question_is_mailed_from_the_card(as_bo: Client, cilla: UUID) -> None:
    as_bo.post(f"/customers/{cilla}/consents/ask/", {"purpose": ""})
    [letter] = letters_sent()
    assert letter.address == "cilla@example.se"


def test_reading_consents_is_in_the_log(as_bo: Client, cilla: UUID, newsletter: UUID) -> None:
    event = say(cilla, newsletter)
    as_bo.get(f"/customers/{cilla}/consents/")
    answer = as_bo.get(f"/customers/{cilla}/consents/{event}/receipt/")
    assert answer.json()["record_id"] == str(event)
    looks = Entry.objects.filter(action__in=("rights.consents-viewed", "rights.consent-receipt-made"))
    assert looks.filter(subject=cilla).count() == 2


def test_new_words_are_a_new_version_and_the_same_words_are_none(as_anna: Client, newsletter: UUID) -> None:
    path = f"/company/consents/{newsletter}/en/"
    as_anna.post(path, {"text": "Other words.", "lasts_months": "12"})
    assert "in use already" in read(as_anna.post(path, {"text": "Other words.", "lasts_months": "12"}))
    versions = ConsentText.objects.filter(purpose=newsletter, language="en").order_by("number")
    assert list(versions.values_list("number", "text", "lasts_months")) == [
        (1, WORDS, None),
        (2, "Other words.", 12),
    ]


def test_form_for_the_website_holds_no_script_and_posts_to_our_address(
    as_anna: Client, newsletter: UUID
) -> None:
    page = as_anna.get(f"/company/consents/{newsletter}/website/").content.decode()
    snippets = [unescape(one) for one in re.findall(r"<textarea[^>]*>(.*?)</textarea>", page, re.DOTALL)]
    assert len(snippets) == 2
    for snippet in snippets:
        assert "/consent/form/newsletter/" in snippet
        assert WORDS in snippet
        assert "<script" not in snippet
        assert re.findall(r"\son\w+=", snippet) == []
        assert (re.findall(r'method="(\w+)"', snippet), re.findall(r'name="(\w+)"', snippet)) == (
            ["post"],
            ["email"],
        )


def test_words_with_markup_stand_as_text_in_the_form_for_the_website(
    as_anna: Client, newsletter: UUID
) -> None:
    as_anna.post(f"/company/consents/{newsletter}/en/", {"text": "</textarea><script>alert(1)</script>"})
    page = as_anna.get(f"/company/consents/{newsletter}/website/").content.decode()
    assert "<script>alert" not in page
    assert "<script>alert" not in unescape(page)


def test_sheet_to_sign_has_the_exact_words_their_version_who_asks_and_the_way_back(newsletter: UUID) -> None:
    purposes.write_details()
    write("newsletter", text="Anna får skriva till mig.", language="sv")
    [asked] = [one for one in consent_pages.all_asked("sv") if one.purpose == newsletter]
    paper = consent_paper.sheet(asked, asked.texts["sv"], today=NOW.date())
    page = unescape(re.sub(r"<[^>]+>", "\n", html.page_of(paper)))
    for told in (
        "Samtycke: Nyhetsbrev", "Version 2 av texten", "Anna får skriva till mig.", "Annas Snickeri", "☐ Ja", "☐ Nej",
        "Namn", "Datum", "Underskrift", "Så tar du tillbaka ett ja", "hej@annas.example",
    ):  # fmt: skip
        assert told in page


@pytest.mark.skipif(not can_make_pdf(), reason="Pango isn't there")
def test_form_to_print_is_a_pdf(as_anna: Client, newsletter: UUID) -> None:
    answer = as_anna.get(f"/company/consents/{newsletter}/sv/paper/")
    assert answer.content[:5] == b"%PDF-"


def test_company_without_purposes_by_consent_is_told_so(as_anna: Client, firm: Any) -> None:
    purposes.choose("jobs")
    assert "No purpose asks for consent" in read(as_anna.get("/company/consents/"))


def test_employee_reads_no_settings(as_bo: Client, newsletter: UUID) -> None:
    assert as_bo.get("/company/consents/").status_code == 403
