"""The pages of notice and record, their files, and the notice as everybody reads it."""

import io
import zipfile
from typing import Any

import pytest
from django.test import Client
from pytest_django import Settings
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from tests.cast import NOW
from tryggve.domains.rights.models import NoticeVersion
from tryggve.domains.rights.selectors.purposes import purposes as selectors
from tryggve.domains.rights.services.purposes import purposes
from tryggve.domains.rights.tests.purposes import MACHINE, choose, id_of, publish, write_details
from tryggve.lib.pdf import can_make_pdf

pytestmark = pytest.mark.django_db
NOTICES = "/company/notice/"
SWEDISH = "/company/notice/sv/"
RECORD = "/company/record/"
DETAILS = "/company/record/details/"
PUBLIC = "/notice/"
TITLES = {
    "sv": "Så hanterar vi dina personuppgifter",
    "da": "Sådan behandler vi dine personoplysninger",
    "en": "How we handle your personal data",
}


@pytest.fixture
def ready(firm: object) -> None:
    choose()
    write_details()


def _title(browser: Client, page: str, **headers: str) -> str:
    return str(browser.get(page, headers=headers).context["paper"].title)


def test_notice_is_read_published_and_then_up_to_date(as_anna: Client, ready: None) -> None:
    assertContains(as_anna.get(NOTICES), "Ready to be published", count=3)
    page = as_anna.get(SWEDISH)
    assertContains(page, TITLES["sv"])
    assertContains(page, "Koder och nycklar")
    assertRedirects(as_anna.post(f"{SWEDISH}publish/"), SWEDISH)
    assertContains(as_anna.get(NOTICES), "Up to date", count=1)
    assertNotContains(as_anna.get(SWEDISH), f"{SWEDISH}publish/")


def test_change_of_purposes_is_told_with_the_draft_of_the_new_text(as_anna: Client, ready: None) -> None:
    as_anna.post(f"{SWEDISH}publish/")
    purposes.end_purpose(purpose=id_of("entry"), actor=MACHINE, at=NOW)
    page = as_anna.get(SWEDISH)
    assertContains(page, "nämner ”Koder och nycklar”, som inte används längre.")
    assertContains(page, "This would be published")
    assertContains(as_anna.get(NOTICES), "Out of date", count=1)
    as_anna.post(f"{SWEDISH}publish/")
    assert [one.number for one, _by in as_anna.get(SWEDISH).context["versions"]] == [2, 1]


def test_publishing_the_same_again_says_so(as_anna: Client, ready: None) -> None:
    publish()
    assertContains(as_anna.post(f"{SWEDISH}publish/", follow=True), "says the same already")
    assert NoticeVersion.objects.count() == 1


def test_notice_that_is_not_whole_says_what_is_missing(as_anna: Client) -> None:
    choose("jobs")
    assertContains(as_anna.get(SWEDISH), f'href="{DETAILS}"')
    refused = as_anna.post(f"{SWEDISH}publish/")
    assert (refused.status_code, NoticeVersion.objects.count()) == (409, 0)


def test_versions_are_kept_with_who_published_them(as_anna: Client, ready: None) -> None:
    as_anna.post(f"{SWEDISH}publish/")
    purposes.end_purpose(purpose=id_of("entry"), actor=MACHINE, at=NOW)
    as_anna.post(f"{SWEDISH}publish/")
    page = as_anna.get(f"{SWEDISH}1/")
    assertContains(page, "Koder och nycklar")
    assertContains(page, "Anna Ek")
    assert as_anna.get(f"{SWEDISH}3/").status_code == 404


def test_notice_in_which_a_purpose_would_stand_in_another_language_is_not_published(
    as_anna: Client, ready: None
) -> None:
    told = selectors.one_purpose(id_of("jobs")).told_in("sv")
    own = purposes.add_purpose(facts=told.facts, words=told.words, language="sv", actor=MACHINE, at=NOW)
    page = as_anna.get(f"{NOTICES}da/")
    assertContains(page, "«Jobb vi gör åt dig»: the same in this language")
    assertContains(page, f'href="/customers/purposes/{own}/?language=da"')
    assertNotContains(page, "Publish")
    assert as_anna.post(f"{NOTICES}da/publish/").status_code == 409
    assert not NoticeVersion.objects.exists()
    assertNotContains(as_anna.get(SWEDISH), "This is missing")
    assertNotContains(as_anna.get("/customers/purposes/?language=da"), "the same in this language")


@pytest.mark.parametrize("page", [f"{NOTICES}fi/", f"{SWEDISH}1/exe/", f"{SWEDISH}2/pdf/", f"{RECORD}exe/"])
def test_what_is_not_there_is_a_page_of_nothing(as_anna: Client, ready: None, page: str) -> None:
    publish()
    assert as_anna.get(page).status_code == 404


@pytest.mark.parametrize(
    ("page", "name", "kind"),
    [
        (f"{SWEDISH}1/docx/", "notice-sv-2026-03-02.docx", "wordprocessingml"),
        (f"{SWEDISH}1/html/", "notice-sv-2026-03-02.html", "text/html"),
        (f"{RECORD}docx/?language=da", "record-da-", "wordprocessingml"),
        (f"{RECORD}csv/?language=sv", "record-sv-", "text/csv"),
    ],
)
def test_documents_are_downloaded(as_anna: Client, ready: None, page: str, name: str, kind: str) -> None:
    publish()
    answer = as_anna.get(page)
    assert answer.headers["Content-Disposition"].startswith(f'attachment; filename="{name}')
    assert kind in answer.headers["Content-Type"]
    if kind == "wordprocessingml":
        assert "word/document.xml" in zipfile.ZipFile(io.BytesIO(answer.content)).namelist()


@pytest.mark.skipif(not can_make_pdf(), reason="Pango is missing")
@pytest.mark.parametrize("page", [f"{SWEDISH}1/pdf/", f"{RECORD}pdf/"])
def test_documents_are_downloaded_as_pdf(as_anna: Client, ready: None, page: str) -> None:
    publish()
    assert as_anna.get(page).content.startswith(b"%PDF-")


def test_record_is_shown_in_each_language(as_anna: Client, ready: None) -> None:
    assertContains(as_anna.get(f"{RECORD}?language=sv"), "Koder och nycklar")
    assertContains(as_anna.get(f"{RECORD}?language=da"), "Fortegnelse")


def test_record_that_is_not_whole_says_what_is_missing_and_has_no_file(as_anna: Client) -> None:
    choose("jobs")
    assertContains(as_anna.get(RECORD), f'href="{DETAILS}"')
    assertRedirects(as_anna.get(f"{RECORD}csv/"), RECORD)


def test_company_tells_of_itself(as_anna: Client) -> None:
    typed = {"email": "hej@annas.example", "officer": " Karin\u202e Lund ", "measures": ["updates"]}
    assertRedirects(as_anna.post(DETAILS, typed), RECORD)
    told = selectors.the_controller()
    assert (told.email, told.officer, "updates" in selectors.measures()) == (
        "hej@annas.example",
        "Karin Lund",
        True,
    )
    assert as_anna.get(DETAILS).context["form"].initial["email"] == "hej@annas.example"


@pytest.mark.parametrize(
    ("typed", "field"),
    [({"number": "1"}, "email"), ({"email": "x"}, "email"), ({"phone": "1", "measures": ["x"]}, "measures")],
)
def test_company_that_nobody_can_reach_is_not_saved(
    as_anna: Client, typed: dict[str, Any], field: str
) -> None:
    answer = as_anna.post(DETAILS, typed)
    assert (answer.status_code, set(answer.context["form"].errors)) == (200, {field})
    assert selectors.the_controller().contact == ""


def test_employee_reads_the_public_notice_alone(as_bo: Client, ready: None) -> None:
    publish()
    assert [as_bo.get(page).status_code for page in (NOTICES, SWEDISH, RECORD, DETAILS)] == [403] * 4
    assert as_bo.get(f"{PUBLIC}sv/").status_code == 200


def test_before_a_notice_is_published_everybody_reads_a_sentence(as_mallory: Client, ready: None) -> None:
    answer = as_mallory.get(PUBLIC, headers={"Accept-Language": "en"})
    assertContains(answer, "Annas Snickeri hasn't published its privacy notice yet.", status_code=404)
    assert as_mallory.get(f"{PUBLIC}fi/").status_code == 404


@pytest.mark.parametrize(
    ("asked", "met"),
    [
        ("sv-SE,sv;q=0.9,en;q=0.5", "sv"),
        ("en;q=0.5,da-DK;q=0.9", "da"),
        ("de-DE,de", "en"),
        ("", "en"),
        ("\x00;;q=x,*", "en"),
    ],
)
def test_notice_speaks_the_language_that_the_browser_asks_for(
    as_mallory: Client, ready: None, asked: str, met: str
) -> None:
    publish("sv", "da", "en")
    answer = as_mallory.get(PUBLIC, headers={"Accept-Language": asked})
    assert (answer.context["paper"].title, answer.headers["Content-Language"]) == (TITLES[met], met)
    assert "Accept-Language" in answer.headers["Vary"]
    assertContains(answer, f'<html lang="{met}">')


def test_notice_speaks_another_language_where_there_is_none_in_that(as_mallory: Client, ready: None) -> None:
    publish("sv")
    assert _title(as_mallory, PUBLIC, **{"Accept-Language": "en"}) == TITLES["sv"]
    assertContains(as_mallory.get(f"{PUBLIC}da/"), f'href="{PUBLIC}sv/"', status_code=404)


def test_link_chooses_the_language_whatever_the_browser_asks_for(as_mallory: Client, ready: None) -> None:
    publish("sv", "da")
    assert _title(as_mallory, f"{PUBLIC}da/", **{"Accept-Language": "sv"}) == TITLES["da"]


def test_public_notice_is_the_published_one_not_what_is_true_now(as_mallory: Client, ready: None) -> None:
    publish()
    purposes.end_purpose(purpose=id_of("entry"), actor=MACHINE, at=NOW)
    assertContains(as_mallory.get(f"{PUBLIC}sv/"), "Koder och nycklar")


def test_public_notice_sets_no_cookie_and_is_the_same_for_everybody(
    as_mallory: Client, as_anna: Client, ready: None
) -> None:
    publish()
    met = [
        browser.get(f"{PUBLIC}sv/", headers={"Accept-Language": "da"}) for browser in (as_mallory, as_anna)
    ]
    assert met[0].content == met[1].content
    assert dict(met[0].cookies) == {}
    assert met[0].headers["Cache-Control"] == "public, max-age=300"
    assert "csrf" not in met[0].content.decode()


def test_what_a_company_writes_is_shown_as_text(as_mallory: Client, ready: None) -> None:
    write_details(address="<script>alert(1)</script>")
    publish()
    assertContains(as_mallory.get(f"{PUBLIC}sv/"), "&lt;script&gt;alert(1)")


def test_address_is_the_chosen_one_and_a_local_one_says_that_customers_cannot_open_it(
    as_anna: Client, ready: None, settings: Settings
) -> None:
    settings.ORIGIN = ""
    assertContains(as_anna.get(NOTICES), "Tryggve has no address on the net yet")
    settings.ORIGIN = "https://tryggve.example.se"
    page = as_anna.get(NOTICES)
    assertContains(page, "https://tryggve.example.se/notice/")
    assertNotContains(page, "Tryggve has no address on the net yet")


def test_languages_are_offered_where_there_are_several(as_mallory: Client, ready: None) -> None:
    publish("sv")
    assertNotContains(as_mallory.get(f"{PUBLIC}sv/"), 'hreflang="sv"')
    publish("da")
    assertContains(as_mallory.get(f"{PUBLIC}sv/"), 'hreflang="da"')
