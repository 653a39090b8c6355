"""Bringing in a list from a browser: choose, look, yes or no, wait, result."""

from typing import Any
from uuid import UUID

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.cast import NOW
from tryggve.accounts.policy import EVERYBODY
from tryggve.audit import selectors as audit
from tryggve.domains.customers.models import Customer, Import
from tryggve.domains.customers.selectors import register
from tryggve.domains.customers.services import import_jobs
from tryggve.domains.customers.tests import power
from tryggve.domains.customers.tests.files.make_files import content_of
from tryggve.domains.customers.tests.lists import csv_of, in_force, people
from tryggve.routines import jobs

pytestmark = pytest.mark.django_db
LIST = csv_of("Åsa Ek;asa@example.se;;tea;43", "Bo;bo@", "", "<script>alert(1)</script>;x@example.se")


def _upload(browser: Client, content: bytes = LIST, *, name: str = "kunder.csv") -> Any:
    return browser.post(
        "/customers/import/", {"file": SimpleUploadedFile(name, content), "source": "autumn fair"}
    )


def _previewed(browser: Client, content: bytes = LIST) -> str:
    """The address of a preview."""
    address: str = _upload(browser, content).headers["Location"]
    return address


def _text(answer: Any) -> str:
    text: str = answer.content.decode()
    return text


def _names() -> list[tuple[UUID, str]]:
    found = register.customers_matching(reach=EVERYBODY, text="ek", actor="system", at=NOW)
    return [(customer, details.name) for customer, details in found]


def _work() -> None:
    assert jobs.run_next(owner="worker", now=timezone.now)


def test_preview_shows_what_would_happen_and_changes_nothing(as_anna: Client) -> None:
    text = _text(as_anna.get(_previewed(as_anna)))
    for told in (
        "Is this right?",
        "kunder.csv",
        "Åsa Ek",
        "this is not an e-mail address",
        "Shoe size",
        "empty line",
    ):
        assert told in text
    assert ("&lt;script&gt;alert(1)" in text, "<script>alert" in text) == (True, False)
    assert (Customer.objects.count(), Import.objects.get().state) == (0, "PREVIEWED")


def test_yes_queues_the_import_and_the_page_tells_how_far_it_is(as_anna: Client) -> None:
    address = _previewed(as_anna)
    assert as_anna.post(f"{address}confirm/").headers["Location"] == address
    text = _text(as_anna.get(address))
    assert ('hx-trigger="every 2s"' in text, "The list is being brought in" in text) == (True, True)
    fragment = as_anna.get(address, headers={"HX-Request": "true"})
    assert ("<html" in _text(fragment), "HX-Refresh" in fragment.headers) == (False, False)


def test_page_asks_to_be_loaded_anew_once_the_import_is_done(as_anna: Client) -> None:
    address = _previewed(as_anna)
    as_anna.post(f"{address}confirm/")
    _work()
    assert as_anna.get(address, headers={"HX-Request": "true"}).headers["HX-Refresh"] == "true"
    text = _text(as_anna.get(address))
    assert ("The list is in the register" in text, "hx-trigger" in text.split("<main")[1]) == (True, False)
    assert {details.source for details in in_force().values()} == {"autumn fair"}


def test_no_forgets_the_file(as_anna: Client) -> None:
    address = _previewed(as_anna)
    assert as_anna.post(f"{address}cancel/").headers["Location"] == "/customers/"
    assert as_anna.get(address).status_code == 404
    assert Import.objects.count() == 0


def test_second_yes_and_late_no_are_refused_in_words(as_anna: Client) -> None:
    address = _previewed(as_anna)
    as_anna.post(f"{address}confirm/")
    for button in ("confirm/", "cancel/"):
        answer = as_anna.post(f"{address}{button}")
        assert (answer.status_code, "called off already" in _text(answer)) == (409, True)
    _work()
    assert len(in_force()) == 2


def test_stopped_import_can_be_begun_again_or_called_off(as_anna: Client) -> None:
    address = _previewed(as_anna)
    as_anna.post(f"{address}confirm/")
    with power.cut_at(2):
        _work()
    import_jobs.remove_interrupted(actor="system", at=NOW)
    text = _text(as_anna.get(address))
    for told in (
        "Tryggve was stopped while the list was being brought in",
        f"{address}confirm/",
        f"{address}cancel/",
    ):
        assert told in text
    assert as_anna.post(f"{address}cancel/").status_code == 302


def test_double_is_linked_to_the_customer_it_may_be(as_anna: Client) -> None:
    address = _previewed(as_anna, csv_of("Åsa Ek;asa@example.se", "Bo Ek;asa@example.se"))
    assert "someone with another name has the same e-mail address" in _text(as_anna.get(address))
    as_anna.post(f"{address}confirm/")
    _work()
    text = _text(as_anna.get(address))
    linked = {name: str(customer) in text for customer, name in _names()}
    assert linked == {"Åsa Ek": True, "Bo Ek": False}


def test_every_look_at_an_import_is_told(as_anna: Client) -> None:
    address = _previewed(as_anna)
    as_anna.get(address)
    told = [(entry.action, entry.facts) for entry in audit.newest_entries()]
    batch = str(Import.objects.get().pk)
    assert told == [
        ("customers.import-viewed", {"batch": batch}), ("customers.import-previewed", {"batch": batch, "rows": 4}),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "The file is empty."),
        (b"\x7fELF" + bytes(999), "This is not a list that can be read."),
        (b";".join([b"Name"] * 10_000), "There are more columns than a customer list has."),
    ],
)
def test_file_that_is_no_list_is_refused_beside_the_form(as_anna: Client, content: bytes, words: str) -> None:
    answer = _upload(as_anna, content)
    assert (answer.status_code, words in _text(answer), "autumn fair" in _text(answer)) == (200, True, True)
    assert Import.objects.count() == 0


def test_no_file_chosen_is_told(as_anna: Client) -> None:
    answer = as_anna.post("/customers/import/", {"source": "fair"})
    assert (answer.status_code, answer.context["form"].errors.keys()) == (200, {"file"})


@pytest.mark.parametrize(
    "name", ["<script>.csv", "../../etc/passwd", "x" * 400 + ".csv", "list", "\u202evsc.exe"]
)
def test_odd_name_of_a_file_is_only_a_name(as_anna: Client, name: str) -> None:
    answer = as_anna.get(_upload(as_anna, name=name).headers["Location"])
    assert (answer.status_code, "<script>." in _text(answer)) == (200, False)


@pytest.mark.parametrize("name", ["doubles.csv", "ten-faults.csv", "spreadsheet.xlsx"])
def test_number_of_questions_does_not_grow_with_the_list(as_anna: Client, name: str) -> None:
    few, many = _previewed(as_anna, people(range(2))), _previewed(as_anna, content_of(name))

    def asked(address: str) -> int:
        as_anna.get(address)
        with CaptureQueriesContext(connection) as queries:
            as_anna.get(address)
        return len(queries)

    assert asked(few) == asked(many) <= 6
