"""What people do while a list is being brought in stays done."""

from collections.abc import Callable
from dataclasses import replace
from uuid import UUID

import pytest

from tests.cast import CILLA, NOW
from tryggve.accounts.policy import EVERYBODY
from tryggve.domains.customers.models import Customer
from tryggve.domains.customers.selectors import register
from tryggve.domains.customers.services import records
from tryggve.domains.customers.tests import deleting, power
from tryggve.domains.customers.tests.lists import MACHINE, add, bring_in, csv_of, in_force

pytestmark = pytest.mark.django_db(transaction=True)

EDITED = replace(CILLA, phones=("08-465 004 00",), note="Written by Bo.")
ADDITION = csv_of("Cilla Åkerström;cilla@example.se;;From the fair.")


@pytest.fixture
def cilla() -> UUID:
    [cilla] = add(CILLA)
    return cilla


def _elsewhere(deed: Callable[[], object]) -> Callable[[], object]:
    return lambda: power.elsewhere(deed)


def _edit(customer: UUID) -> None:
    records.change_customer(
        reach=EVERYBODY, customer=customer, seen_revision=1, details=EDITED, actor=MACHINE, at=NOW
    )


def _delete(customer: UUID) -> None:
    deleting.delete_customer(customer=customer, actor=MACHINE, at=NOW)


def test_edit_between_staging_and_the_end_is_kept_and_gains_the_addition(cilla: UUID) -> None:
    with power.at_point("import: changes staged", _elsewhere(lambda: _edit(cilla))):
        assert bring_in(ADDITION).updated == 1
    assert in_force() == {CILLA.name: replace(EDITED, note="Written by Bo.\n\nFrom the fair.")}
    row = Customer.objects.get()
    assert (row.revision, row.pending_sealed, row.pending_revision, row.pending_batch_ref) == (
        3,
        None,
        None,
        None,
    )


def test_edit_before_staging_is_kept_and_gains_the_addition(cilla: UUID) -> None:
    content = ADDITION + b"Dan;dan@example.dk\n"
    with power.at_point("import: new rows staged", _elsewhere(lambda: _edit(cilla))):
        bring_in(content)
    assert in_force()[CILLA.name] == replace(EDITED, note="Written by Bo.\n\nFrom the fair.")


@pytest.mark.parametrize("point", ["import: new rows staged", "import: changes staged"])
def test_customer_deleted_meanwhile_stays_deleted(cilla: UUID, point: str) -> None:
    content = ADDITION + b"Dan;dan@example.dk\n"
    with power.at_point(point, _elsewhere(lambda: _delete(cilla))):
        bring_in(content)
    assert list(in_force()) == ["Dan"]
    assert not Customer.objects.filter(pk=cilla).exists()


def test_deletion_cut_short_meanwhile_is_still_finished(cilla: UUID) -> None:
    _cut_deletion(cilla)
    bring_in(ADDITION)
    assert records.finish_deletions(actor="system", at=NOW) == 1
    # A new customer of that name came with the list: whom one deletes may come again.
    assert list(in_force()) == [CILLA.name]
    assert not Customer.objects.filter(pk=cilla).exists()


def test_deletion_begun_meanwhile_and_cut_short_is_not_undone(cilla: UUID) -> None:
    with power.at_point("import: changes staged", _elsewhere(lambda: _cut_deletion(cilla))):
        bring_in(ADDITION)
    assert (in_force(), Customer.objects.get().revision) == ({}, 1)
    assert records.finish_deletions(actor="system", at=NOW) == 1
    assert Customer.objects.count() == 0


def _cut_deletion(customer: UUID) -> None:
    with power.cut_at(1):
        _delete(customer)


def test_card_opened_during_an_import_shows_what_is_in_force(cilla: UUID) -> None:
    seen: list[object] = []

    def look() -> None:
        card = register.customer_card(reach=EVERYBODY, customer=cilla, actor=MACHINE, at=NOW)
        seen.append((card.revision, card.details))

    with power.at_point("import: changes staged", _elsewhere(look)):
        bring_in(ADDITION)
    assert seen == [(1, CILLA)]


def test_person_who_began_before_the_import_is_told_afterwards(cilla: UUID) -> None:
    bring_in(ADDITION)
    with pytest.raises(records.ChangedMeanwhile):
        _edit(cilla)
