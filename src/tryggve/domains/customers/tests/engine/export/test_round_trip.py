"""What was taken out and is brought in again changes nothing."""

import io
from collections.abc import Sequence
from dataclasses import replace
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.cast import CILLA, DAN
from tryggve.domains.customers.engine.details import Details
from tryggve.domains.customers.engine.files import tables
from tryggve.domains.customers.engine.imports import planning
from tryggve.domains.customers.engine.imports.plan import Plan
from tryggve.domains.customers.tests.engine.export.written import file_of, people, records
from tryggve.lib.ids import new_id

FORMATS = ["csv", "xlsx", "vcard"]
COOP = Details(kind="organisation", name="Coop & Söner AB", emails=("info@coop.se",), tags=("grossist",))


def _brought_in(customers: Sequence[Details], format: str) -> Plan:
    known = [(UUID(one.id), one.details) for one in records(customers)]
    table = tables.read_table(io.BytesIO(file_of(customers, format=format)))
    return planning.plan(table, known=known, source="", country="SE", new_id=new_id)


@pytest.mark.parametrize("format", FORMATS)
def test_own_file_brought_in_again_changes_nobody(format: str) -> None:
    result = _brought_in([CILLA, DAN, COOP], format).result
    assert (result.created, result.updated, result.unchanged, result.set_aside) == (0, 0, 3, [])


@pytest.mark.parametrize("format", FORMATS)
@settings(max_examples=25, deadline=None)
@given(customers=st.lists(people(), min_size=1, max_size=4, unique_by=lambda one: one.name))
def test_any_customers_come_back_as_they_were(format: str, customers: list[Details]) -> None:
    if format == "vcard":  # an address book shows a note as it is, so no apostrophe is put before one
        customers = [replace(one, note=f"Note: {one.note}") for one in customers]
    plan = _brought_in(customers, format)
    assert (plan.new, plan.additions) == ({}, {})


@pytest.mark.parametrize("format", FORMATS)
def test_customers_whom_no_other_rule_knows_again_are_known_by_the_registers_own_id(format: str) -> None:
    odd = [
        Details(kind="organisation", name="Coop", organisation="KF", emails=("info@coop.se",)),
        Details(name="Anna Ek", emails=("anna@example.se",)),
        Details(name="Anna Ek", emails=("anna@example.se",), source="fair"),
    ]
    plan = _brought_in(odd, format)
    assert (plan.new, plan.additions) == ({}, {})
