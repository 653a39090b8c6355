"""Customers' keys in pairs of backups: none may be missing, and whoever was erased goes from every copy of the keys."""

import json
from collections.abc import Iterator
from pathlib import Path
from uuid import UUID

import pytest
from django.db import connection

from tests.cast import CILLA, DAN
from tests.erasure.erasing import erase
from tryggve import vault
from tryggve.audit.models import Entry
from tryggve.domains.backups.models import Run
from tryggve.domains.backups.selectors.places import PlaceInUse
from tryggve.domains.backups.services import pairs
from tryggve.domains.backups.services.pairs import key_places, schedule
from tryggve.domains.backups.tests import here
from tryggve.domains.backups.tests.here import near, safe, tidy
from tryggve.domains.customers.models import Customer
from tryggve.domains.customers.tests.lists import add, bring_in, people
from tryggve.domains.rights.models import Erasure
from tryggve.domains.rights.services.destruction import gone_keys
from tryggve.domains.setup.models import Firm
from tryggve.lib import folders, write_points
from tryggve.vault.key_copies import KeyCopy
from tryggve.vault.key_places import key_places as all_places
from tryggve.vault.keystore import Keystore

__all__ = ["near", "safe", "tidy"]
pytestmark = [pytest.mark.process, pytest.mark.both_databases, pytest.mark.django_db(transaction=True)]
BROUGHT = "backups: brought, not written down"


@pytest.fixture
def cilla(firm: Firm, tidy: None) -> UUID:
    [cilla] = add(CILLA)
    return cilla


@pytest.fixture(autouse=True)
def uncut() -> Iterator[None]:
    yield
    write_points.cut_with(None)


def _key_of(customer: UUID) -> UUID:
    return vault.key_id_of(bytes(Customer.objects.get(pk=customer).details_sealed))


def _holds(place: PlaceInUse, key: UUID) -> bool:
    with KeyCopy(here.key_parts(place)["keys.sqlite3"]) as copy:
        return bool(copy.present([key]))


def test_key_that_is_named_and_lies_nowhere_makes_the_run_fail(
    cilla: UUID, near: PlaceInUse, safe: PlaceInUse
) -> None:
    assert here.taken().state == Run.State.DONE
    assert _holds(safe, _key_of(cilla))
    Keystore(folders.current().keys).destroy([_key_of(cilla)])
    run = here.taken()
    assert (run.state, run.cause) == (Run.State.FAILED, "keys-missing")
    assert here.copies(run) == {"near DATA": "", "safe KEYS": ""}
    assert Entry.objects.get(action="backups.pair-failed").facts["missing"] == 1
    assert json.loads(here.key_parts(safe)["pair.json"])["keys_missing"] == 1


def test_customer_erased_while_the_backup_is_taken_is_in_the_ledger_that_comes_after(
    cilla: UUID, near: PlaceInUse, safe: PlaceInUse
) -> None:
    key, waiting = _key_of(cilla), [cilla]

    def meanwhile(name: str) -> None:
        if name == BROUGHT and waiting:
            erase(waiting.pop())
            connection.close()  # a thread's own

    write_points.cut_with(meanwhile)
    run = here.taken()
    assert (run.state, run.cause, waiting) == (Run.State.DONE, "", [])
    assert not _holds(safe, key)
    with KeyCopy(here.key_parts(safe)["keys.sqlite3"]) as copy:
        assert copy.destroyed([key]) == {key}


def test_key_that_was_let_go_of_since_the_data_was_copied_is_not_missed(
    cilla: UUID, near: PlaceInUse, safe: PlaceInUse
) -> None:
    """As of a list that was brought in, a month after; such keys are in no ledger."""
    waiting = [_key_of(cilla)]

    def let_go(name: str) -> None:
        if name == BROUGHT and waiting:
            Customer.objects.filter(pk=cilla).delete()
            Keystore(folders.current().keys).destroy([waiting.pop()])
            connection.close()

    write_points.cut_with(let_go)
    assert (here.taken().state, waiting) == (Run.State.DONE, [])


@pytest.mark.parametrize("point", ["import: keys made", "import: new rows staged"])
def test_backup_in_the_middle_of_an_import(
    cilla: UUID, near: PlaceInUse, safe: PlaceInUse, point: str
) -> None:
    runs: list[Run] = []
    write_points.cut_with(lambda name: runs.append(here.taken()) if name == point and not runs else None)
    bring_in(people(range(3)))
    write_points.cut_with(None)
    assert [run.state for run in runs] == [Run.State.DONE]
    assert here.taken().state == Run.State.DONE


def test_after_an_erasure_the_keys_go_alone_and_the_receipt_waits_for_the_last_copy(
    cilla: UUID, near: PlaceInUse, safe: PlaceInUse
) -> None:
    here.taken()
    key = _key_of(cilla)
    erase(cilla)
    assert schedule.next_due(at=here.now()) == Run.Why.ERASURE
    [place] = [one for one in all_places() if one.title == "safe"]

    for count in (1, 2, 3):
        assert place.holds_any([key])
        gone_keys.confirm_later(at=here.now())
        assert f"gone_{place.code}" not in Erasure.objects.get().outcome
        run = pairs.take_keys_alone(now=here.now)
        key_places.forget()
        assert (run.state, run.why, here.copies(run)) == (Run.State.DONE, Run.Why.ERASURE, {"safe KEYS": ""})
        assert len(here.keys_of(safe).snapshots()) == min(count + 1, 3)
    assert not place.holds_any([key])
    gone_keys.confirm_later(at=here.now())
    assert f"gone_{place.code}" in Erasure.objects.get().outcome
    assert len(here.data_of(near).snapshots()) == 1
    assert schedule.next_due(at=here.now()) is None


def test_place_that_cant_be_asked_may_hold_the_key(cilla: UUID, near: PlaceInUse, safe: PlaceInUse) -> None:
    here.taken()
    [place] = [one for one in all_places() if one.title == "safe"]
    assert not place.holds_any([near.id])
    key_places.forget()
    folder = Path(here.keys_of(safe).place.location)
    folder.rename(folder.with_name("away"))
    with pytest.raises(key_places.CannotAsk):
        place.holds_any([near.id])


def test_others_in_the_register_are_in_the_copy_of_the_keys(
    cilla: UUID, near: PlaceInUse, safe: PlaceInUse
) -> None:
    [dan] = add(DAN)
    erase(cilla)
    run = here.taken()
    assert (run.state, _holds(safe, _key_of(dan))) == (Run.State.DONE, True)
    assert schedule.next_due(at=here.now()) is None
