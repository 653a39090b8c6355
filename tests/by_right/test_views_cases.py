"""The pages about requests, as Anna and Bo meet them."""

import io
import zipfile
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from django.utils.formats import date_format
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from tests.by_right.asking import asked, cilla, known, revision_of
from tests.cast import CILLA
from tryggve.accounts.models import User
from tryggve.accounts.policy import EVERYBODY
from tryggve.audit.models import Entry
from tryggve.domains.customers.register_index import register_index
from tryggve.domains.rights.models import Case, Package
from tryggve.domains.rights.selectors.requests import cases as selectors
from tryggve.domains.rights.services import package_jobs
from tryggve.lib.ids import new_id

pytestmark = pytest.mark.django_db
LIST = "/customers/requests/"


@pytest.fixture(autouse=True)
def fresh_index() -> None:
    register_index.forget()


def _now(**facts: Any) -> dict[str, Any]:
    """By whom and when, for a page that reads the real clock."""
    now = timezone.now()
    return {"actor": "system", "at": now, "received_on": timezone.localdate(now), **facts}


def _page(case: object) -> str:
    return f"{LIST}{case}/"


def _sent(browser: Client, case: Any, where: str, **body: Any) -> Any:
    return browser.post(f"{_page(case)}{where}/", {"revision": revision_of(case), **body})


def test_request_is_written_down_from_the_card(as_bo: Client) -> None:
    customer = cilla()
    assertContains(as_bo.get(f"/customers/{customer}/"), f"/customers/{customer}/requests/add/")
    answer = as_bo.post(
        f"/customers/{customer}/requests/add/",
        {"kind": "ACCESS", "channel": "PHONE", "received_on": timezone.localdate().isoformat()},
    )
    row = Case.objects.get()
    assertRedirects(answer, _page(row.pk))
    assert (row.kind, row.channel, row.customer_ref) == ("ACCESS", "PHONE", customer)
    assertContains(as_bo.get(f"/customers/{customer}/"), _page(row.pk))


def test_request_of_tomorrow_is_told_beside_the_date(as_bo: Client) -> None:
    day = timezone.localdate() + timedelta(days=1)
    answer = as_bo.post(
        f"/customers/{cilla()}/requests/add/",
        {"kind": "ACCESS", "channel": "PHONE", "received_on": day.isoformat()},
    )
    assertContains(answer, "today at the latest")
    assert not Case.objects.exists()


def test_objection_to_advertising_written_down_counts_at_once(as_bo: Client) -> None:
    customer = cilla()
    body = {"kind": "OBJECTION", "purpose": "advertising", "channel": "MAIL"}
    as_bo.post(
        f"/customers/{customer}/requests/add/", {**body, "received_on": timezone.localdate().isoformat()}
    )
    assert selectors.has_objected(customer, None)


def test_list_is_empty_with_a_first_step(as_bo: Client) -> None:
    assertContains(as_bo.get(LIST), "Nobody waits for an answer")


def test_list_tells_who_waits_and_for_how_long(as_bo: Client) -> None:
    asked(cilla(), **_now())
    answer = as_bo.get(LIST)
    assertContains(answer, CILLA.name)
    assertContains(answer, "days left")
    assertNotContains(as_bo.get(f"{LIST}?closed"), CILLA.name)


def test_late_answer_is_loud_on_the_first_page_and_only_there(as_bo: Client) -> None:
    address = "/today/"
    assertNotContains(as_bo.get(address), "waited too long")
    asked(cilla(), **_now(received_on=timezone.localdate() - timedelta(days=50)))
    answer = as_bo.get(address)
    assertContains(answer, "1 customer has waited too long")
    assertContains(answer, "notice-danger")
    assertNotContains(as_bo.get("/company/sign-in/"), "waited too long")
    assertContains(as_bo.get(LIST), "1 answer is late")


def test_new_request_stands_on_the_first_page_with_its_last_day(as_bo: Client) -> None:
    for _time in range(2):
        case = Case.objects.get(pk=asked(cilla(), **_now()))
    day = date_format(case.due_on, "DATE_FORMAT")
    answer = as_bo.get("/today/")
    assertContains(answer, f"2 customers have asked for something; the first must have an answer by {day}.")
    assertNotContains(as_bo.get("/company/sign-in/"), "must have an answer")


@pytest.mark.parametrize(
    ("ago", "tone", "words"),
    [(0, '<div class="notice">', "days left"), (28, "notice-warning", "left"), (50, "notice-danger", "late")],
)
def test_page_of_a_request_shows_its_clock(as_bo: Client, ago: int, tone: str, words: str) -> None:
    case = asked(cilla(), **_now(received_on=timezone.localdate() - timedelta(days=ago)))
    answer = as_bo.get(_page(case))
    assertContains(answer, tone)
    assertContains(answer, words)
    day = date_format(Case.objects.get().due_on, "DATE_FORMAT")
    assertContains(answer, day)


def test_who_asks_is_written_down_once(as_bo: Client) -> None:
    case = asked(cilla(), **_now())
    assertContains(as_bo.get(_page(case)), "is it the customer who asks?")
    assertRedirects(_sent(as_bo, case, "identity", how="called-back"), _page(case))
    answer = as_bo.get(_page(case))
    assertContains(answer, "We called back on a number that we had already")
    assertNotContains(answer, "is it the customer who asks?")


def test_two_people_at_once_are_told(as_bo: Client) -> None:
    case = asked(cilla(), **_now())
    _sent(as_bo, case, "identity", how="known")
    answer = as_bo.post(f"{_page(case)}take-back/", {"revision": 1}, follow=True)
    assertContains(answer, "Somebody else did something about this request")
    assert Case.objects.get().state == Case.State.OPEN


def test_letter_is_drafted_in_the_chosen_language(as_bo: Client) -> None:
    case = asked(cilla(), **_now())
    assertContains(as_bo.get(f"{_page(case)}write/"), "Vänliga hälsningar")  # the company's language
    assertContains(as_bo.get(f"{_page(case)}write/?language=da"), "Venlig hilsen")
    assert as_bo.get(f"{_page(case)}write/?language=fi").status_code == 404
    assert as_bo.get(f"{_page(case)}write/?as=birthday").status_code == 404


def test_answer_with_brackets_left_keeps_what_was_typed(as_bo: Client) -> None:
    case = known(asked(cilla(), "RECTIFICATION", **_now()), at=timezone.now())
    body = {"outcome": "done", "subject": "S", "text": "Hello, my own words [Write it]", "way": "mail"}
    answer = _sent(as_bo, case, "write", **body)
    assertContains(answer, "still to be written")
    assertContains(answer, "Hello, my own words")
    assert Case.objects.get().state == Case.State.OPEN


def test_answer_closes_the_request_and_is_read_again(as_bo: Client) -> None:
    case = known(asked(cilla(), **_now()), at=timezone.now())
    body = {"outcome": "done", "subject": "Your data", "text": "Hello.\n\nBye.", "way": "paper"}
    assertRedirects(_sent(as_bo, case, "write", **body), _page(case))
    step = Case.objects.get().steps.get(code="written-done")
    assertContains(as_bo.get(f"{_page(case)}letters/{step.pk}/"), "Hello.")
    assert as_bo.get(f"{_page(case)}letters/{new_id()}/").status_code == 404


def test_longer_time_changes_the_clock(as_bo: Client) -> None:
    case = asked(cilla(), **_now())
    before = Case.objects.get().due_on
    body = {"subject": "Longer", "text": "Hello.\n\nBye.", "way": "mail", "reason": "Much to look through."}
    assertRedirects(_sent(as_bo, case, "longer", **body), _page(case))
    assert Case.objects.get().due_on > before + timedelta(days=50)
    assertNotContains(as_bo.get(_page(case)), "We need more time")


def test_package_is_made_by_the_worker_and_fetched_with_a_reason(as_anna: Client) -> None:
    case = known(asked(cilla(), **_now()), at=timezone.now())
    assertRedirects(_sent(as_anna, case, "package", language="sv"), _page(case))
    assertContains(as_anna.get(_page(case)), "It is being made.")
    package_jobs.make(package=Package.objects.get().pk, at=timezone.now())
    assertContains(as_anna.get(_page(case)), "It is ready")
    assertContains(as_anna.post(f"{_page(case)}package/file/", {}), "This field is required.")
    answer = as_anna.post(f"{_page(case)}package/file/", {"reason": "on a stick"})
    content = b"".join(answer.streaming_content)  # type: ignore[attr-defined]  # a streamed answer
    assert answer["Content-Type"] == "application/zip"
    assert zipfile.ZipFile(io.BytesIO(content)).testzip() is None
    assert Entry.objects.filter(action="rights.package-handed-out").count() == 1


def test_employee_neither_makes_nor_fetches_a_package(as_bo: Client) -> None:
    case = known(asked(cilla(), **_now()), at=timezone.now())
    assertContains(as_bo.get(_page(case)), "An owner makes and fetches it")
    assert as_bo.get(f"{_page(case)}package/").status_code == 403
    assert as_bo.post(f"{_page(case)}package/file/", {"reason": "x"}).status_code == 403


def test_documents_are_chosen_only_for_what_is_taken_elsewhere(as_anna: Client) -> None:
    customer = cilla()
    access = known(asked(customer, **_now()), at=timezone.now())
    assertNotContains(as_anna.get(f"{_page(access)}package/"), 'name="documents"')
    as_anna.post(f"/customers/{customer}/documents/add/", {"file": io.BytesIO(b"hello")})
    elsewhere = known(asked(customer, "PORTABILITY", **_now()), at=timezone.now())
    assertContains(as_anna.get(f"{_page(elsewhere)}package/"), 'name="documents"')


def test_request_of_nobody_is_not_found(as_anna: Client) -> None:
    assert as_anna.get(_page(new_id())).status_code == 404


def test_looking_at_a_request_is_in_the_log(as_bo: Client, bo: User) -> None:
    case = asked(cilla(), **_now())
    as_bo.get(_page(case))
    entry = Entry.objects.get(action="rights.case-viewed")
    assert (entry.actor, entry.facts) == (bo.actor, {"case": str(case)})
    assert selectors.open_cases(actor="system", at=timezone.now(), reach=EVERYBODY) != []
