"""The pages of the report: empty, a new one, one that was made, its files; and what an auditor may."""

import json
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from django.test import Client, RequestFactory

from tests import signing_in
from tests.cast import NOW, PASSWORD
from tests.counting import asked
from tests.paper import lines_of, objects_of
from tryggve.accounts import services as accounts
from tryggve.accounts.models import User
from tryggve.accounts.roles import Role
from tryggve.audit.models import Entry
from tryggve.audit.tests import logs
from tryggve.controls import services
from tryggve.controls.engine.verdict import Verdict
from tryggve.domains.protection import menu, report_files
from tryggve.domains.protection.models import Report
from tryggve.domains.protection.selectors import reports
from tryggve.domains.protection.services import company_sizes as services_of_sizes
from tryggve.domains.protection.services import reports as services_of_reports
from tryggve.domains.protection.tests.reporting import keep, make
from tryggve.lib import folders
from tryggve.lib.pdf import can_make_pdf
from tryggve.ui.today import Card

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("planted")]
needs_pango = pytest.mark.skipif(not can_make_pdf(), reason="Pango is missing")

FORM = {"reader": "INSURER", "language": "sv", "year": ""}


@pytest.fixture
def as_eva(anna: User) -> Client:
    """The auditor."""
    eva = accounts.create_user(
        email="eva@example.se", password=PASSWORD, name="Eva Holm", language="en", role=Role.AUDITOR
    )
    return signing_in.browser_of(eva)


def page(browser: Client, address: str) -> str:
    answer = browser.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def test_empty_page_offers_the_first_report(as_anna: Client) -> None:
    assert ("No report yet" in page(as_anna, "/report/"), "Make the first report" in page(as_anna, "/report/")) == (
        True, True,
    )  # fmt: skip


def test_report_is_made_and_opened(as_anna: Client, anna: User) -> None:
    answer = as_anna.post("/report/new/", FORM | {"with_names": "on"})
    made = Report.objects.get()
    assert (answer.status_code, answer.headers["Location"]) == (302, f"/report/{made.pk}/")
    assert (made.reader, made.language, made.with_names) == ("INSURER", "sv", True)
    assert Entry.objects.get(action="protection.report-made").actor == anna.actor
    shown = page(as_anna, f"/report/{made.pk}/")
    assert ("of 43 protections proven" in shown, made.digest in shown) == (True, True)
    assert "An insurer, with names" in page(as_anna, "/report/")


@pytest.mark.parametrize(
    ("wrong", "told"), [({"reader": ""}, "This field is required."), ({"year": "1999"}, "valid choice")]
)
def test_form_says_what_is_wrong_and_makes_nothing(as_anna: Client, wrong: dict[str, str], told: str) -> None:
    answer = as_anna.post("/report/new/", FORM | wrong)
    assert (answer.status_code, told in answer.content.decode(), Report.objects.count()) == (200, True, 0)


def test_report_of_what_somebody_changed_is_refused_in_words(as_anna: Client) -> None:
    keep("AUT-04", Verdict.FAILING)
    logs.tamper("UPDATE controls_evidence SET verdict = 'PROVED' WHERE control = %s", "AUT-04")
    answer = as_anna.post("/report/new/", FORM)
    assert (answer.status_code, "somebody changed it in the database" in answer.content.decode()) == (
        200,
        True,
    )
    assert not Report.objects.exists()


def test_signed_file_is_that_of_the_selector(as_anna: Client) -> None:
    made = make()
    answer = as_anna.get(f"/report/{made}/file.json")
    assert json.loads(answer.content) == reports.signed_report(made)
    assert (
        answer.headers["Content-Disposition"] == 'attachment; filename="tryggve-authority-en-2026-03-04.json"'
    )


def test_file_that_cant_be_signed_yet_says_why(as_anna: Client) -> None:
    (folders.current().audit / "signing-key").unlink(missing_ok=True)
    make()
    (folders.current().audit / "signing-key").unlink()
    made = make()
    answer = as_anna.get(f"/report/{made}/file.json")
    assert (answer.status_code, "no signed file of it yet" in answer.content.decode()) == (409, True)


@pytest.mark.parametrize("address", ["/report/{}/", "/report/{}/file.pdf"])
def test_report_that_isnt_there_isnt_found(as_anna: Client, address: str) -> None:
    assert as_anna.get(address.format(uuid4())).status_code == 404


def test_file_of_another_kind_isnt_found(as_anna: Client) -> None:
    assert as_anna.get(f"/report/{make()}/file.exe").status_code == 404


@needs_pango
@pytest.mark.parametrize("language", ["en", "sv", "da"])
def test_pdf_tells_everything_in_its_language(anna: User, language: str) -> None:
    keep("AUT-04")
    made = reports.report(make(language=language), with_names=True)
    text = "".join(lines_of(report_files.as_pdf(made).content)).replace(" ", "")
    for one in made.content["controls"]:
        assert one["heading"].replace(" ", "") in text
        assert one["told"].replace(" ", "") in text
    assert made.digest in text


@needs_pango
@pytest.mark.parametrize(("with_names", "is_named"), [(True, True), (False, False)])
def test_pdf_names_whoever_vouched_only_if_wanted(anna: User, with_names: bool, is_named: bool) -> None:
    services.attest(control="GOV-02", by=anna, note="secret words", until=None, at=NOW)
    made = report_files.as_pdf(reports.report(make(with_names=with_names), with_names=True)).content
    text = " ".join(lines_of(made))
    assert ("Anna Ek" in text, "secret words" in text, "anna@" in text) == (is_named, False, False)


@needs_pango
def test_who_sees_nobody_that_works_here_reads_no_names_in_a_report(anna: User) -> None:
    """An IT supplier reads how the company is protected."""
    services.attest(control="GOV-02", by=anna, note="secret words", until=None, at=NOW)
    made = make(with_names=True)
    supplier = accounts.create_user(
        email="it@example.se", password=PASSWORD, name="Ivar It", language="en", role=Role.SUPPLIER
    )
    for who, is_named in ((anna, True), (supplier, False)):
        browser = signing_in.browser_of(who)
        text = " ".join(lines_of(browser.get(f"/report/{made}/file.pdf").content))
        assert ("Anna Ek" in text, "are named in it" in page(browser, f"/report/{made}/")) == (
            is_named,
            is_named,
        )


@needs_pango
def test_paper_says_by_which_list_the_company_is_counted(anna: User) -> None:
    keep("ACC-02", Verdict.FAILING)
    fits = " ".join(lines_of(report_files.as_pdf(reports.report(make(), with_names=True)).content))
    assert "a company with so many people needs. Tryggve has 60 in all." in fits
    services_of_sizes.choose_size(tier="hour", actor=f"user:{anna.pk}", at=NOW)
    chosen = " ".join(lines_of(report_files.as_pdf(reports.report(make(), with_names=True)).content))
    told = "the 12 protections of a list that the company has chosen itself: The first hour"
    assert (told in chosen, "(ACC-02), not counted above" in chosen) == (True, True)


@needs_pango
def test_pdf_is_made_for_screen_readers_and_is_the_same_again(as_anna: Client) -> None:
    keep("AUT-04", Verdict.FAILING)
    made = make(language="sv")
    first, again = (as_anna.get(f"/report/{made}/file.pdf").content for _ in range(2))
    inside = objects_of(first)
    wanted = [b"/StructTreeRoot", b"/Lang (sv)", b"pdfuaid:part", b"/MarkInfo", b"/TH", b"/H4"]
    assert (first[:5], first == again, [one for one in wanted if one not in inside]) == (b"%PDF-", True, [])


@needs_pango
def test_hostile_name_of_a_company_is_only_text(firm: Any) -> None:
    firm.name = "<script>alert(1)</script> & \u202eAB"
    firm.save()
    page_of = report_files.page_of(reports.report(make(), with_names=True))
    assert ("<script>" in page_of, "&lt;script&gt;" in page_of) == (False, True)


def test_pages_take_as_many_queries_with_many_reports(as_anna: Client) -> None:
    make()
    few = len(asked(as_anna, "/report/"))
    for _ in range(7):
        make()
    assert len(asked(as_anna, "/report/")) == few


def test_auditor_reads_reports_and_makes_none(as_eva: Client) -> None:
    made = make()
    shown = page(as_eva, "/report/")
    assert (str(made) in shown, "Make a report" in shown) == (True, False)
    assert [as_eva.get(f"/report/{made}/{rest}").status_code for rest in ("", "file.json", "file.pdf")] == [
        200
    ] * 3
    assert [as_eva.get("/report/new/").status_code, as_eva.post("/report/new/", FORM).status_code] == [
        403
    ] * 2
    assert Report.objects.count() == 1


@pytest.mark.parametrize(("month", "told"), [(12, False), (1, True), (2, False)])
def test_today_says_in_january_that_the_report_of_the_year_is_there(
    as_anna: Client, month: int, told: bool
) -> None:
    at = datetime(2027 if month < 12 else 2026, month, 7, 12, tzinfo=UTC)
    made = services_of_reports.make_yearly_report(at=datetime(2027, 1, 1, 8, tzinfo=UTC))
    request = RequestFactory().get("/today/")
    request.user = User.objects.get()
    with time_machine.travel(at, tick=False):
        card = menu.yearly_report(request)
    assert isinstance(card, Card | None)
    assert (card is not None and card.address == f"/report/{made}/") == told


def test_today_says_nothing_of_a_report_that_isnt_there_or_isnt_for_the_reader(bo: User, anna: User) -> None:
    request = RequestFactory().get("/today/")
    cards = []
    with time_machine.travel(datetime(2027, 1, 7, 12, tzinfo=UTC), tick=False):
        request.user = anna
        cards.append(menu.yearly_report(request))
        services_of_reports.make_yearly_report(at=datetime(2027, 1, 1, 8, tzinfo=UTC))
        request.user = bo
        cards.append(menu.yearly_report(request))
    assert cards == [None, None]
