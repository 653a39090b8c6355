"""Customers taken out: who, by whom, why, and as what."""

import csv
import io
from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager
from typing import Any
from uuid import UUID

import openpyxl
import pytest
from django.test import Client

from tests import signing_in
from tests.cast import CILLA, DAN, NOW
from tryggve.accounts.models import User
from tryggve.accounts.policy import EVERYBODY, Reach
from tryggve.accounts.roles import Area, Level, Role, Scope
from tryggve.audit import details as audit_details
from tryggve.audit.models import Entry
from tryggve.domains.customers.engine.details import Address, Details
from tryggve.domains.customers.engine.search.chosen import Chosen
from tryggve.domains.customers.models import Customer, CustomField
from tryggve.domains.customers.selectors import exported
from tryggve.domains.customers.services import export, responsible, saved_views
from tryggve.domains.customers.services.export import NobodyToExport
from tryggve.domains.customers.tests.lists import MACHINE, add, bring_in, in_force

pytestmark = pytest.mark.django_db
WISH = {"view": "all", "format": "csv", "reason": "Christmas cards"}


def _rows(answer: Iterable[bytes]) -> list[list[str]]:
    content = b"".join(answer).decode("utf-8-sig")
    return list(csv.reader(io.StringIO(content, newline="")))


def _begun(customers: list[UUID], **others: str) -> export.Export:
    facts = {"format": "csv", "view": "all", "reason": "cards", "actor": MACHINE} | others
    return export.begin_export(customers=customers, at=NOW, **facts)  # type: ignore[arg-type]


def test_bare_digits_leave_in_groups_and_stay_in_the_register_as_they_were() -> None:
    bare = Details(
        name="Åsa", phones=("0701740615", "08-46500400"), addresses=(Address("", "97238", "LULEÅ"),)
    )
    [asa] = add(bare)
    headings, row = _rows(_begun([asa]).pieces())
    told = dict(zip(headings, row, strict=True))
    assert [told[one] for one in ("Telephone", "Telephone 2", "Postcode", "Town")] == [
        "070-174 06 15", "08-46500400", "972 38", "LULEÅ",
    ]  # fmt: skip
    assert in_force()["Åsa"] == bare


def test_groups_are_those_of_the_firms_country(firm: Any) -> None:
    firm.country = "DK"
    firm.save()
    [row] = _rows(_begun(add(Details(name="Mette", phones=("12345678",)))).pieces())[1:]
    assert "12 34 56 78" in row


def test_owner_gets_all_customers_by_name_as_a_file(as_anna: Client) -> None:
    add(DAN, CILLA)
    answer = as_anna.post("/customers/export/", WISH)
    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert answer.headers["Content-Disposition"].startswith('attachment; filename="tryggve-2')
    assert answer.headers["X-Accel-Buffering"] == "no"
    assert [row[1] for row in _rows(answer)] == ["Name", CILLA.name, DAN.name]


def test_workbook_has_every_customer(as_anna: Client) -> None:
    add(DAN, CILLA)
    answer = as_anna.post("/customers/export/", WISH | {"format": "xlsx"})
    sheet = openpyxl.load_workbook(io.BytesIO(b"".join(answer))).worksheets[0]
    assert [row[1] for row in sheet.iter_rows(values_only=True)] == ["Name", CILLA.name, DAN.name]


def test_entry_tells_how_many_as_what_and_the_reason_is_sealed(as_anna: Client, anna: User) -> None:
    add(CILLA, DAN)
    b"".join(as_anna.post("/customers/export/", WISH))
    entry = Entry.objects.get(action="customers.exported")
    assert (entry.facts, entry.subject) == ({"count": 2, "format": "csv", "view": "all"}, anna.pk)
    assert audit_details.told([entry])[entry.pk].words == {"reason": "Christmas cards"}
    assert b"Christmas" not in bytes(entry.details_sealed or b"")


def test_without_a_reason_nothing_leaves(as_anna: Client) -> None:
    add(CILLA)
    answer = as_anna.post("/customers/export/", WISH | {"reason": " "})
    assert (answer.status_code, answer.streaming, "This field is required" in answer.content.decode()) == (
        200, False, True,
    )  # fmt: skip
    assert not Entry.objects.filter(action="customers.exported").exists()


def test_opening_the_page_takes_nothing_out(as_anna: Client) -> None:
    add(CILLA)
    assert as_anna.get("/customers/export/", WISH).status_code == 200
    assert not Entry.objects.filter(action="customers.exported").exists()


def test_those_found_before_can_be_taken_out_alone(as_anna: Client) -> None:
    add(CILLA, DAN)
    found = as_anna.post("/customers/search/", {"text": "dan"})["Location"].rstrip("/").rpartition("/")[2]
    assert (
        "The 1 customer that you found" in as_anna.get(f"/customers/export/?found={found}").content.decode()
    )
    answer = as_anna.post(f"/customers/export/?found={found}", WISH | {"view": "found"})
    assert [row[1] for row in _rows(answer)] == ["Name", DAN.name]


def test_a_saved_view_chooses_who_leaves_and_in_what_order(as_anna: Client, anna: User) -> None:
    add(CILLA, DAN, Details(name="Eva", tags=("vip",)))
    chosen = Chosen(tags=("vip",), sort="newest")
    view = saved_views.save_view(owner=anna, name="Best ones", chosen=chosen, at=NOW)
    assert "Best ones" in as_anna.get("/customers/export/").content.decode()
    answer = as_anna.post("/customers/export/", WISH | {"view": str(view)})
    assert sorted(row[1] for row in _rows(answer)[1:]) == [CILLA.name, "Eva"]
    assert Entry.objects.get(action="customers.exported").facts["view"] == str(view)


def test_who_sees_own_customers_only_takes_out_those(bo: User) -> None:
    cilla, dan = add(CILLA, DAN)
    User.objects.filter(pk=bo.pk).update(scope=Scope.OWN, given={Area.EXPORT: Level.CHANGE})
    responsible.assign(customer=dan, responsible=bo.pk, actor=MACHINE, at=NOW, reach=EVERYBODY)
    own = Reach(frozenset({bo.pk}))
    assert exported.customers_in_view(reach=own) == [dan]
    assert exported.customers_still_there([cilla, dan], reach=own) == [dan]
    answer = signing_in.browser_of(bo).post("/customers/export/", WISH)
    assert [row[1] for row in _rows(answer)] == ["Name", DAN.name]


def test_auditor_who_may_take_out_the_log_takes_out_no_customer(bo: User) -> None:
    add(CILLA)
    User.objects.filter(pk=bo.pk).update(role=Role.AUDITOR, given={Area.EXPORT: Level.CHANGE})
    answer = signing_in.browser_of(bo).post("/customers/export/", WISH)
    assert (answer.status_code, answer.streaming) == (403, False)


def test_empty_view_makes_no_file() -> None:
    with pytest.raises(NobodyToExport):
        _begun([])


def test_answers_to_ordinary_fields_are_columns_and_sensitive_ones_never(as_anna: Client) -> None:
    fields = [
        CustomField.objects.create(name=name, kind="TEXT", is_sensitive=False, made_at=NOW)
        for name in ("Shoe size", "Diagnosis", "Category")
    ]
    answers = tuple((str(field.pk), f"answer {number}") for number, field in enumerate(fields))
    add(Details(name="Eva", custom=answers))
    CustomField.objects.filter(name="Diagnosis").update(is_sensitive=True)
    headings, row = _rows(as_anna.post("/customers/export/", WISH))
    assert dict(zip(headings, row, strict=True))["Shoe size"] == "answer 0"
    assert ("Own field: Category" in headings, "Diagnosis" in headings, "answer 1" in row) == (
        True,
        False,
        False,
    )


def test_damaged_customer_is_told_and_the_others_leave(as_anna: Client) -> None:
    cilla, _dan = add(CILLA, DAN)
    as_anna.get("/customers/")
    Customer.objects.filter(pk=cilla).update(details_sealed=b"")
    answer = as_anna.post("/customers/export/", WISH)
    assert [row[1] for row in _rows(answer)] == ["Name", DAN.name]
    assert Entry.objects.get(action="customers.exported").facts["count"] == 1
    assert "1 customer is damaged" in as_anna.get("/customers/").content.decode()


def test_who_is_deleted_while_the_file_is_written_is_not_in_it() -> None:
    cilla, dan = add(CILLA, DAN)
    begun = _begun([cilla, dan])
    Customer.objects.filter(pk=cilla).update(state=Customer.State.DESTROYING)
    assert CILLA.name not in b"".join(begun.pieces()).decode()


def test_own_file_brought_in_again_changes_nobody(as_anna: Client) -> None:
    add(CILLA, DAN)
    before = in_force()
    for format in ("csv", "xlsx", "vcard"):
        content = b"".join(as_anna.post("/customers/export/", WISH | {"format": format}))
        result = bring_in(content)
        assert (format, result.created, result.updated) == (format, 0, 0)
    assert in_force() == before


def test_reason_of_a_command_is_sealed_for_the_owner(anna: User) -> None:
    _begun(add(CILLA), reason="to the printer")
    entry = Entry.objects.get(action="customers.exported")
    assert (entry.subject, audit_details.told([entry])[entry.pk].words) == (
        anna.pk,
        {"reason": "to the printer"},
    )


def test_questions_to_the_database_follow_thousands_not_customers(
    django_assert_max_num_queries: Callable[[int], AbstractContextManager[object]],
) -> None:
    begun = _begun(add(*[CILLA] * 30))
    with django_assert_max_num_queries(2):
        b"".join(begun.pieces())
