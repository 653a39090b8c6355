"""What stays of two cards that were made one, what is destroyed when, and cuts of the power anywhere."""

from datetime import timedelta

import pytest
from django.db import connection

from tests.cast import NOW
from tryggve import vault
from tryggve.audit import selectors as audit
from tryggve.domains.customers import routines
from tryggve.domains.customers.engine.details import Details
from tryggve.domains.customers.models import Customer, Merge, Note
from tryggve.domains.customers.selectors import merges as selectors
from tryggve.domains.customers.selectors import register
from tryggve.domains.customers.selectors.waiting import waiting
from tryggve.domains.customers.services import imports, merge_undo, merged_away, records
from tryggve.domains.customers.tests import deleting, power
from tryggve.domains.customers.tests.lists import MACHINE, add, csv_of
from tryggve.domains.customers.tests.merging import (
    FIRST,
    NUMBER,
    SECOND,
    merge,
    told,
    two_cards,
    undo,
)
from tryggve.privacy import services as privacy
from tryggve.privacy.subjects import Kind, Subject

pytestmark = pytest.mark.django_db(transaction=True)
LATER = NOW + timedelta(days=31)


def _settle() -> int:
    return merge_undo.settle_merges(before=LATER - timedelta(days=30), actor="system", at=LATER)


def test_undone_once_is_not_undone_again_and_its_key_is_gone() -> None:
    kept, gone = add(FIRST, SECOND)
    merged = merge(kept, gone)
    key = Merge.objects.get(pk=merged).key_ref
    assert key in power.keys_kept()
    undo(merged)
    assert (key in power.keys_kept(), Merge.objects.get(pk=merged).image_sealed) == (False, None)
    with pytest.raises(merge_undo.TooLate):
        undo(merged)


def test_after_30_days_the_other_card_is_destroyed_with_both_keys_and_its_address_leads_on() -> None:
    two = two_cards()
    own = vault.key_id_of(bytes(Customer.objects.get(pk=two.gone).details_sealed))
    merged = merge(two.kept, two.gone)
    kept, key = told(two.kept), Merge.objects.get(pk=merged).key_ref
    assert merge_undo.settle_merges(before=NOW, actor="system", at=NOW) == 0
    assert _settle() == 1
    assert {own, key} & power.keys_kept() == set()
    assert Customer.objects.filter(pk=two.gone).count() == 0
    assert (told(two.kept), selectors.kept_instead_of(two.gone)) == (kept, two.kept)
    with pytest.raises(merge_undo.TooLate):
        undo(merged)
    assert [entry.action for entry in audit.entries_about(two.gone, limit=1)] == ["customers.merge-settled"]
    assert _settle() == 0


def test_routine_settles_after_30_days() -> None:
    kept, gone = add(FIRST, SECOND)
    merge(kept, gone)
    routines.settle_merges(NOW + timedelta(days=29, hours=23))
    assert Customer.objects.filter(pk=gone).exists()
    routines.settle_merges(NOW + timedelta(days=30, minutes=1))
    assert not Customer.objects.filter(pk=gone).exists()


def test_deleting_the_kept_card_leaves_nothing_of_either() -> None:
    two = two_cards()
    third, fourth = add(Details(name="Cissi"), Details(name="Cia"))
    merge(two.kept, two.gone)
    merge(two.kept, third)
    merge(fourth, two.kept)
    dans = vault.key_id_of(bytes(Customer.objects.get(pk=two.dan).details_sealed))
    theirs = set(register.key_ids_in_use()) - {dans}
    assert len(theirs) == 7
    deleting.delete_customer(customer=fourth, actor=MACHINE, at=NOW)
    assert list(Customer.objects.values_list("pk", flat=True)) == [two.dan]
    assert (Merge.objects.count(), Note.objects.count()) == (0, 0)
    assert power.keys_kept() & theirs == set()
    assert selectors.kept_instead_of(two.gone) is None


def test_kept_card_is_not_erased_before_the_cards_that_were_merged_into_it() -> None:
    two = two_cards()
    merge(two.kept, two.gone)
    third = add(Details(name="Cissi"))[0]
    merge(third, two.kept)
    before = told(third)
    with pytest.raises(merged_away.CardsLeft):
        privacy.erase_person(Subject(Kind.CUSTOMER, third), actor=MACHINE, at=NOW)
    assert (told(third), Customer.objects.count(), Merge.objects.count()) == (before, 4, 2)
    for customer in (two.gone, two.kept, third):
        privacy.erase_person(Subject(Kind.CUSTOMER, customer), actor=MACHINE, at=NOW)
    assert list(Customer.objects.values_list("pk", flat=True)) == [two.dan]
    assert Merge.objects.count() == 0


def test_keys_of_merges_are_in_use() -> None:
    kept, gone = add(FIRST, SECOND)
    merged = merge(kept, gone)
    assert Merge.objects.get(pk=merged).key_ref in set(register.key_ids_in_use())


def test_what_is_held_of_the_person_names_the_merged_card() -> None:
    kept, gone = add(FIRST, SECOND)
    merge(kept, gone)
    export = privacy.export_person(Subject(Kind.CUSTOMER, kept), actor=MACHINE, at=NOW)
    [held] = [one for one in export.held if one.code == "customers.merges"]
    assert [value.content for part in held.parts for value in part.values if value.code == "name"] == [
        SECOND.name
    ]


def test_nothing_of_the_merged_card_stands_readable_in_the_database() -> None:
    two = two_cards()
    merge(two.kept, two.gone)
    with connection.cursor() as cursor:
        written = b""
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')  # noqa: S608 - a name of ours
            for row in cursor.fetchall():
                written += b"|".join(
                    bytes(value) if isinstance(value, (bytes, memoryview)) else str(value).encode()
                    for value in row
                )
    assert b"customers.merged" in written
    for needle in (b"quistberg", b"Quistberg", NUMBER.digits.encode(), b"quistberg".hex().encode()):
        assert needle not in written


@pytest.mark.parametrize("place", [1, 2])
def test_merge_cut_off_anywhere_leaves_both_cards_or_one(place: int) -> None:
    two = two_cards()
    before = told(two.kept), told(two.gone)
    with power.cut_at(place):
        merge(two.kept, two.gone)
    assert (told(two.kept), told(two.gone), Merge.objects.count()) == (*before, 0)
    merge(two.kept, two.gone)


def test_undo_cut_off_before_its_key_is_destroyed_is_finished_later() -> None:
    two = two_cards()
    before = told(two.kept), told(two.gone)
    merged = merge(two.kept, two.gone)
    with power.cut_at(1):
        undo(merged)
    assert Customer.objects.get(pk=two.gone).state == Customer.State.MERGED
    with power.cut_at(2):
        undo(merged)
    assert (told(two.kept), told(two.gone)) == before
    key = Merge.objects.get(pk=merged).key_ref
    assert key in power.keys_kept()
    assert merge_undo.settle_merges(before=NOW, actor="system", at=NOW) == 1
    assert key not in power.keys_kept()
    assert (told(two.kept), told(two.gone)) == before


@pytest.mark.parametrize("place", range(1, 5))
def test_settling_cut_off_anywhere_is_finished_by_the_next(place: int) -> None:
    two = two_cards()
    merged = merge(two.kept, two.gone)
    kept = told(two.kept)
    with power.cut_at(place):
        _settle()
    with pytest.raises(merge_undo.TooLate):
        undo(merged)
    records.finish_deletions(actor="system", at=LATER)
    _settle()
    assert (Customer.objects.filter(pk=two.gone).count(), told(two.kept)) == (0, kept)
    assert Merge.objects.get(pk=merged).key_ref is None


def test_settling_that_was_cut_is_nobodys_deletion() -> None:
    """Neither do rows of lists that wait become nobody's, nor loses an address the card to which it leads."""
    first, gone, kept = add(Details(name="Cissi"), SECOND, FIRST)
    merge(gone, first)
    _settle()
    merge(kept, gone)
    row = f"{SECOND.name};{SECOND.emails[0]};;Called."
    batch = imports.preview_file(name="a.csv", content=csv_of(row), source="", actor=MACHINE, at=NOW)
    counts = waiting(batch).held.counts()
    with power.cut_at(1):
        _settle()
    assert Customer.objects.get(pk=gone).state == Customer.State.DESTROYING
    assert records.finish_deletions(actor="system", at=LATER) == 0
    _settle()
    assert waiting(batch).held.counts() == counts
    assert [selectors.kept_instead_of(one) for one in (first, gone)] == [kept, kept]
    assert [entry.action for entry in audit.entries_about(gone, limit=1)] == ["customers.merge-settled"]


@pytest.mark.parametrize("place", range(1, 4))
def test_deletion_of_a_kept_card_cut_off_anywhere_is_finished(place: int) -> None:
    two = two_cards()
    merge(two.kept, two.gone)
    with power.cut_at(place):
        deleting.delete_customer(customer=two.kept, actor=MACHINE, at=NOW)
    records.finish_deletions(actor="system", at=NOW)
    assert list(Customer.objects.values_list("pk", flat=True)) == [two.dan]
    assert Merge.objects.count() == 0
