"""A copy of the data that is made while somebody is erased: nothing of them can be read in it afterwards."""

from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from uuid import UUID

import pytest

from tests import ground
from tests.cast import CILLA, DAN, NOW
from tests.erasure.copies import Copy, make
from tests.erasure.erasing import AFTER, ANNA, ask
from tests.erasure.everywhere import places_telling_of
from tryggve.accounts.policy import EVERYBODY
from tryggve.domains.customers.services import documents, notes
from tryggve.domains.customers.tests import power
from tryggve.domains.customers.tests.lists import add, bring_in, csv_of
from tryggve.domains.rights.services.destruction import destroying

pytestmark = [
    pytest.mark.process,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(
        ground.on_postgresql(), reason="a data file is copied here; the keys are the same there"
    ),
]
MARKS = ("xenia", "cilla@", CILLA.name)
STEPS = [
    "erasure: marked",
    "customer: images sealed anew",
    "customer: key destroyed",
    "erasure: written, not committed",
]


@pytest.fixture
def cilla() -> UUID:
    cilla, _dan = add(CILLA, DAN)
    notes.add_note(customer=cilla, text="Ring xenia", actor=ANNA, at=NOW, reach=EVERYBODY)
    documents.add_document(
        customer=cilla, name="xenia.txt", source=BytesIO(b"xenia"), actor=ANNA, at=NOW, reach=EVERYBODY
    )
    bring_in(csv_of(f"{CILLA.name};cilla@example.se;;xenia", f"{DAN.name};dan@example.dk;;coffee"))
    bring_in(csv_of(f"{CILLA.name};xenia@;070-174 06 05", "Bo Ek;bo@example.se"))
    ask(cilla)
    return cilla


def _destroy() -> None:
    assert destroying.destroy_due(at=AFTER) == 1


def _at_step(step: str) -> Callable[[Path], Copy]:
    def copied(folder: Path) -> Copy:
        made: list[Copy] = []
        with power.at_point(step, lambda: made.append(make(folder))):
            _destroy()
        return made[0]

    return copied


def _at_the_first_page(folder: Path) -> Copy:
    return make(folder, meanwhile=_destroy)


WAYS = {**{step: _at_step(step) for step in STEPS}, "the copy had begun": _at_the_first_page}


@pytest.mark.parametrize("way", WAYS)
def test_copy_that_is_made_meanwhile_tells_nothing_of_her_and_loses_her_rows(
    cilla: UUID, tmp_path: Path, way: str
) -> None:
    copy = WAYS[way](tmp_path)

    told = copy.readable()
    assert places_telling_of(MARKS, told) == set()
    assert places_telling_of((DAN.name,), told) >= {"customers.Customer.details_sealed"}

    copy.start()
    assert copy.rows("SELECT count(*) FROM customers_customer") == [(2,)]  # Dan and Bo
    assert copy.rows("SELECT count(*) FROM customers_note") == [(0,)]
    assert copy.rows("SELECT count(*) FROM customers_document") == [(0,)]
    assert copy.rows("SELECT state FROM rights_erasure") == [("DESTROYED",)]
