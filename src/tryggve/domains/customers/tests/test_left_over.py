from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from tests.cast import CILLA, DAN
from tryggve import vault
from tryggve.domains.customers.models import Customer, Import
from tryggve.domains.customers.selectors import register
from tryggve.domains.customers.services import import_turn, imports, left_over, records
from tryggve.domains.customers.tests import deleting, power
from tryggve.domains.customers.tests.lists import MACHINE, people
from tryggve.lib import folders
from tryggve.lib.ids import new_id
from tryggve.routines import registry
from tryggve.vault import owners

pytestmark = pytest.mark.django_db
TODAY = datetime.now(UTC)
TOMORROW = TODAY + timedelta(hours=25)


@pytest.fixture(autouse=True)
def _no_keys() -> None:
    """Other tests roll their rows back, and leave their keys."""
    vault.keyring().destroy_keys(power.keys_kept())


@pytest.fixture
def orphan() -> UUID:
    [key] = vault.keyring().create_keys([new_id()])
    return key


def _act_tomorrow() -> UUID:
    return records.add_customer(details=DAN, actor=MACHINE, at=TOMORROW)


def test_key_without_a_row_is_collected_and_every_named_one_is_kept(orphan: UUID) -> None:
    cilla = records.add_customer(details=CILLA, actor=MACHINE, at=TODAY)
    Customer.objects.filter(pk=cilla).update(state=Customer.State.STAGING)
    imports.preview_file(name="a.csv", content=people(range(2)), source="", actor=MACHINE, at=TODAY)
    _act_tomorrow()
    named = power.keys_kept() - {orphan}
    assert left_over.collect_keys(at=TOMORROW) == 1
    assert (power.keys_kept(), len(named)) == (named, 3)
    assert set(register.key_ids_in_use()) == named
    assert Import.objects.get().key_ref in named


def test_nothing_is_collected_while_an_import_runs(orphan: UUID) -> None:
    _act_tomorrow()
    with import_turn.turn():
        assert left_over.collect_keys(at=TOMORROW) == 0
    assert orphan in power.keys_kept()


def test_no_import_begins_while_keys_are_collected(monkeypatch: pytest.MonkeyPatch) -> None:
    turns: list[bool] = []

    def look() -> list[UUID]:
        with import_turn.turn_if_free() as free:
            turns.append(free)
        return []

    monkeypatch.setattr(owners, "_owners", dict(owners._owners))
    vault.owner("looking")(look)
    _act_tomorrow()
    left_over.collect_keys(at=TOMORROW)
    assert turns == [False]


def test_clock_ahead_of_the_last_deed_saves_every_key(orphan: UUID) -> None:
    assert left_over.collect_keys(at=TOMORROW) == 0
    records.add_customer(details=CILLA, actor=MACHINE, at=TODAY)
    assert left_over.collect_keys(at=TODAY + timedelta(days=400)) == 0
    assert orphan in power.keys_kept()


def test_worker_collects_what_is_left_over(orphan: UUID) -> None:
    _act_tomorrow()
    registry.routines()["customers.collect-keys"].work(TOMORROW)
    assert orphan not in power.keys_kept()


def test_row_that_cannot_tell_its_key_saves_all_until_it_is_deleted(orphan: UUID) -> None:
    broken = records.add_customer(details=CILLA, actor=MACHINE, at=TODAY)
    key = vault.key_id_of(bytes(Customer.objects.get(pk=broken).details_sealed))
    Customer.objects.filter(pk=broken).update(details_sealed=b"\x01short")
    _act_tomorrow()
    with pytest.raises(vault.Damaged):
        left_over.collect_keys(at=TOMORROW)
    assert {orphan, key} <= power.keys_kept()

    deleting.delete_customer(customer=broken, actor=MACHINE, at=TOMORROW)
    assert left_over.collect_keys(at=TOMORROW) == 2
    assert power.keys_kept() & {orphan, key} == set()


def test_deletion_that_fails_holds_up_no_other(caplog: pytest.LogCaptureFixture) -> None:
    first, second = (records.add_customer(details=one, actor=MACHINE, at=TODAY) for one in (CILLA, DAN))
    Customer.objects.update(state=Customer.State.DESTROYING)

    def fail(_name: str) -> None:
        if Customer.objects.count() == 2 and not caplog.records:
            raise OSError("cilla@firma.example")

    finished: list[int] = []
    power.watch(fail, lambda: finished.append(records.finish_deletions(actor="system", at=TODAY)))
    [left] = Customer.objects.all()
    assert finished == [1]
    assert left.pk in (first, second)
    assert [line.__dict__["facts"] for line in caplog.records] == [
        {"customer": str(left.pk), "error": "OSError"}
    ]
    assert records.finish_deletions(actor="system", at=TODAY) == 1


def test_no_deletion_is_finished_while_the_key_store_is_away(caplog: pytest.LogCaptureFixture) -> None:
    cilla = records.add_customer(details=CILLA, actor=MACHINE, at=TODAY)
    Customer.objects.update(state=Customer.State.DESTROYING)
    store = folders.current().keys
    aside = store.rename(store.with_name("aside"))
    try:
        with pytest.raises(vault.Locked):
            records.finish_deletions(actor="system", at=TODAY)
    finally:
        aside.rename(store)
    assert (Customer.objects.get().pk, caplog.records) == (cilla, [])


def test_damaged_deletion_is_finished_with_the_others(caplog: pytest.LogCaptureFixture) -> None:
    first = records.add_customer(details=CILLA, actor=MACHINE, at=TODAY)
    records.add_customer(details=DAN, actor=MACHINE, at=TODAY)
    Customer.objects.filter(pk=first).update(details_sealed=b"")
    Customer.objects.update(state=Customer.State.DESTROYING)
    assert records.finish_deletions(actor="system", at=TODAY) == 2
    assert Customer.objects.count() == 0
    assert [line.__dict__["facts"] for line in caplog.records] == 2 * [
        {"customer": str(first), "error": "Damaged"}
    ]
