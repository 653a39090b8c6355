from dataclasses import replace
from uuid import UUID

import pytest
from django.db import DatabaseError

from tests.cast import CILLA, DAN, NOW
from tryggve import vault
from tryggve.accounts.policy import EVERYBODY
from tryggve.audit import selectors as audit
from tryggve.domains.customers import sealing
from tryggve.domains.customers.engine.details import Details
from tryggve.domains.customers.models import Customer, CustomerChange
from tryggve.domains.customers.services import records
from tryggve.domains.customers.tests import deleting, power
from tryggve.domains.customers.tests.lists import add
from tryggve.lib.ids import new_id

pytestmark = pytest.mark.django_db
ANNA, BO = f"user:{new_id()}", f"user:{new_id()}"
MOVED = replace(CILLA, phones=("08-465 004 00",), note="Moved.")


@pytest.fixture
def cilla() -> UUID:
    return records.add_customer(details=CILLA, actor=ANNA, at=NOW)


def _details(customer: UUID) -> Details:
    row = Customer.objects.get(pk=customer)
    return sealing.opened_one((row.pk, row.revision, row.details_sealed))


def _change(customer: UUID, details: Details, *, seen: int, actor: str = ANNA) -> None:
    records.change_customer(
        reach=EVERYBODY, customer=customer, seen_revision=seen, details=details, actor=actor, at=NOW
    )


def test_added_customer_is_sealed_with_a_key_of_their_own(cilla: UUID) -> None:
    [dan] = add(DAN)
    rows = {row.pk: row for row in Customer.objects.all()}
    assert (_details(cilla), _details(dan)) == (CILLA, DAN)
    assert vault.key_id_of(bytes(rows[cilla].details_sealed)) != vault.key_id_of(
        bytes(rows[dan].details_sealed)
    )
    assert "Åkerström".encode() not in bytes(rows[cilla].details_sealed)


def test_document_opens_in_no_other_row(cilla: UUID) -> None:
    [dan] = add(DAN)
    row = Customer.objects.get(pk=cilla)
    with pytest.raises(vault.Damaged):
        sealing.opened_one((dan, row.revision, row.details_sealed))


def test_adding_changing_and_deleting_write_one_entry_each_with_names_of_fields_only(cilla: UUID) -> None:
    _change(cilla, MOVED, seen=1)
    deleting.delete_customer(customer=cilla, actor=BO, at=NOW)
    assert [(entry.action, entry.actor, entry.facts) for entry in audit.entries_about(cilla)] == [
        ("customers.deleted", BO, {}),
        ("customers.changed", ANNA, {"fields": ["phones", "note"]}),
        ("customers.added", ANNA, {}),
    ]


def test_key_is_made_before_the_row_and_a_cut_between_leaves_no_customer() -> None:
    before = power.keys_kept()
    with power.cut_at(1):
        records.add_customer(details=CILLA, actor=ANNA, at=NOW)
    assert (len(power.keys_kept() - before), Customer.objects.count()) == (1, 0)


def test_change_is_sealed_under_the_same_key_as_the_next_revision(cilla: UUID) -> None:
    before = Customer.objects.get(pk=cilla)
    _change(cilla, MOVED, seen=1)
    after = Customer.objects.get(pk=cilla)
    assert (_details(cilla), after.revision) == (MOVED, 2)
    assert vault.key_id_of(bytes(after.details_sealed)) == vault.key_id_of(bytes(before.details_sealed))


def test_older_document_does_not_open_as_the_newest(cilla: UUID) -> None:
    older = Customer.objects.get(pk=cilla)
    _change(cilla, MOVED, seen=1)
    with pytest.raises(vault.Damaged):
        sealing.opened_one((cilla, 2, older.details_sealed))


def test_change_to_the_same_details_writes_nothing(cilla: UUID) -> None:
    entries, changes = len(audit.newest_entries()), CustomerChange.objects.count()
    _change(cilla, CILLA, seen=1)
    assert Customer.objects.get(pk=cilla).revision == 1
    assert (len(audit.newest_entries()), CustomerChange.objects.count()) == (entries, changes)


def test_second_of_two_people_is_told_and_overwrites_nothing(cilla: UUID) -> None:
    _change(cilla, MOVED, seen=1, actor=BO)
    with pytest.raises(records.ChangedMeanwhile):
        _change(cilla, replace(CILLA, note="Written by Anna."), seen=1)
    assert _details(cilla) == MOVED
    _change(cilla, replace(MOVED, tags=()), seen=2)
    assert _details(cilla) == replace(MOVED, tags=())


def test_change_of_a_deleted_customer_is_refused(cilla: UUID) -> None:
    deleting.delete_customer(customer=cilla, actor=BO, at=NOW)
    with pytest.raises(records.AlreadyGone):
        _change(cilla, MOVED, seen=1)
    with pytest.raises(records.AlreadyGone):
        deleting.delete_customer(customer=cilla, actor=ANNA, at=NOW)


def test_deletion_destroys_the_key_and_the_row(cilla: UUID) -> None:
    [dan] = add(DAN)
    copy = bytes(Customer.objects.get(pk=cilla).details_sealed)
    deleting.delete_customer(customer=cilla, actor=ANNA, at=NOW)
    assert vault.key_id_of(copy) not in power.keys_kept()
    with pytest.raises(vault.KeyGone):
        sealing.opened_one((cilla, 1, copy))
    assert (set(Customer.objects.values_list("pk", flat=True)), _details(dan)) == ({dan}, DAN)


def _delete(customer: UUID) -> None:
    deleting.delete_customer(customer=customer, actor=ANNA, at=NOW)


def test_deletion_passes_its_points(cilla: UUID) -> None:
    assert power.points_of(lambda: _delete(cilla)) == [
        "customer: marked for deletion",
        "customer: taken out of lists",
        "customer: key destroyed",
    ]


def test_key_is_gone_before_the_row(cilla: UUID) -> None:
    key = vault.key_id_of(bytes(Customer.objects.get(pk=cilla).details_sealed))
    seen: list[tuple[bool, bool]] = []

    def look() -> None:
        seen.append((key in power.keys_kept(), Customer.objects.filter(pk=cilla).exists()))

    with power.at_point("customer: key destroyed", look):
        _delete(cilla)
    assert seen == [(False, True)]


@pytest.mark.parametrize("place", [1, 2, 3])
def test_deletion_cut_short_is_carried_out_later_and_told_once(cilla: UUID, place: int) -> None:
    add(DAN)
    key = vault.key_id_of(bytes(Customer.objects.get(pk=cilla).details_sealed))
    with power.cut_at(place):
        _delete(cilla)
    assert Customer.objects.get(pk=cilla).state == Customer.State.DESTROYING
    assert records.finish_deletions(actor="system", at=NOW) == 1
    assert not Customer.objects.filter(pk=cilla).exists()
    assert key not in power.keys_kept()
    assert records.finish_deletions(actor="system", at=NOW) == 0
    assert [entry.action for entry in audit.entries_about(cilla)] == ["customers.deleted", "customers.added"]


def test_change_without_its_audit_entry_is_not_kept(cilla: UUID) -> None:
    with pytest.raises((DatabaseError, ValueError)):
        _change(cilla, MOVED, seen=1, actor="Anna Ek")
    assert _details(cilla) == CILLA


@pytest.mark.django_db(transaction=True)
def test_deletion_that_two_carry_out_at_once_is_told_once(cilla: UUID) -> None:
    def finish() -> None:
        assert power.elsewhere(lambda: records.finish_deletions(actor="system", at=NOW)) == 1

    with power.at_point("customer: key destroyed", finish):
        _delete(cilla)
    assert [entry.action for entry in audit.entries_about(cilla)] == ["customers.deleted", "customers.added"]
