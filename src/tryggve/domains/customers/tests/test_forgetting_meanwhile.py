"""A customer deleted while a list is being read or brought in stays away, and nothing else of it is lost."""

import json
import threading
from datetime import datetime
from uuid import UUID

import pytest
from django.db import connections

from tests.cast import CILLA, NOW
from tryggve import vault
from tryggve.domains.customers import sealing
from tryggve.domains.customers.models import Customer, Import
from tryggve.domains.customers.services import (
    import_batch,
    import_jobs,
    imports,
    staging,
)
from tryggve.domains.customers.tests import deleting, power
from tryggve.domains.customers.tests.lists import MACHINE, add, bring_in, csv_of, in_force

pytestmark = pytest.mark.django_db(transaction=True)

BO, DANS = "Bo Ek;bo@example.se;;;43", "Dan;dan@example.dk"
HERS, HERS_ASIDE = "Cilla Åkerström;cilla@example.se;;ring;38", "Cilla Åkerström;cilla@;070-174 06 05"
CONTENT = csv_of(BO, HERS, HERS_ASIDE, DANS)
POINTS = ["import: keys made", "import: new rows staged", "import: changes staged"]


@pytest.fixture
def cilla() -> UUID:
    [cilla] = add(CILLA)
    return cilla


def _delete_elsewhere(customer: UUID) -> None:
    power.elsewhere(lambda: deleting.delete_customer(customer=customer, actor=MACHINE, at=NOW))


def _confirmed() -> UUID:
    batch = imports.preview_file(name="a.csv", content=CONTENT, source="", actor=MACHINE, at=NOW)
    imports.confirm(batch=batch, actor=MACHINE, at=NOW)
    return batch


def _left(batch: UUID) -> dict[str, list[list[object]]]:
    row = Import.objects.get(pk=batch)
    binding = sealing.import_binding(batch, "leftovers")
    left: dict[str, list[list[object]]] = json.loads(
        vault.keyring().open(bytes(row.leftovers_sealed or b""), bound_to=binding)
    )
    return left


def _assert_whole_without_her(batch: UUID) -> None:
    assert sorted(in_force()) == ["Bo Ek", "Dan"]
    assert (Customer.objects.count(), Import.objects.get(pk=batch).state) == (2, Import.State.DONE)
    left = _left(batch)
    assert [entry[0] for entry in left["kept"]] == [2]
    assert (left["set_aside"], left["not_taken"]) == ([], [])


@pytest.mark.parametrize("point", POINTS)
def test_list_that_waited_and_runs_when_the_customer_is_deleted(cilla: UUID, point: str) -> None:
    batch = _confirmed()
    with power.at_point(point, lambda: _delete_elsewhere(cilla)):
        import_jobs.run_confirmed(batch=batch, at=NOW)
    _assert_whole_without_her(batch)


@pytest.mark.parametrize("point", POINTS)
def test_list_brought_in_at_once_when_the_customer_is_deleted(cilla: UUID, point: str) -> None:
    with power.at_point(point, lambda: _delete_elsewhere(cilla)):
        told = bring_in(CONTENT)
    _assert_whole_without_her(UUID(told.import_id))
    assert (told.set_aside, [one.reason for one in told.skipped]) == ([], ["forgotten"])


def test_customer_deleted_after_the_list_was_taken_up_and_before_it_is_compared(
    cilla: UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Compared with a register that doesn't know her any more, her line would be a new customer's."""
    batch = _confirmed()
    real, deletions = staging.known_customers, [cilla]

    def known() -> object:
        while deletions:
            _delete_elsewhere(deletions.pop())
        return real()

    monkeypatch.setattr(staging, "known_customers", known)
    import_jobs.run_confirmed(batch=batch, at=NOW)
    _assert_whole_without_her(batch)


def test_customer_deleted_while_a_list_is_compared_is_not_held_by_it(
    cilla: UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    real, deletions = import_batch.plan, [cilla]

    def plan(*arguments: object, at: datetime) -> object:
        made = real(*arguments, at=at)  # type: ignore[arg-type]
        while deletions:
            _delete_elsewhere(deletions.pop())
        return made

    monkeypatch.setattr(import_batch, "plan", plan)
    batch = _confirmed()
    import_jobs.run_confirmed(batch=batch, at=NOW)
    _assert_whole_without_her(batch)


def test_deletion_waits_for_an_import_that_is_just_being_put_in_force(cilla: UUID) -> None:
    """What it leaves is then searched as what any import left; it is not searched too early, nor for ever."""
    begun = threading.Event()

    def delete() -> None:
        try:
            begun.set()
            deleting.delete_customer(customer=cilla, actor=MACHINE, at=NOW)
        finally:
            connections.close_all()

    deletion = threading.Thread(target=delete)

    def meanwhile() -> None:
        deletion.start()
        assert begun.wait(30)
        deletion.join(0.5)

    with power.at_point("import: published, not committed", meanwhile):
        told = bring_in(csv_of(BO, HERS_ASIDE, DANS))
    deletion.join(60)
    assert not deletion.is_alive()
    _assert_whole_without_her(UUID(told.import_id))


def test_list_called_off_while_a_customer_is_looked_for_is_left_alone(cilla: UUID) -> None:
    first, second = (
        imports.preview_file(name="a.csv", content=CONTENT, source="", actor=MACHINE, at=NOW)
        for _time in range(2)
    )

    def call_off() -> None:
        power.elsewhere(lambda: imports.cancel(batch=second, actor=MACHINE, at=NOW))

    with power.at_point("customer: taken out of a list", call_off):
        deleting.delete_customer(customer=cilla, actor=MACHINE, at=NOW)
    assert ([row.pk for row in Import.objects.all()], Customer.objects.count()) == ([first], 0)
