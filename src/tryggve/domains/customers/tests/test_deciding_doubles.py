"""What a person decides of a row that may be somebody known is done when the list comes in."""

from dataclasses import replace

import pytest

from tests.cast import NOW
from tryggve.domains.customers.engine.comparison.decisions import Rules
from tryggve.domains.customers.engine.details import Address, Details
from tryggve.domains.customers.models import Import
from tryggve.domains.customers.selectors import waiting
from tryggve.domains.customers.services import deciding
from tryggve.domains.customers.tests import deleting
from tryggve.domains.customers.tests.lists import MACHINE, add, csv_of, in_force
from tryggve.domains.customers.tests.waiting_lists import (
    as_kept,
    carry_out,
    decide,
    doubles,
    fates,
    preview,
    rows,
)

pytestmark = pytest.mark.django_db(transaction=True)

EVA = Details(name="Eva Lind", emails=("eva@example.se",), phones=("070-1112233",))


SAME_EMAIL = csv_of("Eva Ek;eva@example.se;;;", "Åsa Ek;asa@example.se;;;")


def test_double_that_nobody_decides_comes_in_as_a_new_customer_and_is_told() -> None:
    add(EVA)
    batch = preview(SAME_EMAIL)
    [double] = doubles(batch).page
    assert (double.line, double.why, double.theirs, double.verdict) == (2, "same_email", EVA, "")
    carry_out(batch)
    assert sorted(in_force()) == ["Eva Ek", "Eva Lind", "Åsa Ek"]


@pytest.mark.parametrize("is_by_rule", [False, True])
def test_double_that_is_the_same_person_adds_to_that_customer(is_by_rule: bool) -> None:
    [eva] = add(EVA)
    batch = preview(csv_of("Eva Ek;eva@example.se;;tea;"))
    decide(batch, rules={"same_email": "same"}) if is_by_rule else decide(batch, "same")
    [row] = rows(batch).page
    assert (row.fate, row.other) == ("updated", eva)
    carry_out(batch)
    assert in_force() == {"Eva Lind": replace(EVA, note="tea", source="fair")}


@pytest.mark.parametrize("is_by_rule", [False, True])
def test_double_that_is_left_out_does_not_come_in(is_by_rule: bool) -> None:
    add(EVA)
    batch = preview(SAME_EMAIL)
    decide(batch, rules={"same_email": "out"}) if is_by_rule else decide(batch, "out")
    assert fates(batch)[0] == (2, "left_out", "")
    carry_out(batch)
    assert sorted(in_force()) == ["Eva Lind", "Åsa Ek"]


@pytest.mark.parametrize("is_by_rule", [False, True])
def test_row_taken_for_the_same_person_as_an_earlier_one_can_be_another(is_by_rule: bool) -> None:
    batch = preview(csv_of("Eva Ek;eva@example.se;;;", "Eva Ek;eva@example.se;;tea;"))
    assert [(double.why, double.row) for double in doubles(batch).page] == [("same_person", 0)]
    decide(batch, rules={"same_person": "new"}) if is_by_rule else decide(batch, "new")
    assert [row.fate for row in rows(batch).page] == ["new", "new"]


def test_row_is_the_same_as_whom_an_earlier_row_brings() -> None:
    batch = preview(csv_of("Eva Ek;eva@example.se;;;", "Eva Lind;eva@example.se;;tea;"))
    decide(batch, "same")
    carry_out(batch)
    assert {title: one.note for title, one in in_force().items()} == {"Eva Ek": "tea"}


def test_choice_of_one_row_stands_above_the_rule() -> None:
    add(EVA)
    batch = preview(csv_of("Eva Ek;eva@example.se;;;", "Eva Dahl;eva@example.se;;;"))
    first, _second = doubles(batch).page
    rules: Rules = {"same_email": "out"}
    deciding.decide_doubles(
        batch=batch, choices={first.place: first.choice("new")}, rules=rules, actor=MACHINE, at=NOW
    )
    carry_out(batch)
    assert sorted(in_force()) == ["Eva Ek", "Eva Lind"]


def test_choice_that_is_taken_back_counts_no_more() -> None:
    add(EVA)
    batch = preview(SAME_EMAIL)
    decide(batch, "out")
    deciding.decide_doubles(batch=batch, choices={0: None}, rules={}, actor=MACHINE, at=NOW)
    assert [row.fate for row in rows(batch).page] == ["new", "new"]


def test_decision_about_a_customer_who_was_deleted_meanwhile_falls_away() -> None:
    [anna] = add(Details(name="Anna Ek", addresses=(Address("Storgatan 5", "111 22", "Lund"),)))
    batch = preview(b"Name;Address;Postcode;Town\nAna Ek;Storgatan 5;111 22;Lund\n")
    assert [double.why for double in doubles(batch).page] == ["like_name_and_address"]
    decide(batch, "same")
    deleting.delete_customer(customer=anna, actor=MACHINE, at=NOW)
    assert (str(anna) in as_kept(batch), "Ana Ek" in as_kept(batch)) == (False, False)


def test_row_that_is_left_out_stays_so_when_the_other_is_deleted() -> None:
    [eva] = add(EVA)
    batch = preview(SAME_EMAIL)
    decide(batch, "out")
    deleting.delete_customer(customer=eva, actor=MACHINE, at=NOW)
    assert (str(eva) in as_kept(batch), waiting.waiting(batch).decided.choices[0].verdict) == (False, "out")
    carry_out(batch)
    assert list(in_force()) == ["Åsa Ek"]


def test_decisions_end_with_the_import() -> None:
    add(EVA)
    batch = preview(SAME_EMAIL)
    decide(batch, "out")
    carry_out(batch)
    assert Import.objects.get(pk=batch).decisions_sealed is None
