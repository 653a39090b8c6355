"""The page of each protection: words, evidence, and what may be done there."""

from datetime import datetime, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from django.utils.html import escape

from tests import signing_in
from tests.cast import PASSWORD
from tests.counting import asked
from tryggve.accounts import services as accounts
from tryggve.accounts.models import User
from tryggve.accounts.roles import Role
from tryggve.audit.models import Entry
from tryggve.audit.selectors import newest_id
from tryggve.controls import catalogue, causes, services
from tryggve.controls.answers import Outcome
from tryggve.controls.engine.verdict import Verdict
from tryggve.controls.models import Attestation, AttestationFile, Exemption, Probe
from tryggve.controls.tests import here

pytestmark = pytest.mark.django_db

_PASSED, _FAILED = Outcome(verdict=Verdict.PROVED), Outcome(verdict=Verdict.FAILING)
_FILE = b"%PDF-1.7 the receipt of the locksmith"


def _page(browser: Client, control: str) -> str:
    response = browser.get(f"/protection/{control}/")
    assert response.status_code == 200
    return response.content.decode()


def _somebody(role: Role) -> Client:
    user = accounts.create_user(
        email="eva@example.se", password=PASSWORD, name="Eva Holm", language="en", role=role
    )
    return signing_in.browser_of(user)


def _vouch(browser: Client, control: str, **typed: object) -> None:
    response = browser.post(f"/protection/{control}/vouch/", {"note": "", "until": "", **typed})
    assert (response.status_code, response["Location"]) == (302, f"/protection/{control}/")


def test_page_asks_no_more_for_more(as_anna: Client, anna: User) -> None:
    now = timezone.now()
    services.attest(control="AUT-02", by=anna, note="seen", until=None, at=now)
    here.keep("AUT-02", _FAILED, at=now - timedelta(hours=30))
    few = asked(as_anna, "/protection/AUT-02/")
    for hours in range(20):
        outcome = _PASSED if hours % 2 else _FAILED
        here.keep("AUT-02", outcome, at=now - timedelta(hours=20 - hours))
        services.attest(control="AUT-02", by=anna, note="seen", until=None, at=now)
    assert len(asked(as_anna, "/protection/AUT-02/")) == len(few)


def test_every_page_of_the_catalogue_opens(as_anna: Client) -> None:
    for one in catalogue.controls():
        words = catalogue.words(one.id, "en")
        page = _page(as_anna, one.id)
        assert escape(words.shows) in page
        assert escape(words.does_not_show) in page


def test_unknown_id_is_nothing(as_anna: Client) -> None:
    for page in ("/protection/XXX-99/", "/protection/XXX-99/vouch/", "/protection/XXX-99/leave-out/"):
        assert as_anna.get(page).status_code == 404
    assert as_anna.post("/protection/XXX-99/measure/").status_code == 404


def test_measure_again_waits_on_the_page_until_it_is_measured(as_anna: Client) -> None:
    here.keep("MAI-01", _FAILED, at=timezone.now())
    assert as_anna.post("/protection/MAI-01/measure/")["Location"] == "/protection/MAI-01/"
    page = _page(as_anna, "MAI-01")
    assert 'hx-trigger="every 2s"' in page
    assert "It is being measured" in page
    assert Probe.objects.get(control="MAI-01").asked_at is not None
    waiting = as_anna.get("/protection/MAI-01/", headers={"HX-Request": "true"})
    assert "HX-Refresh" not in waiting
    assert b"<html" not in waiting.content

    here.keep("MAI-01", _PASSED, at=timezone.now())
    done = as_anna.get("/protection/MAI-01/", headers={"HX-Request": "true"})
    assert done["HX-Refresh"] == "true"
    assert b"proven by test" in done.content


def test_what_nothing_measures_is_refused_in_words(as_anna: Client) -> None:
    page = as_anna.post("/protection/DEV-01/measure/", follow=True).content.decode()
    assert "Tryggve can&#x27;t measure this yet. Somebody may vouch for it meanwhile." in page


def test_word_stands_with_note_and_file_until_it_is_taken_back(as_anna: Client, anna: User) -> None:
    file = SimpleUploadedFile("Låssmed <1>.pdf", _FILE)
    _vouch(as_anna, "BAK-04", note="The locksmith was here.", file=file)
    row, kept = Attestation.objects.get(), AttestationFile.objects.get()
    assert _FILE not in bytes(kept.content_sealed)
    assert kept.size_bytes == len(_FILE)

    page = _page(as_anna, "BAK-04")
    assert "vouched for" in page
    assert "by <bdi>Anna Ek</bdi>" in page
    assert "The locksmith was here." in page
    assert escape("Låssmed <1>.pdf") in page
    saved = as_anna.get(f"/protection/BAK-04/vouch/{row.pk}/file/")
    assert saved.content == _FILE
    assert saved["Content-Disposition"].startswith("attachment")
    assert saved["Content-Type"] == "application/octet-stream"

    as_anna.post(f"/protection/BAK-04/vouch/{row.pk}/withdraw/")
    assert "taken back" in _page(as_anna, "BAK-04")
    assert as_anna.post(f"/protection/BAK-04/vouch/{row.pk}/withdraw/").status_code == 404


def test_word_and_measurement_are_both_shown_when_they_disagree(as_anna: Client) -> None:
    _vouch(as_anna, "AUT-02", note="All of them are long.")
    here.keep("AUT-02", _FAILED, at=timezone.now())
    page = _page(as_anna, "AUT-02")
    assert "</span> failing</span>" in page
    assert "All of them are long." in page
    assert "Somebody's word and the measurement don't agree." in page


def test_measured_control_takes_no_word(as_anna: Client) -> None:
    assert "Nobody needs to vouch for this" in as_anna.get("/protection/MAI-01/vouch/").content.decode()
    page = as_anna.post("/protection/MAI-01/vouch/", {"note": "", "until": ""}).content.decode()
    assert "Nobody needs to vouch for this: Tryggve measures it." in page
    assert not Attestation.objects.exists()


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({"until": "2020-01-01"}, "Choose a day within the next 30 days."),
        ({"until": "2099-01-01"}, "Choose a day within the next 30 days."),
        ({"until": "soon"}, "Enter a valid date."),
        ({"note": "x" * 2001}, "at most 2000 characters"),
        ({"file": b""}, "The file is empty. Nothing was kept."),
        ({"file": b"x" * 2_000_001}, "The file is larger than 2 MB. Nothing was kept."),
    ],
)
def test_bad_word_is_told_beside_the_form(as_anna: Client, typed: dict[str, object], told: str) -> None:
    if isinstance(content := typed.get("file"), bytes):
        typed = {"file": SimpleUploadedFile("paper.pdf", content)}
    control = next(one.id for one in catalogue.controls() if one.frequency_days == 30)
    response = as_anna.post(f"/protection/{control}/vouch/", {"note": "", "until": "", **typed})
    assert told in response.content.decode()
    assert not Attestation.objects.exists()


def test_last_day_that_the_form_names_is_taken(as_anna: Client) -> None:
    page = as_anna.get("/protection/GOV-02/vouch/")
    latest = page.context["latest"]
    _vouch(as_anna, "GOV-02", until=latest.isoformat())
    assert timezone.localdate(Attestation.objects.get().until) == latest


def test_left_out_with_a_reason_until_it_is_brought_back(as_anna: Client) -> None:
    refused = as_anna.post("/protection/WEB-01/leave-out/", {"reason": " ", "until": ""}).content.decode()
    assert "Say in a few words why this doesn&#x27;t apply to you." in refused
    assert not Exemption.objects.exists()

    as_anna.post("/protection/WEB-01/leave-out/", {"reason": "We have no website.", "until": ""})
    assert "not for us" in _page(as_anna, "WEB-01")
    assert "0 of 42 protections proven" in as_anna.get("/protection/").content.decode()
    as_anna.post(f"/protection/WEB-01/leave-out/{Exemption.objects.get().pk}/end/")
    assert "0 of 43 protections proven" in as_anna.get("/protection/").content.decode()


def test_what_is_for_every_company_is_not_left_out(as_anna: Client) -> None:
    assert (
        "This protection is for every company."
        in as_anna.get("/protection/AUT-04/leave-out/").content.decode()
    )
    as_anna.post("/protection/AUT-04/leave-out/", {"reason": "We trust each other.", "until": ""})
    assert not Exemption.objects.exists()


def test_auditor_reads_and_changes_nothing(as_anna: Client, anna: User) -> None:
    _vouch(as_anna, "AUT-02", note="All of them are long.")
    auditor = _somebody(Role.AUDITOR)
    page = _page(auditor, "AUT-02")
    assert "All of them are long." in page
    assert page.count("<form") == _page(auditor, "GOV-04").count("<form")  # sign-out and language only
    before = newest_id()
    made = Attestation.objects.get()
    for address in (
        *("/protection/AUT-02/measure/", "/protection/AUT-02/vouch/", "/protection/size/"),
        *(f"/protection/AUT-02/vouch/{made.pk}/withdraw/", "/protection/WEB-01/leave-out/"),
    ):
        assert auditor.post(address, {"reason": "x", "size": "hour"}).status_code == 403, address
    assert list(Entry.objects.filter(pk__gt=before, action__startswith="controls.")) == []
    made.refresh_from_db()
    assert made.ended_at is None


def test_supplier_sees_how_it_stands_and_nothing_of_who_works_here(as_anna: Client, anna: User) -> None:
    """Notes and files tell of people, too."""
    _vouch(as_anna, "BAK-04", note="Kalle has it.", file=SimpleUploadedFile("Kalle.pdf", _FILE))
    supplier = _somebody(Role.SUPPLIER)
    page = _page(supplier, "BAK-04")
    words = ("vouched for", "Anna Ek", "Kalle has it.", "Kalle.pdf")
    assert [word in page for word in words] == [True, False, False, False]
    kept = Attestation.objects.get()
    assert supplier.get(f"/protection/BAK-04/vouch/{kept.pk}/file/").status_code == 403


def test_employee_sees_no_protections(as_bo: Client) -> None:
    assert as_bo.get("/protection/").status_code == 403
    assert as_bo.get("/protection/AUT-04/").status_code == 403


def test_history_tells_runs_and_causes(as_anna: Client) -> None:
    now = timezone.now()
    here.keep("AUT-04", _PASSED, at=now - timedelta(days=2))
    here.keep("AUT-04", _PASSED, at=now - timedelta(days=1))
    here.keep("AUT-04", _FAILED, at=now - timedelta(hours=6))
    here.keep("AUT-04", Outcome(cause=causes.TIMED_OUT), at=now - timedelta(hours=1))
    page = _page(as_anna, "AUT-04")
    assert "measured 2 times" in page
    assert "The measurement took too long and was stopped." in page
    assert page.count('<rect class="strip-') == 3
    assert "Times that it failed" in page


def test_history_of_less_than_a_day_has_no_strip(as_anna: Client) -> None:
    here.keep("AUT-04", _PASSED, at=timezone.now() - timedelta(hours=23))
    page = _page(as_anna, "AUT-04")
    assert ("measured once" in page, 'class="strip' in page) == (True, False)


def test_what_is_proven_has_no_first_button(as_anna: Client) -> None:
    now = timezone.now()
    here.keep("AUT-04", _PASSED, at=now - timedelta(minutes=2))
    assert "btn-primary" not in _page(as_anna, "AUT-04")
    here.keep("AUT-04", _FAILED, at=now)
    assert "btn-primary" in _page(as_anna, "AUT-04")


def test_clock_set_back_is_no_page_of_errors(as_anna: Client, now_is_earlier: datetime) -> None:
    here.keep("AUT-04", _PASSED, at=now_is_earlier)
    assert "The clock of this computer was set back" in _page(as_anna, "AUT-04")


@pytest.fixture
def now_is_earlier() -> datetime:
    """What was measured lies in the future."""
    return timezone.now() + timedelta(days=3)
