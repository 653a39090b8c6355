"""A deleted customer is gone from every list: those that wait for a yes, and what others left."""

import json
from dataclasses import replace
from uuid import UUID

import pytest

from tests.cast import CILLA, NOW
from tryggve.domains.customers.models import Customer, Import
from tryggve.domains.customers.services import forgetting
from tryggve.domains.customers.tests.engine.workbooks import workbook
from tryggve.domains.customers.tests.holding import (
    BO,
    DANS,
    HERS,
    HERS_ASIDE,
    NEEDLES,
    carry_out,
    cells_in,
    confirm,
    delete,
    document_of,
    needles_in,
    readable_in,
    shown,
    waiting,
)
from tryggve.domains.customers.tests.lists import MACHINE, add, bring_in, csv_of, in_force
from tryggve.lib.ids import new_id
from tryggve.privacy import services as privacy
from tryggve.privacy.export import UNREADABLE
from tryggve.privacy.subjects import Kind, Subject

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def cilla() -> UUID:
    [cilla] = add(CILLA)
    return cilla


def _xlsx() -> bytes:
    rows = [["Name", "E-mail", "Phone"], ["Bo Ek", "bo@example.se"], ["Cilla Åkerström", "cilla@example.se"]]
    return workbook(rows)


def test_waiting_list_holds_nothing_of_a_deleted_customer_and_all_of_the_others(cilla: UUID) -> None:
    batch = waiting(BO, *HERS, DANS, *HERS_ASIDE, "Fel;fel@")
    assert needles_in(batch) == list(NEEDLES)
    before = cells_in(batch)

    delete(cilla)

    assert needles_in(batch) == []
    assert cells_in(batch) == [before[0], [], [], [], before[4], [], [], before[7]]


def test_preview_tells_the_lines_of_the_file_and_counts_what_is_left(cilla: UUID) -> None:
    batch = waiting(BO, *HERS, DANS, *HERS_ASIDE, "Fel;fel@", "Bo Berg;bo@example.se")
    before = shown(batch).result
    assert (before.rows, before.created, before.updated, before.unchanged) == (9, 3, 1, 2)

    delete(cilla)

    preview = shown(batch)
    result = preview.result
    assert (result.rows, result.created, result.updated, result.unchanged) == (9, 3, 0, 0)
    assert [one.line for one in result.set_aside] == [9]
    assert [(one.line, one.reason) for one in result.skipped] == [
        (line, "forgotten") for line in (3, 4, 5, 7, 8)
    ]
    assert [one.line for one in result.duplicates] == [10]
    assert [sample.line for sample in preview.samples] == [2, 6, 10]


@pytest.mark.parametrize("moment", ["before the yes", "after the yes"])
def test_list_brought_in_later_does_not_bring_the_customer_back(cilla: UUID, moment: str) -> None:
    batch = waiting(BO, *HERS, *HERS_ASIDE, DANS)
    if moment == "after the yes":
        confirm(batch)
    delete(cilla)
    if moment == "before the yes":
        confirm(batch)
    carry_out(batch)

    assert sorted(in_force()) == ["Bo Ek", "Dan Sørensen"]
    result = shown(batch).result
    assert (result.rows, result.created, len(result.skipped)) == (7, 2, 5)
    assert needles_in(batch) == []


def test_workbook_that_waits_holds_nothing_of_a_deleted_customer(cilla: UUID) -> None:
    batch = waiting(content=_xlsx())
    delete(cilla)
    assert (needles_in(batch), cells_in(batch)) == ([], [["Bo Ek", "bo@example.se"], []])


def test_rows_set_aside_by_a_list_that_is_done_are_forgotten(cilla: UUID) -> None:
    batch = UUID(bring_in(csv_of(BO, *HERS_ASIDE, "Fel;fel@", "Cilla Berg;cilla.berg@")).import_id)
    assert len(needles_in(batch)) == 3

    delete(cilla)

    assert needles_in(batch) == []
    left = json.loads(document_of(batch, "leftovers"))["set_aside"]
    assert [(line, cells[0]) for line, cells, *_rest in left] == [(5, "Fel"), (6, "Cilla Berg")]
    result = shown(batch).result
    assert ([one.line for one in result.set_aside], result.rows) == ([5, 6], 5)
    assert [(one.line, one.reason) for one in result.skipped] == [(3, "forgotten"), (4, "forgotten")]


def test_row_set_aside_before_the_customer_was_added_is_forgotten() -> None:
    batch = UUID(bring_in(csv_of(BO, *HERS_ASIDE)).import_id)
    [cilla] = add(CILLA)
    delete(cilla)
    assert needles_in(batch) == []


def test_row_that_names_nobody_is_forgotten_by_a_number_that_another_list_tied_to_the_customer(
    cilla: UUID,
) -> None:
    def content(*rows: str) -> bytes:
        return "\n".join(["Namn;E-post;Personnummer", *rows]).encode()

    aside = UUID(bring_in(content(";;19000099-0000", ";;19000099-0001", BO)).import_id)
    held = waiting(content=content(";;000099-0000", "Dan;dan@example.dk"))
    bring_in(content("Cilla Åkerström;cilla@example.se;19000099-0000"))

    delete(cilla)

    assert ("99-0000" in readable_in(aside), "99-0001" in readable_in(aside)) == (False, True)
    assert ("99-0000" in readable_in(held), "dan@example.dk" in readable_in(held)) == (False, True)


def test_row_of_somebody_who_shares_a_telephone_stays(cilla: UUID) -> None:
    batch = waiting(BO, "David Åkerström;david@example.se;070-174 06 05")
    before = document_of(batch, "file")
    delete(cilla)
    assert document_of(batch, "file") == before


def test_row_that_a_second_card_may_be_about_stays_for_that_card() -> None:
    batch = waiting("Cilla Åkerström;cilla@example.se")
    [_first, second] = add(CILLA, replace(CILLA, phones=()))
    delete(second)
    assert cells_in(batch) == [["Cilla Åkerström", "cilla@example.se"]]


def test_double_that_named_the_customer_is_told_no_more(cilla: UUID) -> None:
    batch = UUID(bring_in(csv_of("Bo Ek;cilla@example.se")).import_id)
    assert [one.customer for one in shown(batch).result.duplicates] == [str(cilla)]
    delete(cilla)
    assert (shown(batch).result.duplicates, needles_in(batch)) == ([], [])


def test_second_time_finds_nothing(cilla: UUID) -> None:
    waiting(BO, *HERS)
    bring_in(csv_of(*HERS_ASIDE))
    told = [forgetting.forget_customer(customer=cilla, details=CILLA) for _time in range(2)]
    assert told == [2, 0]


def test_customer_is_shown_what_lists_hold_and_nobody_elses(cilla: UUID) -> None:
    waiting(BO, HERS[0], "Fel;fel@")
    bring_in(csv_of(DANS, HERS_ASIDE[0], "Dan;dan@"))
    [dan] = (row.pk for row in Customer.objects.in_force() if row.pk != cilla)

    assert _exported(cilla) == [
        ("set_aside", "Name", "Cilla Åkerström"), ("set_aside", "E-mail", "cilla@"),
        ("set_aside", "Phone", "070-174 06 05"),
        ("waiting", "Name", "Cilla Åkerström"), ("waiting", "E-mail", "cilla@example.se"),
        ("waiting", "Note", "ring"), ("waiting", "Shoe size", "38"),
    ]  # fmt: skip
    assert [value for value in _exported(dan) if "Cilla" in str(value)] == []
    assert _exported(new_id()) == []


def _exported(customer: UUID) -> list[tuple[str, str, object]]:
    export = privacy.export_person(Subject(Kind.CUSTOMER, customer), actor=MACHINE, at=NOW)
    [held] = [held for held in export.held if held.code == "customers.imports"]
    told = [(one.code, str(one.title), one.content) for part in held.parts for one in part.values]
    return sorted(told, key=lambda one: one[0])


def test_export_says_that_there_is_a_list_that_does_not_open(cilla: UUID) -> None:
    Import.objects.filter(pk=waiting(BO)).update(file_sealed=b"\x01damaged")
    assert [code for code, _title, _content in _exported(cilla)] == [UNREADABLE]
