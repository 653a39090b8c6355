"""Where the search of the disk can't say anything, and the kit without which it passes nothing."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.db import connection

from tests.cast import CILLA
from tryggve import vault
from tryggve.accounts.models import User
from tryggve.controls import selectors, services
from tryggve.controls.engine.standing import State
from tryggve.controls.tests import here
from tryggve.domains.customers import sealing
from tryggve.domains.customers.models import Customer
from tryggve.domains.customers.tests.lists import add
from tryggve.lib import write_points
from tryggve.lib.folders import Folders
from tryggve.vault import custody
from tryggve.vault.keeper.custody import Custody
from tryggve.vault.tests.keeper.conftest import chosen, keeper, ring, where
from tryggve.vault.tests.keeper.conftest import custody as keeping

__all__ = ["chosen", "keeper", "keeping", "ring", "where"]

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("keeper")]

WHO = "machine:anna"
PASSED = "PROVED" if connection.vendor == "sqlite" else "OBSERVED"


@pytest.fixture(name="custody")
def custody_of(keeping: Custody) -> Custody:
    return keeping


@pytest.fixture(autouse=True)
def nothing_cut() -> Iterator[None]:
    yield
    write_points.cut_with(None)


def _said() -> tuple[str, object]:
    row = here.measure("CRY-01", at=datetime.now(UTC))
    return row.verdict or row.cause, row.facts.get("wrong")


def _state() -> State:
    return selectors.protection("CRY-01", now=datetime.now(UTC)).standing.state


def test_without_a_kit_it_fails_whatever_somebody_says_until_one_is_tried(
    keeper: Custody, anna: User
) -> None:
    add(CILLA)
    now = datetime.now(UTC)
    assert _said() == ("FAILING", "kit-untried")
    services.attest(control="CRY-01", by=anna, note="It lies in the safe.", until=None, at=now)
    assert _state() is State.FAILING

    number, sheets = custody.make_kit(by=WHO, now=now), []
    for share in (1, 2, 3):
        sheets.append(" ".join(custody.sheet(number=number, share=share, by=WHO).words))
        custody.put_sheet_away(number=number, share=share, by=WHO)
    assert _said() == ("FAILING", "kit-untried")

    custody.test_kit(sheets[1:], by=WHO, now=now)
    assert _said() == (PASSED, None)
    assert _state() is State(PASSED.lower())


def test_a_file_that_the_disk_gives_back_no_more_is_not_passed_over(chosen: Folders) -> None:
    add(CILLA)
    # What lies there is an ordinary file of which every byte is an error, as on a disk that breaks.
    broken = chosen.files / "broken"
    broken.symlink_to(Path("/proc/self/mem"))
    assert _said() == ("closed-file", None)
    assert Customer.objects.filter(state=Customer.State.PLANTED).count() == 0

    broken.unlink()
    assert _said() == ("FAILING", "kit-untried")


def _written_otherwise(row: Customer) -> bytes:
    """Another name than the one that was to be written."""
    details = sealing.opened_one((row.pk, row.revision, row.details_sealed))
    return vault.keyring().seal(
        replace(details, name="Somebody else").to_bytes(),
        key=vault.key_id_of(bytes(row.details_sealed)),
        bound_to=sealing.customer_binding(row.pk, row.revision),
    )


def _damaged(row: Customer) -> bytes:
    sealed = bytes(row.details_sealed)
    return sealed[:-1] + bytes([sealed[-1] ^ 1])


@pytest.mark.parametrize("changed", [_written_otherwise, _damaged])
def test_a_word_that_isnt_read_back_as_it_was_written_proves_nothing(
    changed: Callable[[Customer], bytes],
) -> None:
    add(CILLA)

    def change(point: str) -> None:
        if point == "customer: sensitive details changed":
            row = Customer.objects.get(state=Customer.State.PLANTED)
            Customer.objects.filter(pk=row.pk).update(details_sealed=changed(row))

    write_points.cut_with(change)
    assert _said() == ("blind", None)
    assert Customer.objects.filter(state=Customer.State.PLANTED).count() == 0

    write_points.cut_with(None)
    assert _said() == ("FAILING", "kit-untried")
