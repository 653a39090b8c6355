"""Whatever a register and a list hold: the import taken back gives the register as it was, and loses no edit."""

from collections import Counter
from dataclasses import replace
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.cast import NOW
from tryggve.accounts.policy import EVERYBODY
from tryggve.domains.customers import sealing
from tryggve.domains.customers.engine.details import Details
from tryggve.domains.customers.models import Customer, Import, ImportImage
from tryggve.domains.customers.services import records, undo_jobs
from tryggve.domains.customers.tests.engine.strategies import (
    EMAILS,
    FIRMS,
    NAMES,
    NOTES,
    PHONES,
    TAGS,
    details,
)
from tryggve.domains.customers.tests.lists import MACHINE, add, bring_in

pytestmark = [pytest.mark.both_databases, pytest.mark.django_db]

CELLS = [NAMES, FIRMS, ["", *EMAILS], ["", *PHONES], NOTES, ["", *TAGS]]
LISTS = st.lists(st.tuples(*(st.sampled_from(cells) for cells in CELLS)), min_size=1, max_size=6)
FEW = settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def _content(rows: list[tuple[str, ...]]) -> bytes:
    quoted = [";".join(f'"{cell}"' for cell in row) for row in rows]
    return "\n".join(["Namn;Företag;E-post;Telefon;Anteckning;Taggar", *quoted, ""]).encode()


def _register() -> dict[UUID, Details]:
    rows = Customer.objects.filter(state=Customer.State.ACTIVE).order_by("pk")
    return dict(sealing.opened(rows.values_list("pk", "revision", "details_sealed")))


def _begin(known: list[Details]) -> None:
    Customer.objects.all().delete()
    Import.objects.all().delete()
    ImportImage.objects.all().delete()
    add(*(one for one in known if one.title))


def _undo(batch: str | None, *, is_used_too: bool = False) -> None:
    undo_jobs.order_undo(batch=UUID(batch), is_used_too=is_used_too, actor=MACHINE, at=NOW)
    undo_jobs.run_ordered(batch=UUID(batch), at=NOW)


def _write(customer: UUID, told: Details) -> None:
    revision = Customer.objects.get(pk=customer).revision
    records.change_customer(
        customer=customer, seen_revision=revision, details=told, actor=MACHINE, at=NOW, reach=EVERYBODY
    )


@given(known=st.lists(details(), max_size=4), rows=LISTS)
@FEW
def test_import_and_undo_give_back_exactly_the_register_before(
    known: list[Details], rows: list[tuple[str, ...]]
) -> None:
    _begin(known)
    before = _register()
    _undo(bring_in(_content(rows)).import_id)
    assert (_register(), Customer.objects.count(), ImportImage.objects.count()) == (before, len(before), 0)


@given(known=st.lists(details(), max_size=3), first=LISTS, second=LISTS)
@FEW
def test_two_imports_undone_in_the_order_of_a_pile_give_back_the_register_before(
    known: list[Details], first: list[tuple[str, ...]], second: list[tuple[str, ...]]
) -> None:
    _begin(known)
    before = _register()
    batches = [bring_in(_content(rows)).import_id for rows in (first, second)]
    for batch in reversed(batches):
        _undo(batch)
    assert _register() == before


@given(known=st.lists(details(), min_size=1, max_size=3), rows=LISTS, data=st.data())
@FEW
def test_edit_between_import_and_undo_is_lost_nowhere(
    known: list[Details], rows: list[tuple[str, ...]], data: st.DataObject
) -> None:
    _begin(known)
    before = _register()
    batch = bring_in(_content(rows)).import_id
    there = _register()
    if not there:
        return
    edited = data.draw(st.sampled_from(sorted(there)))
    _write(edited, replace(there[edited], job_title="Carpenter", tags=(*there[edited].tags, "choir")))
    _undo(batch)
    after = _register()
    assert (after[edited].job_title, after[edited].tags[-1]) == ("Carpenter", "choir")
    rest = {customer: one for customer, one in after.items() if customer != edited}
    assert rest == {customer: one for customer, one in before.items() if customer != edited}
    if edited in before:
        assert after[edited] == replace(
            before[edited], job_title="Carpenter", tags=(*before[edited].tags, "choir")
        )
    assert Counter(after.keys() - before.keys()) == Counter({edited} - before.keys())
